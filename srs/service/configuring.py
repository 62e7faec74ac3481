"""Settings, for all decks and for one: what holds and why, changing it, going back.

Every change is an event of the log, and so is taking one back. A changed setting never moves a date already given:
the due date is that of the newest answer (`srs.core.fold`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias
from uuid import UUID, uuid4

from sqlalchemy import Connection

from srs.core.events import Event, EventVoided, SettingsChanged
from srs.core.fold import in_force
from srs.core.setting_text import UnreadableSetting, read_setting
from srs.core.settings import FIELDS, FOR_ALL_DECKS, DeckSettings, SettingProblem, SettingsError, SettingValue
from srs.db import learners, log
from srs.service.clock import from_ms, to_ms
from srs.service.context import Context
from srs.service.errors import InvalidSettings, InvalidValue
from srs.service.naming import deck_named

Scopes: TypeAlias = dict[str, dict[str, SettingValue]]

NOT_HERE = frozenset({"parameters"})
"""Changed together with all memories (`refresher optimize`), never alone."""


class Source(StrEnum):
    """Where a setting's value comes from."""

    DECK = "deck"
    ALL_DECKS = "all_decks"
    DEFAULT = "default"
    SYSTEM = "system"
    """The machine's own time zone, while the learner has set none."""


@dataclass(frozen=True, slots=True)
class Held:
    """A setting as it holds.

    Attributes:
        general: what holds for all decks.
        default: what holds while nothing is set.
    """

    name: str
    value: SettingValue
    source: Source
    general: SettingValue
    default: SettingValue


@dataclass(frozen=True, slots=True)
class Changed:
    """What a change came to.

    Attributes:
        names: the settings that differ now; none if all was so already.
        change_id: the event, to take it back by; None if nothing differs.
    """

    names: tuple[str, ...]
    change_id: UUID | None

    def __bool__(self) -> bool:
        return self.change_id is not None


@dataclass(frozen=True, slots=True)
class Step:
    """One setting in a change: its own value before and after; None where there was or is none."""

    name: str
    before: SettingValue | None
    after: SettingValue | None


@dataclass(frozen=True, slots=True)
class Change:
    """A change of settings that still stands.

    Attributes:
        id: its event's.
        at: when it was made.
        deck_id: for which deck; None for all decks.
    """

    id: UUID
    at: datetime
    deck_id: str | None
    steps: tuple[Step, ...]


def settings(context: Context, deck_id: str | None = None) -> DeckSettings:
    """The settings that hold for a deck, or where a deck has nothing of its own."""
    with context.database.reading() as connection:
        found = learners.settings_of(connection, context.learner_id, context.zone)
    return found.general if deck_id is None else found.of(deck_id)


def view(context: Context, deck_id: str | None = None) -> tuple[Held, ...]:
    """Every setting as it holds for a deck (or for all of them), and where it comes from.

    Raises:
        UnknownDeck: no deck of that id was ever loaded.
    """
    with context.database.reading() as connection:
        scope = _scope(connection, deck_id)
        found = learners.settings_of(connection, context.learner_id, context.zone)
    own = found.changed(scope) if deck_id is not None else {}
    everywhere = found.changed(learners.ALL_DECKS)
    general, default = found.general.to_plain(), DeckSettings(zone=context.zone).to_plain()
    values = general if deck_id is None else found.of(deck_id).to_plain()

    def source(name: str) -> Source:
        if name in own:
            return Source.DECK
        if name in everywhere:
            return Source.ALL_DECKS
        return Source.SYSTEM if name == "zone" else Source.DEFAULT

    return tuple(Held(name, values[name], source(name), general[name], default[name]) for name in FIELDS)


def change(
    context: Context,
    now: datetime,
    deck_id: str | None,
    changes: Mapping[str, object],
    *,
    pin: bool = False,
    reported: bool = False,
) -> Changed:
    """Give settings new values, all of them or none.

    A time zone given without `follow_zone` stays: from then on the zone no longer goes with the browser's.

    Args:
        context: whose settings.
        now: the moment, aware.
        deck_id: the deck that gets values of its own; None for all decks.
        changes: fields of `DeckSettings` and their values, or texts as `srs.core.setting_text` reads them; None lets
            one be again what holds without a value of its own: that for all decks, or the default.
        pin: keep a value even if it holds already, so that it stays when what holds for all decks changes.
        reported: the zone is what a browser found, not what the learner asked for.

    Raises:
        InvalidSettings: a field is unknown, cannot have that value, or is no deck's own; nothing is changed.
        UnknownDeck: no deck of that id was ever loaded.
    """
    given = {name: value for name, value in changes.items() if value is not None}
    values, problems = _read(deck_id, given)
    problems += [
        problem for name in changes if name not in given and (problem := _no_setting(name, deck_id)) is not None
    ]
    learner = context.learner_id
    with context.database.writing() as connection:
        learners.lock_learner(connection, learner)
        scope = _scope(connection, deck_id)
        found = learners.settings_of(connection, learner, context.zone)
        holds = found.general if deck_id is None else found.of(deck_id)
        try:
            wanted = holds.changed(values).to_plain()
        except SettingsError as error:
            problems += error.problems
        if problems:
            raise InvalidSettings(_in_order(problems, changes))
        own = found.changed(scope)
        before: Mapping[str, SettingValue] = own if pin else holds.to_plain()
        differ: dict[str, SettingValue | None] = {
            name: wanted[name] for name in values if name not in before or before[name] != wanted[name]
        }
        if "zone" in differ and "follow_zone" not in changes and holds.follow_zone and not reported:
            differ["follow_zone"] = False
        differ |= dict.fromkeys((name for name in changes if name not in given and name in own), None)
        return _record(connection, learner, to_ms(now), deck_id, differ)


