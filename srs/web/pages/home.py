"""The home page: what to do today, and how much of each section is known."""

from __future__ import annotations

from flask import Blueprint, render_template

from srs import service
from srs.api import runtime
from srs.service.studying import studying
from srs.web.wording import today

home = Blueprint("home", __name__)


@home.get("/")
def page() -> str:
    """What is due today."""
    here = runtime()
    now = here.clock()
    due = service.home(here.context, now)
    told = studying(here.context, now)
    decks = [
        (deck, [section for section in due.sections if section.deck_id == deck.id])
        for deck in here.context.library.decks
    ]
    return render_template(
        "home.html",
        home=due,
        decks=decks,
        refused=here.loaded().refused,
        date=today(),
        studying=told,
        exams={exam.deck_id: exam for exam in told.exams},
        titles={deck.id: deck for deck in here.context.library.decks},
        first_day=told.day,
    )
