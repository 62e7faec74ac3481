from __future__ import annotations

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.figures import Blocks, percentile, timed

VALUES = st.lists(st.floats(0, 1e6), min_size=1, max_size=200)


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [
        ([3.0], 0.5, 3.0),
        ([4.0, 1.0, 3.0, 2.0], 0.5, 2.0),
        ([4.0, 1.0, 3.0, 2.0], 1.0, 4.0),
        ([float(n) for n in range(1, 101)], 0.99, 99.0),
        ([float(n) for n in range(1, 101)], 0.07, 7.0),
        ([float(n) for n in range(1, 201)], 0.99, 198.0),
    ],
)
def test_percentile_is_the_nearest_rank(values: list[float], share: float, expected: float) -> None:
    assert percentile(values, share) == expected


@given(VALUES, st.floats(0.01, 1.0))
def test_a_percentile_is_a_value_that_its_share_does_not_exceed(values: list[float], share: float) -> None:
    found = percentile(values, share)
    assert found in values
    assert sum(value <= found for value in values) >= share * len(values) - 1e-6


@given(VALUES)
def test_percentiles_rise_with_their_share(values: list[float]) -> None:
    found = [percentile(values, share / 100) for share in range(1, 101)]
    assert found == sorted(found)
    assert found[-1] == max(values)


@pytest.mark.parametrize(("values", "share"), [([], 0.5), ([1.0], 0.0), ([1.0], 1.1), ([1.0], -inf)])
def test_no_values_and_no_share_have_no_percentile(values: list[float], share: float) -> None:
    with pytest.raises(ValueError, match="no"):
        percentile(values, share)


def test_a_burst_in_one_block_does_not_move_the_figures_of_the_others() -> None:
    blocks = Blocks()
    for _ in range(4):
        blocks.add([1.0] * 98 + [5.0, 5.0])
    blocks.add([100.0] * 100)
    assert (blocks.p50, blocks.p99, blocks.best, blocks.count) == (1.0, 5.0, 1.0, 500)


def test_what_is_slow_in_every_block_shows_in_p99() -> None:
    blocks = Blocks()
    for _ in range(5):
        blocks.add([1.0] * 97 + [9.0] * 3)
    assert (blocks.p50, blocks.p99) == (1.0, 9.0)


def test_an_empty_block_is_no_block() -> None:
    blocks = Blocks()
    blocks.add([])
    assert blocks.blocks == []


def test_a_call_is_made_once_and_takes_no_negative_time() -> None:
    calls: list[int] = []
    assert timed(lambda: calls.append(1)) >= 0
    assert calls == [1]
