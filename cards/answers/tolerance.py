"""How far off a number may be."""

from __future__ import annotations

import re
from fractions import Fraction

from cards.answers.types import Tolerance

_NUMBER = re.compile(r"(?P<number>\d{1,12}(?:\.\d{1,12})?|\.\d{1,12}|\d{1,9}/[1-9]\d{0,8})\s*(?P<percent>%?)", re.ASCII)


def parse_tolerance(text: str) -> Tolerance:
    """Read what a note says after `tolerance:`, an amount (`0.01`) or a part of the right value (`1%`).

    Raises:
        ValueError: it is neither, or not positive; the message says what would be right.
    """
    match = _NUMBER.fullmatch(text.strip())
    amount = Fraction(match["number"]) if match else Fraction(0)
    if match is None or not amount:
        raise ValueError(f"{text.strip()!r} is no tolerance; write an amount, such as 0.01, or a part, such as 1%")
    return Tolerance(amount / 100, relative=True) if match["percent"] else Tolerance(amount)


def allowed(tolerance: Tolerance, right: Fraction) -> Fraction:
    """How far off an answer may be where this is the right one."""
    return tolerance.amount * abs(right) if tolerance.relative else tolerance.amount
