"""What can be done to a card while reviewing besides answering it, by plain forms."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeAlias

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from srs import service
from srs.api import runtime
from srs.service import ActResult, Context

acts = Blueprint("acts", __name__)

_Act: TypeAlias = Callable[[Context, datetime, str], ActResult]

SAID = {
    "bury": "The card is buried: it comes again tomorrow. Undo brings it back.",
    "suspend": "The card is suspended and comes no more. Undo brings it back.",
    "unsuspend": "The card comes again, as it stood.",
    "flag": "The card is flagged for the deck's author, and goes on as before. Undo takes that back.",
    "due": "The card comes on the day that you said. Undo takes that back.",
    "forget": "The card is new again. Undo brings back what you knew of it.",
}
"""What is said once it is done; the review page's script says the same."""

ALREADY = "The card stands so already."

_ACTS: dict[str, _Act] = {
    "bury": service.bury,
    "suspend": service.suspend,
    "unsuspend": service.unsuspend,
    "flag": lambda context, now, card_id: service.flag(context, now, card_id, request.form.get("text", "")),
    "due": lambda context, now, card_id: service.set_due(context, now, card_id, request.form.get("when", "")),
    "forget": service.forget,
}


@acts.post(f"/review/<any({', '.join(_ACTS)}):what>")
def act(what: str) -> Response:
    """Do something to the card, and show the next one; a flagged one goes on."""
    card_id = request.form.get("card_id")
    if not card_id:
        raise BadRequest("The form lacks its field card_id.")
    here = runtime()
    try:
        done = _ACTS[what](here.context, here.clock(), card_id)
    except service.InvalidValue as refused:
        flash(refused.problem.detail)
        return redirect(url_for("review.page", card=card_id), 303)
    flash(SAID[what] if done.changed else ALREADY)
    return redirect(url_for("review.page", card=card_id if what == "flag" else None), 303)