def reset(context: Context, now: datetime, deck_id: str | None, names: Iterable[str]) -> Changed:
    """Let settings be again what holds without a value of their own: that for all decks, or the default.

    Raises:
        InvalidSettings: a name is no setting that the deck could have; nothing is changed.
        UnknownDeck: no deck of that id was ever loaded.
    """
    return change(context, now, deck_id, dict.fromkeys(names))


def history(context: Context, limit: int = 20) -> tuple[Change, ...]:
    """The newest changes that still stand, the newest first, without those that are not to be taken back here."""
    with context.database.reading() as connection:
        changes = list(_changes(log.settings_events(connection, context.learner_id)))
    return tuple(reversed(changes[-limit:]))


def undo(context: Context, now: datetime, change_id: UUID | None = None) -> Change | None:
    """Take a change back as if it had never been made: the newest that still stands, or that of an id.

    Called again it takes back the one before. A time zone that a browser reported is not gone back to unless it is
    named: the browser would only report it again.

    Returns:
        What was taken back; None if nothing was left.

    Raises:
        InvalidValue: no change of that id stands.
    """
    learner = context.learner_id
    with context.database.writing() as connection:
        learners.lock_learner(connection, learner)
        events = list(log.settings_events(connection, learner))
        standing = list(_changes(events))
        if change_id is None:
            follows = learners.settings_of(connection, learner, context.zone).general.follow_zone
            standing = [change for change in standing if not (follows and [s.name for s in change.steps] == ["zone"])]
        else:
            standing = [change for change in standing if change.id == change_id]
            if not standing:
                raise InvalidValue(f"No change of settings that could be taken back has the id {change_id}.", "id")
        if not standing:
            return None
        undone = standing[-1]
        void = EventVoided(id=uuid4(), at_ms=_after(events, to_ms(now)), card=None, event_id=undone.id)
        _append(connection, learner, events, void)
    return undone


def by_scope(events: Iterable[Event]) -> Scopes:
    """What all changes of settings come to, for each deck's id and for all decks."""
    scopes: Scopes = {}
    for event in in_force(events):
        if isinstance(event, SettingsChanged):
            _apply(scopes.setdefault(event.deck or learners.ALL_DECKS, {}), event)
    return scopes


def _apply(own: dict[str, SettingValue], event: SettingsChanged) -> None:
    for name, value in event.changes:
        if value is None:
            own.pop(name, None)
        else:
            own[name] = value


def _changes(events: Iterable[Event]) -> Iterator[Change]:
    scopes: Scopes = {}
    for event in in_force(events):
        if isinstance(event, SettingsChanged):
            own = scopes.setdefault(event.deck or learners.ALL_DECKS, {})
            steps = tuple(Step(name, own.get(name), value) for name, value in event.changes)
            _apply(own, event)
            if not any(step.name in NOT_HERE for step in steps):
                yield Change(event.id, from_ms(event.at_ms), event.deck, steps)


def _scope(connection: Connection, deck_id: str | None) -> str:
    if deck_id is None:
        return learners.ALL_DECKS
    deck_named(connection, deck_id)
    return deck_id


def _read(deck_id: str | None, changes: Mapping[str, object]) -> tuple[dict[str, object], list[SettingProblem]]:
    values: dict[str, object] = {}
    problems = []
    for name, value in changes.items():
        problem = _no_setting(name, deck_id)
        if problem is not None:
            problems.append(problem)
            continue
        try:
            values[name] = read_setting(name, value) if isinstance(value, str) else value
        except UnreadableSetting as error:
            problems.append(error.problem)
    return values, problems


def _no_setting(name: str, deck_id: str | None) -> SettingProblem | None:
    if name in NOT_HERE:
        return SettingProblem(name, f"{name} are fitted to the answers by `refresher optimize`, not set one by one")
    if name not in FIELDS:
        there = ", ".join(field for field in FIELDS if field not in NOT_HERE)
        return SettingProblem(name, f"{name!r} is not a setting; there are {there}")
    if deck_id is not None and name in FOR_ALL_DECKS:
        return SettingProblem(name, f"{name} holds for all decks; a deck cannot have its own")
    return None


def _in_order(problems: Iterable[SettingProblem], changes: Mapping[str, object]) -> list[SettingProblem]:
    places = {name: place for place, name in enumerate(changes)}
    return sorted(problems, key=lambda problem: places.get(problem.field, len(places)))


def _record(
    connection: Connection, learner: int, now_ms: int, deck_id: str | None, changes: Mapping[str, SettingValue | None]
) -> Changed:
    if not changes:
        return Changed((), None)
    events = list(log.settings_events(connection, learner))
    event = SettingsChanged(id=uuid4(), at_ms=_after(events, now_ms), deck=deck_id, changes=tuple(changes.items()))
    _append(connection, learner, events, event)
    return Changed(tuple(changes), event.id)


def _after(events: Iterable[Event], now_ms: int) -> int:
    return max([now_ms, *(event.at_ms + 1 for event in events)])


def _append(connection: Connection, learner: int, before: list[Event], event: Event) -> None:
    seq, _ = log.newest(connection, learner)
    log.append(connection, learner, seq + 1, event, None)
    learners.keep_settings(connection, learner, by_scope([*before, event]))
