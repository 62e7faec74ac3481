from __future__ import annotations

from pathlib import Path

import pytest

from cards.check import check_deck
from cards.findings import Severity
from cards.loader import load_deck, read_deck
from cards.model import Drafted
from cards.order import cards_in_order
from exporters.rebuild import build_folder

DECK = "deck: demo\ntitle: Demo\nsections: [one]\n"
HEAD = "section: one\ntitle: One\nlesson: It is $1 + 1 = 2$.\nnotes:\n"
GOOD = "  - id: good\n    kind: basic\n    front: What is $1 + 2$?\n    back: $1 + 2 = 3$\n"
WRONG = "  - id: wrong\n    kind: basic\n    front: What is $2^3$?\n    back: $2^3 = 9$\n"
TODO = "    todo: The page says $2^3 = 9$.\n"
LAST = "  - id: last\n    kind: basic\n    front: What is $2 + 2$?\n    back: $2 + 2 = 4$\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "deck"
    folder.mkdir()
    (folder / "deck.yaml").write_text(DECK)
    return folder


def write(folder: Path, *notes: str, head: str = HEAD) -> None:
    (folder / "one.yaml").write_text(head + "".join(notes))


def told(folder: Path) -> list[tuple[int, str, Severity]]:
    return [(f.where.line, f.code, f.severity) for f in check_deck(folder).findings]


def test_a_note_with_a_todo_makes_no_card_and_its_mistakes_stop_nothing(folder: Path) -> None:
    write(folder, GOOD, WRONG + TODO, LAST)
    assert [card.id.note for card in cards_in_order(load_deck(folder))] == ["good", "last"]
    assert told(folder) == [(9, "todo", Severity.LINT), (12, "false-claim", Severity.LINT)]
    report = check_deck(folder)
    assert not report.errors
    assert [finding.message for finding in report.waiting] == [
        "No card is made of this note yet: The page says $2^3 = 9$."
    ]


def test_without_its_todo_the_same_mistake_is_an_error(folder: Path) -> None:
    write(folder, GOOD, WRONG, LAST)
    assert told(folder) == [(12, "false-claim", Severity.ERROR)]


def test_a_todo_excuses_its_own_note_alone(folder: Path) -> None:
    write(folder, GOOD.replace("= 3", "= 4"), WRONG + TODO, LAST.replace("= 4", "= 5"))
    errors = [f.where.line for f in check_deck(folder).errors]
    assert errors == [8, 17]


def test_a_deck_that_refuses_lints_may_still_have_notes_that_wait(folder: Path) -> None:
    (folder / "deck.yaml").write_text(DECK + "lints: refused\n")
    write(folder, GOOD, WRONG + TODO, LAST)
    assert not check_deck(folder).errors


def test_a_lesson_with_a_todo_is_not_shown_and_its_mistakes_stop_nothing(folder: Path) -> None:
    head = HEAD.replace("= 2$.", "= 3$.\ntodo: Is it?")
    write(folder, GOOD, head=head)
    assert load_deck(folder).sections[0].lesson is None
    assert told(folder) == [(1, "todo", Severity.LINT), (3, "false-claim", Severity.LINT)]
    write(folder, GOOD.replace("= 3", "= 4"), head=head)
    assert [f.where.line for f in check_deck(folder).errors] == [9]


def test_what_waits_can_still_be_read_for_its_author(folder: Path) -> None:
    drafted = "    drafted: {page: p.md, line: 7, under: Powers, rule: equation, sure: low}\n"
    write(folder, GOOD, WRONG + TODO + drafted)
    loaded = read_deck(folder)
    assert loaded.readable is not None
    held = loaded.readable.sections[0].notes[1]
    assert held.todo == "The page says $2^3 = 9$."
    assert held.drafted == Drafted("p.md", 7, "Powers", "equation", "low")


def test_where_a_note_was_drafted_changes_nothing_for_learners(folder: Path, tmp_path: Path) -> None:
    write(folder, GOOD)
    build_folder(folder, tmp_path / "a.apkg", now=1_700_000_000)
    write(folder, GOOD + "    drafted: {page: p.md, line: 7}\n")
    again = build_folder(folder, tmp_path / "b.apkg", now=1_800_000_000)
    assert again.report is not None
    assert again.report.changed == ()
    assert (tmp_path / "a.apkg").read_bytes() == (tmp_path / "b.apkg").read_bytes()


def test_a_build_leaves_out_what_waits_also_when_it_waits_only_now(folder: Path, tmp_path: Path) -> None:
    (cache := tmp_path / "cache").mkdir()
    steps: list[tuple[list[str], int, tuple[str, ...], tuple[str, ...]]] = [
        ([GOOD, LAST], 2, ("good", "last"), ()),
        ([GOOD, LAST + TODO], 1, (), ("last",)),
        ([GOOD.replace("What is", "How much is"), LAST + TODO], 1, (), ()),
        ([GOOD, LAST], 2, (), ()),
    ]
    for number, (notes, count, new, retired) in enumerate(steps):
        write(folder, *notes)
        built = build_folder(folder, tmp_path / "x.apkg", now=1_700_000_000 + number, cache=cache).report
        assert built is not None
        assert (built.notes, built.new, built.retired) == (count, new, retired)


def test_a_todo_without_a_reason_and_a_line_that_is_none_are_mistakes(folder: Path) -> None:
    write(folder, GOOD + "    todo:\n    drafted: {page: p.md, line: top}\n")
    assert [(f.where.line, f.severity) for f in read_deck(folder).findings] == [
        (9, Severity.ERROR),
        (10, Severity.ERROR),
    ]
