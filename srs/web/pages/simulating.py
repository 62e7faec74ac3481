"""What each desired retention would cost and leave known: figures, a chart, and a button to use one of them."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from srs import service
from srs.api import runtime
from srs.service import configuring
from srs.service.advising import advice, percent, provenance
from srs.service.simulating import LEAST_DAYS, MOST_DAYS, MOST_NEW, YEAR, Simulation, simulate
from srs.web.simulated import plots

simulating = Blueprint("simulating", __name__)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the address or the form asks for, as it was typed."""

    deck_id: str
    days: str
    new_per_day: str


def _asked(given: dict[str, str]) -> _Asked:
    decks = runtime().context.library.decks
    deck_id = given.get("deck") or (decks[0].id if decks else "")
    return _Asked(deck_id, given.get("days", "").strip(), given.get("new", "").strip())


def _whole(text: str, name: str, lowest: int, highest: int) -> int | None:
    """The number typed; None for an empty field.

    Raises:
        InvalidValue: it is none, or lies outside its bounds.
    """
    if not text:
        return None
    if text.isascii() and text.isdigit() and len(text) <= 9 and lowest <= int(text) <= highest:
        return int(text)
    raise service.InvalidValue(f"Say it in whole numbers, from {lowest} to {highest:,}.", name)


def _shown(asked: _Asked) -> str | tuple[str, int]:
    here = runtime()
    found: Simulation | None = None
    problem: service.Problem | None = None
    if asked.deck_id:
        try:
            found = simulate(
                here.context,
                here.clock(),
                asked.deck_id,
                days=_whole(asked.days, "days", LEAST_DAYS, MOST_DAYS) or YEAR,
                new_per_day=_whole(asked.new_per_day, "new", 0, MOST_NEW),
            )
        except service.InvalidValue as error:
            problem = error.problem
    text = render_template(
        "simulating.html",
        asked=asked,
        deck=here.context.library.deck(asked.deck_id),
        decks=here.context.library.decks,
        found=found,
        wrong=problem,
        plots=plots(found) if found else (),
        sentences=advice(found) if found else (),
        provenance=provenance(found) if found else "",
        percent=percent,
        year=YEAR,
        most_days=MOST_DAYS,
        most_new=MOST_NEW,
    )
    return (text, 422) if problem else text


@simulating.get("/simulate")
def page() -> str | tuple[str, int]:
    """The figures for a deck (`deck`), for so many `days` and so many `new` cards a day."""
    return _shown(_asked(request.args.to_dict()))


@simulating.post("/simulate/use")
def use() -> Response:
    """Let a retention be the deck's."""
    if not request.form.get("deck"):
        raise BadRequest("The form lacks its field deck.")
    asked = _asked(request.form.to_dict())
    try:
        retention = float(request.form.get("retention", ""))
    except ValueError:
        raise BadRequest("The form's retention is not one that the page put there.") from None
    here = runtime()
    changed = configuring.change(here.context, here.clock(), asked.deck_id, {"desired_retention": retention})
    flash(
        f"{percent(retention)} is your desired retention for this deck now. It holds from the next answer on."
        if changed
        else f"{percent(retention)} was your desired retention already."
    )
    # An empty value leaves the name out of the address.
    kept = url_for("simulating.page", deck=asked.deck_id, days=asked.days or None, new=asked.new_per_day or None)
    return redirect(kept, 303)
