"""What can happen to a learner's cards: the append-only log's entries, from which all state is derived.

Nothing here is ever changed or deleted. Undoing appends an event that names the one undone; a fold (`srs.core.fold`)
then reads the log as if that one had never happened.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias
from uuid import UUID

from cards.answers.types import Verdict
from cards.model import CardId
from srs.core.card import Phase, Place, Placed, Review
from srs.core.memory import MemoryState
from srs.core.rating import Rating
from srs.core.settings import SettingValue


@dataclass(frozen=True, slots=True, kw_only=True)
class _Event:
    """What every event has.

    Attributes:
        id: its identity: two events with one id are one event.
        at_ms: when it happened, in milliseconds since 1970 (UTC), by the clock of whoever made it.
    """

    id: UUID
    at_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfCard(_Event):
    """An event of one card."""

    card: CardId


@dataclass(frozen=True, slots=True)
class TypedAnswer:
    """What a learner typed before rating themselves.

    Attributes:
        text: as it was typed.
        verdict: what grading said of it then; None if it could not be graded, since the deck was not loaded.
    """

    text: str
    verdict: Verdict | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed(_OfCard, Placed):
    """An answer, with everything that was decided on it.

    Attributes:
        review_number: which answer of the card it is, from 1; settles the order of answers in one millisecond.
        rating: the answer.
        duration_ms: how long the card was looked at.
        study_day: the study day on which it counts.
        zone: the IANA time zone by which that day was found.
        phase_before: the phase in which the card was answered; None if it was new.
        steps_left_before: the steps then left; None if new or in review.
        due_day_before: the study day for which the card had waited; None if new or due within the day.
        interval_before: the interval of days promised before; None if new or on steps.
        place: where the card went: phase, steps left, due date as promised (after fuzz), interval.
        desired_retention: the retention aimed at.
        parameters_version: `DeckSettings.parameters_version` of the parameters used.
        seed: the seed of a problem note's numbers as shown; 0 for other kinds.
        typed: what was typed, and how it was graded; None if nothing was. It is the rating that decides what becomes
            of the card: this is kept for the learner and for whoever improves the deck.
    """

    review_number: int
    rating: Rating
    duration_ms: int
    study_day: int
    zone: str
    phase_before: Phase | None
    steps_left_before: int | None
    due_day_before: int | None
    place: Place
    desired_retention: float
    parameters_version: str
    interval_before: int | None = None
    seed: int = 0
    typed: TypedAnswer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewVoided(_OfCard):
    """The undoing of an answer: `review_id` is the undone event's id."""

    review_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class _Act(_OfCard):
    """Something that happens to a card and is no answer.

    Attributes:
        cause: the event that it came with; undoing that one undoes this one too. None if it stands by itself.
    """

    cause: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspended(_Act):
    """The card is not to be shown until unsuspended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsuspended(_Act):
    """The card may be shown again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Buried(_Act):
    """The card is hidden until study day `until_day` begins."""

    until_day: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Unburied(_Act):
    """The card is no longer hidden for the day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flagged(_Act):
    """The learner says that something is wrong with the card; `text` says what, and may be empty."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unflagged(_Act):
    """What was wrong with the card is settled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedLeech(_Act):
    """The card was forgotten so often that it should be looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnmarkedLeech(_Act):
    """The card is no leech any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten(_Act):
    """The card is new again: what came before no longer counts for its memory."""


class Reason(StrEnum):
    """Why a card was given another due date without an answer. The values are on disk: never change one."""

    DUE = "due"
    """The learner said when it should come."""
    KNOWN = "known"
    """The learner knows it already, as a placement test found."""
    CREDIT = "credit"
    """A card that makes use of it was passed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rescheduled(_Act, Placed):
    """The card was given another due date. This is no answer.

    Attributes:
        study_day: the study day on which that was done.
        zone: the IANA time zone by which that day was found.
        place: where the card now is: in review.
        memory: what a new card is taken to remember; None for a card with answers, whose memory stays as it is.
        reason: why.
    """

    study_day: int
    zone: str
    place: Review
    memory: MemoryState | None
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Crammed(_Act):
    """An answer outside the schedule, which changes nothing but what was done.

    Attributes:
        rating: the answer.
        duration_ms: how long the card was looked at.
        study_day: the study day on which it counts.
    """

    rating: Rating
    duration_ms: int
    study_day: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsChanged(_Event):
    """Settings were given new values.

    Attributes:
        deck: the deck concerned; None for all decks of the learner.
        changes: the changed fields of `DeckSettings` and their new values, as `DeckSettings.to_plain` writes them; None
            for one that goes back to what holds without it (for all decks, or the default). Only the changed ones, so
            that two devices that change different ones do not overwrite each other.
    """

    deck: str | None = None
    changes: tuple[tuple[str, SettingValue | None], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EventVoided(_Event):
    """The undoing of any event but an answer: an act, a change of settings.

    A void cannot itself be voided; doing a thing again is a new event.

    Attributes:
        card: the card of the undone event; None for settings.
        event_id: the undone event's id.
    """

    card: CardId | None
    event_id: UUID


PlainAct: TypeAlias = Suspended | Unsuspended | Unburied | Unflagged | MarkedLeech | UnmarkedLeech | Forgotten
"""The acts of which there is nothing more to say."""
Act: TypeAlias = PlainAct | Buried | Flagged | Rescheduled | Crammed
CardEvent: TypeAlias = Reviewed | ReviewVoided | Act | EventVoided
Event: TypeAlias = CardEvent | SettingsChanged
