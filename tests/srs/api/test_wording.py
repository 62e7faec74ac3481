from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srs.api import wording

MINUTE = 1 / 1440


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "<1 min"),
        (0.7 * MINUTE, "<1 min"),
        (MINUTE, "1 min"),
        (10 * MINUTE, "10 min"),
        (59.4 * MINUTE, "59 min"),
        (59.6 * MINUTE, "1 h"),
        (300 * MINUTE, "5 h"),
        (23.6 * 60 * MINUTE, "1 d"),
        (1, "1 d"),
        (3, "3 d"),
        (29, "29 d"),
        (30, "1 mo"),
        (36.5, "1.2 mo"),
        (363, "11.9 mo"),
        (365, "1 y"),
        (913, "2.5 y"),
        (36500, "99.9 y"),
    ],
)
def test_an_interval_is_said_shortly(days: float, said: str) -> None:
    assert wording.interval(days) == said


@given(st.floats(min_value=0, max_value=40000))
def test_a_number_of_a_unit_never_reaches_the_next_unit(days: float) -> None:
    said = wording.interval(days)
    number, unit = said.removeprefix("<").split(" ")
    assert float(number) < {"min": 60, "h": 24, "d": 30, "mo": 12, "y": 1000}[unit]


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(0.2, "less than a minute"), (1, "about 1 min"), (7.4, "about 7 min"), (58, "about 58 min"), (62, "about 1 h"),
     (80, "about 1 h 20 min"), (119, "about 2 h")],
)  # fmt: skip
def test_an_estimate_is_said_roughly(minutes: float, said: str) -> None:
    assert wording.minutes(minutes) == said


@pytest.mark.parametrize(
    ("milliseconds", "said"),
    [(0, "0 s"), (41_300, "41 s"), (360_000, "6 min"), (3_900_000, "1 h 5 min"), (3_600_000, "1 h")],
)
def test_time_spent_is_said_in_its_largest_units(milliseconds: int, said: str) -> None:
    assert wording.spent(milliseconds) == said


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (datetime(2026, 5, 4, 12, 20, tzinfo=UTC), "at 14:20"),
        (datetime(2026, 5, 4, 22, 30, tzinfo=UTC), "tomorrow at 00:30"),
        (datetime(2026, 5, 5, 2, 0, tzinfo=UTC), "tomorrow at 04:00"),
        (datetime(2026, 5, 8, 2, 0, tzinfo=UTC), "on Friday"),
        (datetime(2026, 6, 3, 2, 0, tzinfo=UTC), "on 3 June"),
        (datetime(2027, 1, 3, 2, 0, tzinfo=UTC), "on 3 January 2027"),
    ],
)
def test_a_moment_is_said_as_someone_in_that_time_zone_would(when: datetime, said: str) -> None:
    assert wording.moment(when, datetime(2026, 5, 4, 9, 0, tzinfo=UTC), "Europe/Berlin") == said


def test_a_count_agrees_with_its_noun() -> None:
    assert [wording.count(number, "card") for number in (0, 1, 2)] == ["0 cards", "1 card", "2 cards"]
    assert wording.count(1200, "review is", "reviews are") == "1,200 reviews are"
