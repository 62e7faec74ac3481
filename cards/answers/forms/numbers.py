"""One number, worked out: a whole number, a decimal or a fraction, as `8`, `-0.5` and `3/4` are and `2^3` is not."""

from __future__ import annotations

from cards.answers.forms.polynomials import whole
from cards.expr import Binary, Expr, Number, Unary

ASKED = "a number was asked for"


def lacks(expr: Expr) -> str:
    """What keeps a right answer from being one number; empty if nothing does.

    Args:
        expr: what was typed.
    """
    inner = expr.operand if isinstance(expr, Unary) else expr
    if isinstance(inner, Number):
        return ""
    match inner:
        case Binary(op="/", left=above, right=below) if whole(above) is not None and whole(below) is not None:
            return ""
    return f"{ASKED}; this can still be worked out"
