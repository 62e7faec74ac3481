"""The instances of a problem that a note carries to Anki."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml

from cards.loader import load_deck
from cards.model import ProblemNote, Section
from cards.problems import draw
from cards.render import Target, no_images, render
from exporters.instances import MOST, Ready, ready
from exporters.packing import unpack

DECKS = Path(__file__).parents[2] / "cards" / "decks"


def problem(folder: Path, note: dict[str, object]) -> tuple[Section, ProblemNote]:
    folder.mkdir(exist_ok=True)
    (folder / "deck.yaml").write_text("deck: demo\ntitle: Demo\nsections: [one]\n")
    whole = {"id": "drill", "kind": "problem", "answer": "a", "front": r"What is $\val{a}$?", **note}
    section = {"section": "one", "title": "One", "symbols": {"x": "positive"}, "notes": [whole]}
    (folder / "one.yaml").write_text(yaml.safe_dump(section))
    [(read, found)] = load_deck(folder).notes()
    assert isinstance(found, ProblemNote)
    return read, found


def made(folder: Path, **note: object) -> Ready:
    return ready("demo/drill/basic", *problem(folder, note), no_images)


def content(fields: Ready) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(fields.instances)
    return found


def questions(fields: Ready) -> list[str]:
    found = content(fields)
    return [unpack(found["front"], row) for row in found["rows"]]


@pytest.mark.parametrize(
    ("given", "where", "count"),
    [
        ({"a": "1..2"}, [], 2),
        ({"a": "1..23"}, [], 23),
        ({"a": "1..60"}, ["a > 40"], 20),
        ({"a": "1..9", "b": "1..9"}, ["a != b"], 9),
        ({"a": "1..1000"}, [], MOST),
        ({"a": "1..9 size 2"}, [], MOST),
    ],
)
def test_a_note_carries_every_different_question_or_as_many_as_it_may(
    tmp_path: Path, given: dict[str, str], where: list[str], count: int
) -> None:
    # b is no part of the question, so it makes no other question
    found = questions(made(tmp_path, given=given, where=where))
    assert len(set(found)) == len(found) == count
    assert 20 <= MOST <= 50


def test_a_question_that_draws_nothing_is_one_instance(tmp_path: Path) -> None:
    fields = made(tmp_path, front="What is $1 + 1$?", answer="2")
    assert questions(fields) == [r"<p>What is \(1 + 1\)?</p>"] == [fields.front]


def test_the_first_instance_is_that_of_the_fields_and_the_others_follow_by_their_seeds(tmp_path: Path) -> None:
    given = {"a": "2..500"}
    section, note = problem(tmp_path, {"given": given, "back": r"It is $\val{a}$."})
    fields = ready("demo/drill/basic", section, note, no_images)
    found = content(fields)
    drawn = [draw(note, seed) for seed in range(MOST * 2)]
    distinct = list(dict.fromkeys(render(each.front, Target.ANKI) for each in drawn))
    assert questions(fields) == distinct[:MOST]
    assert fields.front == distinct[0]
    assert fields.back == unpack(found["back"], found["rows"][0])
    assert fields.back == (
        rf'<div class="display">\[{drawn[0].answer_latex}\]</div>'
        rf'<div class="worked"><p>It is \({drawn[0].answer_latex}\).</p></div>'
    )


def test_the_same_note_is_the_same_text_each_time(tmp_path: Path) -> None:
    given = {"a": "2..500", "m": "-3..3 size 2x2"}
    front = r"What is $\val{a} \val{m}$?"
    assert made(tmp_path, given=given, front=front) == made(tmp_path, given=given, front=front)


def test_answers_mistakes_and_hints_go_along_for_each_instance(tmp_path: Path) -> None:
    mistakes = [{"answer": "2*a", "hint": r"Not twice $\val{a}$."}, {"answer": "a + 1"}]
    found = content(made(tmp_path, given={"a": "5..9"}, answer="a**2", mistakes=mistakes))
    for row in found["rows"]:
        a = int(unpack(found["front"], row).removeprefix(r"<p>What is \(")[0])
        assert [unpack(each, row) for each in found["right"]] == [str(a * a)]
        assert [[unpack(part, row) for part in each] for each in found["wrong"]] == [
            [str(2 * a), rf"<p>Not twice \({a}\).</p>"],
            [str(a + 1), ""],
        ]
    assert "choices" not in found


def test_a_rounded_answer_goes_along_exactly_too(tmp_path: Path) -> None:
    found = content(made(tmp_path, given={"a": "7..9"}, answer="1/a", form="decimal:3"))
    both = {(unpack(found["right"][0], row), unpack(found["exact"], row)) for row in found["rows"]}
    assert both == {("0.143", "1/7"), ("0.125", ""), ("0.111", "1/9")}


def test_choices_come_with_the_right_one_first_and_are_listed_where_no_script_runs(tmp_path: Path) -> None:
    mistakes = [{"answer": "2*a"}, {"answer": "a + 2", "hint": "No."}]  # 2*a and a + 2 look the same for 2
    fields = made(tmp_path, given={"a": "2..3"}, answer="a**3", mistakes=mistakes, choose=True)
    found = content(fields)
    for row in found["rows"]:
        a = int(unpack(found["front"], row).removeprefix(r"<p>What is \(")[0])
        second = rf"\({a + 2}\)" if a != 2 else ""
        assert [unpack(each, row) for each in found["choices"]] == [rf"\({a**3}\)", rf"\({2 * a}\)", second]
    assert fields.front.count("<li>") in {2, 3}
    assert fields.front.endswith("</ol>")
    assert "<ol" not in unpack(found["front"], found["rows"][0])


def test_one_question_with_other_choices_is_another_instance(tmp_path: Path) -> None:
    note = {"front": "Which is it?", "answer": "2*a", "mistakes": [{"answer": "a + 9"}], "choose": True}
    assert len(content(made(tmp_path, given={"a": "2..6"}, **note))["rows"]) == 5


@pytest.mark.parametrize("folder", [path.name for path in DECKS.iterdir()])
def test_the_problems_that_are_shipped_stay_small(folder: str) -> None:
    for section, note in load_deck(DECKS / folder).notes():
        if isinstance(note, ProblemNote):
            fields = ready("deck/note/basic", section, note, no_images)
            assert len(fields.instances.encode()) < 10_000
            assert not set("<>&") & set(fields.instances)


def rendered(section: Section, note: ProblemNote) -> list[list[str]]:
    """Every text of the instances that a note should carry, each drawn and rendered by itself."""
    rows: dict[tuple[str, ...], list[str]] = {}
    for seed in range(100 * MOST):
        drawn = draw(note, seed, section.symbols)
        html = partial(render, target=Target.ANKI)
        back = html(drawn.answer_block) + (f'<div class="worked">{html(drawn.back)}</div>' if drawn.back else "")
        choices = [""] * (len(note.mistakes) + 1) if note.choose else []
        for choice in drawn.choices:
            place = 0 if choice.mistake is None else choice.mistake + 1
            choices[place] = html(choice.markdown).removeprefix("<p>").removesuffix("</p>")
        mistakes = [(str(known.value), html(known.hint)) for known in drawn.question.mistakes]
        texts = [html(drawn.front), back, *(text for pair in mistakes for text in pair), *choices]
        rows.setdefault((texts[0], *choices), texts)
        if len(rows) == MOST or (seed > 300 and len(rows) < seed / 20):
            break
    return list(rows.values())[:MOST]


@pytest.mark.parametrize("folder", [path.name for path in DECKS.iterdir()])
def test_every_instance_is_what_its_seed_draws_whichever_way_it_was_made(folder: str) -> None:
    for section, note in load_deck(DECKS / folder).notes():
        if not isinstance(note, ProblemNote):
            continue
        found = content(ready("deck/note/basic", section, note, no_images))
        wrong = [part for pair in found.get("wrong", ()) for part in pair]
        texts = [found["front"], found["back"], *wrong, *found.get("choices", ())]
        assert [[unpack(text, row) for text in texts] for row in found["rows"]] == rendered(section, note), note.id


def test_notes_that_differ_in_words_alone_do_not_get_mixed_up(tmp_path: Path) -> None:
    for words in ("one", "two", "one"):
        fields = made(
            tmp_path,
            given={"a": "5..9"},
            answer="a**2",
            front=rf"{words} $\val{{a}}$, {words}?",
            back=rf"$\val{{a}}$ {words}",
            mistakes=[{"answer": "2*a", "hint": rf"{words} $\val{{a}}$"}],
        )
        found = content(fields)
        for row in found["rows"]:
            for text in (found["front"], found["back"], found["wrong"][0][1]):
                assert words in unpack(text, row)
                assert ("two" if words == "one" else "one") not in unpack(text, row)
