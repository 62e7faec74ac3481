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
from functools import lru_cache
from typing import NamedTuple

from cards.answers.equality.outcomes import undefined, unknown

Q = (1 << 126) + 4399
P = 2 * Q + 1
MAX_EXPONENT_BITS = 256
PRIMES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47)
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


BASE = pattern("base").value ** 2 % P
"""What e is: its powers are the squares modulo P, a group of Q elements."""


@lru_cache(maxsize=1024)
def symbol_logarithm(name: str) -> Residue:
    """The logarithm of a symbol's residue."""
    return pattern("ln of", name)


@lru_cache(maxsize=1024)
def symbol(name: str) -> Residue:
    """The residue of a symbol, a power of the base; as an exponent it has no pattern."""
    return Residue(pow(BASE, symbol_logarithm(name).exponent, P), pattern(name).exponent)


@lru_cache(maxsize=1024)
def _of_integer(number: int) -> Residue:
    """The logarithm of a positive integer: of its small prime factors, and of what is left."""
    total = Residue(0, 0)
    for prime in PRIMES:
        while number % prime == 0:
            number //= prime
            part = pattern("ln of", prime)
            total = Residue((total[0] + part[0]) % P, (total[1] + part[1]) % Q)
    if number > 1:
        part = pattern("ln of", number)
        total = Residue((total[0] + part[0]) % P, (total[1] + part[1]) % Q)
    return total


class Residues:
    """The field of residues, and the logarithms of those whose logarithm is known."""

    def __init__(self) -> None:
        self._logarithms: dict[int, Residue] = {}
        self._positive: dict[int, Residue] = {}
        self._rational: dict[Residue, Fraction] = {}

    def symbol(self, name: str, *, positive: bool) -> Residue:
        """The residue of a symbol. Of positive numbers alone, products have the sum of logarithms for theirs."""
        made = symbol(name)
        self._logarithms[made.value] = symbol_logarithm(name)
        if positive:
            self._positive[made.value] = symbol_logarithm(name)
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
        if value > 0 and made.value not in self._positive:
            self._keep(made, self.add(_of_integer(above), self.negative(_of_integer(below))))
        return made

    def _keep(self, made: Residue, logarithm: Residue) -> Residue:
        """Remember the logarithm of what is surely positive."""
        self._positive[made.value] = self._logarithms[made.value] = logarithm
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
        made = Residue(a[0] * b[0] % P, a[1] * b[1] % Q)
        left = self._positive.get(a[0])
        if left is not None and made.value not in self._positive:
            right = self._positive.get(b[0])
            if right is not None:
                self._keep(made, self.add(left, right))
        return made

    def negative(self, a: Residue) -> Residue:
        """The negation."""
        return Residue(-a[0] % P, -a[1] % Q)

    def inverse(self, a: Residue) -> Residue:
        """One over it."""
        if not a[0]:
            raise undefined()
        if not a[1]:
            raise unknown()
        made = Residue(pow(a[0], -1, P), pow(a[1], -1, Q))
        logarithm = self._positive.get(a[0])
        return made if logarithm is None else self._keep(made, self.negative(logarithm))

    def power(self, base: Residue, exponent: Residue) -> Residue:
        """The power: exactly for whole numbers, else by the logarithm of the base."""
        number = self._rational.get(exponent)
        logarithm = self._positive.get(base[0])
        made = self._symbolic_power(base, exponent) if number is None else self._rational_power(base, number)
        return made if logarithm is None else self._keep(made, self.multiply(exponent, logarithm))

    def _symbolic_power(self, base: Residue, exponent: Residue) -> Residue:
        return self._exponential(self.multiply(exponent, self._logarithm(base)))

    def _rational_power(self, base: Residue, exponent: Fraction) -> Residue:
        whole = exponent.numerator // exponent.denominator
        if whole.bit_length() > MAX_EXPONENT_BITS:
            raise unknown()
        if whole < 0 or exponent == 0:
            self.inverse(base)
        result = Residue(pow(base[0], whole, P), pow(base[1], whole, Q))
        if exponent.denominator == 1:
            return result
        return self.multiply(result, self._symbolic_power(base, self.number(exponent - whole)))

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
            return self._keep(self._exponential(args[0]), args[0])
        if name == "ln":
            return self._logarithm(args[0])
        if name in IN_ANY_ORDER:
            return pattern(name, *sorted({arg[0] for arg in args}))
        return pattern(name, *(arg[0] for arg in args))
