"""A formula in the small language, as far as the claims' reader reads it and the small language has words for it."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from cards.claims.latex import Unreadable, read
from cards.claims.shapes import elaborate
from cards.draft.tex.pieces import MAX_LENGTH
from cards.expr import Binary, Call, EvaluationError, Expr, ExprError, Number, Relation, parse, walk
from cards.expr.calls import check_call
from cards.expr.rebuilt import rebuilt

ONE = Number(Fraction(1))


def to_expression(tex: str) -> str | None:
    r"""The formula in the small language: `n\,x^{n-1}` is `n*x**(n - 1)`; None if it is not read, or states something.

    Vectors and matrices are read where they are written out; a bold or arrowed letter is not.
    """
    expr = expression_of(tex)
    return None if expr is None else str(expr)


@lru_cache(maxsize=1024)
def expression_of(tex: str) -> Expr | None:
    r"""The tree of `to_expression`: equal formulas in different notation (`\times`, `\cdot`) have equal trees."""
    if len(tex) > MAX_LENGTH:
        return None
    try:
        shown = read(tex)
        if len(shown) != 1 or isinstance(shown[0].says, Relation) or shown[0].conditions or shown[0].kinds:
            return None
        expr = _plain(elaborate(shown[0].says, {}))
        for node in walk(expr):
            if isinstance(node, Call):
                check_call(node)
        return expr if parse(str(expr)) == expr else None
    except (Unreadable, ExprError, EvaluationError, RecursionError):
        return None


def _plain(expr: Expr) -> Expr:
    """The tree without the calls that only displays have, as far as others say the same."""
    expr = rebuilt(expr, _plain)
    match expr:
        case Call(name="root", args=(degree, inner)):
            return Binary("**", inner, Binary("/", ONE, degree), at=expr.at)
    return expr
