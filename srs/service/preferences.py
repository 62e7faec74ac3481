"""The learner's settings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import uuid4

from sqlalchemy import Connection

from srs.core.events import Event, SettingsChanged
from srs.core.fold import in_force
from srs.core.settings import DeckSettings, SettingsError, SettingValue
from srs.db import learners, log
from srs.service.clock import to_ms
from srs.service.context import Context
from srs.service.errors import InvalidValue


def settings(context: Context, deck_id: str | None = None) -> DeckSettings:
    """The settings that hold for a deck, or where a deck has nothing of its own."""
    with context.database.reading() as connection:
        found = learners.settings_of(connection, context.learner_id, context.zone)
    return found.general if deck_id is None else found.of(deck_id)


def time_zone(context: Context) -> str | None:
    """The learner's IANA time zone, or None while none was set (the system's is used)."""
    with context.database.reading() as connection:
        found = learners.settings_of(connection, context.learner_id, context.zone)
    zone = found.changed(learners.ALL_DECKS).get("zone")
    return None if zone is None else str(zone)


def set_time_zone(context: Context, now: datetime, zone: str) -> bool:
    """Use an IANA time zone ("Europe/Berlin") for study days from now on; False if it was the same already.

    Raises:
        InvalidValue: no such zone.
    """
    try:
        DeckSettings(zone=zone)
    except SettingsError as error:
        raise InvalidValue(f"{error}.", "zone") from error
    return _set(context, now, {"zone": zone})


def set_answering(
    context: Context, now: datetime, *, slow_after_s: int | None = None, decimal_comma: str | None = None
) -> bool:
    """Say how typed answers are read, and from when on a right one counts as slow; False if it was so already.

    Args:
        context: whose settings.
        now: the moment.
        slow_after_s: seconds, 5 to 3600; None to leave it.
        decimal_comma: `auto` (as in the deck's language), `comma` or `point`; None to leave it.

    Raises:
        InvalidValue: one of them cannot be; nothing is changed.
    """
    given: dict[str, SettingValue | None] = {"slow_after_s": slow_after_s, "decimal_comma": decimal_comma}
    changes = {name: value for name, value in given.items() if value is not None}
    try:
        DeckSettings().changed(changes)
    except SettingsError as error:
        raise InvalidValue(f"{error}.", error.problems[0].field) from error
    return _set(context, now, changes)


def _set(context: Context, now: datetime, wanted: dict[str, SettingValue]) -> bool:
    learner = context.learner_id
    with context.database.writing() as connection:
        learners.lock_learner(connection, learner)
        found = learners.settings_of(connection, learner, context.zone)
        known = found.changed(learners.ALL_DECKS)
        changes = {name: value for name, value in wanted.items() if known.get(name) != value}
        if not changes:
            return False
        _change(connection, learner, to_ms(now), None, changes)
    return True


def _change(
    connection: Connection, learner: int, now_ms: int, deck_id: str | None, changes: dict[str, SettingValue]
) -> None:
    events = list(log.settings_events(connection, learner))
    at_ms = max([now_ms, *(event.at_ms + 1 for event in events)])
    event = SettingsChanged(id=uuid4(), at_ms=at_ms, deck=deck_id, changes=tuple(changes.items()))
    seq, _ = log.newest(connection, learner)
    log.append(connection, learner, seq + 1, event, None)
    learners.keep_settings(connection, learner, by_scope([*events, event]))


def by_scope(events: Iterable[Event]) -> dict[str, dict[str, SettingValue]]:
    """What all changes of settings come to, for each deck's id and for all decks."""
    scopes: dict[str, dict[str, SettingValue]] = {}
    for event in in_force(events):
        if isinstance(event, SettingsChanged):
            scopes.setdefault(event.deck or learners.ALL_DECKS, {}).update(event.changes)
    return scopes
