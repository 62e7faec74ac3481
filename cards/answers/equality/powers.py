"""Powers and roots: exact where they are rational and short."""

from __future__ import annotations

from fractions import Fraction
from math import isqrt

from mpmath import libmp
from mpmath.libmp import libmpi

from cards.answers.equality.numbers import HALF, MAX_BITS, ONE, ZERO, Complex, Infinity, Numbers, Real, Scalar
from cards.answers.equality.outcomes import undefined, unknown

MAX_EXPONENT_BITS = 256
MAX_COMPLEX_EXPONENT = 1 << 16
MAX_DEGREE = 64
"""Roots of a higher degree are not tried exactly."""


def power(numbers: Numbers, base: Scalar, exponent: Scalar) -> Scalar:
    """The principal power; of a negative base only for integers, unless complex numbers are allowed.

    0 to the power 0, and to negative powers, has no value.

    Raises:
        MissingError: there is no value, or it is too large to work out.
    """
    if type(base) is Infinity or type(exponent) is Infinity:
        return _of_infinities(numbers, base, exponent)
    if type(exponent) is Fraction and exponent.denominator == 1 and exponent > 0:
        return _whole_power(numbers, base, exponent.numerator)
    if numbers.is_zero(base):
        if type(exponent) is Complex or numbers.sign(exponent) <= 0:
            raise undefined()
        return ZERO
    if type(exponent) is Fraction:
        if exponent.denominator == 1:
            return _whole_power(numbers, base, exponent.numerator)
        if type(base) is Fraction and base > 0:
            root = exact_root(base, exponent.denominator)
            if root is not None:
                return _whole_power(numbers, root, exponent.numerator)
        if exponent == HALF and type(base) is not Complex and numbers.sign(base) > 0:
            return Real(libmpi.mpi_sqrt(numbers.interval(base), numbers.bits))
    elif base == ONE:
        return ONE
    elif type(exponent) is Real and (type(base) is Complex or numbers.sign(base) < 0):
        whole = numbers.integer(exponent)
        if whole is not None:
            return _whole_power(numbers, base, whole)
    return numbers.exponential(numbers.multiply(exponent, numbers.logarithm(base)))


def _of_infinities(numbers: Numbers, base: Scalar, exponent: Scalar) -> Scalar:
    """Powers with an infinity in them, as far as they are beyond doubt."""
    if type(exponent) is Infinity:
        growth = numbers.sign(numbers.add(base, -ONE)) * exponent.sign
        if numbers.sign(base) <= 0 or growth == 0:
            raise undefined()
        return Infinity(1) if growth > 0 else ZERO
    sign = numbers.sign(exponent)
    if sign == 0:
        raise undefined()
    if sign < 0:
        return ZERO
    if numbers.sign(base) > 0:
        return base
    whole = numbers.integer(exponent)
    if whole is None:
        raise undefined()
    return Infinity(-1 if whole % 2 else 1)


def _whole_power(numbers: Numbers, base: Scalar, exponent: int) -> Scalar:
    """The power; a base that is zero has positive ones only."""
    if exponent == 0:
        return ONE
    if exponent == 1:
        return base
    if type(base) is Fraction:
        if not base:
            return ZERO
        if abs(base) == 1:
            return base if exponent % 2 else ONE
        longest = max(base.numerator.bit_length(), base.denominator.bit_length())
        if longest * abs(exponent) <= MAX_BITS:
            return Fraction(base**exponent)
    if exponent.bit_length() > MAX_EXPONENT_BITS:
        raise unknown()
    if type(base) is Complex:
        if abs(exponent) > MAX_COMPLEX_EXPONENT:
            raise unknown()
        return numbers.whole(*libmpi.mpci_pow_int((base.real, base.imaginary), exponent, numbers.bits))
    return Real(_interval_power(numbers, base, exponent))


def _interval_power(numbers: Numbers, base: Scalar, exponent: int) -> tuple[object, object]:
    ends = libmpi.mpi_pow_int(numbers.interval(base), abs(exponent), numbers.bits)
    result: tuple[object, object] = ends
    if exponent < 0:
        result = libmpi.mpi_div(libmpi.mpi_one, ends, numbers.bits)
    return result


def root(numbers: Numbers, radicand: Scalar, degree: Scalar) -> Scalar:
    """The real root: of odd degree for negative numbers too, negative then; else the principal power.

    Raises:
        MissingError: there is none.
    """
    whole = numbers.integer(degree)
    if whole is not None and whole % 2 and type(radicand) is not Complex and numbers.sign(radicand) < 0:
        return numbers.negative(power(numbers, numbers.negative(radicand), Fraction(1, whole)))
    return power(numbers, radicand, numbers.inverse(degree))


def perfect_power(value: Fraction) -> tuple[Fraction, int]:
    """A number above 0 as the highest power of a rational number that it is: 9 is 3 to the 2nd; itself to the 1st."""
    if value <= 1 or value.denominator != 1:
        return value, 1
    lowest, times = value, 1
    for prime in (2, 3, 5, 7, 11, 13):
        while lowest.numerator.bit_length() > prime and (found := exact_root(lowest, prime)) is not None:
            lowest, times = found, times * prime
    return lowest, times


def exact_root(value: Fraction, degree: int) -> Fraction | None:
    """The root of a positive number if it is rational, else None."""
    if degree > MAX_DEGREE:
        return None
    above = _integer_root(value.numerator, degree)
    below = _integer_root(value.denominator, degree) if above is not None else None
    return None if above is None or below is None else Fraction(above, below)


def _integer_root(number: int, degree: int) -> int | None:
    if number == 1:
        return 1
    if degree == 2:
        found = isqrt(number)
    else:
        bits = number.bit_length() + 8
        near = libmp.mpf_nthroot(libmp.from_int(number), degree, bits // degree + 16, "n")
        found = int(libmp.to_int(near, "n"))
    return found if found**degree == number else None
