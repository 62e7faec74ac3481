"""What the rows of `rollups` count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import IntEnum
from functools import lru_cache
from typing import TypeAlias

from srs.core.study_day import date_of, day_of

Key: TypeAlias = tuple[int, int, int, int]
"""Measure, the deck's number, day, bucket."""

Values: TypeAlias = list[int]
"""Number, passed, amount."""

Changes: TypeAlias = dict[Key, Values]
"""What to add to the rows."""

MONTHLY = 10
"""The measure of months is that of days plus this."""


class Measure(IntEnum):
    """What a row counts. The numbers are on disk: never change one, add new ones.

    The first five are by study day; with `MONTHLY` added they are by month, `day` being its first.
    """

    ANSWERS = 1
    """`bucket` is the stage times four plus the rating less one; `amount` the milliseconds that count."""
    HOURS = 2
    """`bucket` is the hour by the learner's clock; `passed` of them were no Again."""
    AGES = 3
    """True retention: `bucket` is the class of card age; `passed` of them were no Again."""
    TIMES = 4
    """`bucket` is the class of the answer's time."""
    COUNTS = 5
    """`number` is by how much more a `Count`, the bucket, came to on that day."""
    STABILITY = 21
    """Cards now, `bucket` being the class; `day` is 0 here and for the next."""
    DIFFICULTY = 22
    RECALL = 23
    """Cards that fall below a threshold of retrievability (the bucket) on that day."""
    DUE = 24
    """Cards due on that day by cohort of stability; `passed` is the sum of the stabilities' logarithms and `amount`
    that of the difficulties, both in thousandths."""


@lru_cache(maxsize=4096)
def month_of(day: int) -> int:
    """The study day with which its month begins."""
    return day_of(date_of(day).replace(day=1))


def add(changes: Changes, key: Key, number: int, passed: int = 0, amount: int = 0) -> None:
    """Add to a row."""
    values = changes.get(key)
    if values is None:
        changes[key] = [number, passed, amount]
    else:
        values[0] += number
        values[1] += passed
        values[2] += amount


def with_months(days: Iterable[tuple[Key, Values]]) -> Changes:
    """The changes of days, and what they come to for months."""
    changes: Changes = {}
    for (measure, deck, day, bucket), (number, passed, amount) in days:
        add(changes, (measure, deck, day, bucket), number, passed, amount)
        add(changes, (measure + MONTHLY, deck, month_of(day), bucket), number, passed, amount)
    return changes


def that_change(changes: Changes) -> Iterator[tuple[Key, Values]]:
    """Without those that come to nothing."""
    return ((key, values) for key, values in changes.items() if any(values))
