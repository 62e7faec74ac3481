"""Adopting parameters that were fitted to the learner's own log, and taking that back.

It is a change of settings like any other, an event that can be undone; with it every memory of the deck is computed
anew, while due dates stay as they were promised.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Connection

from srs import optimizer
from srs.core.events import Event, EventVoided, SettingsChanged
from srs.core.settings import DeckSettings, SettingsError
from srs.db import learners, log
from srs.service.clock import to_ms
from srs.service.configuring import by_scope
from srs.service.context import Context
from srs.service.errors import CannotAdopt, InvalidValue, SettingsMovedOn
from srs.service.naming import deck_named
from srs.service.optimizing import (
    InUse,
    Look,
    Parameters,
    changes_parameters,
    in_use,
    look_at,
    newest_change,
    why_not,
)
from srs.service.remembering import remember


@dataclass(frozen=True, slots=True)
class Adoption:
    """What became of parameters that were to be adopted, or taken back.

    Attributes:
        changed: False if it was so already; then nothing was done.
        parameters: those that serve now.
        event_id: the change of settings that brought them, or that was taken back; None if nothing was done.
        cards: how many cards' memories were computed anew.
    """

    changed: bool
    parameters: Parameters
    event_id: UUID | None
    cards: int = 0


def adopt(
    context: Context, now: datetime, deck_id: str, parameters: Sequence[float], settings_version: str
) -> Adoption:
    """Let a deck be scheduled by other parameters from now on: once the log, as it is now, shows that they are better.

    Answers given since they were computed are no hindrance, changed settings are. Adopting what serves already does
    nothing, so two may do it.

    Args:
        context: whose.
        now: the moment.
        deck_id: the deck.
        parameters: what `optimize` proposed.
        settings_version: what it said of the settings.

    Raises:
        UnknownDeck: there is no such deck.
        InvalidValue: they are no parameters.
        SettingsMovedOn: other settings hold now than those for which they were computed.
        CannotAdopt: the log does not show that they are better.
    """
    wanted = _checked(parameters)
    look = look_at(context, deck_id)
    if look.in_use.parameters == wanted:
        return Adoption(False, wanted, None)
    _same_settings(look.in_use, settings_version)
    _refuse_worse(look, wanted)
    with context.database.writing() as connection:
        learners.lock_learner(connection, context.learner_id)
        again = in_use(connection, context, deck_id)
        if again.parameters == wanted:
            return Adoption(False, wanted, None)
        _same_settings(again, settings_version)
        events = list(log.settings_events(connection, context.learner_id))
        event = SettingsChanged(id=uuid4(), at_ms=_after(events, now), deck=deck_id, changes=(("parameters", wanted),))
        cards = _append(connection, context, events, event)
    return Adoption(True, wanted, event.id, cards)


def take_back(context: Context, now: datetime, deck_id: str, event_id: UUID | None = None) -> Adoption:
    """Undo a change of a deck's parameters: the newest that still stands, or the one named (twice is once).

    Raises:
        UnknownDeck: there is no such deck.
        InvalidValue: the event named is no change of this deck's parameters alone.
    """
    learner = context.learner_id
    with context.database.writing() as connection:
        learners.lock_learner(connection, learner)
        deck_named(connection, deck_id)
        events = list(log.settings_events(connection, learner))
        newest = newest_change(events, deck_id)
        named = event_id or (newest.id if newest else None)
        if named is None or any(isinstance(event, EventVoided) and event.event_id == named for event in events):
            return Adoption(False, in_use(connection, context, deck_id).parameters, None)
        if all(event.id != named for event in events if changes_parameters(event, deck_id)):
            raise InvalidValue(f"The event {named} is no change of the parameters of {deck_id}.", "event_id")
        void = EventVoided(id=uuid4(), at_ms=_after(events, now), card=None, event_id=named)
        cards = _append(connection, context, events, void)
        return Adoption(True, in_use(connection, context, deck_id).parameters, named, cards)


def _same_settings(found: InUse, settings_version: str) -> None:
    if found.settings_version != settings_version:
        raise SettingsMovedOn(
            "The deck's settings were changed since these parameters were computed. Compute them again, for those "
            "that hold now.",
            "settings_version",
        )


def _checked(parameters: Sequence[float]) -> Parameters:
    try:
        return DeckSettings().changed({"parameters": tuple(parameters)}).parameters
    except SettingsError as error:
        raise InvalidValue(f"{error}.", "parameters") from error


def _refuse_worse(look: Look, wanted: Parameters) -> None:
    weighing, material = look.weighing(), look.material
    if not weighing.decision.adoptable:
        raise CannotAdopt(why_not(weighing), "parameters")
    everything = material.by_time
    before, after = (
        optimizer.scores(optimizer.predictions(each, material, everything), material, everything).log_loss
        for each in (look.in_use.parameters, wanted)
    )
    if after >= before:
        raise CannotAdopt(
            f"These parameters predict the {len(everything)} answers of the log no better than those in use: their "
            f"log-loss is {after:.4f}, that of those in use {before:.4f}.",
            "parameters",
        )


def _after(events: Sequence[Event], now: datetime) -> int:
    """The moment of a new event: later than every other change of settings, so that their order is never in doubt."""
    return max([to_ms(now), *(event.at_ms + 1 for event in events)])


def _append(
    connection: Connection, context: Context, events: Sequence[Event], event: SettingsChanged | EventVoided
) -> int:
    """Write a change of settings with all that follows from it; how many memories were computed anew."""
    learner = context.learner_id
    before = learners.settings_of(connection, learner, context.zone)
    seq, _ = log.newest(connection, learner)
    log.append(connection, learner, seq + 1, event, None)
    learners.keep_settings(connection, learner, by_scope([*events, event]))
    return remember(connection, learner, before, learners.settings_of(connection, learner, context.zone))
