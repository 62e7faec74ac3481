from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.given import Given, parse_given


@pytest.mark.parametrize(
    ("written", "values", "decimal"),
    [
        ("2..5", ["2", "3", "4", "5"], False),
        ("-1..1", ["-1", "0", "1"], False),
        ("-3..-2", ["-3", "-2"], False),
        ("0..1 step 0.25", ["0", "1/4", "1/2", "3/4", "1"], True),
        ("0.5..2", ["1/2", "3/2"], True),
        ("1/2..3/2 step 1/2", ["1/2", "1", "3/2"], False),
        (" 1 .. 3 ", ["1", "2", "3"], False),
        ("7", ["7"], False),
        ("[2, 3, 5]", ["2", "3", "5"], False),
        (["2", "-3", "0.5", "1/2 "][:3], ["2", "-3", "1/2"], True),
        (["1/2", "1/3"], ["1/2", "1/3"], False),
        ([1, Fraction(1, 3)], ["1", "1/3"], False),
    ],
)
def test_values_are_read_in_order_and_exactly(written: str | list[str | int], values: list[str], decimal: bool) -> None:
    assert parse_given(written) == Given(tuple(map(Fraction, values)), decimal)
    assert parse_given(written).values == tuple(map(Fraction, values))


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("", "gives no values"),
        ("x..y", "gives no values"),
        ("5..2", "empty"),
        ("1..3 step 0", "not positive"),
        ("1..3 step -1", "not positive"),
        ("1..1000000000", "at most 10000"),
        ("0..1 step 0.00000001", "at most 10000"),
        ([], "empty"),
        (["a"], "no number"),
        (["1/0"], "divides by zero"),
        (["2", "2.0"], "twice"),
        (["1" * 500], "no number"),
        ("1..2..3", "gives no values"),
        ("٣..٥", "gives no values"),
        ([True], "no number"),
        (list(range(10_001)), "10001 values"),
    ],
)
def test_what_gives_no_values_is_explained(written: str | list[str | int], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        parse_given(written)


@given(st.integers(-200, 200), st.integers(0, 200))
def test_a_range_holds_both_its_ends(first: int, more: int) -> None:
    values = parse_given(f"{first}..{first + more}").values
    assert values == tuple(Fraction(n) for n in range(first, first + more + 1))
