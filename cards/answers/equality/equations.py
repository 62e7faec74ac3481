"""Whether two equations say the same: the same but for moved terms, swapped sides and a constant factor."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from cards.answers.equality.comparing import compare
from cards.answers.equality.outcomes import Comparison
from cards.answers.equality.points import points
from cards.answers.equality.value import value_of
from cards.domains import REAL, Domain, parse_domain
from cards.expr import Binary, Call, Expr, Name, Number, Relation, Unary, free_names

TRIED = 6
TURNED = {">": "<", ">=": "<="}
ZERO = Number(Fraction(0))


def compare_equations(a: Relation, b: Relation, domains: Mapping[str, str]) -> Comparison:
    """Compare two equations (or inequalities): equal if all terms on one side differ by a constant factor only.

    `y = 2x + 1`, `y - 2x = 1` and `4x + 2 = 2y` are equal. An equation with the same solutions by other means
    (`x = 5` and `x^3 = 125`) is another equation. An inequality keeps its direction: the factor is positive.

    Args:
        a: an equation, or a chain of them, compared one by one in their order.
        b: another.
        domains: as for `compare`.

    Raises:
        DomainError: a domain cannot be read.
    """
    if a == b:
        return Comparison.EQUAL
    if len(a.rest) != len(b.rest):
        return Comparison.DIFFERENT
    found = [_one(x, y, domains) for x, y in zip(a.pairs(), b.pairs(), strict=True)]
    for outcome in (Comparison.DIFFERENT, Comparison.UNSETTLED):
        if outcome in found:
            return outcome
    return Comparison.EQUAL


def _one(a: tuple[Expr, str, Expr], b: tuple[Expr, str, Expr], domains: Mapping[str, str]) -> Comparison:
    (left, kind), (right, other) = _gathered(*a), _gathered(*b)
    if kind != other:
        return Comparison.DIFFERENT
    same = compare(left, right, domains)
    if same is not Comparison.DIFFERENT:
        return same
    directed = kind not in ("==", "!=")
    if not directed and compare(left, Unary("-", right), domains) is Comparison.EQUAL:
        return Comparison.EQUAL
    names = sorted(free_names(left) | free_names(right))
    read = {name: parse_domain(name, domains[name]) if name in domains else REAL for name in names}
    if any(domain.kind != "scalar" for domain in read.values()):
        return same
    return _up_to_a_factor(left, right, domains, read, directed=directed)


def _gathered(left: Expr, op: str, right: Expr) -> tuple[Expr, str]:
    """All terms on one side, and how that compares with zero; never `>`."""
    if op in TURNED:
        left, op, right = right, TURNED[op], left
    return Binary("-", left, right), op


def _up_to_a_factor(
    left: Expr, right: Expr, domains: Mapping[str, str], read: Mapping[str, Domain], *, directed: bool
) -> Comparison:
    """Compare two sides, each brought to the other's size by what they are at some point where neither is zero."""
    for point in points(read, TRIED):
        at_left, at_right = _at(left, point), _at(right, point)
        sizes = value_of(at_left), value_of(at_right)
        if any(not isinstance(size, Fraction) or size == 0 for size in sizes) and any(
            compare(at, ZERO, {}) is not Comparison.DIFFERENT for at in (at_left, at_right)
        ):
            continue
        if directed and compare(Call("abs", (product := Binary("*", at_left, at_right),)), product, {}) is not (
            Comparison.EQUAL
        ):
            return Comparison.DIFFERENT
        return compare(Binary("*", left, at_right), Binary("*", right, at_left), domains)
    return Comparison.DIFFERENT


def _at(expr: Expr, point: Mapping[str, Fraction]) -> Expr:
    for name, value in point.items():
        expr = Call("at", (expr, Name(name), Number(value)))
    return expr
