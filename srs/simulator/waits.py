"""How long each answer makes a card wait: the rules of `srs.core.scheduling` without fuzz, on bare numbers.

Playing a year through takes hundreds of thousands of answers, for which the scheduler's events and calendar would take
minutes. A test holds both to the same intervals.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from srs.core.fuzz import bounds
from srs.core.rating import Rating
from srs.core.steps import first_delay, left_after_pass, next_delay, repeat_delay

DAY_S = 86_400
REST_S = 57_600
"""Studying is taken to happen eight hours into the study day: steps shorter than the other sixteen end on that day."""

_HALF_DAY = 0.5


def passed(intervals: Sequence[float], previous: int, maximum: int) -> int:
    """Days after a pass in review.

    Args:
        intervals: what FSRS gives for Hard, Good and Easy, up to the answer given: each waits a day longer than the
            one before.
        previous: the days promised before, of which Hard takes nothing away unless FSRS asks for far less.
        maximum: the longest interval.
    """
    days = 0
    for interval in intervals:
        wanted = int(interval + 0.5)
        if wanted < previous <= bounds(interval, 1, maximum)[1]:
            wanted = previous
        if wanted <= days:
            wanted = days + 1
        days = wanted if wanted < maximum else maximum
    return days


def days_of(interval: float, minimum: int, maximum: int) -> int:
    """Whole days for an interval that FSRS gives."""
    return min(max(int(interval + 0.5), minimum), maximum)


class Wait(NamedTuple):
    """What an answer on steps leads to.

    Attributes:
        days: days to wait; 0 for later on the same day.
        left: steps left; None for a card that is in review now.
        seconds: how much later, on the same day.
    """

    days: int
    left: int | None
    seconds: int


class Waits:
    """The waits of one deck on its steps.

    Args:
        steps: the learning or the relearning steps, in seconds.
        maximum: the longest interval in days.
        short_term: whether FSRS may ask for less than a day where there are no steps.
    """

    __slots__ = ("_maximum", "_short", "_steps", "count")

    def __init__(self, steps: tuple[int, ...], maximum: int, *, short_term: bool) -> None:
        self.count = len(steps)
        self._steps = steps
        self._maximum = maximum
        self._short = short_term and not steps

    def after(self, rating: int, left: int, given: float, good: float, *, rest: int = REST_S) -> Wait:
        """The wait after an answer on the steps.

        Args:
            rating: the answer.
            left: steps left before it.
            given: the days that FSRS gives for the answer.
            good: the days that FSRS gives for Good, than which Easy waits longer.
            rest: the seconds that are left of the day.
        """
        if rating == Rating.EASY:
            return Wait(days_of(given, days_of(good, 1, self._maximum) + 1, self._maximum), None, 0)
        if rating == Rating.AGAIN:
            return self.lapsed(given, rest=rest)
        if rating == Rating.HARD:
            delay = repeat_delay(self._steps, left)
        else:
            delay = next_delay(self._steps, left)
            left = left_after_pass(self._steps, left) if delay is not None else left
        return self._waiting(delay, left, given, rest)

    def lapsed(self, interval: float, *, rest: int = REST_S) -> Wait:
        """The same after Again: all steps are to be passed anew, where there are any."""
        return self._waiting(first_delay(self._steps), self.count, interval, rest)

    def _waiting(self, delay: int | None, left: int, interval: float, rest: int) -> Wait:
        if delay is None:
            if not (self._short and interval < _HALF_DAY):
                return Wait(days_of(interval, 1, self._maximum), None, 0)
            delay, left = int(interval * DAY_S), 0
        return Wait(0, left, delay) if delay < rest else Wait((delay - rest) // DAY_S + 1, left, 0)
