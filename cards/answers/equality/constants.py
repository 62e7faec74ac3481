"""Numbers written as trees without symbols: put in order, and which of them are infinite."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from mpmath import libmp

from cards.answers.equality.field import NumberField
from cards.answers.equality.numbers import Complex, Infinity, Real, Scalar
from cards.answers.equality.outcomes import Missing, MissingError
from cards.answers.equality.precision import ever_closer
from cards.expr import Binary, Expr, Number

WORK = 4_000
BITS, MOST_BITS = 160, 2400


class NotOrderedError(Exception):
    """It is no real number, or its order could not be told."""


@lru_cache(maxsize=512)
def evaluated(expr: Expr, bits: int = BITS) -> Scalar | None:
    """The value of a tree without symbols; None if there is none, if it is a list, or if it is too much."""
    if type(expr) is Number:
        return expr.value
    value = next(ever_closer(expr, bits, MOST_BITS, WORK), None)
    return value if isinstance(value, Fraction | Real | Complex | Infinity) else None


def sign_of(expr: Expr) -> int:
    """1, 0 or -1. Raises NotOrderedError if it is no real number, or that could not be told."""
    bits = BITS
    while bits <= MOST_BITS:
        value = evaluated(expr, bits)
        if value is None:
            break
        try:
            return NumberField(bits).sign(value)
        except MissingError as error:
            if error.missing is not Missing.UNCLEAR:
                break
        bits *= 2
    raise NotOrderedError


def ends(value: Scalar | None) -> tuple[Fraction, Fraction]:
    """Two rational numbers between which a finite real number surely is. Raises NotOrderedError for any other."""
    if type(value) is Fraction:
        return value, value
    if type(value) is not Real or any(abs(end[2]) > MOST_BITS for end in value.ends):
        raise NotOrderedError
    low, high = (Fraction(*map(int, libmp.to_rational(end))) for end in value.ends)
    return low, high


def may_be_equal(a: Expr, b: Expr) -> bool:
    """False if two trees are surely different numbers; True says nothing."""
    try:
        (low, high), (least, most) = ends(evaluated(a)), ends(evaluated(b))
    except NotOrderedError:
        return True
    return low <= most and least <= high


@lru_cache(maxsize=512)
def order(a: Expr, b: Expr) -> int:
    """1 if a is the larger, -1 if b is, 0 if they are equal; infinities are the ends of the line.

    Raises:
        NotOrderedError: one is no real number, or their order could not be told.
    """
    left, right = evaluated(a), evaluated(b)
    sides = [value.sign if isinstance(value, Infinity) else 0 for value in (left, right)]
    if any(sides):
        return (sides[0] > sides[1]) - (sides[0] < sides[1])
    (low, high), (least, most) = ends(left), ends(right)
    if high < least:
        return -1
    if low > most:
        return 1
    return 0 if low == high == least == most else sign_of(Binary("-", a, b))
