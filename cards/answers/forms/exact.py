"""An exact value: nothing in it is rounded."""

from __future__ import annotations

from fractions import Fraction

from cards.expr import Expr, Number, walk

ASKED = "the exact value was asked for, without rounding"


def lacks(expr: Expr, value: Fraction | None) -> str:
    """What keeps a right answer from being exact; empty if nothing does.

    A decimal that is the value (0.5 for one half) is exact. One that comes so near to an irrational value that nothing
    tells them apart is not.

    Args:
        expr: what was typed.
        value: the right value if it is rational.
    """
    decimals = any(isinstance(node, Number) and node.places for node in walk(expr))
    return ASKED if decimals and value is None else ""
