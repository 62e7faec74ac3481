"""Whether two expressions have the same value wherever both have one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache

from cards.answers.equality.graph import Graph
from cards.answers.equality.kinks import telling
from cards.answers.equality.outcomes import Budget, BudgetError, Comparison
from cards.answers.equality.parts import Break, Signs, breaks, jumps
from cards.answers.equality.points import all_of, far_points, points
from cards.answers.equality.proving import as_written
from cards.answers.equality.sampling import Sampler
from cards.answers.equality.shapes import environments
from cards.answers.equality.shown import Shown
from cards.domains import REAL, Domain, parse_domain
from cards.expr import Expr

WORK = 2_000
SMOOTH_POINTS, BROKEN_POINTS, JUMPING_POINTS = 6, 12, 20
ENOUGH, MANY = 2, 8
"""Equal points that are needed where the work that may be done ended before all were tried: without kinks, with."""

parsed_domain = lru_cache(maxsize=1024)(parse_domain)


def compare(a: Expr, b: Expr, domains: Mapping[str, str]) -> Comparison:
    """Compare two expressions over the declared domains.

    They are equal if they agree wherever both have a value, and if only single points are such that one has a value
    and the other has none. Vectors and matrices are compared element by element.

    Args:
        a: an expression.
        b: another.
        domains: of each declared symbol its domain, as authors write it; a symbol that is not declared is real (a
            natural number if it stands in the bounds of a sum, or in a factorial).

    Raises:
        DomainError: a domain cannot be read.
    """
    read = {name: parsed_domain(name, text) for name, text in domains.items()}
    try:
        return _Pair(a, b, read).compared()
    except (BudgetError, RecursionError):
        return Comparison.UNSETTLED


class _Pair:
    """Two trees in one graph."""

    def __init__(self, a: Expr, b: Expr, domains: Mapping[str, Domain]) -> None:
        self.graph = Graph(domains)
        self.a, self.b = self.graph.add(a), self.graph.add(b)
        self.domains = {name: self._domain(name, domains) for name in sorted(self.graph.symbols)}

    def _domain(self, name: str, domains: Mapping[str, Domain]) -> Domain:
        domain = domains.get(name)
        if domain is None:
            return parsed_domain(name, "natural") if name in self.graph.integers else REAL
        return domain

    def compared(self) -> Comparison:
        if self.a == self.b:
            return Comparison.EQUAL
        constant = not any(self.graph.nodes[root].free for root in (self.a, self.b))
        listed = any(domain.kind != "scalar" for domain in self.domains.values())
        signs = Signs(self.graph, self.domains)
        if not listed:
            written = as_written(self.graph, self.a, self.b, signs, self.domains)
            if written is not None:
                return written
        if constant:
            return self._constants()
        sampler = Sampler(self.graph, self.a, self.b, Budget(WORK))
        return self._lists(sampler) if listed else self._numbers(sampler, list(breaks(self.graph, signs)))

    def _constants(self) -> Comparison:
        shown = Sampler(self.graph, self.a, self.b, Budget(WORK)).at({})
        if shown is Shown.EQUAL:
            return Comparison.EQUAL
        return Comparison.DIFFERENT if shown in (Shown.DIFFERENT, Shown.ONE_SIDED) else Comparison.UNSETTLED

    def _lists(self, sampler: Sampler) -> Comparison:
        equal, needed = 0, 1
        try:
            for env, alike in environments(self.domains):
                shown = sampler.at(env)
                if shown is Shown.DIFFERENT or (shown is Shown.ONE_SIDED and alike):
                    return Comparison.DIFFERENT
                equal += shown is Shown.EQUAL
        except BudgetError:
            needed = ENOUGH
        return Comparison.EQUAL if equal >= needed else Comparison.UNSETTLED

    def _numbers(self, sampler: Sampler, broken: Sequence[Break]) -> Comparison:
        """Compare at points of the domain: first those of no special kind, then those near kinks and jumps."""
        equal = one_sided = 0
        sparse = any(domain.integer for domain in self.domains.values())
        needed = 1
        try:
            for point, special in self._points(sampler, broken, sparse=sparse):
                shown = sampler.at(point)
                if shown is Shown.DIFFERENT or (shown is Shown.ONE_SIDED and not sparse and not special):
                    return Comparison.DIFFERENT
                if shown is Shown.ONE_SIDED and not one_sided and sparse and self._often_one_sided(sampler):
                    return Comparison.DIFFERENT
                equal += shown is Shown.EQUAL
                one_sided += shown is Shown.ONE_SIDED
        except BudgetError:
            needed = MANY if broken or sparse else ENOUGH
        if one_sided > equal // 3 and all(all_of(domain) for domain in self.domains.values()):
            return Comparison.DIFFERENT
        return Comparison.EQUAL if equal >= needed else Comparison.UNSETTLED

    def _often_one_sided(self, sampler: Sampler) -> bool:
        """Whether one side lacks a value at more than single points, where there are symbols of integers only."""
        if all(all_of(domain) for domain in self.domains.values()):
            return False
        found = 0
        for point in far_points(self.domains):
            found += sampler.at(point) is Shown.ONE_SIDED
            if found > 1:
                return True
        return False

    def _points(
        self, sampler: Sampler, broken: Sequence[Break], *, sparse: bool
    ) -> Iterator[tuple[Mapping[str, Fraction], bool]]:
        """Where to compare, and whether it is a special point, at which being undefined may be no matter."""
        if len(self.domains) == 1:
            ((name, domain),) = self.domains.items()
            listed = all_of(domain)
            if listed:
                yield from (({name: value}, False) for value in listed)
                return
        count = BROKEN_POINTS if sparse or broken else SMOOTH_POINTS
        if sparse and jumps(self.graph):
            count = JUMPING_POINTS
        base = list(points(self.domains, count))
        yield from ((point, False) for point in base)
        if broken:
            yield from ((point, True) for point in telling(sampler, broken, self.domains, base[: len(self.domains)]))
