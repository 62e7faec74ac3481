"""What holds for the learner, and the cards set aside."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from markupsafe import escape
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from cards.model import CardId
from cards.render import RenderError
from srs import service
from srs.api import runtime

settings = Blueprint("settings", __name__)


@settings.get("/settings")
def page() -> str:
    """The settings."""
    here = runtime()
    library = here.context.library
    cards = []
    for row in service.suspended(here.context):
        deck, section = library.deck(row.deck_id), library.section(row.deck_id, row.section_id)
        try:
            front = library.faces(CardId.parse(row.card_id), 0).front
        except (KeyError, RenderError):  # its deck is not loaded, or its text cannot be shown
            front = escape(row.card_id)
        language = deck.language if deck else ""
        cards.append((row, section.title if section else row.section_id, language, front))
    return render_template("settings.html", cards=cards, held=service.settings(here.context))


@settings.post("/settings/unsuspend")
def unsuspend() -> Response:
    """Take a suspended card back."""
    card_id = request.form.get("card_id")
    if not card_id:
        raise BadRequest("The form lacks its field card_id.")
    here = runtime()
    service.unsuspend(here.context, here.clock(), card_id)
    flash("The card comes again, as it stood.")
    return redirect(url_for("settings.page"), 303)
