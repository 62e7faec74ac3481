"""Lessons: a section's text to be read, before its cards or when one of them needs explaining."""

from __future__ import annotations

from flask import Blueprint, abort, render_template

from cards.render import RenderError
from srs.api import runtime

lesson = Blueprint("lesson", __name__)


@lesson.get("/lesson/<deck_id>/<section_id>")
def page(deck_id: str, section_id: str) -> str:
    """One section's lesson, with the way to those before and after it."""
    library = runtime().context.library
    deck, section = library.deck(deck_id), library.section(deck_id, section_id)
    if deck is None or section is None:
        abort(404)
    try:
        text, broken = library.lesson(deck_id, section_id), None
    except RenderError as error:
        text, broken = None, str(error)
    place = deck.sections.index(section)
    return render_template(
        "lesson.html",
        deck=deck,
        section=section,
        lesson=text,
        broken=broken,
        number=place + 1,
        requires=[other for other in deck.sections if other.id in section.requires],
        previous=deck.sections[place - 1] if place else None,
        following=deck.sections[place + 1] if place + 1 < len(deck.sections) else None,
    )
