"""What is known of a card for one learner: never seen, or reviewed and somewhere on its way."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from srs.core.memory import MemoryState


class Phase(StrEnum):
    """Where a reviewed card stands. A card never reviewed has no phase: it is a `NewCard`."""

    LEARNING = "learning"
    REVIEW = "review"
    RELEARNING = "relearning"


@dataclass(frozen=True, slots=True)
class Learning:
    """On the learning steps, before the first interval of days.

    Attributes:
        steps_left: steps still to pass, the current one included; 0 when the deck has no steps and FSRS asked for
            less than a day. Counted from the end, so that a card keeps its place when steps are put in front.
        due_ms: the moment from which it is due.
        due_day: None while it is due within the study day of its answer; else it waits for that study day.
    """

    steps_left: int
    due_ms: int
    due_day: int | None = None


@dataclass(frozen=True, slots=True)
class Relearning:
    """On the relearning steps, after a lapse. The attributes are those of `Learning`."""

    steps_left: int
    due_ms: int
    due_day: int | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """Waiting out an interval of days.

    Attributes:
        interval_days: the interval promised at the last answer, after fuzz; 0 if the card was given a due date before
            any was promised (`srs.core.due_date`).
        due_ms: the beginning of `due_day` in the zone of the last answer.
        due_day: the study day from which it is due.
    """

    interval_days: int
    due_ms: int
    due_day: int


Place: TypeAlias = Learning | Relearning | Review
_PHASES = {Learning: Phase.LEARNING, Relearning: Phase.RELEARNING, Review: Phase.REVIEW}


class Placed:
    """What has a place, with the place's values as columns and labels want them."""

    __slots__ = ()
    place: Place

    @property
    def phase(self) -> Phase:
        """The phase of the place."""
        return _PHASES[type(self.place)]

    @property
    def steps_left(self) -> int | None:
        """Steps still to pass; None in the review phase."""
        return None if isinstance(self.place, Review) else self.place.steps_left

    @property
    def due_ms(self) -> int:
        """The moment from which the card is due."""
        return self.place.due_ms

    @property
    def due_day(self) -> int | None:
        """The study day for which the card waits; None if it is due within the day of the answer."""
        return self.place.due_day

    @property
    def interval_days(self) -> int:
        """The promised interval in days; 0 on steps."""
        return self.place.interval_days if isinstance(self.place, Review) else 0


@dataclass(frozen=True, slots=True)
class NewCard:
    """A card that was never reviewed (or whose every review was undone).

    Attributes:
        suspended: not shown until unsuspended.
        buried_until: hidden until this study day begins; None if not buried. May lie in the past.
        flagged: the learner says that something is wrong with it.
        leech: it was forgotten again and again.
    """

    suspended: bool = False
    buried_until: int | None = None
    flagged: bool = False
    leech: bool = False


@dataclass(frozen=True, slots=True)
class ReviewedCard(Placed):
    """A card with a history.

    Attributes:
        memory: what FSRS makes of the history.
        place: the phase with what belongs to it alone.
        last_review_ms: when it was last answered, or was given its first memory without an answer.
        last_study_day: the study day of that, as recorded then; elapsed days count from it.
        reps: answers given since it was last new, undone ones not counted; 0 if it was marked as known.
        lapses: answers Again in the review phase.
        suspended: not shown until unsuspended.
        buried_until: hidden until this study day begins; None if not buried. May lie in the past.
        flagged: the learner says that something is wrong with it.
        leech: it was forgotten again and again.
    """

    memory: MemoryState
    place: Place
    last_review_ms: int
    last_study_day: int
    reps: int
    lapses: int
    suspended: bool = False
    buried_until: int | None = None
    flagged: bool = False
    leech: bool = False

    @property
    def untried(self) -> bool:
        """Whether it was given a due date while it was new, and no more: the next answer counts as its first."""
        return self.reps == 0 and isinstance(self.place, Review) and self.place.interval_days == 0


CardState: TypeAlias = NewCard | ReviewedCard


def place_from(
    phase: Phase, *, due_ms: int, due_day: int | None, steps_left: int | None, interval_days: int | None
) -> Place:
    """The place that a row of columns describes.

    Raises:
        ValueError: the columns contradict each other (a review card without a due day, a step without a number).
    """
    if phase is Phase.REVIEW:
        if due_day is None or interval_days is None:
            raise ValueError("a card in review needs a due day and an interval in days")
        return Review(interval_days=interval_days, due_ms=due_ms, due_day=due_day)
    if steps_left is None:
        raise ValueError(f"a card in {phase} needs the number of steps left")
    kind = Learning if phase is Phase.LEARNING else Relearning
    return kind(steps_left=steps_left, due_ms=due_ms, due_day=due_day)
