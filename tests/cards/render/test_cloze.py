from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from anki.collection import Collection  # first: its modules import each other
from hypothesis import given
from hypothesis import strategies as st

from anki.cards import Card  # isort: skip

from cards import cloze
from cards.cloze import ClozeError, parse_cloze
from cards.render import Asked, Numbered, RenderError, Target, render
from cards.render.gaps import gaps_in

TEXT = (
    r"Each output is the \cloze{what}{*dot* product} of one \cloze{which}{row}:"
    r" $y_i = \sum_j \cloze{what}{w_{ij}} x_j$."
)
GAP = '<span class="gap">[…]</span>'
NUMBERS = {"what": 1, "which": 7}


def question(text: str, part: str) -> str:
    return render(text, clozes=Asked(part, revealed=False))


def answer(text: str, part: str) -> str:
    return render(text, clozes=Asked(part, revealed=True))


def field(text: str) -> str:
    return render(text, Target.ANKI, clozes=Numbered(NUMBERS))


def test_the_question_shows_a_gap_and_the_other_parts() -> None:
    shown = question(TEXT, "which")
    assert f"of one {GAP}:" in shown
    assert "<em>dot</em> product" in shown
    assert "row:" not in shown


def test_one_name_twice_is_one_question_with_both_gaps_also_in_formulas() -> None:
    shown = question(TEXT, "what")
    assert shown.count('class="gap"') == 2
    assert '<mrow class="gap">' in shown
    assert "<em>dot" not in shown
    assert "<mi>w</mi>" not in shown
    assert "w_{ij}" not in shown  # not in the formula's annotation either


def test_the_answer_marks_what_was_hidden() -> None:
    shown = answer(TEXT, "what")
    assert '<span class="shown"><em>dot</em> product</span>' in shown
    assert '<mrow class="shown"><msub><mi>w</mi>' in shown
    assert "gap" not in shown


def test_anki_receives_numbered_clozes() -> None:
    assert field(TEXT) == (
        "<p>Each output is the {{c1::<em>dot</em> product}} of one {{c7::row}}: "
        r"\(y_i = \sum_j {{c1::w_{ij} }} x_j\).</p>"
    )


def test_a_part_without_a_number_is_an_error() -> None:
    for text in (r"a \cloze{other}{b}", r"a $\cloze{other}{b}$"):
        with pytest.raises(RenderError, match="no number"):
            field(text)


@pytest.mark.parametrize(
    ("source", "filled"),
    [
        (r"x^\cloze{which}{12}", "x^{12}"),
        (r"x^{\cloze{which}{12}}", "x^{12}"),
        (r"a \cdot\cloze{which}{b}", r"a \cdot{b}"),
        (r"\sqrt\cloze{which}{12}", r"\sqrt{12}"),
        (r"\frac{\cloze{which}{a}}{b}", r"\frac{a}{b}"),
        (r"a \cloze{which}{=} b", "a = b"),
    ],
)
def test_a_part_of_a_formula_is_one_argument_and_never_joins_a_command(source: str, filled: str) -> None:
    shown = render(f"${source}$")
    assert f'<annotation encoding="application/x-tex">{filled}</annotation>' in shown


HARD = {
    "braces in prose": r"The set {\cloze{which}{{a}, {{b}}}} of \cloze{what}{x}",
    "colons": r"\cloze{what}{std::sort} and \cloze{which}{a:} :: b",
    "code": r"Say `f(\cloze{which}{{'a': {}}})` or \cloze{what}{`a::b{{c}}`}",
    "formula ends in braces": r"\cloze{what}{$\frac{1}{\sqrt{2}}$} and \cloze{which}{$e^{x^{2}}$}",
    "part in a formula": r"$\frac{\cloze{what}{\sqrt{a^{2}}}}{b^{\cloze{which}{{c}}}}$",
    "part is an argument": r"$x^\cloze{which}{12} \sqrt\cloze{what}{ab}$",
    "display": "$$\n\\cloze{what}{\\frac{1}{2}} < \\cloze{which}{x}\n$$",
    "fence": "```python\nd = {'a': {\\cloze{what}{1: {2}}}}\n```\n\n\\cloze{which}{x}",
    "table": "| a | b |\n|---|---|\n| \\cloze{what}{$x$} | \\cloze{which}{y} |",
    "matrix": r"$\begin{bmatrix} \cloze{what}{1} & 2 \\ 3 & \cloze{which}{4} \end{bmatrix}$",
    "signs of anki": r"{{Front}} {{c1::x}} [sound:x.mp3] [latex]x[/latex] <% %> \cloze{what}{a}}b} \cloze{which}{c}",
    "html": r"\cloze{what}{<b>}} and \cloze{which}{&amp;}",
}


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    opened = Collection(str(tmp_path_factory.mktemp("anki") / "collection.anki2"))
    yield opened
    opened.close()


def cloze_cards(collection: Collection, text: str) -> list[Card]:
    model = collection.models.by_name("Cloze")
    assert model is not None
    note = collection.new_note(model)
    note.fields[0] = field(text)
    collection.add_note(note, collection.decks.id("Test") or 1)  # type: ignore[arg-type] # Anki's own id types
    return list(note.cards())


def visible(html: str) -> str:
    without = re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)
    return re.sub(r"<[^>]*>", "", without)


@pytest.mark.parametrize("text", HARD.values(), ids=HARD)
def test_real_anki_makes_one_card_a_name_and_leaves_no_sign_of_its_own(collection: Collection, text: str) -> None:
    cards = cloze_cards(collection, text)
    assert sorted(card.ord for card in cards) == [0, 6]
    for card in cards:
        for side in (card.question(), card.answer()):
            assert "{{" not in visible(side)
            assert "}}" not in re.sub(r"\\[(\[].*?\\[)\]]", "", visible(side))
            assert "::" not in re.sub(r"[a-z]&#58;:", "", visible(side))
            assert not card.question_av_tags()
        assert "[...]" in visible(card.question())
        assert "[...]" not in visible(card.answer())


@pytest.mark.parametrize("text", HARD.values(), ids=HARD)
def test_real_anki_shows_the_formulas_that_the_author_wrote(collection: Collection, text: str) -> None:
    """The answer side, where every part is shown, has the formulas of the same text without its `\\cloze` commands."""
    plain = text
    for gap in reversed(gaps_in(text)):
        plain = plain[: gap.start] + f"{{{plain[gap.inner : gap.end - 1]}}}" + plain[gap.end :]

    def formulas(html: str) -> list[str]:
        found = re.findall(r"\\\((.*?)\\\)|\\\[(.*?)\\\]", visible(html), re.DOTALL)
        return [re.sub(r"[\s{}]", "", inline or display) for inline, display in found]

    expected = formulas(render(plain, Target.ANKI))
    for card in cloze_cards(collection, text):
        assert formulas(card.answer()) == expected


@given(
    st.lists(st.sampled_from([r"\cloze{a}{", r"\cloze{b-2}{x}", "{", "}", r"\{", r"\}", r"\\", "$y$", "text "])).map(
        "".join
    )
)
def test_a_text_has_the_gaps_here_that_the_loader_finds_in_it(text: str) -> None:
    try:
        pieces = parse_cloze(text)
    except ClozeError:
        return
    expected = [(piece.name, piece.start, piece.offset, piece.end) for piece in pieces if isinstance(piece, cloze.Gap)]
    assert [(gap.name, gap.start, gap.inner, gap.end) for gap in gaps_in(text)] == expected
