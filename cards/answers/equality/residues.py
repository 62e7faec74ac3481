"""Expressions worked out modulo a large prime, at one random point: what is equal there is equal as it is written.

Sums, products, quotients and whole powers are what they are modulo a prime. A function of anything else is a number
without a pattern that depends on the function and the residue of its argument only; so equal residues mean (but for
one chance in 10^30) that both sides are the same sums, products and powers of the same functions of the same arguments.
Each number goes along with a second residue, for where it stands in an exponent: the exponents of a power modulo the
prime P count modulo Q, where P = 2Q + 1. So `e**x*e**y` is `e**(x + y)` and `x**n/x` is `x**(n - 1)` here too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from cards.answers.equality.outcomes import undefined, unknown

Q = (1 << 126) + 4399
P = 2 * Q + 1
BASE = 4
"""Its powers are the squares modulo P: a group of Q elements."""
MAX_EXPONENT_BITS = 64
IN_ANY_ORDER = frozenset({"max", "min", "gcd"})


class Residue(NamedTuple):
    """A number modulo P and, for where it is an exponent, modulo Q.

    Equal numbers have equal values; their residues as exponents may differ, as those of functions have no pattern.
    """

    value: int
    exponent: int


def pattern(*parts: object) -> Residue:
    """A residue without a pattern, the same for the same parts."""
    digest = hashlib.blake2b(repr(parts).encode(), digest_size=40).digest()
    return Residue(int.from_bytes(digest[:20], "big") % P, int.from_bytes(digest[20:], "big") % Q)


@cache
def symbol_logarithm(name: str) -> Residue:
    """The logarithm of a symbol's residue."""
    return pattern("ln of", name)


@cache
def symbol(name: str) -> Residue:
    """The residue of a symbol, a power of the base; as an exponent it has no pattern."""
    return Residue(pow(BASE, symbol_logarithm(name).exponent, P), pattern(name).exponent)


class Residues:
    """The field of residues, and the logarithms of those whose logarithm is known."""

    def __init__(self) -> None:
        self._logarithms: dict[int, Residue] = {}
        self._rational: dict[Residue, Fraction] = {}

    def symbol(self, name: str) -> Residue:
        """The residue of a symbol."""
        made = symbol(name)
        self._logarithms[made.value] = symbol_logarithm(name)
        return made

    def number(self, value: Fraction) -> Residue:
        """A rational number."""
        above, below = value.numerator, value.denominator
        if below == 1:
            made = Residue(above % P, above % Q)
        elif below % P and below % Q:
            made = Residue(above * pow(below, -1, P) % P, above * pow(below, -1, Q) % Q)
        else:
            raise unknown()
        self._rational[made] = value
        return made

    def constant(self, name: str) -> Residue:
        """Pi, which is like a symbol; the others follow other rules."""
        if name != "pi":
            raise unknown()
        return symbol("pi")

    def add(self, a: Residue, b: Residue) -> Residue:
        """The sum."""
        return Residue((a[0] + b[0]) % P, (a[1] + b[1]) % Q)

    def multiply(self, a: Residue, b: Residue) -> Residue:
        """The product."""
        return Residue(a[0] * b[0] % P, a[1] * b[1] % Q)

    def negative(self, a: Residue) -> Residue:
        """The negation."""
        return Residue(-a[0] % P, -a[1] % Q)

    def inverse(self, a: Residue) -> Residue:
        """One over it."""
        if not a[0]:
            raise undefined()
        if not a[1]:
            raise unknown()
        return Residue(pow(a[0], -1, P), pow(a[1], -1, Q))

    def power(self, base: Residue, exponent: Residue) -> Residue:
        """The power: exactly for whole numbers, else by the logarithm of the base."""
        number = self._rational.get(exponent)
        if number is None:
            return self._exponential(self.multiply(exponent, self._logarithm(base)))
        whole = number.numerator // number.denominator
        if whole.bit_length() > MAX_EXPONENT_BITS:
            raise unknown()
        if whole < 0 or number == 0:
            self.inverse(base)
        result = Residue(pow(base[0], whole, P), pow(base[1], whole, Q))
        if number.denominator == 1:
            return result
        rest = self.number(number - whole)
        return self.multiply(result, self._exponential(self.multiply(rest, self._logarithm(base))))

    def _logarithm(self, a: Residue) -> Residue:
        known = self._logarithms.get(a[0])
        return pattern("ln", a[0]) if known is None else known

    def _exponential(self, a: Residue) -> Residue:
        return Residue(pow(BASE, a[1], P), pattern("exp", a[1])[1])

    def integer(self, a: Residue) -> int | None:
        """The integer that a number written out is. Raises MissingError for any other residue."""
        number = self._rational.get(a)
        if number is None or number.denominator != 1:
            raise unknown()
        return number.numerator

    def holds(self, op: str, difference: Residue) -> bool:  # noqa: ARG002  # the field's signature
        """Residues are in no order."""
        raise unknown()

    def apply(self, name: str, args: Sequence[Residue]) -> Residue:
        """A function: a number without a pattern; but `exp`, and `ln` of a symbol or of `exp`, follow their rules."""
        if name == "exp":
            made = self._exponential(args[0])
            self._logarithms.setdefault(made[0], args[0])
            return made
        if name == "ln":
            return self._logarithm(args[0])
        if name in IN_ANY_ORDER:
            return pattern(name, *sorted({arg[0] for arg in args}))
        return pattern(name, *(arg[0] for arg in args))
