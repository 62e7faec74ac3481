"""A deck as one web page to read and to ask oneself: no script, nothing from elsewhere, answers folded away."""

from __future__ import annotations

from html import escape

from cards.model import Deck, Section
from exporters.standalone import Inlined, Question, document, heading

BOTH_WAYS = "Asked the other way round, too."


def write_html(deck: Deck, *, lessons: bool = False, unfolded: bool = False, seed: int = 0) -> bytes:
    """The deck as a page that needs nothing but itself.

    Args:
        deck: a deck without errors.
        lessons: with each section's lesson before its questions.
        unfolded: with the answers shown from the beginning.
        seed: chooses the numbers of problems.

    Raises:
        RenderError: a text cannot be shown.
        DeckError: a problem has no instance.
        OSError: a picture can no longer be read.
    """
    inlined = Inlined(deck, seed)
    sections = [(section, list(inlined.questions(section))) for section in deck.sections]
    parts = [
        heading(deck, sum(len(questions) for _, questions in sections), len(sections)),
        _contents(deck),
        "<main>\n",
        *(_section(inlined, section, questions, lessons, unfolded) for section, questions in sections),
        "</main>\n",
    ]
    return document(inlined, "page.css", "".join(parts), theme="auto")


def _contents(deck: Deck) -> str:
    links = (f'<li><a href="#{section.id}">{escape(section.title)}</a></li>\n' for section in deck.sections)
    return f'<nav aria-label="Sections">\n<ol>\n{"".join(links)}</ol>\n</nav>\n'


def _section(inlined: Inlined, section: Section, questions: list[Question], lessons: bool, unfolded: bool) -> str:
    lesson = inlined.lesson(section) if lessons else ""
    if lesson:
        lesson = (
            f'<details class="lesson"{" open" if unfolded else ""}>\n<summary>Lesson</summary>\n'
            f'<div class="card">{lesson}</div>\n</details>\n'
        )
    asked = "".join(_question(question, unfolded) for question in questions)
    return (
        f'<section id="{section.id}" aria-labelledby="{section.id}.title">\n'
        f'<h2 id="{section.id}.title">{escape(section.title)}</h2>\n{lesson}'
        + (f'<ol class="questions">\n{asked}</ol>\n' if asked else "")
        + "</section>\n"
    )


def _question(question: Question, unfolded: bool) -> str:
    ways = f'<p class="ways">{BOTH_WAYS}</p>' if question.both_ways else ""
    return (
        f'<li id="{question.anchor}">\n<div class="card front">{question.faces.front}</div>\n'
        f"<details{' open' if unfolded else ''}>\n<summary>Answer</summary>\n"
        f'<div class="card back">{question.faces.back}{ways}</div>\n</details>\n</li>\n'
    )
