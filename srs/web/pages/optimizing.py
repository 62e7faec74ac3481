"""A deck's parameters: what serves now, what one's own reviews suggest, and whether that is better."""

from __future__ import annotations

from datetime import datetime
from itertools import zip_longest
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from srs.api import runtime
from srs.optimizer import Weighing
from srs.service import adopting
from srs.service import optimizing as service
from srs.service.errors import CannotAdopt, SettingsMovedOn
from srs.web.calibration import plot
from srs.web.posted import field
from srs.web.wording import zone

optimizing = Blueprint("optimizing", __name__)

_MOST_CHARACTERS = 1000
"""Of 21 numbers as a form of ours has them."""


def _shown(deck_id: str, *, compute: bool, refused: str = "") -> str:
    here = runtime()
    deck = here.context.library.deck(deck_id)
    found = service.optimize(here.context, deck_id) if compute else None
    in_use = found.in_use if found else service.parameters_in_use(here.context, deck_id)
    return render_template(
        "optimizing.html",
        deck_id=deck_id,
        deck=deck,
        others=[other for other in here.context.library.decks if other.id != deck_id],
        in_use=in_use,
        set_on=None if in_use.set_at is None else _date(in_use.set_at),
        found=found,
        words=service.in_words(found) if found else "",
        calibration=_calibration(found.weighing) if found else None,
        refused=refused,
    )


def _date(moment: datetime) -> str:
    local = moment.astimezone(ZoneInfo(zone().name))
    return f"{local.day} {local:%B} {local.year}"


def _calibration(weighing: Weighing) -> dict[str, object] | None:
    weighed = weighing.weighed
    if weighed is None:
        return None
    drawn: Markup = plot(weighed.bins_before, weighed.bins_after)
    return {"plot": drawn, "rows": list(zip_longest(weighed.bins_before, weighed.bins_after))}


@optimizing.get("/settings/parameters")
def page() -> str:
    """The parameters of a deck; with `compute=1` what one's own reviews suggest too."""
    decks = runtime().context.library.decks
    deck_id = request.args.get("deck_id") or request.args.get("deck") or (decks[0].id if decks else "")
    if not deck_id:
        abort(404)
    return _shown(deck_id, compute=request.args.get("compute") == "1")


@optimizing.post("/settings/parameters/adopt")
def adopt() -> Response | tuple[str, int]:
    """Use parameters that this page showed."""
    deck_id, version, text = (field(name) for name in ("deck_id", "settings_version", "parameters"))
    here = runtime()
    try:
        parameters = [float(word) for word in text[:_MOST_CHARACTERS].split()]
    except ValueError:
        raise BadRequest("The form's parameters are not the numbers that the page put there.") from None
    try:
        done = adopting.adopt(here.context, here.clock(), deck_id, parameters, version)
    except (CannotAdopt, SettingsMovedOn) as error:
        return _shown(deck_id, compute=False, refused=error.problem.detail), error.problem.status
    flash("Your own parameters serve from now on." if done.changed else "They serve already.")
    return redirect(url_for("optimizing.page", deck_id=deck_id), 303)


@optimizing.post("/settings/parameters/undo")
def undo() -> Response:
    """Undo an adoption."""
    deck_id, event_id = field("deck_id"), field("event_id")
    here = runtime()
    try:
        named = UUID(event_id)
    except ValueError:
        raise BadRequest("The form's event_id is not the one that the page put there.") from None
    done = adopting.take_back(here.context, here.clock(), deck_id, named)
    flash("Taken back: the parameters from before serve again." if done.changed else "It was taken back already.")
    return redirect(url_for("optimizing.page", deck_id=deck_id), 303)
