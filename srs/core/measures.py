"""What statistics count, and into which classes: the same words for the store, the pages and whoever reads the numbers.

The definitions are Anki's where it has them (rslib, `stats/graphs`); docs/statistics.md has one line for each. The
numbers of stages and counts, and the order of the classes, are on disk (`srs.db.rollups`): change one, and the sums
have to be made anew.
"""

from __future__ import annotations

from bisect import bisect_right
from enum import IntEnum
from math import log

from srs.core.card import Phase
from srs.core.memory import Model


class Stage(IntEnum):
    """What a card was when it was answered."""

    NEW = 0
    LEARNING = 1
    RELEARNING = 2
    YOUNG = 3
    """In review, with an interval below `MATURE_DAYS`."""
    MATURE = 4
    CRAMMED = 5
    """Answered outside the schedule, whatever it was."""


class Count(IntEnum):
    """What there is more or less of after something happened to a card."""

    INTRODUCED = 0
    """Cards that are no longer new."""
    YOUNG = 1
    """Cards in review with a short interval."""
    MATURE = 2
    """Cards in review with a long one."""
    NOTES_INTRODUCED = 3
    """Notes of which a card is no longer new."""
    NOTES_KNOWN = 4
    """Those of them whose cards, as far as they are no longer new, are all in review."""


MATURE_DAYS = 21
"""From this interval on a card is mature, as in Anki."""

LONGEST_MS = 60_000
"""Of a longer answer only so much counts: the learner was away. Anki's default is the same."""

AGE_DAYS = (2, 7, MATURE_DAYS, 90, 365)
"""Where the classes of card age begin, but for the first: by the interval that an answer ended."""

ANSWER_MS = (2_000, 4_000, 6_000, 8_000, 10_000, 15_000, 20_000, 30_000, 45_000, LONGEST_MS)
"""Where the classes of answer times begin, but for the first."""

STABILITY_DAYS = (0.5, 1.0, 2.0, 4.0, 7.0, 14.0, 30.0, 60.0, 90.0, 180.0, 365.0, 730.0, 1825.0, 3650.0)
"""Where the classes of stability begin, but for the first."""

DIFFICULTIES = tuple(1.0 + step / 2 for step in range(1, 18))
"""Where the classes of difficulty begin, but for the first: it goes from 1 to 10."""

RECALL = tuple(step / 20 for step in range(1, 20))
"""Where the classes of retrievability begin, but for the first: 5% each."""

COHORTS = (1.0, 3.0, 8.0, 20.0, 50.0, 150.0, 500.0)
"""Where the classes of stability begin by which cards are foretold together, but for the first."""

NEVER = 2_900_000
"""A study day that nobody sees, for what happens later than that or not at all."""

FORGOTTEN_DAYS = 3650
"""After so many days without an answer a card's retrievability is taken to fall no further."""


def stage_of(phase_before: Phase | None, interval_before: int | None) -> Stage:
    """What a card was, by its phase and the interval that the answer ended."""
    match phase_before:
        case None:
            return Stage.NEW
        case Phase.LEARNING:
            return Stage.LEARNING
        case Phase.RELEARNING:
            return Stage.RELEARNING
        case Phase.REVIEW:
            return Stage.MATURE if (interval_before or 0) >= MATURE_DAYS else Stage.YOUNG


def age_class(interval_before: int | None) -> int:
    """The class of card age of an interval of days; less than a day for None."""
    return bisect_right(AGE_DAYS, interval_before or 0)


def time_class(duration_ms: int) -> int:
    """The class of an answer's time."""
    return bisect_right(ANSWER_MS, duration_ms)


def stability_class(stability: float) -> int:
    """The class of a stability in days."""
    return bisect_right(STABILITY_DAYS, stability)


def difficulty_class(difficulty: float) -> int:
    """The class of a difficulty."""
    return bisect_right(DIFFICULTIES, difficulty)


def cohort(stability: float) -> int:
    """With which cards a card of this stability is foretold."""
    return bisect_right(COHORTS, stability)


def milli_log(stability: float) -> int:
    """The logarithm of a stability in thousandths: whole, so that sums of it can be taken apart again."""
    return round(1000 * log(max(stability, 0.001)))


class Crossings:
    """On which study days cards fall below the thresholds of retrievability, with one set of parameters.

    So one set of counts by day gives the distribution of retrievability on every day, without a look at any card.
    """

    __slots__ = ("_reach",)

    def __init__(self, model: Model) -> None:
        self._reach = tuple(map(model.reach, RECALL))

    def days(self, stability: float, last_study_day: int) -> list[int]:
        """For each threshold the first study day on which retrievability lies below it; `NEVER` if it is too far."""
        ahead = [int(reach * stability) + 1 for reach in self._reach]
        return [last_study_day + days if days <= FORGOTTEN_DAYS else NEVER for days in ahead]
