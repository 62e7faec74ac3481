"""The real and complex numbers as a field that graphs are worked out in."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from mpmath.libmp import libmpi

from cards.answers.equality import powers
from cards.answers.equality.functions import FUNCTIONS, TAKES, pi
from cards.answers.equality.numbers import NOTHING, Complex, Infinity, Numbers, Scalar
from cards.answers.equality.outcomes import unknown


class NumberField(Numbers):
    """Numbers to so many bits, with all that expressions do to them."""

    def number(self, value: Fraction) -> Scalar:
        """A rational number, as an interval if it is long."""
        return self.bounded(value)

    def constant(self, name: str) -> Scalar:
        """`pi`, `oo` or `i`."""
        if name == "pi":
            return pi(self)
        return Infinity(1) if name == "oo" else Complex(NOTHING, libmpi.mpi_one)

    def power(self, base: Scalar, exponent: Scalar) -> Scalar:
        """The principal power."""
        return powers.power(self, base, exponent)

    def holds(self, op: str, difference: Scalar) -> bool:
        """Whether a difference compares so with zero."""
        if op in ("==", "!="):
            return self.is_zero(difference) == (op == "==")
        sign = self.sign(difference)
        return {"<": sign < 0, "<=": sign <= 0, ">": sign > 0, ">=": sign >= 0}[op]

    def apply(self, name: str, args: Sequence[Scalar]) -> Scalar:
        """A function of numbers. Raises MissingError for one that is not known, or does not take so many."""
        function = FUNCTIONS.get(name)
        least, most = TAKES.get(name, (1, 1))
        if function is None or not least <= len(args) <= most:
            raise unknown()
        return function(self, args)
