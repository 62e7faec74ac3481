"""A fraction in lowest terms: two whole numbers without a common divisor, or one whole number."""

from __future__ import annotations

import math
from fractions import Fraction

from cards.answers.forms.polynomials import common_number, polynomial, share_a_factor, whole
from cards.expr import Binary, Expr, Number, Unary, free_names, walk

ASKED = "a fraction in lowest terms was asked for"


def lacks(expr: Expr, value: Fraction | None) -> str:
    """What keeps a right answer from being in lowest terms; empty if nothing does.

    A sign may stand before the fraction, above or below its line, but not at two of these places.

    Args:
        expr: what was typed.
        value: what it is worth if that is rational: then it has to be one fraction or a whole number. Anything else
            has its fractions reduced.
    """
    if any(isinstance(node, Number) and node.places for node in walk(expr)):
        return f"{ASKED}, not a decimal"
    if value is None:
        reducible = (node for node in walk(expr) if isinstance(node, Binary) and node.op == "/" and _reducible(node))
        return f"{ASKED}; it can still be reduced" if any(reducible) else ""
    inner = expr.operand if isinstance(expr, Unary) else expr
    if isinstance(inner, Number):
        return ""
    if not isinstance(inner, Binary) or inner.op != "/":
        return f"{ASKED}: one whole number over another, or a whole number alone"
    above, below = whole(inner.left), whole(inner.right)
    if above is None or below is None:
        return f"{ASKED}: what stands above and below the line can still be worked out"
    if abs(below) == 1 or above == 0:
        return f"{ASKED}; this one is a whole number, so write it as one"
    if math.gcd(above, below) > 1:
        return f"{ASKED}; it can still be reduced"
    signs = isinstance(expr, Unary) + (above < 0) + (below < 0)
    return f"{ASKED}; two of its signs cancel" if signs > 1 else ""


def plain_fraction(expr: object) -> Fraction | None:
    """The value of two whole numbers over each other, in lowest terms and not over 1; None for anything else."""
    if not isinstance(expr, Binary) or expr.op != "/":
        return None
    above, below = whole(expr.left), whole(expr.right)
    if above is None or below is None or abs(below) <= 1 or math.gcd(above, below) != 1:
        return None
    return Fraction(above, below)


def _reducible(quotient: Binary) -> bool:
    above, below = polynomial(quotient.left), polynomial(quotient.right)
    if above is None or below is None or not free_names(quotient):
        return above is not None and below is not None and common_number(above, below) > 1
    return share_a_factor(above, below)
