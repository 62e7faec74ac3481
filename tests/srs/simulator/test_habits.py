"""A learner's habits, as far as their log shows any."""

from __future__ import annotations

from dataclasses import astuple

import fsrs_rs_python as fsrs_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from srs.simulator import DEFAULT_HABITS, Counted, habits_of
from srs.simulator.habits import WEIGHT

counts = st.lists(st.integers(0, 10**6), min_size=4, max_size=4)
three = st.lists(counts, min_size=3, max_size=3)


def test_without_a_log_the_habits_are_those_that_fsrs_rs_publishes() -> None:
    theirs = fsrs_rs.default_simulator_config()
    assert DEFAULT_HABITS.first == pytest.approx(theirs.first_rating_prob)
    assert DEFAULT_HABITS.passed == pytest.approx(theirs.review_rating_prob)
    for name, rows in (
        ("learning_step_transitions", DEFAULT_HABITS.learning),
        ("relearning_step_transitions", DEFAULT_HABITS.relearning),
        ("state_rating_costs", DEFAULT_HABITS.seconds),
    ):
        for row, wanted in zip(rows, getattr(theirs, name), strict=True):
            assert row == pytest.approx(wanted)
    usual = habits_of(Counted())
    assert all(ours == pytest.approx(wanted) for ours, wanted in zip(flat(usual), flat(DEFAULT_HABITS), strict=True))


def flat(habits: object) -> list[float]:
    """Every number in them."""
    found: list[float] = []

    def into(value: object) -> None:
        if isinstance(value, tuple):
            for each in value:
                into(each)
        else:
            assert isinstance(value, float)
            found.append(value)

    into(astuple(habits))  # type: ignore[call-overload] # a dataclass, whichever
    return found


def test_as_many_answers_as_the_averages_weigh_move_half_way() -> None:
    counted = Counted(first=[WEIGHT, 0, 0, 0], review=[7, 0, 0, WEIGHT])
    habits = habits_of(counted)
    assert habits.first[0] == pytest.approx((1 + DEFAULT_HABITS.first[0]) / 2)
    assert habits.passed[2] == pytest.approx((1 + DEFAULT_HABITS.passed[2]) / 2)


def test_a_long_log_outweighs_the_averages() -> None:
    counted = Counted(learning=[[0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 10**6, 0]])
    counted.timed[1][2], counted.seconds[1][2] = 10**6, 4 * 10**6
    habits = habits_of(counted)
    assert habits.learning[2][2] == pytest.approx(1, abs=1e-3)
    assert habits.seconds[1][2] == pytest.approx(4, abs=1e-2)


def test_a_quick_learner_is_taken_to_be_quick_with_the_buttons_not_pressed_yet() -> None:
    counted = Counted()
    counted.timed[1][2], counted.seconds[1][2] = 10**5, 0.5 * DEFAULT_HABITS.seconds[1][2] * 10**5
    habits = habits_of(counted)
    assert habits.seconds[0][0] == pytest.approx(DEFAULT_HABITS.seconds[0][0] / 2, rel=0.01)


def test_a_decks_habits_lean_on_the_learners_others() -> None:
    overall = habits_of(Counted(first=[0, 0, 0, 10**6]))
    assert habits_of(Counted(), overall).first == pytest.approx(overall.first)


@given(first=counts, review=counts, learning=three, relearning=three, timed=three, pace=st.floats(0.01, 60))
def test_chances_add_up_to_one_and_every_answer_takes_time(
    *,
    first: list[float],
    review: list[float],
    learning: list[list[float]],
    relearning: list[list[float]],
    timed: list[list[float]],
    pace: float,
) -> None:
    seconds = [[n * pace for n in row] for row in timed]
    habits = habits_of(Counted(first, review, learning, relearning, timed, seconds))
    for row in (habits.first, habits.passed, *habits.learning, *habits.relearning):
        assert sum(row) == pytest.approx(1, abs=2e-3)
        assert min(row) > 0
    assert min(min(row) for row in habits.seconds) > 0
