from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srs.core.study_day import FIRST_DAY, LAST_DAY, date_of, day_of, day_start_ms, study_day

DAY = 86_400_000
EPOCH = date(1970, 1, 1)
ZONES = st.sampled_from(sorted(available_timezones()))
HOURS = st.integers(0, 23)
MOMENTS = st.integers((FIRST_DAY + 3) * DAY, 84_000 * DAY)
RESTLESS = (
    *("Europe/Berlin", "America/New_York", "America/Havana", "America/Sao_Paulo", "America/St_Johns", "Asia/Beirut"),
    *("Asia/Gaza", "Asia/Tehran", "Asia/Kathmandu", "Atlantic/Azores", "Australia/Lord_Howe", "Africa/Casablanca"),
    *("Antarctica/Troll", "Pacific/Apia", "Pacific/Chatham", "Pacific/Kwajalein", "Pacific/Kiritimati", "UTC"),
)


def ms(text: str) -> int:
    return round(datetime.fromisoformat(text).timestamp() * 1000)


def number(text: str) -> int:
    return (date.fromisoformat(text) - EPOCH).days


@given(MOMENTS, ZONES, HOURS)
def test_every_moment_lies_in_the_study_day_it_is_given(at: int, zone: str, hour: int) -> None:
    day = study_day(at, zone, hour)
    assert day_start_ms(day, zone, hour) <= at < day_start_ms(day + 1, zone, hour)


@given(MOMENTS, st.integers(0, 40 * DAY), ZONES, HOURS)
def test_days_never_run_backwards(at: int, later: int, zone: str, hour: int) -> None:
    assert study_day(at, zone, hour) <= study_day(at + later, zone, hour)


@given(MOMENTS, ZONES, HOURS)
def test_no_day_is_lost_or_doubled(at: int, zone: str, hour: int) -> None:
    first = study_day(at, zone, hour)
    starts = [day_start_ms(day, zone, hour) for day in range(first, first + 5)]
    assert starts == sorted(starts)
    for day, (start, end) in enumerate(pairwise(starts), start=first):
        if start < end:
            assert study_day(start, zone, hour) == study_day(end - 1, zone, hour) == day
            assert study_day(start - 1, zone, hour) < day


