"""Study days: they begin at the rollover hour by the learner's clock, not at midnight.

Study day `d` is the local date `d` days after 1970-01-01, from the rollover hour of that date to that of the next.
Where the clock skips the rollover hour, the day begins when the clock jumps; where the clock shows it twice, at the
first time. So every moment lies in exactly one study day, through every change of clocks. A date that a zone left out
(Apia, 30 December 2011) keeps its number, with a short study day or an empty one.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

DAY_MS = 86_400_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LOCAL_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - a local date, before its zone is known
_FIRST_DATE = date(1970, 1, 1).toordinal()
_KEPT_DAYS = 50_000
_SECOND = timedelta(seconds=1)

FIRST_DAY = -25_567
"""1900-01-01: no study day is asked for before."""

LAST_DAY = 2_900_000
"""In the year 9909: no study day is asked for after."""


class _Calendar:
    """The beginnings of study days for one zone and rollover hour, each computed once."""

    __slots__ = ("_rollover", "_starts", "_zone")

    def __init__(self, zone: str, rollover_hour: int) -> None:
        self._zone = ZoneInfo(zone)
        self._rollover = timedelta(hours=rollover_hour)
        self._starts: dict[int, int] = {}

    def start(self, day: int) -> int:
        start = self._starts.get(day)
        if start is None:
            if not FIRST_DAY <= day <= LAST_DAY:
                raise ValueError(f"study day {day} lies outside the calendar, from {FIRST_DAY} to {LAST_DAY}")
            if len(self._starts) >= _KEPT_DAYS:
                self._starts.clear()
            start = self._starts[day] = self._begin(day)
        return start

    def day(self, at_ms: int, guess: int) -> int:
        day = guess
        while at_ms < self.start(day):
            day -= 1
        while at_ms >= self.start(day + 1):
            day += 1
        return day

    def _begin(self, day: int) -> int:
        local = _LOCAL_EPOCH + timedelta(days=day) + self._rollover
        second = self._second(local)
        if self._clock(second) != local:
            second = self._jump(self._second(local.replace(fold=1)), second)
        return second * 1000

    def _jump(self, before: int, after: int) -> int:
        """The second at which the clock jumps over a local time.

        With `fold=1` zoneinfo reads a skipped time by the offset after the jump, which gives a moment before it, and
        with `fold=0` the other way round: the jump lies between the two.
        """
        while after - before > 1:
            middle = (before + after) // 2
            if self._clock(middle) - self._clock(before) == timedelta(seconds=middle - before):
                before = middle
            else:
                after = middle
        return after

    def _second(self, local: datetime) -> int:
        return (local.replace(tzinfo=self._zone) - _EPOCH) // _SECOND

    def _clock(self, second: int) -> datetime:
        return (_EPOCH + timedelta(seconds=second)).astimezone(self._zone).replace(tzinfo=None)


@lru_cache(maxsize=256)
def _calendar(zone: str, rollover_hour: int) -> _Calendar:
    return _Calendar(zone, rollover_hour)


def date_of(day: int) -> date:
    """The date of a study day."""
    return date.fromordinal(_FIRST_DATE + day)


def day_of(when: date) -> int:
    """The study day of a date."""
    return when.toordinal() - _FIRST_DATE


def study_day(at_ms: int, zone: str, rollover_hour: int) -> int:
    """The study day of a moment: days since 1970-01-01.

    Args:
        at_ms: milliseconds since 1970 (UTC).
        zone: an IANA time zone.
        rollover_hour: 0 to 23.

    Raises:
        ValueError: the moment lies before 1900 or after 9909.
    """
    # By UTC the day is right to within one, whatever the zone.
    return _calendar(zone, rollover_hour).day(at_ms, (at_ms - rollover_hour * 3_600_000) // DAY_MS)


def day_start_ms(day: int, zone: str, rollover_hour: int) -> int:
    """The moment at which a study day begins, in milliseconds since 1970 (UTC).

    Raises:
        ValueError: the day lies before 1900 or after 9909.
    """
    return _calendar(zone, rollover_hour).start(day)
