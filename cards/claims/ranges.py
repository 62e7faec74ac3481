"""Between which bounds a tree's values lie, over all the values that its symbols may take.

Interval arithmetic with open and closed ends, so `exp(x)` is positive, and `ln(x)` for 0 < x < 1 is negative. What it
says holds; what it cannot say is left open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from cards.claims import reals
from cards.claims.intervals import (
    EVERYTHING,
    FREE,
    NONNEGATIVE,
    POSITIVE,
    End,
    Range,
    absolute,
    exactly,
    hull,
    integer_power,
    inverse,
    monotone,
    negated,
    of_domain,
    of_extreme,
    plus,
    product,
    square,
)
from cards.claims.reals import Undecided, Undefined
from cards.claims.trees import base_and_subscript
from cards.domains import Domain
from cards.expr import Binary, Call, Expr, Index, Name, Number, Piecewise, Relation, Unary

ZERO, ONE = Fraction(0), Fraction(1)


def range_of(expr: Expr, domains: Mapping[str, Domain]) -> Range:  # noqa: PLR0912  one case a kind of node
    """The range of a tree's values where it has any."""
    match expr:
        case Number(value=value):
            return exactly(value)
        case Name(name=name):
            return _of_name(name, domains)
        case Index(base=Name(name=name)):
            return _of_name(f"{name}_", domains)
        case Unary(operand=operand):
            return negated(range_of(operand, domains))
        case Binary(op="+", left=left, right=right):
            return plus(range_of(left, domains), range_of(right, domains))
        case Binary(op="-", left=left, right=right):
            if left == right:
                return exactly(ZERO)
            return plus(range_of(left, domains), negated(range_of(right, domains)))
        case Binary(op="*", left=left, right=right):
            if left == right:
                return square(range_of(left, domains))
            return product(range_of(left, domains), range_of(right, domains))
        case Binary(op="/", left=left, right=right):
            return product(range_of(left, domains), inverse(range_of(right, domains)))
        case Binary(op="**", left=left, right=right):
            return _power(left, right, domains)
        case Piecewise():
            ranges = [range_of(case.value, domains) for case in expr.cases]
            result = ranges[0]
            for each in ranges[1:]:
                result = hull(result, each)
            return result
        case Call():
            return _call(expr, domains)
        case _:
            return EVERYTHING


def _of_name(name: str, domains: Mapping[str, Domain]) -> Range:
    base, subscript = base_and_subscript(name)
    domain = domains.get(name)
    if domain is None and (subscript or name.endswith("_")):
        domain = domains.get(f"{name.rstrip('_') if not subscript else base}_*")
    if domain is not None:
        return of_domain(domain)
    if name == "e":
        return Range(End(Fraction(271828, 100000), True), End(Fraction(271829, 100000), True), nonzero=True)
    if name == "pi":
        return Range(End(Fraction(314159, 100000), True), End(Fraction(314160, 100000), True), nonzero=True)
    return EVERYTHING


def _power(base: Expr, exponent: Expr, domains: Mapping[str, Domain]) -> Range:
    a, n = range_of(base, domains), range_of(exponent, domains)
    fixed = n.low.at if n.low.at is not None and n.low == n.high else None
    if fixed is not None and fixed.denominator == 1 and abs(fixed) <= 64:
        return integer_power(a, int(fixed))
    if a.is_positive:
        return _positive_power(base, a, n)
    if a.is_nonnegative:
        return NONNEGATIVE
    if n.integer and a.excludes_zero:
        return Range(nonzero=True)
    return EVERYTHING


def _positive_power(base: Expr, a: Range, n: Range) -> Range:
    if a.low.at == a.high.at == ONE:
        return exactly(ONE)
    low, high = End(ZERO, True), FREE
    above_one = a.low.at is not None and a.low.at >= 1
    below_one = a.high.at is not None and a.high.at <= 1
    strict = (a.low.open or (a.low.at or ZERO) > 1) if above_one else (a.high.open or (a.high.at or ZERO) < 1)
    if (above_one and n.is_nonnegative) or (below_one and n.is_nonpositive):
        low = End(ONE, strict and n.excludes_zero)
    elif (above_one and n.is_nonpositive) or (below_one and n.is_nonnegative):
        high = End(ONE, strict and n.excludes_zero)
    if (a.low.at is not None and a.low == a.high) or base == Name("e"):  # monotone in the exponent
        low, high = _exponential_ends(base, a, n, low, high)
    return Range(low, high, nonzero=True)


