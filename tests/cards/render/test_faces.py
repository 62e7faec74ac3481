from __future__ import annotations

from fractions import Fraction

import pytest

from cards.findings import Position
from cards.model import (
    BasicNote,
    Card,
    CardId,
    ClozeNote,
    CodeUse,
    Note,
    Parameter,
    Plot,
    ProblemNote,
    ReversedNote,
    Section,
    Text,
)
from cards.render import Faces, Target, card_faces, code_html, lesson_html, render_cloze_anki

WHERE = Position("deck.yaml", 3, 1)
PLOT = Plot(("exp(x)",), ("0", "1"), WHERE, alt='It "rises" & grows.')
USE = CodeUse("microgpt.py", "rmsnorm<T>", Text("(ms + 1e-5) ** -0.5  # {{x}}", "d"), Text("One over the *root*.", "d"))


def text(source: str) -> Text:
    return Text(source, "deck.yaml")


def faces(note: Note, slot: str = "forward", seed: int = 0) -> Faces:
    card = Card(CardId("d", note.first_id, slot), note, Section("s", "S", WHERE), 0)
    return card_faces(card, plot_url=lambda plot: f"/plots/{plot.functions[0]}?a&b", seed=seed)


def basic(**more: object) -> BasicNote:
    return BasicNote(id="n", first_id="n", where=WHERE, front=text("Ask?"), back=text("Say."), **more)  # type: ignore[arg-type]


def test_a_basic_card_asks_its_front_and_answers_its_back() -> None:
    assert faces(basic()) == Faces("<p>Ask?</p>", '<div class="answer"><p>Say.</p></div>')


def test_the_answer_is_followed_by_the_plot_the_reason_and_the_code() -> None:
    back = faces(basic(why=text("Since $x$."), plot=PLOT, code=(USE,))).back
    order = ['<div class="answer">', '<img class="plot"', '<div class="why">', '<div class="code-use">']
    assert [back.index(part) for part in order] == sorted(back.index(part) for part in order)
    assert 'src="/plots/exp(x)?a&amp;b" alt="It &quot;rises&quot; &amp; grows."' in back


@pytest.mark.parametrize(("slot", "front", "answer"), [("forward", "Ask?", "Say."), ("backward", "Say.", "Ask?")])
def test_a_reversed_note_is_asked_both_ways(slot: str, front: str, answer: str) -> None:
    note = ReversedNote(id="n", first_id="n", where=WHERE, front=text("Ask?"), back=text("Say."), plot=PLOT)
    shown = faces(note, slot)
    assert shown.front == f"<p>{front}</p>"
    assert f'<div class="answer"><p>{answer}</p></div><img' in shown.back


def test_a_cloze_card_asks_its_part_and_shows_it_marked() -> None:
    source = text(r"A \cloze{one}{first} and \cloze{two}{second}.")
    note = ClozeNote(id="n", first_id="n", where=WHERE, text=source, parts=("one", "two"))
    shown = faces(note, "two")
    assert shown.front == '<p>A first and <span class="gap">[…]</span>.</p>'
    assert shown.back == '<div class="answer"><p>A first and <span class="shown">second</span>.</p></div>'
    assert render_cloze_anki(source, {"one": 3, "two": 1}) == "<p>A {{c3::first}} and {{c1::second}}.</p>"


def test_a_problem_shows_the_instance_of_its_seed() -> None:
    note = ProblemNote(
        id="n",
        first_id="n",
        where=WHERE,
        parameters=(Parameter("a", tuple(map(Fraction, range(2, 50))), WHERE),),
        front=text(r"Double $\val{a}$."),
        answer=text("2*a"),
        back=text(r"$2 \times \val{a}$"),
    )
    shown = faces(note, "problem", seed=1)
    assert shown == faces(note, "problem", seed=1)
    assert len({faces(note, "problem", seed=seed).front for seed in range(6)}) > 1
    assert '<div class="answer"><div class="display"><math display="block">' in shown.back
    assert '<div class="worked">' in shown.back


def test_code_names_file_symbol_line_and_what_it_does() -> None:
    shown = code_html(basic(code=(USE,)))
    assert shown == (
        '<div class="code-use"><div class="code-where"><code>microgpt.py</code>'
        '<span class="code-symbol">rmsnorm&lt;T&gt;</span></div><pre class="hl"><code>(ms <span class="o">+ </span>'
        '<span class="m">1e-5</span>) <span class="o">** -</span><span class="m">0.5  </span>'
        '<span class="c"># {{x}}</span></code></pre><div class="code-does"><p>'
        "One over the <em>root</em>.</p></div></div>"
    )
    assert "{{" not in code_html(basic(code=(USE,)), Target.ANKI)


def test_a_lesson_shows_the_plots_of_its_section() -> None:
    section = Section("s", "S", WHERE, lesson=text("# Title\n\n![It rises](plot:exp)"), plots=(("exp", PLOT),))
    shown = lesson_html(section, lambda _: "/p.svg")
    assert "<h1>Title</h1>" in shown
    assert '<img class="plot" src="/p.svg" alt="It rises">' in shown
    assert lesson_html(Section("s", "S", WHERE), lambda _: "") == ""
