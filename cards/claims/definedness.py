"""What has to hold for a tree to have a value: no division by zero, no logarithm of what is not positive, no 0**0.

SymPy takes `x/x` for 1 and `0**0` for 1; a learner is told otherwise. So proofs ask here first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from cards.claims.evaluate import evaluate, slope_tree
from cards.claims.intervals import Range
from cards.claims.ranges import covers, index_domain, range_of
from cards.claims.reals import Real, Undecided, Undefined, sign
from cards.claims.trees import free_names, number, parts
from cards.claims.values import Point
from cards.domains import Domain, narrow
from cards.expr import Binary, Call, Condition, Expr, Index, Name, Number, Piecewise, Relation, walk

NEVER, INTEGER = "never", "integer"


@dataclass(frozen=True, slots=True)
class Need:
    """`expr op 0` has to hold for all values of its symbols in `domains`.

    Attributes:
        expr: the tree.
        op: a comparison with 0, or `integer`, or `never` for what cannot be shown here.
        domains: of its symbols.
    """

    expr: Expr
    op: str
    domains: Mapping[str, Domain]


def unmet_needs(expr: Expr, domains: Mapping[str, Domain]) -> list[Need]:
    """What has to hold for the tree to have a value everywhere, but for what bounds of the values show already."""
    return [need for need in _needs(expr, domains) if not _is_met(need)]


def _is_met(need: Need) -> bool:
    if need.op == NEVER:
        return False
    values = range_of(need.expr, need.domains)
    return values.integer if need.op == INTEGER else values.satisfies(need.op)


def _needs(expr: Expr, domains: Mapping[str, Domain]) -> Iterator[Need]:
    match expr:
        case Call(name="sum" | "prod", args=(body, Name() as index, first, last)):
            for end in (first, last):
                if end != Name("oo"):  # whether an infinite sum converges is for SymPy to say
                    yield Need(end, INTEGER, domains)
                    yield from _needs(end, domains)
            yield from _needs(body, {**domains, index.name: index_domain(first, last, domains)})
        case Call(name="diff", args=(body, Name() as variable, *at)):
            yield from _slope_needs(body, variable, at, domains)
        case Call(name="deriv", args=(_, *arguments)):
            for argument in arguments:
                yield from _needs(argument, domains)
        case Call(name="limit", args=(_, _, to, *_)):
            yield from _needs(to, domains)
        case Piecewise():
            yield from _case_needs(expr, domains)
        case _:
            yield from _own_needs(expr, domains)
            for part in parts(expr):
                yield from _needs(part, domains)


def _own_needs(expr: Expr, domains: Mapping[str, Domain]) -> Iterator[Need]:
    match expr:
        case Binary(op="/" | "//" | "%", right=right):
            yield Need(right, "!=", domains)
        case Binary(op="**", left=base, right=exponent):
            yield from _power_needs(base, exponent, domains)
        case Call(name="sqrt", args=(x,)):
            yield Need(x, ">=", domains)
        case Call(name="ln" | "log", args=(x, *base)):
            yield Need(x, ">", domains)
            for each in base:
                yield Need(each, ">", domains)
                yield Need(Binary("-", each, number(1)), "!=", domains)
        case Call(name="root", args=(degree, x)):
            odd = isinstance(degree, Number) and degree.value.denominator == 1 and degree.value % 2 == 1
            if not (isinstance(degree, Number) and degree.value.denominator == 1):
                yield Need(degree, NEVER, domains)
            if not odd:
                yield Need(x, ">=", domains)
        case Call(name="tan", args=(x,)):
            yield Need(Call("cos", (x,)), "!=", domains)
        case Call(name="factorial", args=(x,)):
            yield Need(x, INTEGER, domains)
            yield Need(x, ">=", domains)
        case Call(name="gcd" | "binomial"):
            yield Need(expr, NEVER, domains)
        case Index(base=base) if not isinstance(base, Name):
            yield Need(expr, NEVER, domains)


def _power_needs(base: Expr, exponent: Expr, domains: Mapping[str, Domain]) -> Iterator[Need]:
    fixed = _constant(exponent)
    whole, positive = False, False
    if fixed is not None:
        whole = isinstance(fixed, Fraction) and fixed.denominator == 1
        positive = sign(fixed) > 0
    else:
        if range_of(base, domains).is_positive:
            return
        values = range_of(exponent, domains)
        whole, positive = values.integer, values.is_positive
    if whole and not positive:
        yield Need(base, "!=", domains)
    elif not whole:
        yield Need(base, ">=" if positive else ">", domains)


def _constant(expr: Expr) -> Real | None:
    if free_names(expr):
        return None
    try:
        value = evaluate(expr, Point({}))
        if not isinstance(value, tuple):
            sign(value)
            return value
    except (Undefined, Undecided):
        pass
    return None


def _slope_needs(body: Expr, variable: Name, at: list[Expr], domains: Mapping[str, Domain]) -> Iterator[Need]:
    inner = dict(domains)
    for each in at:
        yield from _needs(each, domains)
        inner[variable.name] = _as_domain(range_of(each, domains))
    for need in _needs(body, inner):  # a derivative needs values on both sides: x >= 0 is not enough for sqrt(x)
        yield Need(need.expr, ">" if need.op == ">=" else need.op, need.domains)
    for node in walk(body):
        if isinstance(node, Piecewise):
            for condition in (each for case in node.cases for each in case.conditions):
                yield from _border_needs(condition, body, inner)
    try:
        tree = slope_tree(body, variable.name)
    except Undecided:
        if any(isinstance(node, Call) and node.name not in ("sum", "prod", "root") for node in walk(body)):
            return  # a function of which nothing is known: it is taken to have a derivative
        yield Need(body, NEVER, inner)
        return
    yield from _needs(tree, inner)


def _border_needs(condition: Condition, body: Expr, domains: Mapping[str, Domain]) -> Iterator[Need]:
    if not isinstance(condition, Relation):
        yield Need(body, NEVER, domains)
        return
    for left, _, right in condition.pairs():
        yield Need(Binary("-", left, right), "!=", domains)


def _case_needs(expr: Piecewise, domains: Mapping[str, Domain]) -> Iterator[Need]:
    if not covers(expr, domains):
        yield Need(expr, NEVER, domains)
    for case in expr.cases:
        inner, _ = narrow(domains, [each for each in case.conditions if isinstance(each, Relation)])
        yield from _needs(case.value, inner)
        for condition in case.conditions:
            if isinstance(condition, Relation):
                for left, _, right in condition.pairs():
                    yield from _needs(left, domains)
                    yield from _needs(right, domains)


def _as_domain(values: Range) -> Domain:
    """The range as a symbol's domain."""
    without = frozenset({number(0).value}) if values.nonzero else frozenset()
    return Domain(
        low=values.low.at,
        low_open=values.low.open,
        high=values.high.at,
        high_open=values.high.open,
        without=without,
    )
