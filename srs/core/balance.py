"""Load balance: which day of a fuzz range a card is sent to, so that no day becomes much fuller than those around it.

Anki draws a day by weights (rslib, `scheduler/states/load_balancer.rs`: the fuller and the further a day, the less
likely). Here the day is taken that lies furthest below the trend of its range: nearer days are fuller because more of
their cards have been given out already, so the emptiest day would nearly always be the latest one. `docs/scheduling.md`
has what was measured of all three.

Taken from Anki: counts decide up to 90 days ahead only; an easy day is left out, or takes half as much; a day on which
another card of the note is due is avoided.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence
from functools import lru_cache
from operator import mul
from typing import TypeAlias

Loads: TypeAlias = Callable[[int], int]
"""How many cards are due on a study day."""

EVERY_DAY = (1.0,) * 7
"""Easy days, when there are none: what each day of the week takes beside a normal one, Monday first."""

HORIZON = 90
"""Days up to which what is due decides, as in Anki: ranges further off are so wide that chance spreads them enough."""

_THURSDAY = 3


def weekday(day: int) -> int:
    """The day of the week of a study day's date, Monday being 0 (study day 0, 1970-01-01, was a Thursday)."""
    return (day + _THURSDAY) % 7


def balanced(
    days: range,
    factor: float,
    loads: Loads,
    easy_days: Sequence[float] = EVERY_DAY,
    siblings: Collection[int] = (),
) -> int:
    """The study day to send a card to, by what is due.

    Args:
        days: the study days to choose from, in order, at least one.
        factor: the card's own draw, from 0 up to but not including 1; it decides between days that are equally good.
        loads: how many cards are due on each of them.
        easy_days: for each day of the week, Monday first, 1 for a normal day, less for one that takes so much less;
            a day with 0 is taken only where there is no other.
        siblings: study days on which another card of the note is due; taken only where there is no other.
    """
    places: Sequence[int] = range(len(days))
    filled: Sequence[float]
    if easy_days == EVERY_DAY and not siblings:
        filled = [loads(day) for day in days]
    else:
        places, shares = _offered(days, easy_days, siblings)
        # A day that takes half as much is as full as its cards and the new one would make it twice over.
        filled = [(loads(days[place]) + 1) / share for place, share in zip(places, shares, strict=True)]
    good = _furthest_below_trend(places, filled)
    return days[good[math.floor(factor * len(good))]]


def drawn(days: range, factor: float, easy_days: Sequence[float] = EVERY_DAY, siblings: Collection[int] = ()) -> int:
    """The study day to send a card to, by its own draw: the day drawn, or one of the week around it that suits better.

    The arguments are those of `balanced`. Without easy days and siblings it is the day that `srs.core.fuzz` gives.
    """
    exact = factor * len(days)
    place = math.floor(exact)
    if easy_days == EVERY_DAY and not siblings:
        return days[place]
    week = days[max(0, place - 3) : place + 4]
    places, shares = _offered(week, easy_days, siblings)
    left = (exact - place) * sum(shares)
    for chosen, share in zip(places, shares, strict=True):
        left -= share
        if left < 0:
            return week[chosen]
    return week[places[-1]]


def _offered(
    days: range, easy_days: Sequence[float], siblings: Collection[int]
) -> tuple[Sequence[int], Sequence[float]]:
    """The places of the days that may be taken, as there are no better ones, and how much each takes."""
    shares = [easy_days[weekday(day)] for day in days]
    marks = [(day in siblings, not share) for day, share in zip(days, shares, strict=True)]
    least = min(marks)
    places = [place for place, mark in enumerate(marks) if mark == least]
    return places, [shares[place] or 1.0 for place in places]


def _furthest_below_trend(places: Sequence[int], values: Sequence[float]) -> list[int]:
    """The places whose values lie furthest below the straight line that fits all of them best (least squares).

    Multiplied out, so that whole numbers stay whole and equal ones equal; what is the same for all is left out.
    """
    offsets, spread = _offsets(tuple(places))
    rise = sum(map(mul, offsets, values))
    above = [value * spread - rise * offset for offset, value in zip(offsets, values, strict=True)]
    least = min(above)
    return [place for place, height in zip(places, above, strict=True) if height == least]


@lru_cache(maxsize=1024)
def _offsets(places: tuple[int, ...]) -> tuple[list[int], int]:
    """How far each place lies from the middle, and the sum of their squares, both multiplied out."""
    count, total = len(places), sum(places)
    offsets = [count * place - total for place in places]
    return offsets, sum(offset * offset for offset in offsets)
