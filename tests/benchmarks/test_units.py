from __future__ import annotations

import pytest

from benchmarks.units import shown, three_digits, times


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0.000_345_4, "s", "345 us"),
        (0.000_999_4, "s", "999 us"),
        (0.000_999_6, "s", "1.00 ms"),
        (0.0123, "s", "12.3 ms"),
        (0.9994, "s", "999 ms"),
        (0.9996, "s", "1.00 s"),
        (75.26, "s", "75.3 s"),
        (1234.5, "s", "1,230 s"),
        (0.0, "s", "0 us"),
        (1234.5, "/s", "1,230 /s"),
        (0.5, "/s", "0.500 /s"),
    ],
)
def test_figures_have_three_digits_and_a_fitting_unit(value: float, unit: str, text: str) -> None:
    assert shown(value, unit) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(9.996, "10.0"), (99.96, "100"), (999.6, "1,000"), (1.0, "1.00"), (0.05, "0.0500"), (123_456.0, "123,000")],
)
def test_rounding_up_to_another_digit_keeps_three(value: float, text: str) -> None:
    assert three_digits(value) == text


@pytest.mark.parametrize(
    ("ratio", "text"), [(0.844, "0.84x"), (1.5, "1.50x"), (9.994, "9.99x"), (9.996, "10x"), (1234.0, "1,234x")]
)
def test_ratios_read_as_multiples(ratio: float, text: str) -> None:
    assert times(ratio) == text
