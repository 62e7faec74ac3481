"""What can be said of two expressions without looking at points."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

from cards.answers.equality.graph import Graph
from cards.answers.equality.lists import Listed, is_matrix
from cards.answers.equality.outcomes import Budget, BudgetError, Comparison, Missing
from cards.answers.equality.parts import Signs, guards, is_rational
from cards.answers.equality.points import all_of
from cards.answers.equality.residues import Residue, Residues
from cards.answers.equality.running import Result, Run
from cards.domains import Domain

WORK = 4_000


def as_written(graph: Graph, a: int, b: int, signs: Signs, domains: Mapping[str, Domain]) -> Comparison | None:
    """Whether two nodes are equal by the rules of sums, products and powers, or differ by them.

    Quotients of polynomials are settled either way. Others are found equal if their residues are, and they are
    defined under the same conditions.

    Returns:
        EQUAL, DIFFERENT, or None if it takes more to say.
    """
    if any(node.op == "constant" and node.data != "pi" for node in graph.nodes):
        return None
    residues = Residues()
    try:
        run = Run(residues, Budget(WORK))
        env = {name: residues.symbol(name, positive=signs.symbol_is_positive(name)) for name in graph.symbols}
        values = run.values(graph, env)
    except BudgetError:
        return None
    if is_matrix(values[a]) != is_matrix(values[b]):
        return None
    keys = [_key(value) for value in values]
    left, right = keys[a], keys[b]
    if is_rational(graph, a) and is_rational(graph, b):
        return _rational(left, right, finite=any(map(all_of, domains.values())))
    if isinstance(left, Missing) or left != right:
        return None
    return Comparison.EQUAL if guards(graph, a, signs, keys) == guards(graph, b, signs, keys) else None


def _key(value: Result[Residue]) -> Hashable:
    """What is the same for equal values."""
    if isinstance(value, Listed):
        return tuple(map(_key, value.items))
    return value.value if isinstance(value, Residue) else value


def _rational(left: Hashable, right: Hashable, *, finite: bool) -> Comparison | None:
    """Quotients of polynomials differ if their residues do, unless too few numbers are asked about."""
    sides = {each for each in (left, right) if isinstance(each, Missing)}
    if sides - {Missing.UNDEFINED} or (isinstance(left, Missing) and isinstance(right, Missing)):
        return None
    if left == right:
        return Comparison.EQUAL
    return None if finite else Comparison.DIFFERENT
