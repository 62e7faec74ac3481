from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srs.core.steps import (
    StepsError,
    first_delay,
    format_steps,
    left_after_pass,
    next_delay,
    parse_steps,
    repeat_delay,
)

DAY = 86_400


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("1m 10m", (60, 600)),
        ("1m 10m 1d", (60, 600, DAY)),
        (" 30s  1.5h 2D ", (30, 5400, 2 * DAY)),
        ("15", (900,)),
        ("", ()),
    ],
)
def test_steps_are_read_as_anki_users_write_them(text: str, steps: tuple[int, ...]) -> None:
    assert parse_steps(text) == steps


@pytest.mark.parametrize("text", ["soon", "10 x", "-5m", "0m", "0.1s", "1m,10m", "1e9d", "١m", "9" * 40 + "d", "1e5m"])
def test_what_is_no_step_is_named(text: str) -> None:
    with pytest.raises(StepsError, match="is not a step; steps look like"):
        parse_steps(text)


@given(st.lists(st.integers(1, 36_500 * DAY)).map(tuple))
def test_written_steps_read_back(steps: tuple[int, ...]) -> None:
    assert parse_steps(format_steps(steps)) == steps


@pytest.mark.parametrize(
    ("steps", "left", "again", "hard", "good"),
    [
        # One row a case; the cases are those of Anki's `steps.rs`.
        ((600,), 1, 600, 900, None),
        ((3 * DAY,), 1, 3 * DAY, 4 * DAY, None),
        ((60, 600), 2, 60, 330, 600),
        ((60, 600), 1, 60, 600, None),
        ((60, 600, 6000), 3, 60, 330, 600),
        ((60, 600, 6000), 2, 60, 600, 6000),
        ((60, 600, 6000), 1, 60, 6000, None),
        ((DAY, 2 * DAY), 2, DAY, 2 * DAY, 2 * DAY),
        ((), 0, None, None, None),
        # Steps changed under the card: too many left start over, none left stand on the last.
        ((60, 600), 7, 60, 330, 600),
        ((60, 600), 0, 60, 600, None),
    ],
)
def test_delays_after_each_answer(
    steps: tuple[int, ...], left: int, again: int | None, hard: int | None, good: int | None
) -> None:
    assert (first_delay(steps), repeat_delay(steps, left), next_delay(steps, left)) == (again, hard, good)


def test_good_uses_up_one_step() -> None:
    steps = (60, 600, 6000)
    assert [left_after_pass(steps, left) for left in (3, 2, 1)] == [2, 1, 0]


@given(st.lists(st.integers(1, 10 * DAY), min_size=1, max_size=6).map(sorted), st.integers(0, 8))
def test_hard_never_waits_less_than_again(steps: list[int], left: int) -> None:
    hard = repeat_delay(tuple(steps), left)
    assert hard is not None
    # Above a day the mean is rounded to whole days, which may take half a day off.
    assert hard >= steps[0] or abs(hard - steps[0]) <= DAY // 2
