from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.model import CardId
from srs.core.fuzz import bounds, fuzzed, fuzzed_step, growth_minimum, reach
from srs.core.mixing import fraction, mix, problem_seed

INTERVALS = st.floats(0.01, 40_000)
MIX = 6706437618102911564
FACTORS = st.floats(0, 1, exclude_max=True)


@pytest.mark.parametrize(
    ("interval", "minimum", "maximum", "found"),
    [
        # The cases of Anki's `fuzz.rs`.
        (1.0, 1, 1000, (1, 1, 1)),
        (2.49, 1, 1000, (2, 2, 2)),
        (2.5, 1, 1000, (2, 3, 4)),
        (7.0, 1, 1000, (5, 7, 9)),
        (17.0, 1, 1000, (14, 17, 20)),
        (37.0, 1, 1000, (33, 37, 41)),
        (2.0, 2, 1000, (2, 2, 2)),
        (2.0, 3, 1000, (3, 4, 4)),
        (2.0, 3, 3, (3, 3, 3)),
        (6.9, 3, 1000, (5, 7, 9)),
        (19.9, 3, 1000, (17, 20, 23)),
        (20.1, 3, 1000, (17, 20, 23)),
        (100.0, 101, 1000, (101, 105, 108)),
        (100.0, 1, 99, (92, 96, 99)),
        (100.0, 97, 103, (97, 100, 103)),
    ],
)
def test_fuzz_ranges(interval: float, minimum: int, maximum: int, found: tuple[int, int, int]) -> None:
    """The least, the middle and the greatest interval that fuzz may give."""
    assert tuple(fuzzed(interval, minimum, maximum, factor) for factor in (0.0, 0.5, 0.99)) == found


@given(INTERVALS, st.integers(0, 40_000), st.integers(0, 40_000), st.one_of(st.none(), FACTORS))
def test_an_interval_stays_within_its_limits(interval: float, minimum: int, maximum: int, factor: float | None) -> None:
    found = fuzzed(interval, minimum, maximum, factor)
    assert 1 <= found <= max(1, maximum)
    assert found >= min(minimum, maximum)


@given(st.floats(1, 40_000))
def test_fuzz_reaches_equally_far_both_ways_and_grows_slower_than_the_interval(interval: float) -> None:
    lower, upper = bounds(interval, 1, 10**6)
    assert abs((upper - interval) - (interval - lower)) <= 1.5
    assert reach(interval) <= max(1.0, interval / 2)


def test_every_day_of_a_range_is_equally_likely() -> None:
    counts = dict.fromkeys(range(14, 21), 0)
    for note in range(7000):
        counts[fuzzed(17, 1, 1000, fraction(CardId("deck", f"note-{note}", "forward"), 3))] += 1
    assert max(abs(count - 1000) for count in counts.values()) < 130  # four standard deviations


@pytest.mark.parametrize(
    ("interval", "previous", "least"),
    [(2.727, 4, 4), (2.727, 5, 0), (4.592, 4, 5), (4.4, 4, 4), (30.0, 4, 5)],
)
def test_a_pass_does_not_shorten_an_interval_by_fuzz_alone(interval: float, previous: int, least: int) -> None:
    assert growth_minimum(interval, previous, 36_500) == least


@given(st.integers(1, 10**6), FACTORS)
def test_a_step_grows_by_a_quarter_or_five_minutes_at_most(seconds: int, factor: float) -> None:
    assert seconds <= fuzzed_step(seconds, factor) <= seconds + min(seconds // 4, 300)
    assert fuzzed_step(seconds, None) == seconds


def test_the_numbers_are_the_same_on_every_machine() -> None:
    card = CardId("math-refresher", "ln-product", "forward")
    assert mix(card, 1) == MIX
    assert fraction(card, 1) == (MIX >> 11) / 2**53
    assert mix(card, 2) != mix(card, 1) != mix(CardId("math-refresher", "ln-product", "backward"), 1)
    assert 0 <= problem_seed(card, 1) < 2**31
    assert problem_seed(card, 1) != problem_seed(card, 2)
