"""The cards that stand apart, to be taken back: suspended, buried, flagged, leeches."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from flask import Blueprint, flash, redirect, render_template, request, url_for
from markupsafe import Markup, escape
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from cards.model import CardId
from cards.render import RenderError
from srs import service
from srs.api import runtime
from srs.service import ActResult, CardRow, Context

aside = Blueprint("aside", __name__)

_Act: TypeAlias = Callable[[Context, datetime, str], ActResult]

_BACK: dict[str, tuple[_Act, str]] = {
    "suspended": (service.unsuspend, "The card comes again, as it stood."),
    "buried": (service.unbury, "The card comes today after all."),
    "flagged": (service.unflag, "The flag is taken away."),
    "leeches": (service.unmark_leech, "The card is no leech any more."),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A card as pages that are not about it show it.

    Attributes:
        front: its question, as safe HTML.
        lesson: the address of the lesson that explains it.
    """

    card_id: str
    title: str
    language: str
    front: Markup
    lesson: str


def shown(card_id: str) -> Shown | None:
    """How to show a card; None if no loaded deck has it."""
    library = runtime().context.library
    name = CardId.parse(card_id)
    card, deck = library.card(name), library.deck(name.deck)
    if card is None or deck is None:
        return None
    try:
        front = Markup(library.faces(name, 0).front)  # noqa: S704 - `cards.render` makes it safe
    except RenderError:
        front = escape(card_id)
    lesson = url_for("lesson.page", deck_id=name.deck, section_id=card.section.id)
    return Shown(card_id, card.section.title, deck.language, front, lesson)


@aside.get("/cards/aside")
def page() -> str:
    """The lists."""
    here = runtime()
    found = service.aside(here.context, here.clock())
    return render_template(
        "aside.html",
        suspended=_rows(found.suspended),
        buried=_rows(found.buried),
        flagged=_rows(found.flagged),
        leeches=_rows(found.leeches),
    )


@aside.post(f"/cards/aside/<any({', '.join(_BACK)}):what>")
def take_back(what: str) -> Response:
    """Take a card from one of the lists."""
    card_id = request.form.get("card_id")
    if not card_id:
        raise BadRequest("The form lacks its field card_id.")
    act, said = _BACK[what]
    here = runtime()
    done = act(here.context, here.clock(), card_id)
    flash(said if done.changed else "The card stands so already.")
    return redirect(url_for("aside.page", _anchor=what), 303)


def _rows(rows: Sequence[CardRow]) -> list[tuple[CardRow, Shown]]:
    return [(row, card) for row in rows if (card := shown(row.card_id)) is not None]
