"""From the log to the state: what a card's events amount to.

The order in which events arrive does not matter, nor how often: they are sorted by time, then the review's number,
then id, and two events with one id are one. Memory is recomputed from every answer in force, the due date is the one
promised by the last of them, so that a changed setting never moves a date already given.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID

from srs.core.card import CardState, NewCard, Place, Review, ReviewedCard
from srs.core.events import (
    Act,
    Buried,
    CardEvent,
    Crammed,
    Event,
    EventVoided,
    Flagged,
    Forgotten,
    MarkedLeech,
    Rescheduled,
    Reviewed,
    ReviewVoided,
    Suspended,
    Unburied,
    Unflagged,
    UnmarkedLeech,
    Unsuspended,
)
from srs.core.memory import MemoryState, model_for
from srs.core.rating import Rating
from srs.core.scheduling import is_lapse

_E = TypeVar("_E", bound=Event)


def fold(events: Iterable[CardEvent], parameters: tuple[float, ...]) -> CardState:
    """The state of one card after its events.

    Args:
        events: all events of one card, in any order, repeated or not.
        parameters: FSRS's parameters as they are now; they make the memory, not the due date.
    """
    course = _Course()
    for event in in_force(events):
        if isinstance(event, Reviewed):
            course.answer(event)
        elif not isinstance(event, ReviewVoided | EventVoided):
            course.act(event)
    return course.state(parameters)


def state_before(events: Iterable[CardEvent], at_ms: int, parameters: tuple[float, ...]) -> CardState:
    """The state in which an answer that arrives late found its card.

    Without the answers after `at_ms`, and as if the card had been neither forgotten nor given another due date since.
    What was done to it otherwise counts as it is now, and what was undone since stays undone.
    """
    of_the_past = (e for e in events if e.at_ms <= at_ms or not isinstance(e, Reviewed | Forgotten | Rescheduled))
    return fold(of_the_past, parameters)


def in_force(events: Iterable[_E]) -> tuple[_E, ...]:
    """The events that were not undone, each once, in the log's order; the voids themselves are left out."""
    return tuple(sorted((e for e in _in_force(events) if not isinstance(e, ReviewVoided | EventVoided)), key=_order))


@dataclass(slots=True)
class _Course:
    """A card on its way through its events."""

    start: MemoryState | None = None
    """The memory given to it without an answer."""
    history: list[tuple[Rating, int]] = field(default_factory=list)
    """Its answers, each with the study days since the one before (or since the start)."""
    place: Place | None = None
    last_ms: int = 0
    last_day: int = 0
    lapses: int = 0
    suspended: bool = False
    buried_until: int | None = None
    flagged: bool = False
    leech: bool = False

    def answer(self, event: Reviewed) -> None:
        if isinstance(self.place, Review) and not self.history and self.place.interval_days == 0:
            self.start = None  # what was supposed of a card never answered gives way to its first answer
        begun = self.start is not None or self.history
        days = max(0, event.study_day - self.last_day) if begun else 0
        self.history.append((event.rating, days))
        self.place, self.last_ms, self.last_day = event.place, event.at_ms, event.study_day
        self.lapses += is_lapse(event)

    def act(self, event: Act) -> None:
        match event:
            case Suspended() | Unsuspended():
                self.suspended = isinstance(event, Suspended)
            case Buried(until_day=day):
                self.buried_until = day
            case Unburied():
                self.buried_until = None
            case Flagged() | Unflagged():
                self.flagged = isinstance(event, Flagged)
            case MarkedLeech() | UnmarkedLeech():
                self.leech = isinstance(event, MarkedLeech)
            case Forgotten():
                self.start, self.place, self.lapses, self.leech = None, None, 0, False
                self.history.clear()
            case Rescheduled():
                self._reschedule(event)
            case Crammed():
                pass  # nothing of the schedule changes

    def _reschedule(self, event: Rescheduled) -> None:
        if event.memory is not None and not self.history:
            self.start, self.place = event.memory, event.place
            self.last_ms, self.last_day = event.at_ms, event.study_day
        elif self.place is not None:  # else there is nothing left to move: its answers were undone
            self.place = event.place

    def state(self, parameters: tuple[float, ...]) -> CardState:
        if self.place is None:
            return NewCard(self.suspended, self.buried_until, self.flagged, self.leech)
        if self.history or self.start is None:
            memory = model_for(parameters).after(self.history, self.start)
        else:
            memory = self.start
        return ReviewedCard(
            memory=memory,
            place=self.place,
            last_review_ms=self.last_ms,
            last_study_day=self.last_day,
            reps=len(self.history),
            lapses=self.lapses,
            suspended=self.suspended,
            buried_until=self.buried_until,
            flagged=self.flagged,
            leech=self.leech,
        )


def _in_force(events: Iterable[_E]) -> list[_E]:
    unique: dict[UUID, _E] = {event.id: event for event in events}
    voided = set()
    for event in unique.values():
        if isinstance(event, ReviewVoided):
            voided.add(event.review_id)
        elif isinstance(event, EventVoided):
            voided.add(event.event_id)
    return [event for event in unique.values() if event.id not in voided]


def _order(event: Event) -> tuple[int, int, int]:
    number = event.review_number if isinstance(event, Reviewed) else 0
    return event.at_ms, number, event.id.int
