from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srs.core.study_day import FIRST_DAY, LAST_DAY, day_start_ms, study_day

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
    ],
)
def test_a_day_begins_where_a_person_would_say(zone: str, hour: int, day: str, begins: str) -> None:
    assert day_start_ms(number(day), zone, hour) == ms(begins)


def test_before_the_rollover_it_is_still_yesterday() -> None:
    late, after_midnight, morning = (ms(f"2025-06-{t}+02:00") for t in ("01T23:50", "02T00:10", "02T04:00"))
    assert study_day(late, "Europe/Berlin", 4) == study_day(after_midnight, "Europe/Berlin", 4) == number("2025-06-01")
    assert study_day(morning - 1, "Europe/Berlin", 4) == number("2025-06-01")
    assert study_day(morning, "Europe/Berlin", 4) == number("2025-06-02")


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
