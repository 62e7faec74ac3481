"""`log` without a base: the natural logarithm in the decks, the one to the base 10 on many a calculator."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from cards.expr import Binary, Call, Expr, Listing, Number, Unary

_TEN = Number(Fraction(10))


def with_base_ten(expr: Expr) -> Expr | None:
    """The expression with the base 10 for each `log` that has none; None if there is no such `log`."""
    changed = _changed(expr)
    return None if changed == expr else changed


def _changed(expr: Expr) -> Expr:
    match expr:
        case Unary(operand=operand):
            return replace(expr, operand=_changed(operand))
        case Binary(left=left, right=right):
            return replace(expr, left=_changed(left), right=_changed(right))
        case Listing(items=items):
            return replace(expr, items=tuple(map(_changed, items)))
        case Call(name="log", args=(argument,)):
            return replace(expr, args=(_changed(argument), _TEN))
        case Call(args=args):
            return replace(expr, args=tuple(map(_changed, args)))
        case _:
            return expr
