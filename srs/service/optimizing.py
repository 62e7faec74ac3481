"""FSRS's parameters from the learner's own log: computed and shown. Nothing here changes anything."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from sqlalchemy import Connection

from srs import optimizer
from srs.core.events import Event, SettingsChanged
from srs.core.fold import in_force
from srs.core.settings import DEFAULT_PARAMETERS, DeckSettings
from srs.db import catalogue, histories, learners, log
from srs.optimizer import Decision, Material, Weighing
from srs.service.clock import from_ms, to_ms
from srs.service.context import Context
from srs.service.naming import deck_named

Parameters: TypeAlias = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class InUse:
    """The parameters that serve a deck now.

    Attributes:
        deck_id: the deck.
        parameters: FSRS's weights.
        default: whether they are FSRS's defaults.
        set_at: when they were set; None for the defaults.
        undoable: the newest change of this deck's parameters, which `take_back` undoes; None if there is none.
        settings_version: names all settings of the deck; `adopt` wants it, to know that none was changed meanwhile.
    """

    deck_id: str
    parameters: Parameters
    default: bool
    set_at: datetime | None
    undoable: UUID | None
    settings_version: str


@dataclass(frozen=True, slots=True)
class Optimization:
    """What an optimisation found. Nothing was changed.

    Attributes:
        in_use: the parameters that serve now.
        weighing: how fitted ones compare with them, and whether they may be adopted.
        proposed: the parameters fitted to the whole log; None where nothing could be compared.
    """

    in_use: InUse
    weighing: Weighing
    proposed: Parameters | None

    @property
    def adoptable(self) -> bool:
        """Whether `adopt` would take them."""
        return self.proposed is not None and self.weighing.decision.adoptable and not self.unchanged

    @property
    def unchanged(self) -> bool:
        """Whether what was fitted is what serves already."""
        return self.proposed == self.in_use.parameters


def known_decks(context: Context) -> tuple[str, ...]:
    """The ids of the decks that were ever loaded."""
    with context.database.reading() as connection:
        return tuple(catalogue.deck_pks(connection))


def parameters_in_use(context: Context, deck_id: str) -> InUse:
    """The parameters that serve a deck now.

    Raises:
        UnknownDeck: there is no such deck.
    """
    with context.database.reading() as connection:
        deck_named(connection, deck_id)
        return in_use(connection, context, deck_id)


def optimize(context: Context, deck_id: str) -> Optimization:
    """Fit parameters to the learner's answers to a deck, and weigh them against those in use. Nothing is changed.

    One log and the same settings give the same result.

    Raises:
        UnknownDeck: there is no such deck.
    """
    look = look_at(context, deck_id)
    weighing = look.weighing()
    proposed = None
    if weighing.weighed is not None:
        proposed = optimizer.fit(look.material, look.material.by_time, len(look.settings.relearning_steps))
    return Optimization(look.in_use, weighing, proposed)


@dataclass(frozen=True, slots=True)
class Look:
    """What a deck's log and settings say at one moment."""

    in_use: InUse
    settings: DeckSettings
    material: Material

    def weighing(self) -> Weighing:
        """How fitted parameters compare with those in use."""
        since_ms = None if self.in_use.set_at is None else to_ms(self.in_use.set_at)
        steps = len(self.settings.relearning_steps)
        return optimizer.weigh(self.material, self.in_use.parameters, steps, since_ms=since_ms)


def look_at(context: Context, deck_id: str) -> Look:
    """What is known of a deck, read in one transaction.

    Raises:
        UnknownDeck: there is no such deck.
    """
    learner = context.learner_id
    with context.database.reading() as connection:
        deck_pk = deck_named(connection, deck_id)
        found = in_use(connection, context, deck_id)
        settings = learners.settings_of(connection, learner, context.zone).of(deck_id)
        material = optimizer.material(histories.of_deck(connection, learner, deck_pk))
    return Look(found, settings, material)


