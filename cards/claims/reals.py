"""Real numbers that are known exactly (Fractions) or between two bounds (intervals of 50 digits).

Intervals are mpmath's, which round outward: a number that they leave out is no possible result. So two sides whose
intervals do not meet are different, with certainty, and no tolerance decides anything.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any, TypeAlias

from mpmath.ctx_iv import MPIntervalContext

from cards.expr.values import rational_root

DIGITS = 50
MAX_BITS = 20_000
MAX_EXPONENT = 10_000_000
MAX_ROOT_DEGREE = 64
NARROW = Fraction(1, 10**30)

iv = MPIntervalContext()
iv.dps = DIGITS

Interval: TypeAlias = Any  # mpmath ships no types
Real: TypeAlias = "Fraction | Interval"


class Undefined(Exception):
    """An expression that has no value there, and why."""

    def __init__(self, message: str, at: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.at = at


class Undecided(Exception):
    """A value that cannot be known closely enough, or not within bounds of size: nothing follows from it."""


def interval(x: Real) -> Interval:
    """The number as an interval."""
    if isinstance(x, Fraction):
        _bounded(x)
        return iv.mpf(x.numerator) / x.denominator if x.denominator != 1 else iv.mpf(x.numerator)
    return x


def _bounded(x: Fraction) -> Fraction:
    if max(x.numerator.bit_length(), x.denominator.bit_length()) > MAX_BITS:
        raise Undecided("a number is too long")
    return x


def bounds(x: Real) -> tuple[Fraction, Fraction]:
    """Two rational numbers between which the number lies."""
    if isinstance(x, Fraction):
        return x, x
    low, high = x._mpi_
    return _from_mpf(low), _from_mpf(high)


def _from_mpf(raw: tuple[int, int, int, int]) -> Fraction:
    sign, mantissa, exponent, _ = raw
    if not mantissa and exponent:
        raise Undecided("a value is infinite")
    if abs(exponent) > MAX_BITS:
        raise Undecided("a value is too large or too small")
    value = Fraction(mantissa) * (Fraction(2) ** exponent)
    return -value if sign else value


def sign(x: Real) -> int:
    """-1, 0 or 1. Raises Undecided if the interval holds zero and something else."""
    if isinstance(x, Fraction):
        return (x > 0) - (x < 0)
    if x.a > 0:
        return 1
    if x.b < 0:
        return -1
    raise Undecided("whether a value is zero cannot be seen")


def add(a: Real, b: Real) -> Real:
    """The sum."""
    if isinstance(a, Fraction) and isinstance(b, Fraction):
        return _bounded(a + b)
    return interval(a) + interval(b)


def subtract(a: Real, b: Real) -> Real:
    """The difference."""
    if isinstance(a, Fraction) and isinstance(b, Fraction):
        return _bounded(a - b)
    return interval(a) - interval(b)


def multiply(a: Real, b: Real) -> Real:
    """The product; exactly zero if a factor is."""
    if isinstance(a, Fraction) and isinstance(b, Fraction):
        return _bounded(a * b)
    if any(isinstance(x, Fraction) and not x for x in (a, b)):
        return Fraction(0)
    return interval(a) * interval(b)


def divide(a: Real, b: Real) -> Real:
    """The quotient. Raises Undefined for a division by zero."""
    if sign(b) == 0:
        raise Undefined("division by zero")
    if isinstance(a, Fraction) and isinstance(b, Fraction):
        return _bounded(a / b)
    if isinstance(a, Fraction) and not a:
        return a
    return interval(a) / interval(b)


def power(base: Real, exponent: Real) -> Real:
    """The real power. Raises Undefined where there is none: 0 to a power not positive, a root of a negative number."""
    where = sign(base)
    if where == 0:
        if sign(exponent) == 0:
            raise Undefined("0 to the power of 0 is not defined")
        if sign(exponent) < 0:
            raise Undefined("division by zero: 0 to a negative power")
        return Fraction(0)
    whole = isinstance(exponent, Fraction) and exponent.denominator == 1
    if where < 0 and not whole:
        if isinstance(exponent, Fraction):
            raise Undefined(
                "the square root of a negative number is not real"
                if exponent.denominator == 2
                else "a negative number to a power that is no integer is not real"
            )
        raise Undecided("a negative number to a power that is not known exactly")
    if isinstance(base, Fraction) and isinstance(exponent, Fraction):
        exact = _exact_power(base, exponent)
        if exact is not None:
            return exact
    size = abs(bounds(exponent)[1]) * (abs(_magnitude(base)) + 1)
    if size > MAX_EXPONENT:
        raise Undecided("a power is too large")
    if whole and isinstance(exponent, Fraction):
        return interval(base) ** exponent.numerator
    return iv.exp(interval(exponent) * iv.log(interval(base)))


def _magnitude(x: Real) -> int:
    """The binary logarithm, roughly."""
    low, high = bounds(x)
    largest = max(abs(low), abs(high))
    smallest = min(abs(low), abs(high)) or largest
    top = largest.numerator.bit_length() - largest.denominator.bit_length()
    bottom = smallest.numerator.bit_length() - smallest.denominator.bit_length()
    return max(abs(top), abs(bottom))


def _exact_power(base: Fraction, exponent: Fraction) -> Fraction | None:
    if exponent.denominator != 1:
        if exponent.denominator > MAX_ROOT_DEGREE or base < 0:
            return None
        root = rational_root(base, exponent.denominator)
        return None if root is None else _exact_power(root, Fraction(exponent.numerator))
    longest = max(base.numerator.bit_length(), base.denominator.bit_length())
    if abs(base) != 1 and (longest - 1) * abs(exponent.numerator) > MAX_BITS:
        return None
    if abs(base) == 1:
        return base if exponent.numerator % 2 else Fraction(1)
    return Fraction(base**exponent.numerator)


def root(degree: Real, x: Real) -> Real:
    """The real root of an integer degree; an odd root of a negative number is negative."""
    if not isinstance(degree, Fraction) or degree.denominator != 1 or degree < 1:
        raise Undefined("the degree of a root is a positive integer")
    if sign(x) < 0 and degree.numerator % 2:
        return subtract(Fraction(0), power(subtract(Fraction(0), x), 1 / degree))
    return power(x, 1 / degree)


def exponential(x: Real) -> Real:
    """E to a power; exactly 1 at 0."""
    if isinstance(x, Fraction) and x == 0:
        return Fraction(1)
    if max(abs(bound) for bound in bounds(x)) > MAX_EXPONENT:
        raise Undecided("a power of e is too large")
    return iv.exp(interval(x))


def logarithm(x: Real) -> Real:
    """The natural logarithm; exactly 0 at 1. Raises Undefined unless the number is positive."""
    if sign(x) <= 0:
        raise Undefined("the logarithm of a number that is not positive is not real")
    if isinstance(x, Fraction) and x == 1:
        return Fraction(0)
    return iv.log(interval(x))


def logarithm_to(base: Real, x: Real) -> Real:
    """The logarithm to a base, exact where it is rational with a small denominator."""
    above, below = logarithm(x), logarithm(base)
    if isinstance(below, Fraction) and below == 0:
        raise Undefined("1 cannot be the base of a logarithm")
    quotient = divide(above, below)
    if isinstance(x, Fraction) and isinstance(base, Fraction):
        low, high = bounds(quotient)
        guess = ((low + high) / 2).limit_denominator(60)
        if low <= guess <= high and _exact_power(base, guess) == x:
            return guess
    return quotient


def square_root(x: Real) -> Real:
    """The root that is not negative."""
    if sign(x) == 0:
        return Fraction(0)
    return power(x, Fraction(1, 2))


def absolute(x: Real) -> Real:
    """The number without its sign."""
    if isinstance(x, Fraction):
        return abs(x)
    return abs(x)


def larger(a: Real, b: Real) -> Real:
    """The larger of two numbers."""
    return a if sign(subtract(a, b)) >= 0 else b


def smaller(a: Real, b: Real) -> Real:
    """The smaller of two numbers."""
    return b if sign(subtract(a, b)) >= 0 else a


def whole(x: Real, rounding: Callable[[Fraction], int]) -> Fraction:
    """The number rounded to an integer by `rounding`."""
    low, high = bounds(x)
    if rounding(low) != rounding(high):
        raise Undecided("on which side of an integer a value lies cannot be seen")
    return Fraction(rounding(low))


def exact_zero_function(function: Callable[[Interval], Interval], at_zero: int) -> Callable[[Real], Real]:
    """A function of intervals that is exact at zero."""

    def apply(x: Real) -> Real:
        if isinstance(x, Fraction) and x == 0:
            return Fraction(at_zero)
        if max(abs(bound) for bound in bounds(x)) > 10**12:
            raise Undecided("an angle is too large")
        return function(interval(x))

    return apply


sine = exact_zero_function(iv.sin, 0)
cosine = exact_zero_function(iv.cos, 1)


def shown(x: Real, digits: int = 6) -> str:
    """The number for a message: exact if short, else rounded."""
    small = isinstance(x, Fraction) and max(x.numerator.bit_length(), x.denominator.bit_length()) < 50
    if small and (x.denominator <= 64 or 10**digits % x.denominator):
        text = str(x)
        if len(text) <= 12:
            return text
    try:
        low, high = bounds(x)
    except Undecided:
        return "a number too large or too small to show"
    middle = (low + high) / 2
    try:
        return f"{float(middle):.{digits}g}"
    except OverflowError:
        return f"about 10^{math.floor(math.log10(abs(middle.numerator // middle.denominator) or 1))}"
