"""Figures as people read them."""

from __future__ import annotations

from math import floor, log10

_SCALES = ((1e6, "us"), (1e3, "ms"), (1.0, "s"))


def shown(value: float, unit: str) -> str:
    """Three digits with a fitting unit: 0.000345 s is "345 us", 0.0123 s "12.3 ms", 1234.5 /s "1,230 /s".

    Args:
        value: in seconds if the unit is "s".
        unit: "s", or anything else, which is shown as it is.
    """
    if unit == "s":
        scale, unit = next((scale for scale in _SCALES if value * scale[0] < 999.5), _SCALES[-1])
        value *= scale
    return f"{three_digits(value)} {unit}"


def three_digits(value: float) -> str:
    """A number rounded to three digits, with commas: 0.123, 4.50, 67.8, 1,230."""
    if value == 0:
        return "0"
    value = round(value, 2 - _size(value))
    return f"{value:,.{max(0, 2 - _size(value))}f}"


def times(ratio: float) -> str:
    """A ratio as a multiple: 0.84x, 1.50x, 12x."""
    return f"{ratio:.2f}x" if ratio < 9.995 else f"{ratio:,.0f}x"


def _size(value: float) -> int:
    return floor(log10(abs(value)))
