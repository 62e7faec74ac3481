"""What holds for the learner, for all decks and for one, and the cards set aside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from uuid import UUID
from zoneinfo import available_timezones

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from cards.model import Deck
from srs import service
from srs.api import runtime
from srs.core.settings import FOR_ALL_DECKS
from srs.service import configuring
from srs.service.configuring import Change
from srs.service.effects import effects
from srs.service.explaining import ELSEWHERE, GROUPS, MEANINGS, Form, Group
from srs.web.setting_fields import amount, field, given_for, readable

settings = Blueprint("settings", __name__)

CHANGES = 8
"""So many of the newest changes are listed."""


@settings.get("/settings")
def page() -> str:
    """The settings of all decks, or of the one named."""
    return _shown(_deck(request.args))


@settings.post("/settings")
def save() -> Response | tuple[str, int]:
    """Change one group of settings."""
    deck = _deck(request.form)
    group = next((group for group in GROUPS if group.id == request.form.get("group")), None)
    if group is None:
        raise BadRequest("The form does not say which settings it is for.")
    here = runtime()
    held = (each for each in configuring.view(here.context, deck) if each.name in _names(group, deck))
    fields = [field(each, of_deck=deck is not None) for each in held]
    given = {each.name: given_for(each, request.form) for each in fields}
    changes = {each.name: readable(each.name, given[each.name]) for each in fields if given[each.name] != each.text}
    try:
        done = configuring.change(here.context, here.clock(), deck, changes)
    except service.InvalidSettings as refused:
        problems = {problem.field: problem.message for problem in refused.problems}
        return _shown(deck, given=given, problems=problems), 422
    flash("Saved. Dates already given stay." if done else "Nothing was changed.", group.id)
    return redirect(url_for("settings.page", deck=deck, _anchor=group.id), 303)


@settings.post("/settings/reset")
def reset() -> Response:
    """Let a setting be again what holds without a value of its own."""
    deck, name = _deck(request.form), request.form.get("name", "")
    here = runtime()
    configuring.reset(here.context, here.clock(), deck, [name])
    group = next(group.id for group in (*GROUPS, ELSEWHERE) if name in group.names)
    flash("Saved. Dates already given stay.", group)
    return redirect(url_for("settings.page", deck=deck, _anchor=group), 303)


@settings.post("/settings/undo")
def undo() -> Response:
    """Take back a change of settings."""
    try:
        change_id = UUID(request.form.get("id", ""))
    except ValueError:
        raise BadRequest("The form does not say which change to take back.") from None
    here = runtime()
    configuring.undo(here.context, here.clock(), change_id)
    flash("Taken back, as if it had never been changed.", "changes")
    return redirect(url_for("settings.page", deck=_deck(request.form), _anchor="changes"), 303)


def _deck(values: Mapping[str, str]) -> str | None:
    deck = values.get("deck") or None
    if deck is not None and runtime().context.library.deck(deck) is None:
        abort(404)
    return deck


def _names(group: Group, deck: str | None) -> tuple[str, ...]:
    return tuple(name for name in group.names if deck is None or name not in FOR_ALL_DECKS)


def _shown(
    deck: str | None, *, given: Mapping[str, str] | None = None, problems: Mapping[str, str] | None = None
) -> str:
    """The page; `problems` says what is wrong with what was `given`, field by field."""
    context = runtime().context
    said = effects(context, deck)
    fields = {
        held.name: field(
            held,
            of_deck=deck is not None,
            given=(given or {}).get(held.name),
            problem=(problems or {}).get(held.name),
            figures=said.get(held.name, ""),
        )
        for held in configuring.view(context, deck)
    }
    groups = [(group, [fields[name] for name in names]) for group in GROUPS if (names := _names(group, deck))]
    return render_template(
        "settings.html",
        deck=deck,
        decks=context.library.decks,
        groups=groups,
        elsewhere=[(fields[name], _addresses(name, deck)) for name in ELSEWHERE.names],
        apart=_apart() if deck is None else {},
        changes=[_told(change) for change in configuring.history(context, CHANGES)],
        refused=problems,
        zones=_zones() if deck is None else (),
        Form=Form,
    )


def _addresses(name: str, deck: str | None) -> list[tuple[str, str]]:
    """Where a setting is worked out: what the page is called, and its address."""
    if name != "parameters":
        return [("Today", url_for("home.page"))]
    decks = [each for each in runtime().context.library.decks if deck in (None, each.id)]
    return [(each.title, url_for("optimizing.page", deck_id=each.id)) for each in decks]


def _apart() -> dict[str, list[Deck]]:
    """By setting, the decks that have a value of their own."""
    apart: dict[str, list[Deck]] = {}
    context = runtime().context
    for deck in context.library.decks:
        for held in configuring.view(context, deck.id):
            if held.source is configuring.Source.DECK:
                apart.setdefault(held.name, []).append(deck)
    return apart


def _told(change: Change) -> tuple[Change, str, Sequence[tuple[str, str, str]]]:
    """A change with the title of its deck, and for each setting its title and its value before and after."""
    deck = runtime().context.library.deck(change.deck_id) if change.deck_id else None
    where = deck.title if deck else change.deck_id or "All decks"
    steps = [
        (MEANINGS[step.name].title, amount(step.name, step.before), amount(step.name, step.after))
        for step in change.steps
    ]
    return change, where, steps


@cache
def _zones() -> tuple[str, ...]:
    return tuple(sorted(zone for zone in available_timezones() if "/" in zone or zone == "UTC"))
