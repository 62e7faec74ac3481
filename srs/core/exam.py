"""Before an exam: which cards are worth a review today, if as much as possible is to be known on one day.

A review today pays what it adds to the chance of recall on the day of the exam, and costs the seconds that it takes.
Both are expected values over passing and failing, by FSRS (`srs.core.memory`): a failed card is taken to be learned
again on the same day. The figures of `docs/scheduling.md` come from `tests/srs/core/exam_play.py`, which plays this
queue and the ordinary one against each other.
"""

from __future__ import annotations

from dataclasses import dataclass

from srs.core.memory import MemoryState, Model
from srs.core.settings import DeckSettings

PASS_S = 9.0
FAIL_S = 26.0
"""Seconds that a passed answer takes, and a failed one with what relearning takes: the order hardly depends on them."""

EARLY_DAYS = 7
"""From so many days before the exam on, cards that are not due yet fill up what the limits leave."""

EARLY_RECALL = 0.95
"""Only cards that would then be recalled less likely than that come early."""


@dataclass(frozen=True, slots=True)
class Prospect:
    """What a card promises for the exam.

    Attributes:
        without: the chance of recall then without a review today.
        reviewed: the same with one.
        seconds: what the review takes, on the average.
    """

    without: float
    reviewed: float
    seconds: float

    @property
    def gain(self) -> float:
        """What a minute adds to the number of cards known at the exam."""
        return (self.reviewed - self.without) * 60 / self.seconds


def prospect(model: Model, memory: MemoryState, elapsed: int, ahead: int) -> Prospect:
    """What a review today would do for an exam.

    Args:
        model: FSRS with the learner's parameters.
        memory: the card's memory after its last answer.
        elapsed: study days since that, at least 0.
        ahead: study days to the exam, at least 0.
    """
    recall = model.retrievability(memory, elapsed)
    after = model.next(memory, elapsed, 0.9)
    failed = model.next(after.again.memory, 0, 0.9).good.memory
    return Prospect(
        without=model.retrievability(memory, elapsed + ahead),
        reviewed=recall * model.retrievability(after.good.memory, ahead)
        + (1 - recall) * model.retrievability(failed, ahead),
        seconds=recall * PASS_S + (1 - recall) * FAIL_S,
    )


def reach(model: Model) -> float:
    """Days since the last answer over stability at which recall is `EARLY_RECALL`."""
    return model.reach(EARLY_RECALL)


def days_ahead(settings: DeckSettings, day: int) -> int | None:
    """Study days to the exam; None if there is none to come."""
    return settings.exam_day - day if settings.exam_day >= day else None


@dataclass(frozen=True, slots=True)
class Pace:
    """New cards before an exam.

    Attributes:
        new: cards that were new when the day began.
        needed: so many a day would show all of them; None on a day on which new cards no longer pay.
        today: so many come today.
        unseen: new cards that cannot come before the exam, at the limit of the settings.
    """

    new: int
    needed: int | None
    today: int
    unseen: int


def pace(new: int, ahead: int, new_per_day: int) -> Pace:
    """How new cards are spread over the days before an exam: evenly, up to the day before it.

    Args:
        new: cards that were new when the day began.
        ahead: study days to the exam.
        new_per_day: the limit of the settings.
    """
    if ahead <= 0:
        return Pace(new, None, 0, new)
    needed = -(-new // ahead)
    return Pace(new, needed, min(needed, new_per_day), max(0, new - new_per_day * ahead))


def comes_early(ahead: int, new: Pace) -> bool:
    """Whether cards that are not due yet come, too: in the last days, and once no new card does.

    A new card is worth more for its minutes: with cards that are not due among the others, fewer new ones would be
    seen, and less be known on the day.
    """
    return ahead <= EARLY_DAYS and not new.today
