"""What holds for the learner, and the cards set aside."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from markupsafe import escape
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from cards.model import CardId
from cards.render import RenderError
from srs import service
from srs.api import runtime

settings = Blueprint("settings", __name__)


def _shown(problem: str = "", given: Mapping[str, str] | None = None) -> str:
    """The page; `problem` says what is wrong with the answering form that was `given`."""
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
    held = service.settings(here.context)
    answering = given or {"slow_after_s": str(held.slow_after_s), "decimal_comma": held.decimal_comma}
    return render_template("settings.html", cards=cards, held=held, answering=answering, problem_with=problem)


@settings.get("/settings")
def page() -> str:
    """The settings."""
    return _shown()


@settings.post("/settings/answering")
def answering() -> Response | tuple[str, int]:
    """Say how decimals are typed, and from when on a right answer counts as slow."""
    given = {name: request.form.get(name, "") for name in ("slow_after_s", "decimal_comma")}
    here = runtime()
    try:
        changed = service.set_answering(
            here.context,
            here.clock(),
            slow_after_s=int(given["slow_after_s"]),
            decimal_comma=given["decimal_comma"],
        )
    except (ValueError, service.InvalidValue):
        if given["decimal_comma"] not in tuple(service.DecimalComma):
            raise BadRequest("A field of the form is not what the page put there.") from None
        return _shown("Say it in whole seconds, from 5 to 3600.", given), 422
    flash("Saved. It holds from the next answer on." if changed else "Nothing was changed.")
    return redirect(url_for("settings.page"), 303)


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
