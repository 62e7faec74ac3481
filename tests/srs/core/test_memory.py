from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srs.core.memory import MemoryState, model_for
from srs.core.rating import Rating
from srs.core.settings import DEFAULT_PARAMETERS

MODEL = model_for(DEFAULT_PARAMETERS)
GOLDEN = [(Rating.AGAIN, 0), (Rating.GOOD, 0), (Rating.GOOD, 1), (Rating.GOOD, 3), (Rating.GOOD, 8), (Rating.GOOD, 21)]
HISTORIES = st.lists(st.tuples(st.sampled_from(Rating), st.integers(0, 10_000)), min_size=1, max_size=30)


def step_by_step(history: list[tuple[Rating, int]]) -> MemoryState:
    memory: MemoryState | None = None
    for rating, days in history:
        memory = MODEL.next(memory, days, 0.9).of(rating).memory
    assert memory is not None
    return memory


def test_the_golden_vector_of_fsrs_rs_and_py_fsrs() -> None:
    memory = step_by_step(GOLDEN)
    assert memory.stability == pytest.approx(53.62691, rel=1e-6)
    assert memory.difficulty == pytest.approx(6.3574867, rel=1e-6)
    assert MODEL.next(memory, 21, 0.9).good.interval > memory.stability


@given(HISTORIES)
def test_a_history_at_once_equals_its_steps_to_the_last_bit(history: list[tuple[Rating, int]]) -> None:
    history = [(history[0][0], 0), *history[1:]]
    assert MODEL.after(history) == step_by_step(history)


def test_a_night_counts_as_a_day() -> None:
    # Good at 23:00 and at 09:00: one study day in Anki, no day by blocks of 24 hours (py-fsrs).
    first = MODEL.next(None, 0, 0.9).good.memory
    assert MODEL.next(first, 1, 0.9).good.memory.stability == pytest.approx(7.32, abs=0.01)
    assert MODEL.next(first, 0, 0.9).good.memory.stability == pytest.approx(2.31, abs=0.01)


def test_the_same_day_moves_stability_by_the_short_term_formula() -> None:
    first = MODEL.next(None, 0, 0.9).good.memory
    same_day = MODEL.next(first, 0, 0.9)
    assert same_day.again.memory.stability < first.stability <= same_day.good.memory.stability
    assert same_day.easy.memory.stability > first.stability


@given(st.floats(0.01, 10_000), st.floats(1, 10), st.floats(0.71, 0.98))
def test_a_card_is_due_when_recall_has_fallen_to_the_desired_retention(
    stability: float, difficulty: float, retention: float
) -> None:
    outcome = MODEL.next(MemoryState(stability, difficulty), 1, retention).good
    assert MODEL.retrievability(outcome.memory, outcome.interval) == pytest.approx(retention, abs=1e-4)


@given(st.floats(0.01, 10_000), st.integers(0, 40_000), st.integers(0, 40_000))
def test_recall_falls_with_time(stability: float, one: int, other: int) -> None:
    memory = MemoryState(stability, 5)
    sooner, later = sorted((one, other))
    assert 0 < MODEL.retrievability(memory, later) <= MODEL.retrievability(memory, sooner) <= 1
    assert MODEL.retrievability(memory, stability) == pytest.approx(0.9)


@pytest.mark.parametrize(("count", "short_term"), [(17, False), (19, True), (21, True)])
def test_older_parameters_still_serve(count: int, short_term: bool) -> None:
    model = model_for(DEFAULT_PARAMETERS[:count])
    assert model.short_term is short_term
    outcome = model.next(None, 0, 0.8).good
    assert model.retrievability(outcome.memory, outcome.interval) == pytest.approx(0.8, abs=1e-4)


def test_parameters_without_same_day_weights_ask_for_no_short_intervals() -> None:
    assert not model_for((*DEFAULT_PARAMETERS[:17], 0.0, 0.0, *DEFAULT_PARAMETERS[19:])).short_term


@given(st.integers(1, 36_500))
def test_what_is_supposed_of_a_card_without_a_history_is_recalled_at_its_interval_as_usual(interval: int) -> None:
    supposed = MODEL.supposed(interval)
    assert MODEL.retrievability(supposed, interval) == pytest.approx(0.9, abs=1e-4)
    assert 1 <= supposed.difficulty <= 10


@pytest.mark.parametrize("parameters", [(0.0,) * 21, (1e30,) * 21, (-1e30,) * 21, DEFAULT_PARAMETERS[:17]])
def test_it_is_finite_whatever_the_parameters(parameters: tuple[float, ...]) -> None:
    supposed = model_for(parameters).supposed(5)
    assert supposed.stability == pytest.approx(5, rel=1e-3)
    assert 1 <= supposed.difficulty <= 10


@given(st.floats(0.05, 0.99), st.floats(0.01, 1e5), st.sampled_from([17, 19, 21]))
def test_recall_has_fallen_to_a_chance_after_the_days_that_the_curve_solved_says(
    recall: float, stability: float, known: int
) -> None:
    model = model_for(DEFAULT_PARAMETERS[:known])
    memory = MemoryState(stability, 5)
    assert model.retrievability(memory, model.reach(recall) * stability) == pytest.approx(recall, rel=1e-9)
