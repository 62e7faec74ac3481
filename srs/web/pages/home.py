"""The home page: what to do today, and how much of each section is known."""

from __future__ import annotations

from flask import Blueprint, render_template

from srs import service
from srs.api import runtime
from srs.web.wording import today

home = Blueprint("home", __name__)


@home.get("/")
def page() -> str:
    """What is due today."""
    here = runtime()
    due = service.home(here.context, here.clock())
    decks = [
        (deck, [section for section in due.sections if section.deck_id == deck.id])
        for deck in here.context.library.decks
    ]
    return render_template("home.html", home=due, decks=decks, refused=here.loaded().refused, date=today())
