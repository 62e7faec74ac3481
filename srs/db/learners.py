"""Learners, the locks that keep their writers apart, and their settings."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache

from sqlalchemy import Connection, bindparam, delete, insert, select

from srs.core.settings import DeckSettings, SettingValue
from srs.db.tables import learners, settings

ALL_DECKS = ""
"""The scope of settings that hold for every deck of the learner."""

_exists = select(learners.c.id).where(learners.c.id == bindparam("learner"))
_locked = _exists.with_for_update()
_settings = select(settings.c.scope, settings.c.changes).where(settings.c.learner_id == bindparam("learner"))
_forget = delete(settings).where(settings.c.learner_id == bindparam("learner"))
_add = insert(learners)
_keep = insert(settings)


class LearnerSettings:
    """A learner's settings, deck by deck."""

    __slots__ = ("_changes", "_zone")

    def __init__(self, changes: Mapping[str, str], zone: str) -> None:
        self._changes = changes
        self._zone = zone

    @property
    def general(self) -> DeckSettings:
        """What holds where a deck has nothing of its own; the zone and the rollover hour hold for all decks."""
        return _resolved(self._zone, self._changes.get(ALL_DECKS, "{}"), "{}")

    def of(self, deck_id: str) -> DeckSettings:
        """What holds for a deck."""
        return _resolved(self._zone, self._changes.get(ALL_DECKS, "{}"), self._changes.get(deck_id, "{}"))

    def changed(self, scope: str) -> dict[str, SettingValue]:
        """The fields that the learner set for a deck's id, or for all decks (`ALL_DECKS`)."""
        return dict(_read(self._changes.get(scope, "{}")))


def ensure_learner(connection: Connection, learner: int, now_ms: int) -> bool:
    """Make the learner unless there is one of that number; True if it was made."""
    if connection.execute(_exists, {"learner": learner}).first():
        return False
    connection.execute(_add, {"id": learner, "created_ms": now_ms})
    return True


def lock_learner(connection: Connection, learner: int) -> None:
    """Keep other writers of this learner's waiting until the transaction ends. On SQLite the transaction does so."""
    if connection.dialect.name != "sqlite":
        connection.execute(_locked, {"learner": learner})


def settings_of(connection: Connection, learner: int, zone: str) -> LearnerSettings:
    """The learner's settings; `zone` is the time zone that holds while the learner has set none."""
    rows = connection.execute(_settings, {"learner": learner})
    return LearnerSettings({row[0]: row[1] for row in rows}, zone)


def keep_settings(connection: Connection, learner: int, changes: Mapping[str, Mapping[str, SettingValue]]) -> None:
    """Replace the learner's settings by these, scope by scope."""
    connection.execute(_forget, {"learner": learner})
    rows = [
        {"learner_id": learner, "scope": scope, "changes": json.dumps(dict(fields), sort_keys=True)}
        for scope, fields in changes.items()
        if fields
    ]
    if rows:
        connection.execute(_keep, rows)


@lru_cache(maxsize=256)
def _read(changes: str) -> tuple[tuple[str, SettingValue], ...]:
    fields = json.loads(changes)
    return tuple((name, tuple(value) if isinstance(value, list) else value) for name, value in fields.items())


@lru_cache(maxsize=256)
def _resolved(zone: str, general: str, own: str) -> DeckSettings:
    return DeckSettings(zone=zone).changed(_read(general)).changed(_read(own))
