"""Cards with nothing but answers, none of them undone: most are so, and need no object an answer to be folded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

from sqlalchemy import Row

from srs.core.rating import Rating
from srs.db.tables import EventKind

COLUMNS = ("card_pk", "kind", "at_ms", "rating", "study_day")
"""With these columns of `events` a row begins that is read here. Rows come in the order of their cards and times."""

STREAMED = 5000
"""Rows of the log held in memory at a time."""

_Row: TypeAlias = Row[*tuple[Any, ...]]

_RATINGS = (Rating.AGAIN, *Rating)  # by number; 0 is never stored


def is_plain(history: Sequence[_Row]) -> bool:
    """Whether there are only answers, in an order that their times settle."""
    before = None
    for row in history:
        if row[1] != EventKind.REVIEWED or row[2] == before:
            return False
        before = row[2]
    return True


def answers_of(history: Sequence[_Row]) -> Iterator[tuple[Rating, int]]:
    """The ratings of a plain history, each with the days since the answer before."""
    before = history[0][4]
    for _, _, _, rating, day, *_ in history:
        yield _RATINGS[rating], max(0, day - before)
        before = day