def in_use(connection: Connection, context: Context, deck_id: str) -> InUse:
    """The parameters that serve a deck, within a transaction."""
    settings = learners.settings_of(connection, context.learner_id, context.zone).of(deck_id)
    events = list(log.settings_events(connection, context.learner_id))
    default = settings.parameters == DEFAULT_PARAMETERS
    set_ms = None if default else _set_ms(events, deck_id)
    newest = newest_change(events, deck_id)
    return InUse(
        deck_id=deck_id,
        parameters=settings.parameters,
        default=default,
        set_at=None if set_ms is None else from_ms(set_ms),
        undoable=None if newest is None else newest.id,
        settings_version=_version(settings),
    )


def _set_ms(events: Sequence[Event], deck_id: str) -> int | None:
    """When the parameters that serve a deck were set: for itself, or else for all decks."""
    for scope in (deck_id, None):
        moments = [event.at_ms for event in in_force(events) if _sets_parameters(event, scope)]
        if moments:
            return max(moments)
    return None


def newest_change(events: Sequence[Event], deck_id: str) -> Event | None:
    """The newest change in force of a deck's parameters; None if that changed other settings too."""
    for event in reversed(in_force(events)):
        if _sets_parameters(event, deck_id):
            return event if changes_parameters(event, deck_id) else None
    return None


def _sets_parameters(event: Event, scope: str | None) -> bool:
    """Whether the event sets the parameters of a deck, or of all decks (None), with or without other settings."""
    return isinstance(event, SettingsChanged) and event.deck == scope and "parameters" in dict(event.changes)


def changes_parameters(event: Event, deck_id: str) -> bool:
    """Whether the event changes a deck's parameters, and nothing else."""
    return isinstance(event, SettingsChanged) and event.deck == deck_id and [*dict(event.changes)] == ["parameters"]


def _version(settings: DeckSettings) -> str:
    # Not the zone: a browser reports it by itself, and no day that is in the log depends on it any more.
    plain = json.dumps({name: value for name, value in settings.to_plain().items() if name != "zone"}, sort_keys=True)
    return hashlib.blake2b(plain.encode(), digest_size=8).hexdigest()


def in_words(found: Optimization) -> str:
    """What was found, and whether it may be adopted, in a sentence or two."""
    weighed = found.weighing.weighed
    if weighed is None or not found.weighing.decision.adoptable:
        return why_not(found.weighing)
    if found.unchanged:
        return "What was fitted is what is in use already."
    figures = f"a log-loss of {weighed.after.log_loss:.4f} instead of {weighed.before.log_loss:.4f}"
    if found.weighing.decision is Decision.UNCLEAR:
        return (
            f"Fitted parameters predict the {_reviews(weighed.held_out)} held out a little better than those in use, "
            f"with {figures}, but by no more than chance would make. They may be adopted; waiting for more reviews "
            "costs nothing."
        )
    return (
        f"Fitted parameters predict the {_reviews(weighed.held_out)} held out better than those in use, with "
        f"{figures}: more than chance would make."
    )


def why_not(weighing: Weighing) -> str:
    """Why parameters may not be adopted, in words; nothing if they may."""
    weighed = weighing.weighed
    match weighing.decision:
        case Decision.FEW_ANSWERS:
            return (
                f"This deck has {_reviews(weighing.answers)}; {optimizer.LEAST_ANSWERS} are needed before parameters "
                "can be fitted."
            )
        case Decision.FEW_HELD_OUT:
            return (
                f"Of {_reviews(weighing.answers)} {weighing.predictable} came a day or more after the one before. Only "
                "those tell how fast you forget, and they are too few yet."
            )
        case Decision.FEW_SINCE:
            return (
                f"Since the parameters in use were set there {'was' if weighing.since == 1 else 'were'} "
                f"{_reviews(weighing.since)} of cards that had waited a day or more; {optimizer.LEAST_HELD_OUT} are "
                "needed to compare fairly, since those in use may have been fitted to the reviews before."
            )
        case Decision.NO_BETTER if weighed is not None:
            return (
                f"Fitted parameters predict the {_reviews(weighed.held_out)} held out no better than those in use: "
                f"their log-loss is {weighed.after.log_loss:.4f}, that of those in use {weighed.before.log_loss:.4f}."
            )
        case _:
            return ""


def _reviews(count: int) -> str:
    return f"{count:,} review{'' if count == 1 else 's'}"
