from __future__ import annotations

from fractions import Fraction

import pytest

from cards.answers.tolerance import allowed, parse_tolerance
from cards.answers.types import Tolerance


@pytest.mark.parametrize(
    ("text", "amount", "relative"),
    [
        ("0.01", Fraction(1, 100), False),
        (" .5 ", Fraction(1, 2), False),
        ("2", Fraction(2), False),
        ("1/8", Fraction(1, 8), False),
        ("1%", Fraction(1, 100), True),
        ("0.5 %", Fraction(1, 200), True),
    ],
)
def test_an_amount_or_a_part(text: str, amount: Fraction, relative: bool) -> None:
    assert parse_tolerance(text) == Tolerance(amount, relative)


@pytest.mark.parametrize("text", ["", "0", "0%", "-1", "1e-3", "x", "1/0", "1%%", "1,5", "٣", "9" * 40])
def test_what_is_no_tolerance_is_told(text: str) -> None:
    with pytest.raises(ValueError, match=r"is no tolerance; write an amount, such as 0\.01, or a part, such as 1%"):
        parse_tolerance(text)


def test_a_part_is_of_the_right_value() -> None:
    assert allowed(parse_tolerance("1%"), Fraction(-200)) == 2
    assert allowed(parse_tolerance("1"), Fraction(-200)) == 1
