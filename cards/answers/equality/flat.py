"""Sums and products as the lists of their terms and factors, whatever the brackets; without recursion."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from cards.expr import Binary, Expr, Number, Unary

ONE, MINUS_ONE = Number(Fraction(1)), Number(Fraction(-1))


def terms_of(expr: Expr) -> Iterator[tuple[Expr, bool]]:
    """The terms of a sum from left to right, and of each whether it is subtracted."""
    waiting = [(expr, False)]
    while waiting:
        part, negated = waiting.pop()
        match part:
            case Unary():
                waiting.append((part.operand, not negated))
            case Binary(op="+" | "-"):
                waiting += ((part.right, negated != (part.op == "-")), (part.left, negated))
            case _:
                yield part, negated


def factors_of(expr: Expr) -> Iterator[tuple[Expr, bool]]:
    """The factors of a product from left to right, and of each whether it stands below the line; -1 for a negation.

    What stands below a line that is itself below one stays there: 1/(1/0) has no value, and 0 has one.
    """
    waiting = [(expr, False)]
    while waiting:
        part, below = waiting.pop()
        match part:
            case Unary():
                yield MINUS_ONE, False
                waiting.append((part.operand, below))
            case Binary(op="/") if below:
                yield Binary("/", ONE, part.right), True
                waiting.append((part.left, True))
            case Binary(op="*" | "/"):
                waiting += ((part.right, below or part.op == "/"), (part.left, below))
            case _:
                yield part, below
