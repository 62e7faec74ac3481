"""A deck for paper: a page that a browser prints or saves as PDF, with page breaks and page numbers.

Two layouts: a sheet with the questions on the left and the answers on the right, to fold or to cover; or cards, each to
be cut out along its border and folded in the middle, so that no printer has to find the right back for a front.
"""

from __future__ import annotations

import re
from html import escape
from typing import Literal, TypeAlias

from cards.model import Deck, Section
from exporters.standalone import Inlined, Question, document, heading

Layout: TypeAlias = Literal["sheet", "cards"]
Paper: TypeAlias = Literal["a4", "letter"]
PAPERS: dict[Paper, str] = {"a4": "A4", "letter": "letter"}

COLUMN = 34
"""Signs of a formula that fit in half of the paper's width."""
FULL = 74
"""Signs that fit in all of it; a longer formula is set smaller."""

_FORMULA = re.compile(r"<math.*?</math>", re.DOTALL)
_UNSEEN = re.compile(r"<annotation.*?</annotation>|<[^>]*>|&[#\w]+;", re.DOTALL)
_ROWS = re.compile(r"<mtable.*?</mtable>", re.DOTALL)


def write_print(
    deck: Deck, *, layout: Layout = "sheet", paper: Paper = "a4", lessons: bool = False, seed: int = 0
) -> bytes:
    """The deck as a page that needs nothing but itself, to be printed.

    Args:
        deck: a deck without errors.
        layout: a two-column sheet, or cards to cut out and fold.
        paper: the size of its pages.
        lessons: with each section's lesson before its questions.
        seed: chooses the numbers of problems.

    Raises:
        RenderError: a text cannot be shown.
        DeckError: a problem has no instance.
        OSError: a picture can no longer be read.
    """
    inlined = Inlined(deck, seed)
    sections = [(section, list(inlined.questions(section))) for section in deck.sections]
    body = [heading(deck, sum(len(questions) for _, questions in sections), len(sections))]
    number = 0
    for section, questions in sections:
        body.append(_section(inlined, section, questions, number, lessons))
        number += len(questions)
    size = f"@page {{ size: {PAPERS[paper]}; }}\n"
    main = f'<main class="{layout}">\n{"".join(body)}</main>\n'
    return document(inlined, "print.css", main, theme="light", more_css=size)


def _section(inlined: Inlined, section: Section, questions: list[Question], before: int, lessons: bool) -> str:
    lesson = inlined.lesson(section) if lessons else ""
    if lesson:
        lesson = f'<div class="card lesson">{lesson}</div>\n'
    rows = "".join(_row(section, question, number) for number, question in enumerate(questions, start=before + 1))
    return f"<section>\n<h2>{escape(section.title)}</h2>\n{lesson}{rows}</section>\n"


def _row(section: Section, question: Question, number: int) -> str:
    width = max(_width(question.faces.front), _width(question.faces.back))
    wide = " wide" if width > COLUMN else ""
    small = " small" if width > FULL else ""
    ways = ' <span class="ways" title="asked both ways">⇄</span>' if question.both_ways else ""
    topic = f'<span class="topic">{escape(section.title)}</span>'
    return (
        f'<article class="row{wide}{small}">\n'
        f'<div class="card front"><p class="mark">{number}{ways}{topic}</p>\n{question.faces.front}</div>\n'
        f'<div class="card back"><p class="mark">{number}</p>\n{question.faces.back}</div>\n</article>\n'
    )


def _width(html: str) -> int:
    """About how many signs wide the widest formula is; of a matrix or cases its signs are spread over its rows."""
    return max((_signs(formula) for formula in _FORMULA.findall(html)), default=0)


def _signs(formula: str) -> int:
    tables: list[str] = _ROWS.findall(formula)
    inside = sum(_seen(table) // max(1, table.count("<mtr")) for table in tables)
    return _seen(_ROWS.sub("", formula)) + inside


def _seen(formula: str) -> int:
    return len(_UNSEEN.sub("", formula).replace(" ", ""))
