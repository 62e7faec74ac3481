"""Whether two expressions have the same value wherever both have one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from cards.answers.equality.field import NumberField
from cards.answers.equality.graph import Graph
from cards.answers.equality.lists import Listed, Value
from cards.answers.equality.numbers import Complex, Infinity, Real, Scalar, magnitude
from cards.answers.equality.outcomes import Budget, BudgetError, Comparison, Missing
from cards.answers.equality.points import points
from cards.answers.equality.running import Result, Run
from cards.domains import REAL, Domain, parse_domain
from cards.expr import Expr

WORK = 12_000
BITS, MOST_BITS = 120, 2400
SPARE_BITS = 40
"""How far below the smallest number that occurs a difference must be shown to lie before it is taken for zero."""
POINTS = 12
Numeric = Value[Scalar]


def compare(a: Expr, b: Expr, domains: Mapping[str, str]) -> Comparison:
    """Compare two expressions over the declared domains.

    Args:
        a: an expression.
        b: another.
        domains: of each declared symbol its domain, as authors write it; a symbol that is not declared is real.

    Raises:
        DomainError: a domain cannot be read.
    """
    read = {name: parse_domain(name, text) for name, text in domains.items()}
    try:
        return _Pair(a, b, read).compared()
    except (BudgetError, RecursionError):
        return Comparison.UNSETTLED


@dataclass(frozen=True, slots=True)
class _Seen:
    """What one point shows."""

    equal: int = 0
    mismatched: int = 0
    unclear: int = 0


class _Pair:
    """Two trees in one graph."""

    def __init__(self, a: Expr, b: Expr, domains: Mapping[str, Domain]) -> None:
        self.graph = Graph(domains)
        self.a, self.b = self.graph.add(a), self.graph.add(b)
        self.budget = Budget(WORK)
        self.domains = {name: self._domain(name, domains) for name in self.graph.symbols}
        self._fields: dict[int, tuple[Run[Scalar], list[Result[Scalar] | None]]] = {}

    def _domain(self, name: str, domains: Mapping[str, Domain]) -> Domain:
        domain = domains.get(name)
        if name in self.graph.integers and (domain is None or not domain.integer):
            return parse_domain(name, "natural")
        return REAL if domain is None else domain

    def compared(self) -> Comparison:
        if self.a == self.b:
            return Comparison.EQUAL
        if not any(self.graph.nodes[root].free for root in (self.a, self.b)):
            return self._at_a_point({}) or Comparison.UNSETTLED
        equal = 0
        for point in points(self.domains, POINTS):
            found = self._at_a_point(point)
            if found is Comparison.DIFFERENT:
                return found
            equal += found is Comparison.EQUAL
        return Comparison.EQUAL if equal else Comparison.UNSETTLED

    def _run(self, bits: int) -> tuple[Run[Scalar], list[Result[Scalar] | None]]:
        """A way of working out with so many bits, and the values of the constants."""
        if bits not in self._fields:
            nodes = self.graph.nodes
            principal = Run[Scalar](NumberField(bits, principal=True), self.budget)
            values: list[Result[Scalar]] = []
            for node in nodes:
                values.append(Missing.UNKNOWN if node.free else principal.value(node, values, {}))
            nonreal = any(type(value) is Complex for value in values)
            known = [None if node.free else value for node, value in zip(nodes, values, strict=True)]
            self._fields[bits] = Run[Scalar](NumberField(bits, principal=nonreal), self.budget), known
        return self._fields[bits]

    def _at_a_point(self, point: Mapping[str, Numeric]) -> Comparison | None:
        bits = BITS
        while bits <= MOST_BITS:
            run, known = self._run(bits)
            values = run.values(self.graph, point, known)
            a, b = values[self.a], values[self.b]
            if Missing.UNKNOWN in (a, b):
                return Comparison.UNSETTLED
            if Missing.UNCLEAR in (a, b):
                bits *= 2
                continue
            if isinstance(a, Missing) or isinstance(b, Missing):
                return None if a is b else Comparison.DIFFERENT
            smallest = min((_smallest(value) for value in values), default=0)
            short = _off(run, a, b, smallest - SPARE_BITS)
            if short is True:
                return Comparison.DIFFERENT
            if short is False:
                return Comparison.EQUAL
            bits = max(bits + short + 16, bits + 40)
        return Comparison.UNSETTLED


def _smallest(value: Result[Scalar]) -> int:
    if type(value) is Real:
        low, high = value.ends
        if low[1] and high[1] and low[0] == high[0]:
            return min(magnitude(low), magnitude(high), 0)
    elif type(value) is Fraction and value:
        return min(value.numerator.bit_length() - value.denominator.bit_length(), 0)
    return 0


def _off(run: Run[Scalar], a: Result[Scalar], b: Result[Scalar], least: int) -> bool | int:
    """Whether two values differ, or how many more bits are needed to say."""
    if isinstance(a, Listed) or isinstance(b, Listed):
        if not (isinstance(a, Listed) and isinstance(b, Listed) and len(a.items) == len(b.items)):
            return True
        found = [_off(run, x, y, least) for x, y in zip(a.items, b.items, strict=True)]
        if True in found:
            return True
        return max(found) if any(each is not False for each in found) else False
    if isinstance(a, Infinity) or isinstance(b, Infinity):
        return a != b
    difference = run.field.add(a, run.field.negative(b))
    if type(difference) is Fraction:
        return difference != 0
    real, imaginary = run.field.pair(difference)
    worst = False
    for low, high in (real, imaginary):
        if low[1] and high[1] and low[0] == high[0]:
            return True
        for end in (low, high):
            if end[1] and magnitude(end) > least:
                worst = max(worst, magnitude(end) - least)
    return worst
