"""A glance at several expressions at one point: enough to see which of them may be equal, and never a proof."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import islice
from typing import TypeAlias

from mpmath import libmp
from mpmath.libmp import libmpi

from cards.answers.equality.comparing import parsed_domain
from cards.answers.equality.field import NumberField
from cards.answers.equality.graph import Graph
from cards.answers.equality.lists import Listed, Value
from cards.answers.equality.numbers import Complex, Interval, Real, Scalar
from cards.answers.equality.outcomes import Budget, BudgetError
from cards.answers.equality.running import Result, Run
from cards.answers.equality.shapes import environments
from cards.domains import REAL
from cards.expr import Expr

BITS = 64
WORK = 2_000
TRIED = 3
LARGEST = 10**150
Seen: TypeAlias = "complex | tuple[Seen | None, ...]"
"""About what a number is worth; of a vector or a matrix, each element; None where there is no value."""


def seen(exprs: Sequence[Expr], domains: Mapping[str, str]) -> list[Seen | None]:
    """About what expressions are worth at one point of the domains, the same for all of them.

    Args:
        exprs: the expressions; the first should have a value, and of a few points the first where it has one is taken.
        domains: of each declared symbol its domain.
    """
    try:
        graph = Graph({name: parsed_domain(name, text) for name, text in domains.items()})
        roots = [graph.add(expr) for expr in exprs]
        run = Run(NumberField(BITS, principal=True), Budget(WORK))
        found: list[Seen | None] = [None] * len(exprs)
        for env in islice(_points(graph, domains), TRIED):
            values = run.values(graph, env)
            found = [_about(values[root]) for root in roots]
            if found and found[0] is not None:
                break
    except (BudgetError, RecursionError):
        return [None] * len(exprs)
    return found


def _points(graph: Graph, domains: Mapping[str, str]) -> Iterator[Mapping[str, Value[Scalar]]]:
    if not graph.symbols:
        yield {}
        return
    read = {name: parsed_domain(name, domains[name]) if name in domains else REAL for name in graph.symbols}
    yield from (env for env, _ in environments(read))


def _about(value: Result[Scalar]) -> Seen | None:
    if isinstance(value, Listed):
        return tuple(map(_about, value.items))
    if isinstance(value, Real):
        return _middle(value.ends)
    if isinstance(value, Complex):
        real, imaginary = _middle(value.real), _middle(value.imaginary)
        return None if real is None or imaginary is None else complex(real, imaginary)
    if isinstance(value, Fraction):
        return float(value) if abs(value) < LARGEST else None
    return None


def _middle(ends: Interval) -> float | None:
    middle = libmpi.mpi_mid(ends, BITS)
    if middle[2] + middle[3] > 400 or not all(end[1] or end == libmp.fzero for end in ends):
        return None
    return float(libmp.to_float(middle))
