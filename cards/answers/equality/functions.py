"""The functions of numbers that are not powers of one another: angles, whole parts, the larger and smaller."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias

from mpmath import libmp
from mpmath.libmp import libmpi

from cards.answers.equality.numbers import (
    HALF,
    MAX_MAGNITUDE,
    ONE,
    ZERO,
    Complex,
    Infinity,
    Interval,
    Numbers,
    Real,
    Scalar,
    magnitude,
)
from cards.answers.equality.outcomes import unclear, undefined, unknown
from cards.answers.equality.powers import power, root

Function: TypeAlias = Callable[[Numbers, Sequence[Scalar]], Scalar]
_OfReal: TypeAlias = Callable[[Interval, int], Interval]
_OfComplex: TypeAlias = Callable[[tuple[Interval, Interval], int], tuple[Interval, Interval]]

LARGEST_FACTORIAL = 1 << 40
EXACT_FACTORIAL = 100


def _of_some_size(ends: Interval) -> Interval:
    """The interval itself. Raises MissingError for one so far out that working out its sine would take long."""
    if any(magnitude(end) > MAX_MAGNITUDE for end in ends):
        raise unknown()
    return ends


def _of_angle(at_zero: Fraction, real: _OfReal, complex_: _OfComplex) -> Function:
    """A sine or a cosine, by what works it out in intervals."""

    def value(numbers: Numbers, args: Sequence[Scalar]) -> Scalar:
        (x,) = args
        if x == ZERO:
            return at_zero
        if type(x) is Complex:
            angle = (_of_some_size(x.real), _of_some_size(x.imaginary))
            return numbers.whole(*complex_(angle, numbers.bits))
        return Real(real(_of_some_size(numbers.interval(x)), numbers.bits))

    return value


_sine = _of_angle(ZERO, libmpi.mpi_sin, libmpi.mpci_sin)
_cosine = _of_angle(ONE, libmpi.mpi_cos, libmpi.mpci_cos)


def _arc_tangent(numbers: Numbers, args: Sequence[Scalar]) -> Scalar:
    (x,) = args
    if x == ZERO:
        return ZERO
    if type(x) is Infinity:
        return numbers.multiply(Fraction(x.sign, 2), pi(numbers))
    if type(x) is Complex:
        raise unknown()
    return Real(libmpi.mpi_atan(numbers.interval(x), numbers.bits))


def _arc_sine(numbers: Numbers, args: Sequence[Scalar]) -> Scalar:
    (x,) = args
    if type(x) is Complex:
        raise unknown()
    rest = numbers.add(ONE, numbers.negative(numbers.multiply(x, x)))
    side = numbers.sign(rest)
    if side < 0:
        raise unknown() if numbers.principal else undefined()
    if side == 0:
        return numbers.multiply(Fraction(numbers.sign(x), 2), pi(numbers))
    below = power(numbers, rest, HALF)
    return _arc_tangent(numbers, [numbers.multiply(x, numbers.inverse(below))])


def _arc_cosine(numbers: Numbers, args: Sequence[Scalar]) -> Scalar:
    right_angle = numbers.multiply(HALF, pi(numbers))
    return numbers.add(right_angle, numbers.negative(_arc_sine(numbers, args)))


def pi(numbers: Numbers) -> Real:
    """The number pi."""
    return Real(libmpi.mpi_pi(numbers.bits))


def _absolute(numbers: Numbers, args: Sequence[Scalar]) -> Scalar:
    (x,) = args
    if type(x) is Fraction:
        return abs(x)
    if type(x) is Infinity:
        return Infinity(1)
    if type(x) is Complex:
        return Real(libmpi.mpci_abs((x.real, x.imaginary), numbers.bits))
    return Real(libmpi.mpi_abs(numbers.interval(x), numbers.bits))


def _floor(numbers: Numbers, args: Sequence[Scalar]) -> Scalar:
    (x,) = args
    if type(x) is Fraction:
        return Fraction(math.floor(x))
    ends = numbers.interval(x)
    if any(magnitude(end) > numbers.bits for end in ends):
        raise unclear()
    low, high = (int(libmp.to_int(end, "f")) for end in ends)
    if low == high:
        return Fraction(low)
    whole = numbers.integer(x)
    if whole is None:
        raise unclear()
    return Fraction(whole)


def _round(numbers: Numbers, args: Sequence[Scalar]) -> Scalar:
    places = numbers.integer(args[1]) if len(args) > 1 else 0
    if places is None or abs(places) > 30:
        raise undefined()
    unit = Fraction(10) ** -places
    scaled = numbers.multiply(args[0], 1 / unit)
    if type(scaled) is Fraction:
        return round(scaled) * unit
    below = _floor(numbers, [scaled])
    off = numbers.add(numbers.add(scaled, numbers.negative(below)), -HALF)
    if type(below) is not Fraction:
        raise undefined()
    side = numbers.sign(off)
    up = side > 0 or (side == 0 and below.numerator % 2)
    return (below + (1 if up else 0)) * unit


def _extreme(side: int) -> Function:
    def pick(numbers: Numbers, args: Sequence[Scalar]) -> Scalar:
        best = args[0]
        for other in args[1:]:
            best = _further(numbers, best, other, side)
        return best

    return pick


def _further(numbers: Numbers, a: Scalar, b: Scalar, side: int) -> Scalar:
    """The larger of two (side 1) or the smaller (side -1); an interval may hold either."""
    if type(a) is Infinity or type(b) is Infinity:
        infinite, other = (a, b) if type(a) is Infinity else (b, a)
        return infinite if numbers.sign(infinite) == side else other
    if type(a) is Fraction and type(b) is Fraction:
        return max(a, b) if side > 0 else min(a, b)
    left, right = numbers.interval(a), numbers.interval(b)
    choose = libmpi.MAX if side > 0 else libmpi.MIN
    return Real((choose(left[0], right[0]), choose(left[1], right[1])))


def _factorial(numbers: Numbers, args: Sequence[Scalar]) -> Scalar:
    n = numbers.integer(args[0])
    if n is None or n < 0:
        raise undefined()
    if n <= EXACT_FACTORIAL:
        return Fraction(math.factorial(n))
    if n > LARGEST_FACTORIAL:
        raise unknown()
    point = libmp.from_int(n + 1)
    bits = numbers.bits + 20
    near = libmp.mpf_gamma(point, bits, "n")
    off = libmp.mpf_shift(libmp.mpf_abs(near), 10 - bits)
    return Real((libmp.mpf_sub(near, off, bits, "f"), libmp.mpf_add(near, off, bits, "c")))


def _divisor(numbers: Numbers, args: Sequence[Scalar]) -> Scalar:
    whole = [numbers.integer(x) for x in args]
    if None in whole:
        raise undefined()
    return Fraction(math.gcd(*(n for n in whole if n is not None)))


FUNCTIONS: Mapping[str, Function] = {
    "exp": lambda numbers, args: numbers.exponential(*args),
    "ln": lambda numbers, args: numbers.logarithm(*args),
    "root": lambda numbers, args: root(numbers, *args),
    "sin": _sine,
    "cos": _cosine,
    "atan": _arc_tangent,
    "asin": _arc_sine,
    "acos": _arc_cosine,
    "abs": _absolute,
    "floor": _floor,
    "round": _round,
    "max": _extreme(1),
    "min": _extreme(-1),
    "factorial": _factorial,
    "gcd": _divisor,
}
MANY = 10_000
TAKES: Mapping[str, tuple[int, int]] = {
    "root": (2, 2),
    "round": (1, 2),
    "max": (1, MANY),
    "min": (1, MANY),
    "gcd": (1, MANY),
}
"""How many numbers a function takes, at least and at most; all others take one."""
