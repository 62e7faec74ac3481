"""Functions written by others, so that few are left to work out; whole division; derivatives; bounds of size."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from itertools import islice

from cards.answers.equality.outcomes import BudgetError
from cards.expr import Call, EvaluationError, Expr, parse, walk
from cards.expr.calculus import derivative

MAX_DIFFERENTIATED = 120
"""Nodes of a tree that is differentiated."""
MAX_NESTED = 2
"""Derivatives in a tree that is differentiated."""
MAX_LITERAL_BITS = 4096
FIRST, SECOND = "u", "v"
"""The names that stand for the arguments in the texts below."""

_TEXTS = {
    ("log", 1): "ln(u)",
    ("log", 2): "ln(u)/ln(v)",
    ("log10", 1): "ln(u)/ln(10)",
    ("lg", 1): "ln(u)/ln(10)",
    ("log2", 1): "ln(u)/ln(2)",
    ("sqrt", 1): "u**(1/2)",
    ("cbrt", 1): "root(u, 3)",
    ("pow", 2): "u**v",
    ("tan", 1): "sin(u)/cos(u)",
    ("cot", 1): "cos(u)/sin(u)",
    ("sec", 1): "1/cos(u)",
    ("csc", 1): "1/sin(u)",
    ("sinh", 1): "(exp(u) - exp(-u))/2",
    ("cosh", 1): "(exp(u) + exp(-u))/2",
    ("tanh", 1): "1 - 2/(exp(2*u) + 1)",
    ("asinh", 1): "ln(u + (u**2 + 1)**(1/2))",
    ("acosh", 1): "ln(u + (u**2 - 1)**(1/2))",
    ("atanh", 1): "ln((1 + u)/(1 - u))/2",
    ("arcsin", 1): "asin(u)",
    ("arccos", 1): "acos(u)",
    ("arctan", 1): "atan(u)",
    ("ceil", 1): "-floor(-u)",
    ("mean", 1): "sum(u)/len(u)",
    ("//", 2): "floor(u/v)",
    ("%", 2): "u - v*floor(u/v)",
}


@lru_cache(maxsize=256)
def rewritten(name: str, count: int) -> Expr | None:
    """What a function or operation of so many arguments is written by, or None if it stands for itself."""
    text = _TEXTS.get((name, count))
    return None if text is None else parse(text)


def slope(body: Expr, name: str) -> Expr:
    """The derivative of a tree. Raises BudgetError if it is too large or there is no rule for it."""
    nodes = list(islice(walk(body), MAX_DIFFERENTIATED))
    nested = sum(isinstance(node, Call) and node.name in ("diff", "deriv") for node in nodes)
    if len(nodes) == MAX_DIFFERENTIATED or nested > MAX_NESTED:
        raise BudgetError
    try:
        return derivative(body, name)
    except EvaluationError as error:
        raise BudgetError from error


def short(value: Fraction) -> Fraction:
    """The number itself. Raises BudgetError if it grew too long."""
    if value.numerator.bit_length() + value.denominator.bit_length() > MAX_LITERAL_BITS:
        raise BudgetError
    return value
