"""Months of study, day by day: a learner, a scheduler and so many minutes a day."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import fmean, pstdev
from typing import Protocol

from benchmarks.whole.mind import DAY_S, Mind
from cards.model import CardId
from srs.core.rating import Rating

EVENING_S = 18 * 3600
"""When the learner sits down, by UTC."""


class System(Protocol):
    """A scheduler as its user meets it."""

    def begin(self, day: int, at_s: float) -> None:
        """A new day has come."""

    def next(self, at_s: float) -> CardId | None:
        """The card that is shown; None if there is nothing left for today."""

    def answer(self, card: CardId, rating: Rating, seconds: float, at_s: float) -> None:
        """The learner's answer to it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it.

    Attributes:
        known: cards that would be recalled at the end, the sum of their true chances.
        known_daily: the mean of that over the days.
        minutes: spent in all.
        answers: given in all.
        seen: cards that were met.
        busiest: the most minutes that a day would have taken, or took; the daily limit at most.
        spread: how uneven the second half of the days was: standard deviation of the answers a day over their mean.
    """

    known: float
    known_daily: float
    minutes: float
    answers: int
    seen: int
    busiest: float
    spread: float

    @property
    def per_hour(self) -> float:
        """Cards known at the end for an hour spent."""
        return self.known / self.minutes * 60


def study(system: System, mind: Mind, *, start_s: float, first_day: int, days: int, minutes: float) -> Outcome:
    """Study every evening until nothing is left for the day or the minutes are used up.

    Args:
        system: the scheduler.
        mind: the learner.
        start_s: midnight (UTC) of the first day, in seconds since 1970.
        first_day: the study day that it is.
        days: how many.
        minutes: the most that a day may take.
    """
    spent: list[float] = []
    answers: list[int] = []
    known: list[float] = []
    for number in range(days):
        at_s = start_s + number * DAY_S + EVENING_S
        began_s, count = at_s, 0
        system.begin(number, at_s)
        while at_s - began_s < minutes * 60:
            card = system.next(at_s)
            if card is None:
                break
            rating, seconds = mind.answer(card, at_s, first_day + number)
            at_s += seconds
            count += 1
            system.answer(card, rating, seconds, at_s)
        spent.append((at_s - began_s) / 60)
        answers.append(count)
        known.append(mind.known(start_s + (number + 1) * DAY_S + EVENING_S))
    return Outcome(
        known=known[-1],
        known_daily=fmean(known),
        minutes=sum(spent),
        answers=sum(answers),
        seen=mind.seen,
        busiest=max(spent),
        spread=_unevenness(answers[days // 2 :]),
    )


def _unevenness(counts: list[int]) -> float:
    mean = fmean(counts)
    if not mean:
        return 0.0
    return pstdev(counts, mean) / mean
