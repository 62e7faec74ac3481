"""A whole draft, from a page as its author wrote it to sections and notes that pass `check`, and a table of it all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cards.check import check_deck
from cards.draft.again import again, put, read_before
from cards.draft.candidate import Sure
from cards.draft.drafted import Draft, Options
from cards.draft.drafting import draft
from cards.draft.page import Page
from cards.draft.rules import RULES
from cards.draft.walk import units
from tests.cards.draft.conftest import ReadText

POWERS = r"""# Powers

## Exponents

| Rule | Example |
|------|---------|
| $a^0 = 1$ | $5^0 = 1$ |
| $a^{1/2} = \sqrt{a}$ | $9^{1/2} = 3$ |

## Logarithms

A **logarithm** is the exponent that gives a number. See [exponents](#exponents).

Key properties:

- Derivative: $\frac{d}{dx} \ln x = \frac{1}{x}$
"""


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def drafted(page: ReadText, cache: Path) -> Drafting:
    return Drafting(page, cache)


class Drafting:
    """Drafts texts: `drafted("# Title ...")`, or several by their names."""

    def __init__(self, page: ReadText, cache: Path) -> None:
        self.page, self.cache = page, cache

    def __call__(self, *texts: str, options: Options | None = None, **named: str) -> Draft:
        pages = [self.page(text) for text in texts]
        pages += [self.page(text, f"{name}.md") for name, text in named.items()]
        return draft(pages, RULES, options or Options(), cache=self.cache)


def fronts(made: Draft) -> list[str]:
    return [str(note.data.get("front") or note.data.get("text")) for note in made.notes]


def test_a_draft_is_a_deck_that_passes_check(drafted: Drafting, tmp_path: Path) -> None:
    made = drafted(POWERS)
    folder = tmp_path / "deck"
    put(folder, again(read_before(folder), made))
    report = check_deck(folder)
    assert report.deck is not None
    assert not report.errors
    assert [section.id for section in report.deck.sections] == ["exponents", "logarithms"]
    assert report.deck.sections[1].requires == ("exponents",)
    assert {note.id for _, note in report.deck.notes()} == {note.id for note in made.notes}


def test_each_note_says_where_it_is_from(drafted: Drafting) -> None:
    made = drafted(POWERS)
    note = next(note for note in made.notes if note.id == "a-0")
    assert note.data["drafted"] == {
        "page": "page.md",
        "line": "7",
        "under": "Exponents",
        "rule": "table-row",
        "sure": "medium",
    }
    assert (note.page, note.under, note.sure) == ("page.md", "Exponents", Sure.MEDIUM)


def test_every_part_of_the_page_is_in_the_table_once(drafted: Drafting) -> None:
    made = drafted(POWERS)
    lines = [row.line for row in made.coverage]
    assert lines == sorted(lines)
    assert {unit.line for unit in units(made.pages[0])} == set(lines)
    told = {note for row in made.coverage for note in row.notes}
    assert told == {note.id for note in made.notes}
    silent = [row for row in made.coverage if not row.notes and not row.remark]
    assert {row.what for row in silent} <= {"heading", "table", "list"}


def test_lessons_are_left_out_if_asked_and_checked_all_the_same(drafted: Drafting) -> None:
    made = drafted(POWERS.replace("A **log", "Since $2^3 = 9$, a **log"), options=Options(lessons=False))
    assert not any("lesson" in section.data or "todo" in section.data for section in made.sections)
    assert [finding.where.line for finding in made.findings if finding.code == "false-claim"] == [12]


def test_a_claim_that_is_false_in_text_and_note_is_told_once(drafted: Drafting) -> None:
    made = drafted(POWERS.replace("$9^{1/2} = 3$", "$9^{1/2} = 4$"))
    (finding,) = [finding for finding in made.findings if finding.code == "false-claim"]
    assert (finding.where.line, finding.where.column) == (8, 26)
    waiting = [note for note in made.notes if "todo" in note.data]
    assert waiting
    assert all("9^{1/2} = 4" in str(note.data["todo"]) for note in waiting)


def test_the_same_question_twice_is_one_note(drafted: Drafting) -> None:
    text = "# Course\n\n## One\n\n**Set** — a collection of things.\n\n## Two\n\n**Set** — a collection of things.\n"
    made = drafted(text)
    assert len(list(made.notes)) == 1
    assert [row.remark for row in made.coverage if row.line == 9] == ["same as line 5"]


def test_one_question_with_two_answers_is_told_apart_by_the_sections(drafted: Drafting) -> None:
    text = "# Course\n\n## Algebra\n\n**Order** — size of a group.\n\n## Lists\n\n**Order** — which comes first.\n"
    made = drafted(text)
    assert len(set(fronts(made))) == 2
    assert [front.partition(":")[0] for front in fronts(made)] == ["Algebra", "Lists"]


def test_two_terms_of_one_meaning_are_not_asked_from_it(drafted: Drafting) -> None:
    text = "# Course\n\n**Norm** — length of a vector.\n\n**Magnitude** — length of a vector.\n"
    made = drafted(text)
    assert [note.data["kind"] for note in made.notes] == ["basic", "basic"]


def test_rules_that_are_off_are_named_where_they_would_have_read_something(drafted: Drafting) -> None:
    made = drafted(POWERS, options=Options(without=("definition",)))
    assert [row.remark for row in made.coverage if row.line == 12] == ["the rule definition is off"]
    alone = drafted(POWERS, options=Options(rules=("definition",)))
    assert {note.candidate.rule for note in alone.notes} == {"definition"}


def test_sections_of_pages_follow_their_links(drafted: Drafting) -> None:
    made = drafted(
        a_limits="# Limits\n\n**Limit** — what values come close to.\n",
        b_slopes="# Slopes\n\nAs in [limits](a_limits.md).\n\n**Slope** — rise over run.\n",
    )
    assert [section.data.get("requires") for section in made.sections] == [None, ["limits"]]


def test_a_link_that_would_close_a_circle_is_told_in_the_table(drafted: Drafting) -> None:
    made = drafted(
        a="# Limits\n\n**Prerequisites:** [b](b.md)\n\n**Limit** — what values come close to.\n",
        b="# Slopes\n\nAs in [a](a.md).\n\n**Slope** — rise over run.\n",
    )
    assert [section.data.get("requires") for section in made.sections] == [["slopes"], None]
    (row,) = [row for row in made.coverage if (row.page, row.line) == ("b.md", 3)]
    assert "left out" in row.remark


def test_a_table_of_contents_is_no_section(drafted: Drafting) -> None:
    made = drafted("# Course\n\n## Contents\n\n- [One](#one)\n\n## One\n\n**Set** — a collection.\n")
    assert [section.id for section in made.sections] == ["one"]
    assert [row.remark for row in made.coverage if row.line == 3] == ["no section: nothing to ask or to read"]


def test_sections_symbols_that_would_break_a_note_are_done_without(drafted: Drafting) -> None:
    text = "# Course\n\n## Calculus\n\nSince $x^0 = 1$.\n\n| Function | Derivative |\n|---|---|\n| $\\ln x$ | $1/x$ |\n"
    made = drafted(text)
    assert not any("todo" in note.data for note in made.notes)
    assert not any("todo" in section.data for section in made.sections)


def test_what_cannot_be_drafted_makes_no_section(drafted: Drafting) -> None:
    made = drafted("Only words.\n", options=Options(lessons=False))
    assert made.sections == ()


def test_a_draft_does_not_depend_on_what_is_remembered(page: ReadText, cache: Path) -> None:
    read: Page = page(POWERS)
    kept = draft([read], RULES, Options(), cache=cache)
    assert replace(draft([read], RULES, Options()), pages=()) == replace(kept, pages=())


def test_progress_goes_from_nothing_to_all(page: ReadText) -> None:
    told: list[tuple[int, int]] = []
    draft([page(POWERS)], RULES, Options(), progress=lambda done, total: told.append((done, total)))
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[-1][0] <= told[-1][1]


def test_of_two_notes_with_one_question_the_surer_one_stays(drafted: Drafting) -> None:
    (note,) = drafted("## Fields\n\nA *field* is a set.\n\nA **field** is a set with two operations.\n").notes
    assert note.sure is Sure.HIGH
    assert note.candidate.line == 5
