"""Numbers as comparing needs them: exact while they are rational and short, else intervals that surely hold them.

A number is a Fraction, a `Real` (an interval between two floats of many digits), a `Complex` (one interval for each
part) or an infinity. Whether an interval that holds zero is zero is asked again with more digits; one that still
holds it, and is far narrower than anything that could have been written, is taken for zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

from mpmath import libmp
from mpmath.libmp import libmpi

from cards.answers.equality.outcomes import unclear, undefined, unknown

Interval: TypeAlias = Any
"""A pair of mpmath's raw floats: the lower end and the upper."""

MAX_BITS = 1024
"""Longer exact numbers become intervals."""
DECIDING_BITS = 400
"""With fewer, what cannot be told from zero is asked again with more."""
MAX_MAGNITUDE = 512
"""Exponents and angles of more bits than this are not worked out."""
ZERO, ONE, TWO, HALF = Fraction(0), Fraction(1), Fraction(2), Fraction(1, 2)
NOTHING: Interval = libmpi.mpi_zero


@dataclass(frozen=True, slots=True)
class Real:
    """A real number in an interval."""

    ends: Interval


@dataclass(frozen=True, slots=True)
class Complex:
    """A complex number in a rectangle."""

    real: Interval
    imaginary: Interval


@dataclass(frozen=True, slots=True)
class Infinity:
    """Plus or minus infinity: an answer like others (`oo` equals `oo`), with the arithmetic that is beyond doubt."""

    sign: int


Scalar: TypeAlias = Fraction | Real | Complex | Infinity


def magnitude(end: Any) -> int:  # noqa: ANN401  # a raw float of mpmath has no type of its own
    """The exponent of the next power of two above a raw float that is not zero."""
    return int(end[2] + end[3])


