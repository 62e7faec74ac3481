"""Pages of many styles, each drafted to a deck that passes `check`, with the notes that a teacher would want of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from cards.check import check_deck
from cards.draft.again import again, put, read_before
from cards.draft.drafted import Draft, Options
from cards.draft.drafting import draft
from cards.draft.reading import read_page
from cards.draft.rules import RULES
from cards.draft.walk import units
from cards.findings import Severity

PAGES = Path(__file__).parent / "pages"


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


def drafted(cache: Path, *names: str) -> Draft:
    return draft([read_page(PAGES / name, name) for name in names], RULES, Options(), cache=cache)


def written(made: Draft, folder: Path) -> None:
    """Write the draft, and hold it to what `refresher check` says."""
    put(folder, again(read_before(folder), made))
    report = check_deck(folder)
    assert report.deck is not None
    assert not report.errors
    assert [section.id for section in report.deck.sections] == [section.id for section in made.sections]


# name, how many sound notes at least, questions that have to be among them
EXPECTED = [
    ("course_mkdocs.md", 8, ["imaginary unit", "(2 + 3)^2", "abs(z)", "onjugate", r"\sqrt{6^2 + 8^2}"]),
    ("lecture_jupyter.md", 7, ["permutation", "factorial", "n!", "2^n", "math.factorial(4)"]),
    ("vault_obsidian.md", 7, ["mean", "better than the mean", "Median", "range", "ariance"]),
    ("readme_github.md", 9, ["nibble", "2^8", "5 | 3", "XOR", "two's complement"]),
    ("textbook_plain.md", 9, ["limit", "queeze theorem", r"\frac{\sin x}{x}", "Sum rule", "not depend on"]),
    ("handbook_docusaurus.mdx", 6, ["vector", "scalar", "x^3", r"\sin x", "hypot"]),
    ("glossary_pandoc.md", 4, ["Group", "Ring", "Field", "gcd"]),
]


@pytest.mark.parametrize(("name", "least", "asked"), EXPECTED, ids=[each[0] for each in EXPECTED])
def test_a_page_of_this_style_becomes_a_deck(
    cache: Path, tmp_path: Path, name: str, least: int, asked: list[str]
) -> None:
    made = drafted(cache, name)
    written(made, tmp_path / "deck")
    sound = [note for note in made.notes if "todo" not in note.data]
    assert len(sound) >= least
    questions = "\n".join(str(note.data.get("front", note.data.get("text"))).casefold() for note in sound)
    assert [part for part in asked if part.casefold() not in questions] == []


@pytest.mark.parametrize("name", [each[0] for each in EXPECTED])
def test_nothing_of_a_page_vanishes(cache: Path, name: str) -> None:
    made = drafted(cache, name)
    silent = {row.what for row in made.coverage if not row.notes and not row.remark}
    assert silent <= {"heading", "table", "list", "definitions", "divider", *boxes(made)}
    footnotes = {block.line for page in made.pages for blocks in page.footnotes.values() for block in blocks}
    assert {row.line for row in made.coverage} == {unit.line for unit in units(made.pages[0])} | footnotes


def boxes(made: Draft) -> set[str]:
    """The kinds of boxes, whose content has rows of its own."""
    return {row.what for row in made.coverage if any(other.depth > row.depth for other in made.coverage)}


def test_false_claims_are_told_with_their_lines_and_no_true_one_is_called_false(cache: Path) -> None:
    told = []
    waiting = []
    for name, *_ in EXPECTED:
        made = drafted(cache, name)
        told += [str(finding.where) for finding in made.findings if finding.severity is Severity.ERROR]
        waiting += [note.page for note in made.notes if "todo" in note.data]
    assert told == ["textbook_plain.md:33:31"]
    assert waiting == ["textbook_plain.md"]


def test_all_of_them_make_one_deck_with_a_section_each(cache: Path, tmp_path: Path) -> None:
    names = [each[0] for each in EXPECTED]
    made = drafted(cache, *names)
    written(made, tmp_path / "deck")
    assert [section.page for section in made.sections] == names
    assert len({note.id for note in made.notes}) == len(list(made.notes))
