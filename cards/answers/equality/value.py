"""The value of an expression without symbols: exact if it is rational, else with a bound of its error."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from mpmath import libmp

from cards.answers.equality.lists import Listed
from cards.answers.equality.numbers import Complex, Interval, Real, Scalar
from cards.answers.equality.precision import ever_closer
from cards.answers.equality.running import Result
from cards.expr import Expr

WORK = 6_000
LONGEST_EXPONENT = 4096
"""A number of more bits before or after its point is not written out as a Fraction."""
MOST_BITS = 4096


@dataclass(frozen=True, slots=True)
class Approximation:
    """A number that is not known exactly.

    Attributes:
        real: its real part, off by at most `error`.
        imaginary: its imaginary part, off by at most `error`; exactly 0 for a real number.
        error: the bound of both errors.
    """

    real: Fraction
    imaginary: Fraction
    error: Fraction


Known: TypeAlias = "Fraction | Approximation | tuple[Known, ...]"


def value_of(expr: Expr, *, digits: int = 30) -> Known | None:
    """The value of an expression without symbols.

    Args:
        expr: the tree; `e`, `pi` and `i` are constants in it, unless it binds them.
        digits: about how many significant digits are wanted of a value that is not rational.

    Returns:
        A Fraction where the value is rational and known to be, an Approximation of any other number, a tuple of such
        for a vector, of tuples for a matrix; None if there is no finite value, or it is too much to work out.
    """
    for value in ever_closer(expr, digits * 4 + 40, MOST_BITS, WORK):
        found = _known(value)
        if found is None or _is_close(found, digits):
            return found
    return None


def _known(value: Result[Scalar]) -> Known | None:
    if isinstance(value, Fraction):
        return value
    if isinstance(value, Listed):
        items = tuple(map(_known, value.items))
        known = tuple(item for item in items if item is not None)
        return known if len(known) == len(items) else None
    if isinstance(value, Real):
        return _approximation(value.ends, None)
    if isinstance(value, Complex):
        return _approximation(value.real, value.imaginary)
    return None


def _approximation(real: Interval, imaginary: Interval | None) -> Approximation | None:
    parts = [_middle(ends) for ends in ((real,) if imaginary is None else (real, imaginary))]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    return Approximation(known[0][0], known[1][0] if imaginary is not None else Fraction(0), max(e for _, e in known))


def _middle(ends: Interval) -> tuple[Fraction, Fraction] | None:
    if any((not end[1] and end != libmp.fzero) or abs(end[2] + end[3]) > LONGEST_EXPONENT for end in ends):
        return None
    low, high = (Fraction(*map(int, libmp.to_rational(end))) for end in ends)
    return (low + high) / 2, (high - low) / 2


def _is_close(known: Known, digits: int) -> bool:
    if isinstance(known, tuple):
        return all(_is_close(each, digits) for each in known)
    if isinstance(known, Fraction):
        return True
    size = max(abs(known.real), abs(known.imaginary))
    return known.error * Fraction(10) ** digits <= max(size, Fraction(1, 10**digits))