def _exponential_ends(base: Expr, a: Range, n: Range, low: End, high: End) -> tuple[End, End]:
    def value(end: End, side: int) -> End | None:
        if end.at is None:
            return None
        try:
            power = reals.exponential(end.at) if base == Name("e") else reals.power(a.low.at or ONE, end.at)
            return End(reals.bounds(power)[side], end.open)
        except (Undecided, Undefined):
            return None

    rising = base == Name("e") or (a.low.at or ZERO) >= 1
    bottom, top = (n.low, n.high) if rising else (n.high, n.low)
    return value(bottom, 0) or low, value(top, 1) or high


def _call(expr: Call, domains: Mapping[str, Domain]) -> Range:
    match expr:
        case Call(name="exp", args=(x,)):
            return _power(Name("e"), x, domains)
        case Call(name="sqrt", args=(x,)):
            return monotone(range_of(x, domains), reals.square_root, Range(End(ZERO), FREE))
        case Call(name="ln" | "log", args=(x,)):
            return monotone(range_of(x, domains), reals.logarithm, EVERYTHING)
        case Call(name="abs", args=(x,)):
            return absolute(range_of(x, domains))
        case Call(name="max" | "min", args=(_, _, *_)):
            ranges = [range_of(each, domains) for each in expr.args]
            return of_extreme(ranges, largest=expr.name == "max")
        case Call(name="sin" | "cos"):
            return Range(End(-ONE), End(ONE))
        case Call(name="len", args=(_,)):
            return Range(End(ZERO), FREE, integer=True)
        case Call(name="factorial"):
            return Range(End(ONE), FREE, integer=True, nonzero=True)
        case Call(name="floor" | "ceil" | "round", args=(_,)):
            return Range(integer=True)
        case Call(name="sum", args=(body, Name() as index, first, last)):
            return _of_sum(body, index.name, first, last, domains)
        case _:
            return EVERYTHING


def index_domain(first: Expr, last: Expr, domains: Mapping[str, Domain]) -> Domain:
    """What the index of a sum runs over."""
    a, z = range_of(first, domains), range_of(last, domains)
    return Domain(integer=True, low=a.low.at, high=z.high.at)


def _of_sum(body: Expr, index: str, first: Expr, last: Expr, domains: Mapping[str, Domain]) -> Range:
    term = range_of(body, {**domains, index: index_domain(first, last, domains)})
    a, z = range_of(first, domains), range_of(last, domains)
    some = z.low.at is not None and a.high.at is not None and z.low.at >= a.high.at  # at least one term
    if term.is_positive and some:
        return replace(POSITIVE, integer=term.integer)
    if term.is_nonnegative:
        return replace(NONNEGATIVE, integer=term.integer)
    return Range(integer=term.integer)


def covers(expr: Piecewise, domains: Mapping[str, Domain]) -> bool:
    """Whether some case holds wherever the symbols may be: an `otherwise`, or comparisons that leave no sign out."""
    if any(not case.conditions for case in expr.cases):
        return True
    signs: set[int] = set()
    difference: Expr | None = None
    for case in expr.cases:
        condition = case.conditions[0]
        if len(case.conditions) != 1 or not isinstance(condition, Relation) or len(condition.rest) != 1:
            return False
        ((op, right),) = condition.rest
        here = Binary("-", condition.first, right)
        if difference is None:
            difference = here
        if here != difference:
            return False
        signs |= {"<": {-1}, "<=": {-1, 0}, ">": {1}, ">=": {0, 1}, "==": {0}, "!=": {-1, 1}}.get(op, set())
    assert difference is not None  # noqa: S101  a piecewise function has a case
    left = range_of(difference, domains)
    possible = {-1, 0, 1}
    if left.is_nonnegative:
        possible.discard(-1)
    if left.is_nonpositive:
        possible.discard(1)
    if left.excludes_zero:
        possible.discard(0)
    return possible <= signs
