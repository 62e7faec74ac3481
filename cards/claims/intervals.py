"""Ranges of values with open and closed ends, and arithmetic on them. What they say holds; they may say too little."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

from cards.claims import reals
from cards.claims.reals import Undecided, Undefined
from cards.domains import Domain

ZERO, ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True, slots=True)
class End:
    """One end of a range: its place (None for infinity) and whether it may be reached."""

    at: Fraction | None
    open: bool = False


FREE = End(None, True)


@dataclass(frozen=True, slots=True)
class Range:
    """Values between two ends.

    Attributes:
        low: the lower end.
        high: the upper end.
        integer: all of them are integers.
        nonzero: none of them is zero.
    """

    low: End = FREE
    high: End = FREE
    integer: bool = False
    nonzero: bool = False

    @property
    def is_positive(self) -> bool:
        """All of them are above zero."""
        at = self.low.at
        return at is not None and (at > 0 or (at == 0 and (self.low.open or self.nonzero)))

    @property
    def is_negative(self) -> bool:
        """All of them are below zero."""
        at = self.high.at
        return at is not None and (at < 0 or (at == 0 and (self.high.open or self.nonzero)))

    @property
    def is_nonnegative(self) -> bool:
        """None of them is below zero."""
        return self.low.at is not None and self.low.at >= 0

    @property
    def is_nonpositive(self) -> bool:
        """None of them is above zero."""
        return self.high.at is not None and self.high.at <= 0

    @property
    def excludes_zero(self) -> bool:
        """None of them is zero."""
        return self.nonzero or self.is_positive or self.is_negative

    def satisfies(self, op: str) -> bool:
        """Whether `value op 0` holds for all of them."""
        return {
            "==": self.is_nonnegative and self.is_nonpositive,
            "!=": self.excludes_zero,
            "<": self.is_negative,
            "<=": self.is_nonpositive,
            ">": self.is_positive,
            ">=": self.is_nonnegative,
        }[op]


EVERYTHING = Range()
POSITIVE = Range(End(ZERO, True))
NONNEGATIVE = Range(End(ZERO))


def exactly(value: Fraction) -> Range:
    """One number."""
    return Range(End(value), End(value), integer=value.denominator == 1, nonzero=value != 0)


def of_domain(domain: Domain) -> Range:
    """The range of a symbol."""
    low = FREE if domain.low is None else End(domain.low, domain.low_open or domain.low in domain.without)
    high = FREE if domain.high is None else End(domain.high, domain.high_open or domain.high in domain.without)
    if domain.integer:
        low, high = _next_integer(low, up=True), _next_integer(high, up=False)
    return Range(low, high, integer=domain.integer, nonzero=ZERO in domain.without)


def _next_integer(end: End, *, up: bool) -> End:
    if end.at is None:
        return end
    whole = -(-end.at.numerator // end.at.denominator) if up else end.at.numerator // end.at.denominator
    if end.open and whole == end.at:
        whole += 1 if up else -1
    return End(Fraction(whole))


def negated(a: Range) -> Range:
    """The range of -x."""
    low = replace(a.high, at=None if a.high.at is None else -a.high.at)
    high = replace(a.low, at=None if a.low.at is None else -a.low.at)
    return Range(low, high, a.integer, a.nonzero)


def plus(a: Range, b: Range) -> Range:
    """The range of x + y."""

    def end(x: End, y: End) -> End:
        return FREE if x.at is None or y.at is None else End(x.at + y.at, x.open or y.open)

    return Range(end(a.low, b.low), end(a.high, b.high), a.integer and b.integer)


def hull(a: Range, b: Range) -> Range:
    """A range that holds both."""

    def outer(x: End, y: End, pick: Callable[[Fraction, Fraction], Fraction]) -> End:
        if x.at is None or y.at is None:
            return FREE
        if x.at == y.at:
            return End(x.at, x.open and y.open)
        return x if pick(x.at, y.at) == x.at else y

    return Range(
        outer(a.low, b.low, min),
        outer(a.high, b.high, max),
        a.integer and b.integer,
        a.excludes_zero and b.excludes_zero,
    )


def square(a: Range) -> Range:
    """The range of x * x, whose factors are the same."""
    result = product(absolute(a), absolute(a))
    return replace(result, integer=a.integer)


def absolute(a: Range) -> Range:
    """The range of |x|."""
    if a.is_nonnegative:
        return a
    if a.is_nonpositive:
        return negated(a)
    other = negated(a)
    high = FREE if a.high.at is None or other.high.at is None else max((a.high, other.high), key=_height)
    return Range(End(ZERO, a.nonzero), high, a.integer, a.nonzero)


def _height(end: End) -> tuple[Fraction, bool]:
    return (end.at or ZERO, not end.open)


def product(a: Range, b: Range) -> Range:
    """The range of x * y: its ends are products of ends, where 0 times anything is 0."""
    corners = [_corner(x, y) for x in (a.low, a.high) for y in (b.low, b.high)]
    signs = [
        _end_sign(x, low=i == 0) * _end_sign(y, low=j == 0)
        for i, x in enumerate((a.low, a.high))
        for j, y in enumerate((b.low, b.high))
    ]
    unbounded_above = any(c is None and s > 0 for c, s in zip(corners, signs, strict=True))
    unbounded_below = any(c is None and s < 0 for c, s in zip(corners, signs, strict=True))
    known = [c for c in corners if c is not None]
    low = FREE if unbounded_below or not known else _extreme(known, min)
    high = FREE if unbounded_above or not known else _extreme(known, max)
    return Range(low, high, a.integer and b.integer, a.excludes_zero and b.excludes_zero)


def _end_sign(end: End, *, low: bool) -> int:
    if end.at is None:
        return -1 if low else 1
    return (end.at > 0) - (end.at < 0)


def _corner(x: End, y: End) -> End | None:
    """The product of two ends; None if it is infinite."""
    if x.at == 0 or y.at == 0:
        return End(ZERO, not ((x.at == 0 and not x.open) or (y.at == 0 and not y.open)))
    if x.at is None or y.at is None:
        return None
    return End(x.at * y.at, x.open or y.open)


def _extreme(ends: list[End], pick: Callable[..., Fraction]) -> End:
    at = pick(end.at for end in ends)
    return End(at, all(end.open for end in ends if end.at == at))


def inverse(a: Range) -> Range:
    """The range of 1/x, where it has a value."""
    if a.is_positive or (a.is_nonnegative and a.low.at is not None):
        low = End(ZERO, True) if a.high.at is None else End(1 / a.high.at, a.high.open) if a.high.at else FREE
        high = FREE if not a.low.at else End(1 / a.low.at, a.low.open)
        return Range(low, high, nonzero=True)
    if a.is_nonpositive:
        return negated(inverse(negated(a)))
    return Range(nonzero=True)


def integer_power(a: Range, n: int) -> Range:
    """The range of x to the power of n."""
    if n < 0:
        return inverse(integer_power(a, -n))
    if n == 0:
        return exactly(ONE)
    result = absolute(a) if n % 2 == 0 else a

    def end(x: End) -> End:
        return End(x.at**n, x.open) if x.at is not None else FREE

    return Range(end(result.low), end(result.high), a.integer, a.excludes_zero)


def monotone(a: Range, function: Callable[[Fraction], reals.Real], whole: Range) -> Range:
    """The range of a rising function: its values at the ends."""

    def end(x: End, side: int, otherwise: End) -> End:
        if x.at is None:
            return otherwise
        try:
            value = function(x.at)
        except (Undefined, Undecided):
            return otherwise
        low, high = reals.bounds(value)
        return End((low, high)[side], x.open if low == high else True)

    low, high = end(a.low, 0, whole.low), end(a.high, 1, whole.high)
    return Range(low, high, nonzero=a.is_positive and whole.low.at == 0)


def of_extreme(ranges: list[Range], *, largest: bool) -> Range:
    """The range of the largest of some values, or of the smallest."""
    if not largest:
        return negated(of_extreme([negated(each) for each in ranges], largest=True))
    lows = [each.low for each in ranges if each.low.at is not None]
    low = FREE
    if lows:
        at = max(end.at or ZERO for end in lows)
        low = End(at, all(end.open for end in lows if end.at == at) if len(lows) == 1 else _reached(lows, at))
    highs = [each.high for each in ranges]
    high = FREE
    if all(end.at is not None for end in highs):
        at = max(end.at or ZERO for end in highs)
        high = End(at, all(end.open for end in highs if end.at == at))
    return Range(low, high, all(each.integer for each in ranges))


def _reached(ends: list[End], at: Fraction) -> bool:
    """Whether a maximum stays above `at`: it does if one of the values always does."""
    return any(end.open for end in ends if end.at == at)