@given(MOMENTS, ZONES, HOURS)
def test_the_day_is_what_the_wall_clock_says(at: int, zone: str, hour: int) -> None:
    moment = datetime.fromtimestamp(at // 1000, UTC).astimezone(ZoneInfo(zone))
    around = [
        (moment + timedelta(hours=hours)).replace(fold=fold).utcoffset() for hours in (-26, 26) for fold in (0, 1)
    ]
    if len(set(around)) == 1:  # no change of clocks near: nothing to think about
        local = moment.date() if moment.hour >= hour else moment.date() - timedelta(days=1)
        assert study_day(at, zone, hour) == (local - EPOCH).days


@pytest.mark.parametrize("zone", RESTLESS)
@pytest.mark.parametrize("hour", [0, 2, 3, 4])
def test_days_from_1993_to_2030_follow_one_another(zone: str, hour: int) -> None:
    days = range(number("1993-01-01"), number("2030-01-01"))
    starts = [day_start_ms(day, zone, hour) for day in days]
    assert all(0 <= after - before <= 26 * 3_600_000 for before, after in pairwise(starts))
    assert sum(after == before for before, after in pairwise(starts)) <= 1  # a date that the zone left out


@pytest.mark.parametrize(
    ("zone", "hour", "day", "begins"),
    [
        ("Europe/Berlin", 4, "2025-03-29", "2025-03-29T04:00+01:00"),
        ("Europe/Berlin", 4, "2025-03-30", "2025-03-30T04:00+02:00"),
        ("Europe/Berlin", 2, "2025-03-30", "2025-03-30T03:00+02:00"),  # 02:00 is skipped: the day begins at the jump
        ("Europe/Berlin", 2, "2025-10-26", "2025-10-26T02:00+02:00"),  # 02:00 comes twice: at the first
        ("Europe/Berlin", 3, "2025-10-26", "2025-10-26T03:00+01:00"),
        ("America/Havana", 0, "2025-03-09", "2025-03-09T01:00-04:00"),  # midnight is skipped
        ("America/Havana", 0, "2025-11-02", "2025-11-02T00:00-04:00"),  # midnight comes twice
        ("Australia/Lord_Howe", 2, "2025-10-05", "2025-10-05T02:30+11:00"),  # half an hour is skipped
        ("Asia/Kathmandu", 4, "2025-06-01", "2025-06-01T04:00+05:45"),
        ("UTC", 0, "2024-02-29", "2024-02-29T00:00+00:00"),
        ("Pacific/Apia", 4, "2011-12-30", "2011-12-31T00:00+14:00"),  # the date was left out: four hours long
        ("Pacific/Apia", 4, "2011-12-31", "2011-12-31T04:00+14:00"),
        ("Pacific/Apia", 0, "2011-12-30", "2011-12-31T00:00+14:00"),  # and empty from midnight
        ("Pacific/Apia", 0, "2011-12-31", "2011-12-31T00:00+14:00"),
        ("Pacific/Kwajalein", 4, "1993-08-21", "1993-08-22T00:00+12:00"),  # a date left out; before, 12 hours behind
        ("Pacific/Kwajalein", 4, "1993-08-20", "1993-08-20T04:00-12:00"),
        ("Pacific/Kwajalein", 4, "1993-08-22", "1993-08-22T04:00+12:00"),
        ("Antarctica/Troll", 2, "2025-03-30", "2025-03-30T03:00+02:00"),  # two hours are skipped, from 01:00 on
        ("Australia/Lord_Howe", 2, "2025-04-06", "2025-04-06T02:00+10:30"),  # half an hour comes twice, to 02:00
        ("Australia/Sydney", 2, "2025-04-06", "2025-04-06T02:00+11:00"),  # in autumn, which is in April there
        ("Australia/Sydney", 2, "2025-10-05", "2025-10-05T03:00+11:00"),
        ("America/Los_Angeles", 4, "2028-02-29", "2028-02-29T04:00-08:00"),
        ("America/Los_Angeles", 4, "2028-03-01", "2028-03-01T04:00-08:00"),
    ],
)
def test_a_day_begins_where_a_person_would_say(zone: str, hour: int, day: str, begins: str) -> None:
    assert day_start_ms(number(day), zone, hour) == ms(begins)


Change = tuple[int, int, int]
"""A change of clocks: its second, and the seconds ahead of UTC before and after."""


def changes_of_clocks(zone: str, first_year: int, years: int) -> tuple[Change, ...]:
    """Those of a zone in some years."""
    clock = ZoneInfo(zone)

    def ahead(second: int) -> int:
        offset = datetime.fromtimestamp(second, UTC).astimezone(clock).utcoffset()
        assert offset is not None
        return offset // timedelta(seconds=1)

    found = []
    at, last = (number(f"{year}-01-01") * 86_400 for year in (first_year, first_year + years))
    step = 21 * 86_400
    before = ahead(at)
    while at < last:
        early, late = at, at + step
        after = ahead(late)
        if after != before:
            while late - early > 1:
                middle = (early + late) // 2
                early, late = (middle, late) if ahead(middle) == before else (early, middle)
            found.append((late, before, ahead(late)))
            at, before = late, ahead(late)
        else:
            at += step
    return tuple(found)


def begins(day: int, hour: int, changes: Sequence[Change], known: int) -> int:
    """The first second at which the clock shows the hour of that date, or later: found by offsets alone.

    `changes` are those around, and `known` is the offset where there is none.
    """
    wanted = day * 86_400 + hour * 3600
    since = wanted - 3 * 86_400
    for second, before, _ in changes:
        reached = max(since, wanted - before)
        if reached < second:
            return reached
        since = second
    return max(since, wanted - (changes[-1][2] if changes else known))


def test_no_day_is_lost_or_doubled_at_any_change_of_clocks_of_any_zone() -> None:
    # From 1970 to 2037, of each zone a third, so that each year is seen of every third zone.
    zones = {
        changes_of_clocks(zone, 1970 + 15 * (place % 4), 23): zone
        for place, zone in enumerate(sorted(available_timezones()))
    }
    seen = 0
    for changes, zone in zones.items():
        for place, (second, before, _) in enumerate(changes):
            near = [change for change in changes[max(0, place - 2) : place + 3] if abs(change[0] - second) < 5 * 86_400]
            shown = (second + before) % 86_400 // 3600  # the hour at which it happens is the hardest to begin a day at
            for hour in {shown, 4}:
                today = (second + before) // 86_400
                starts = [begins(day, hour, near, before) for day in range(today - 1, today + 3)]
                assert starts == sorted(starts)
                assert starts == [day_start_ms(day, zone, hour) // 1000 for day in range(today - 1, today + 3)], zone
                for moment in (second * 1000 - 1, second * 1000):
                    inside = [n for n, (one, two) in enumerate(pairwise(starts)) if one * 1000 <= moment < two * 1000]
                    assert [study_day(moment, zone, hour)] == [today - 1 + n for n in inside], (zone, second, hour)
                seen += 1
    assert seen > 5000


def test_before_the_rollover_it_is_still_yesterday() -> None:
    late, after_midnight, morning = (ms(f"2025-06-{t}+02:00") for t in ("01T23:50", "02T00:10", "02T04:00"))
    assert study_day(late, "Europe/Berlin", 4) == study_day(after_midnight, "Europe/Berlin", 4) == number("2025-06-01")
    assert study_day(morning - 1, "Europe/Berlin", 4) == number("2025-06-01")
    assert study_day(morning, "Europe/Berlin", 4) == number("2025-06-02")


@pytest.mark.parametrize(
    ("zone", "changed"),
    [("Europe/Berlin", "2025-03-30"), ("Europe/Berlin", "2025-10-26"), ("Australia/Sydney", "2025-04-06"),
     ("Australia/Sydney", "2025-10-05"), ("America/Sao_Paulo", "2018-11-04"), ("America/Havana", "2025-03-09"),
     ("America/New_York", "2024-02-29")],
)  # fmt: skip
def test_whoever_studies_at_ten_to_twelve_and_ten_past_has_one_day_a_night(zone: str, changed: str) -> None:
    clock, middle = ZoneInfo(zone), date.fromisoformat(changed)
    for offset in range(-3, 4):
        evening = datetime.combine(middle + timedelta(days=offset), time(23, 50), clock)
        after_midnight = (evening.astimezone(UTC) + timedelta(minutes=20)).timestamp()
        days = [study_day(round(at * 1000), zone, 4) for at in (evening.timestamp(), after_midnight)]
        assert days == [(middle - EPOCH).days + offset] * 2
        days = [study_day(round(at * 1000), zone, 0) for at in (evening.timestamp(), after_midnight)]
        assert days == [(middle - EPOCH).days + offset, (middle - EPOCH).days + offset + 1]


@given(MOMENTS, ZONES, HOURS, ZONES, HOURS)
def test_travelling_or_another_hour_moves_the_day_by_two_at_most(
    at: int, zone: str, hour: int, other: str, other_hour: int
) -> None:
    assert abs(study_day(at, zone, hour) - study_day(at, other, other_hour)) <= 2


def test_a_date_that_was_left_out_holds_no_moment() -> None:
    midnight = ms("2011-12-31T00:00+14:00")
    assert study_day(midnight - 1, "Pacific/Apia", 0) == number("2011-12-29")
    assert study_day(midnight, "Pacific/Apia", 0) == number("2011-12-31")


@pytest.mark.parametrize("day", [FIRST_DAY - 1, LAST_DAY + 1, 10**12])
def test_days_beyond_the_calendar_are_refused(day: int) -> None:
    with pytest.raises(ValueError, match="outside the calendar"):
        day_start_ms(day, "Europe/Berlin", 4)
    with pytest.raises(ValueError, match="outside the calendar"):
        study_day(day * DAY, "UTC", 0)


@given(st.dates())
def test_a_date_is_a_study_day_and_back(when: date) -> None:
    assert date_of(day_of(when)) == when
    assert day_of(when) - day_of(date(1970, 1, 1)) == (when - date(1970, 1, 1)).days
