"""An expression without symbols worked out with more and more bits."""

from __future__ import annotations

from collections.abc import Iterator

from cards.answers.equality.field import NumberField
from cards.answers.equality.graph import Graph
from cards.answers.equality.numbers import Scalar
from cards.answers.equality.outcomes import Budget, BudgetError, Missing
from cards.answers.equality.running import Result, Run
from cards.expr import Expr


def ever_closer(expr: Expr, bits: int, most_bits: int, work: int) -> Iterator[Result[Scalar]]:
    """The value of a tree, each time with twice the bits; complex values are the principal ones.

    Args:
        expr: the tree. Nothing comes of one with symbols.
        bits: with how many bits to begin. Where they are too few to tell anything, no value comes.
        most_bits: with how many to end at the latest.
        work: how much work all of it may be, as `Budget` counts it; then it ends.
    """
    try:
        graph = Graph({})
        root = graph.add(expr)
        if graph.nodes[root].free:
            return
        budget = Budget(work)
        while bits <= most_bits:
            value = Run(NumberField(bits, principal=True), budget).values(graph, {})[root]
            if value is not Missing.UNCLEAR:
                yield value
            bits *= 2
    except (BudgetError, RecursionError):
        return
