"""After a break: what waited too long is spread over days, and new cards wait until it is done.

The day's share is a part of all that waits when the day begins, what fell due meanwhile included: so a backlog is
worked off by the day that was said even if cards keep coming, as far as the limit of reviews allows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median_low

from srs.core.settings import DeckSettings

LONGEST_DAYS = 60
"""A backlog is spread over so many days at most."""

FEWEST = 20
"""So few overdue cards are no backlog, however little the learner does on a usual day."""


def share(waiting: int, days_left: int, limit: int) -> int:
    """How many of the cards that wait when the day begins are today's.

    Args:
        waiting: cards that wait for today or an earlier day, at the beginning of the day.
        days_left: the days that are left to catch up, today included, at least 1.
        limit: reviews a day.
    """
    return min(limit, -(-waiting // days_left))


def days_left(settings: DeckSettings, day: int) -> int:
    """The days of catching up that are left, today included; 0 if the learner does not. An exam goes first."""
    if settings.exam_day >= day:
        return 0
    return max(0, settings.catch_up_by - day + 1)


def worth(limit: int, usual_days: Sequence[int]) -> int:
    """How many overdue cards are no more than a day's worth.

    Args:
        limit: reviews a day.
        usual_days: reviews on each of the last days on which there were any.
    """
    usual = median_low(usual_days) if usual_days else limit
    return min(limit, max(FEWEST, usual))


@dataclass(frozen=True, slots=True)
class CatchUp:
    """A deck's catching up, on one day.

    Attributes:
        share: today's share, what was done of it included.
        overdue: cards that waited for an earlier day and still do. When none is left, the catching up is over.
        waiting: all cards that waited when the day began.
        days_left: the days that are left, today included.
    """

    share: int
    overdue: int
    waiting: int
    days_left: int


def catch_up(settings: DeckSettings, day: int, due: int, overdue: int, done: int) -> CatchUp | None:
    """How a deck's catching up stands; None if the learner does not, or has.

    Args:
        settings: the deck's.
        day: the study day.
        due: cards that wait for today or an earlier day.
        overdue: those of them that wait for an earlier day.
        done: answers of today to cards that had waited.
    """
    left = days_left(settings, day)
    if not left or not overdue:
        return None
    return CatchUp(share(due + done, left, settings.reviews_per_day), overdue, due + done, left)