class Numbers:
    """Arithmetic to so many bits.

    Attributes:
        bits: how many bits the ends of intervals have.
        principal: whether negative numbers have (complex) roots, logarithms and powers.
    """

    def __init__(self, bits: int, *, principal: bool = False) -> None:
        self.bits = bits
        self.principal = principal

    def interval(self, x: Scalar) -> Interval:
        """The interval of a real number. Raises MissingError for one that is not real and finite."""
        if type(x) is Fraction:
            low = libmp.from_rational(x.numerator, x.denominator, self.bits, "f")
            if x.denominator & (x.denominator - 1) == 0 and x.numerator.bit_length() <= self.bits:
                return low, low
            return low, libmp.from_rational(x.numerator, x.denominator, self.bits, "c")
        if type(x) is Real:
            return x.ends
        if type(x) is Complex and self._holds_zero(x.imaginary):
            if self._is_tiny(x.imaginary):
                return x.real
            raise unclear()
        raise undefined()

    def pair(self, x: Scalar) -> tuple[Interval, Interval]:
        """Real and imaginary part."""
        if type(x) is Complex:
            return x.real, x.imaginary
        return self.interval(x), NOTHING

    def bounded(self, x: Fraction) -> Fraction | Real:
        """The number itself, or its interval if it is long."""
        if x.numerator.bit_length() <= MAX_BITS and x.denominator.bit_length() <= MAX_BITS:
            return x
        return Real(self.interval(x))

    def whole(self, real: Interval, imaginary: Interval) -> Scalar:
        """A complex number; a real one if the imaginary part is zero as far as can be told."""
        if imaginary == NOTHING or (self._holds_zero(imaginary) and self._is_tiny(imaginary)):
            return Real(real)
        return Complex(real, imaginary)

    @staticmethod
    def _holds_zero(ends: Interval) -> bool:
        low, high = ends
        return libmp.fzero in (low, high) or bool(low[0] != high[0])

    def _is_tiny(self, ends: Interval) -> bool:
        """Whether an interval around zero is so narrow, of so many digits, that it can only be zero."""
        return self.bits >= DECIDING_BITS and all(
            end == libmp.fzero or (end[1] and magnitude(end) < -self.bits // 2) for end in ends
        )

    def sign(self, x: Scalar) -> int:
        """1, 0 or -1. Raises MissingError if more digits are needed, or for complex numbers."""
        if type(x) is Fraction:
            return (x > 0) - (x < 0)
        if type(x) is Infinity:
            return x.sign
        ends = self.interval(x)
        if not self._holds_zero(ends):
            return -1 if ends[0][0] else 1
        if self._is_tiny(ends):
            return 0
        raise unclear()

    def is_zero(self, x: Scalar) -> bool:
        """Whether it is zero. Raises MissingError if more digits are needed."""
        if type(x) is not Complex:
            return self.sign(x) == 0
        if not (self._holds_zero(x.real) and self._holds_zero(x.imaginary)):
            return False
        if self._is_tiny(x.real) and self._is_tiny(x.imaginary):
            return True
        raise unclear()

    def integer(self, x: Scalar) -> int | None:
        """The integer that a number is, or None. Raises MissingError if more digits are needed."""
        if type(x) is Fraction:
            return x.numerator if x.denominator == 1 else None
        if type(x) is Infinity or (type(x) is Complex and not self._holds_zero(x.imaginary)):
            return None
        ends = self.interval(x)
        if magnitude(ends[1]) > self.bits:
            raise unclear()
        nearest = int(libmp.to_int(libmpi.mpi_mid(ends, self.bits), "n"))
        off = self.add(Real(ends), Fraction(-nearest))
        return nearest if self.sign(off) == 0 else None

    def add(self, a: Scalar, b: Scalar) -> Scalar:
        """The sum."""
        if type(a) is Fraction and type(b) is Fraction:
            return self.bounded(a + b)
        if type(a) is Infinity or type(b) is Infinity:
            if type(a) is Infinity and type(b) is Infinity and a.sign != b.sign:
                raise undefined()
            return a if type(a) is Infinity else b
        if type(a) is Complex or type(b) is Complex:
            return self.whole(*libmpi.mpci_add(self.pair(a), self.pair(b), self.bits))
        return Real(libmpi.mpi_add(self.interval(a), self.interval(b), self.bits))

    def add_parts(self, a: Scalar, b: Scalar) -> Fraction | tuple[Interval, Interval]:
        """The sum: exact, or its real and its imaginary part, neither of which is taken for zero."""
        if type(a) is Fraction and type(b) is Fraction:
            return a + b
        real, imaginary = libmpi.mpci_add(self.pair(a), self.pair(b), self.bits)
        return real, imaginary

    def negative(self, a: Scalar) -> Scalar:
        """The negation."""
        if type(a) is Fraction:
            return -a
        if type(a) is Real:
            return Real(libmpi.mpi_neg(a.ends))
        if type(a) is Infinity:
            return Infinity(-a.sign)
        real, imaginary = self.pair(a)
        return Complex(libmpi.mpi_neg(real), libmpi.mpi_neg(imaginary))

    def multiply(self, a: Scalar, b: Scalar) -> Scalar:
        """The product; with an exact zero exactly zero."""
        if type(a) is Fraction and type(b) is Fraction:
            return self.bounded(a * b)
        if type(a) is Infinity or type(b) is Infinity:
            sign = self.sign(a) * self.sign(b)
            if sign == 0:
                raise undefined()
            return Infinity(sign)
        if ZERO in (a, b):
            return ZERO
        if type(a) is Complex or type(b) is Complex:
            return self.whole(*libmpi.mpci_mul(self.pair(a), self.pair(b), self.bits))
        return Real(libmpi.mpi_mul(self.interval(a), self.interval(b), self.bits))

    def inverse(self, a: Scalar) -> Scalar:
        """One over it. Raises MissingError for zero."""
        if type(a) is Infinity:
            return ZERO
        if self.is_zero(a):
            raise undefined()
        if type(a) is Fraction:
            return 1 / a
        if type(a) is Complex:
            return self.whole(*libmpi.mpci_div((libmpi.mpi_one, NOTHING), self.pair(a), self.bits))
        return Real(libmpi.mpi_div(libmpi.mpi_one, self.interval(a), self.bits))

    def exponential(self, a: Scalar) -> Scalar:
        """E to that power."""
        if a == ZERO:
            return ONE
        if type(a) is Infinity:
            return a if a.sign > 0 else ZERO
        real, imaginary = self.pair(a)
        if any(magnitude(end) > MAX_MAGNITUDE for end in (*real, *imaginary)):
            raise unknown()
        if type(a) is Complex:
            return self.whole(*libmpi.mpci_exp((real, imaginary), self.bits))
        return Real(libmpi.mpi_exp(real, self.bits))

    def logarithm(self, a: Scalar) -> Scalar:
        """The natural logarithm; the principal one of anything but positive numbers, if those are allowed."""
        if a == ONE:
            return ZERO
        if type(a) is Complex:
            return self.whole(*libmpi.mpci_log((a.real, a.imaginary), self.bits))
        sign = self.sign(a)
        if type(a) is Infinity:
            if sign < 0:
                raise undefined()
            return a
        if sign == 0 or (sign < 0 and not self.principal):
            raise undefined()
        ends = self.interval(a)
        if sign > 0:
            return Real(libmpi.mpi_log(ends, self.bits))
        return Complex(libmpi.mpi_log(libmpi.mpi_neg(ends), self.bits), libmpi.mpi_pi(self.bits))
