"""Study days as the dates that people say."""

from __future__ import annotations

from datetime import date, timedelta

_FIRST = date(1970, 1, 1)


def date_of(day: int) -> date:
    """The date of a study day."""
    return _FIRST + timedelta(days=day)


def day_of(when: date) -> int:
    """The study day of a date."""
    return (when - _FIRST).days
