from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srs.core.exam import Pace, days_ahead, pace, prospect, reach
from srs.core.memory import MemoryState, model_for
from srs.core.settings import DEFAULT_PARAMETERS, DeckSettings
from tests.srs.core.exam_play import Play, Result, play

MODEL = model_for(DEFAULT_PARAMETERS)


@given(st.floats(0.1, 2000), st.floats(1, 10), st.integers(0, 400), st.integers(0, 200))
def test_a_review_never_costs_recall_at_the_exam_on_average_unless_it_is_of_today(
    stability: float, difficulty: float, elapsed: int, ahead: int
) -> None:
    found = prospect(MODEL, MemoryState(stability, difficulty), elapsed, ahead)
    assert 0 < found.without <= 1
    assert 0 < found.reviewed <= 1
    assert found.seconds > 0
    if ahead == 0:
        assert found.reviewed == pytest.approx(1)
        assert found.gain >= 0


def test_what_is_nearly_forgotten_gains_more_than_what_is_fresh() -> None:
    fresh = prospect(MODEL, MemoryState(50, 5), 2, 10)
    faded = prospect(MODEL, MemoryState(10, 5), 20, 10)
    assert faded.gain > fresh.gain > 0


def test_the_reach_is_where_the_curve_says_so() -> None:
    assert MODEL.retrievability(MemoryState(10, 5), 10 * reach(MODEL)) == pytest.approx(0.95)


@pytest.mark.parametrize(
    ("new", "ahead", "limit", "expected"),
    [
        (120, 12, 20, Pace(120, 10, 10, 0)),
        (121, 12, 20, Pace(121, 11, 11, 0)),
        (120, 12, 8, Pace(120, 10, 8, 24)),
        (5, 30, 10, Pace(5, 1, 1, 0)),
        (0, 30, 10, Pace(0, 0, 0, 0)),
        (7, 0, 10, Pace(7, None, 0, 7)),
        (7, 1, 0, Pace(7, 7, 0, 7)),
    ],
)
def test_new_cards_are_spread_evenly_up_to_the_day_before(new: int, ahead: int, limit: int, expected: Pace) -> None:
    assert pace(new, ahead, limit) == expected


@given(st.integers(0, 500), st.integers(1, 90), st.integers(0, 30))
def test_at_its_pace_all_is_seen_but_what_was_said(new: int, ahead: int, limit: int) -> None:
    said = pace(new, ahead, limit).unseen
    for left in range(ahead, 0, -1):
        new -= pace(new, left, limit).today
    assert new == said


def test_an_exam_is_to_come_on_its_own_day_and_past_after_it() -> None:
    settings = DeckSettings(exam_day=100)
    assert [days_ahead(settings, day) for day in (98, 100, 101)] == [2, 0, None]
    assert days_ahead(DeckSettings(), 98) is None


@pytest.mark.parametrize("setting", [Play(100, 1000, 0, 10), Play(30, 600, 400, 6), Play(14, 500, 400, 15)])
def test_as_much_is_known_on_the_day_as_without_a_plan_or_more_for_the_same_minutes(setting: Play) -> None:
    seeds = range(4)
    plan, usual = (_mean([play(setting, seed, planned=planned) for seed in seeds]) for planned in (True, False))
    assert plan.minutes <= setting.minutes * setting.days + setting.days
    assert plan.known > usual.known


def _mean(results: list[Result]) -> Result:
    count = len(results)
    return Result(sum(r.known for r in results) / count, sum(r.minutes for r in results) / count)
