from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srs.core.backlog import CatchUp, catch_up, days_left, share, worth
from srs.core.settings import DeckSettings


@given(st.integers(0, 5000), st.integers(1, 60), st.integers(0, 400))
def test_the_shares_work_a_backlog_off_by_its_day_as_far_as_the_limit_allows(
    waiting: int, days: int, limit: int
) -> None:
    left = waiting
    for ahead in range(days, 0, -1):
        today = share(left, ahead, limit)
        assert today <= limit
        left -= today
    assert left == max(0, waiting - limit * days)


@pytest.mark.parametrize(
    ("catch_up_by", "exam_day", "expected"),
    [(0, 0, 0), (99, 0, 0), (100, 0, 1), (106, 0, 7), (106, 99, 7), (106, 100, 0), (106, 150, 0)],
)
def test_the_days_that_are_left(catch_up_by: int, exam_day: int, expected: int) -> None:
    assert days_left(DeckSettings(catch_up_by=catch_up_by, exam_day=exam_day), 100) == expected


def test_the_share_of_a_day_stays_while_it_is_worked_off() -> None:
    settings = DeckSettings(catch_up_by=103)
    for done in range(30):
        found = catch_up(settings, 100, due=80 - done, overdue=60 - done, done=done)
        assert found == CatchUp(share=20, overdue=60 - done, waiting=80, days_left=4)
    assert catch_up(settings, 100, due=20, overdue=0, done=60) is None, "nothing of the backlog is left"
    assert catch_up(DeckSettings(), 100, due=20, overdue=5, done=0) is None


@pytest.mark.parametrize(
    ("limit", "usual", "expected"),
    [(200, [], 200), (200, [40, 50, 60], 50), (200, [3, 4], 20), (200, [500, 600], 200), (10, [3], 10)],
)
def test_a_days_worth_is_what_is_usual_within_the_limit(limit: int, usual: list[int], expected: int) -> None:
    assert worth(limit, usual) == expected
