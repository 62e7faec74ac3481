"""From the log to the state: what a card's events amount to.

The order in which events arrive does not matter, nor how often: they are sorted by time, then the review's number,
then id, and two events with one id are one. Memory is recomputed from every answer in force, the due date is the one
promised by the last of them, so that a changed setting never moves a date already given.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar
from uuid import UUID

from cards.model import CardId
from srs.core.card import CardState, NewCard, ReviewedCard
from srs.core.events import (
    Buried,
    CardEvent,
    Event,
    EventVoided,
    Reviewed,
    ReviewVoided,
    SettingsChanged,
    Suspended,
    Unburied,
    Unsuspended,
)
from srs.core.memory import MemoryState, model_for
from srs.core.scheduling import after, is_lapse
from srs.core.settings import DeckSettings

_E = TypeVar("_E", bound=Event)


def fold(events: Iterable[CardEvent], parameters: tuple[float, ...]) -> CardState:
    """The state of one card after its events.

    Args:
        events: all events of one card, in any order, repeated or not.
        parameters: FSRS's parameters as they are now; they make the memory, not the due date.
    """
    switches: list[Suspended | Unsuspended | Buried | Unburied] = []
    reviews: list[Reviewed] = []
    for event in _in_force(events):
        if isinstance(event, Reviewed):
            reviews.append(event)
        elif not isinstance(event, ReviewVoided | EventVoided):
            switches.append(event)
    suspended, buried_until = False, None
    for switch in sorted(switches, key=_order):
        match switch:
            case Suspended() | Unsuspended():
                suspended = isinstance(switch, Suspended)
            case Buried(until_day=day):
                buried_until = day
            case Unburied():
                buried_until = None
    if not reviews:
        return NewCard(suspended, buried_until)
    reviews.sort(key=_order)
    last = reviews[-1]
    return ReviewedCard(
        memory=_memory(reviews, parameters),
        place=last.place,
        last_review_ms=last.at_ms,
        last_study_day=last.study_day,
        reps=len(reviews),
        lapses=sum(map(is_lapse, reviews)),
        suspended=suspended,
        buried_until=buried_until,
    )


def fold_all(events: Iterable[CardEvent], parameters: tuple[float, ...]) -> dict[CardId, CardState]:
    """The states of all cards that have events. Needs them all in memory: a rebuild of a large log folds by card."""
    of_card: dict[CardId, list[CardEvent]] = {}
    for event in events:
        if event.card is not None:
            of_card.setdefault(event.card, []).append(event)
    return {card: fold(own, parameters) for card, own in of_card.items()}


def advance(state: CardState, event: Reviewed, parameters: tuple[float, ...]) -> CardState | None:
    """The state after one more answer, without the history: what a fold over the log and `event` would give.

    Args:
        state: the fold of the log so far.
        event: an answer that is not in the log, nor voided in it.
        parameters: FSRS's parameters as they are now.

    Returns:
        None if the answer does not come after all others; then only a fold over the whole history will do.
    """
    if isinstance(state, ReviewedCard):
        if event.at_ms <= state.last_review_ms:
            return None
        memory, days = state.memory, max(0, event.study_day - state.last_study_day)
    else:
        memory, days = None, 0
    outcome = model_for(parameters).next(memory, days, event.desired_retention).of(event.rating)
    return after(state, event, outcome.memory)


def state_before(events: Iterable[CardEvent], at_ms: int, parameters: tuple[float, ...]) -> CardState:
    """The state in which an answer that arrives late found its card: without the answers after `at_ms`.

    Suspensions and burials count as they are now, and what was undone since stays undone.
    """
    return fold((e for e in events if not (isinstance(e, Reviewed) and e.at_ms > at_ms)), parameters)


def fold_settings(events: Iterable[Event], deck: str, start: DeckSettings) -> DeckSettings:
    """A deck's settings after all changes of settings in the log, in their order; those of other decks don't count.

    Raises:
        SettingsError: a change names a setting that does not exist or a value that cannot be.
    """
    changes = [e for e in _in_force(events) if isinstance(e, SettingsChanged) and e.deck in {None, deck}]
    for change in sorted(changes, key=_order):
        start = start.changed(change.changes)
    return start


def in_force(events: Iterable[Event]) -> tuple[Event, ...]:
    """The events that were not undone, each once, in the log's order; the voids themselves are left out."""
    return tuple(sorted((e for e in _in_force(events) if not isinstance(e, ReviewVoided | EventVoided)), key=_order))


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


def _memory(reviews: list[Reviewed], parameters: tuple[float, ...]) -> MemoryState:
    """FSRS over the answers in order; elapsed days are the study days recorded, never below 0."""
    history, before = [], reviews[0].study_day
    for review in reviews:
        history.append((review.rating, max(0, review.study_day - before)))
        before = review.study_day
    return model_for(parameters).after(history)
