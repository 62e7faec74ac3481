"""How pages are divided into sections, and what deck and sections are called."""

from __future__ import annotations

from pathlib import Path

import pytest

from cards.draft.drafted import Options
from cards.draft.ids import Ids
from cards.draft.page import Page, Paragraph
from cards.draft.sections import description_of_deck, parts_of, section_ids, title_of_deck
from tests.cards.draft.conftest import ReadText


def titles(*pages: Page, options: Options | None = None) -> list[str]:
    return [part.title for part in parts_of(pages, options or Options())]


def test_a_lone_first_heading_is_the_title_and_the_next_level_divides(page: ReadText) -> None:
    read = page("# Course\n\n## One\n\na\n\n### Inner\n\nb\n\n## Two\n\nc\n")
    assert titles(read) == ["One", "Two"]
    one, two = parts_of([read], Options())
    assert [part.line for part in (one, two)] == [3, 11]
    assert one.holds(read, 9)
    assert not one.holds(read, 11)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# One\n\na\n\n# Two\n\nb\n", ["One", "Two"]),
        ("## One\n\na\n\n## Two\n\nb\n", ["One", "Two"]),
        ("# Course\n\n### One\n\na\n\n### Two\n\nb\n", ["One", "Two"]),
        ("# Course\n\n## All of it\n\n### One\n\na\n\n### Two\n\nb\n", ["One", "Two"]),
        ("# Course\n\nOnly words.\n", ["Course"]),
        ("Only words.\n", ["page"]),
        ("# Course\n\nBefore.\n\n## One\n\na\n\n## Two\n\nb\n", ["Course", "One", "Two"]),
    ],
)
def test_the_headings_that_divide_are_those_of_the_highest_level_with_several(
    page: ReadText, text: str, expected: list[str]
) -> None:
    assert titles(page(text)) == expected


def test_of_several_pages_each_is_a_section_unless_their_headings_are_asked_for(page: ReadText) -> None:
    pages = [page("# A\n\n## One\n\na\n\n## Two\n\nb\n", "a.md"), page("# B\n\nc\n", "b.md")]
    assert titles(*pages) == ["A", "B"]
    assert titles(*pages, options=Options(sections="headings")) == ["One", "Two", "B"]
    assert titles(pages[0], options=Options(sections="pages")) == ["A"]


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Square Root ($\\sqrt{\\phantom{x}}$)", "Square Root"),
        ("The Exponential Function ($e^x$)", "The Exponential Function (e^x)"),
        ("2. Vectors", "Vectors"),
        ("The $\\epsilon$-$\\delta$ definition", "The ε-δ definition"),
        ("**Bold** and `code`", "Bold and code"),
    ],
)
def test_a_sections_title_is_plain_text(page: ReadText, heading: str, expected: str) -> None:
    assert titles(page(f"# Course\n\n## {heading}\n\na\n\n## Last\n\nb\n"))[0] == expected


def test_two_pages_of_one_title_get_ids_of_their_own_and_one_line(page: ReadText) -> None:
    pages = [page("# Limits\n\na\n", "first.md"), page("# Limits\n\nb\n", "second.md")]
    ids, findings = section_ids(parts_of(pages, Options()), Ids())
    assert ids == ["limits", "second-limits"]
    (finding,) = findings
    assert finding.code == "same-title"
    assert "first.md" in finding.message
    assert finding.where.file == "second.md"


def test_the_first_short_paragraph_describes_the_deck(page: ReadText) -> None:
    read = page("# Course\n\nAll of **it**.\n\n## One\n\na\n\n## Two\n\nb\n")
    text, paragraph = description_of_deck([read], parts_of([read], Options()))
    assert text == "All of it."
    assert isinstance(paragraph, Paragraph)
    told = page("---\ndescription: Told above.\n---\n# Course\n\nAll.\n\n## One\n\na\n\n## Two\n\nb\n")
    assert description_of_deck([told], parts_of([told], Options())) == ("Told above.", None)


def test_a_deck_of_several_pages_is_called_as_its_site_is(page: ReadText, tmp_path: Path) -> None:
    pages = [page("# A\n\na\n", "docs/a_b/a.md"), page("# B\n\nb\n", "docs/a_b/b.md")]
    assert title_of_deck(pages) == "A b"
    (tmp_path / "docs" / "mkdocs.yml").write_text("site_name: 'Calculus, slowly' # ours\ntheme: x\n", encoding="utf-8")
    assert title_of_deck(pages) == "Calculus, slowly"
    assert title_of_deck(pages[:1]) == "A"
