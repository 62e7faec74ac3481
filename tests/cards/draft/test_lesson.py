"""A lesson is the page's text as decks hold it; what cannot be shown is shown as code, and told."""

from __future__ import annotations

from cards.draft.drafted import Options
from cards.draft.lesson import Lesson, lesson_of, unshowable
from cards.draft.page import Page
from cards.draft.sections import parts_of
from tests.cards.draft.conftest import ReadText


def lesson(page: Page, index: int = 0) -> Lesson:
    return lesson_of(parts_of([page], Options())[index])


def test_headings_are_levelled_to_those_of_a_lesson(page: ReadText) -> None:
    text = "# Course\n\n## One\n\na\n\n### Inner\n\nb\n\n#### Deeper\n\nc\n\n## Two\n\nd\n"
    assert lesson(page(text)).text == "a\n\n## Inner\n\nb\n\n### Deeper\n\nc"


def test_boxes_have_their_title_above_and_comments_are_left_out(page: ReadText) -> None:
    text = '# Course\n\n!!! info "Where"\n\n    - one\n    - two\n\n<!-- nobody reads this -->\n'
    assert lesson(page(text)).text == "**Where**\n\n- one\n- two"


def test_a_footnote_stands_where_its_mark_is(page: ReadText) -> None:
    assert lesson(page("# Course\n\nIt is so.[^1]\n\n[^1]: Mostly.\n")).text == "It is so. (Mostly.)"


def test_a_formula_that_cannot_be_shown_is_shown_as_code_and_told(page: ReadText) -> None:
    made = lesson(page("# Course\n\nText $\\nosuch x$ and\n\n$$\n\\nosuch y\n$$\n"))
    assert made.text == "Text `\\nosuch x` and\n\n```latex\n\\nosuch y\n```"
    assert [(finding.code, finding.where.line) for finding in made.findings] == [
        ("formula-unshown", 3),
        ("formula-unshown", 5),
    ]
    assert unshowable("x^2") == ""


def test_each_formula_of_a_lesson_knows_the_pages_line(page: ReadText) -> None:
    text = "# Course\n\nFirst $a$\nthen $b$.\n\n| x | y |\n|--|--|\n| $c$ | $a$ |\n\n$$\nd\n$$\n"
    made = lesson(page(text))
    assert [(placed.tex.strip(), placed.line) for placed in made.formulas] == [
        ("a", 3),
        ("b", 4),
        ("c", 8),
        ("a", 8),
        ("d", 10),
    ]


def test_a_part_of_headings_alone_has_no_lesson(page: ReadText) -> None:
    assert lesson(page("# Course\n\n## One\n\n### Inner\n\n## Two\n\nb\n")).text == ""
