"""Whether comparisons and domains hold for values."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping

from cards.expr.errors import EvaluationError
from cards.expr.nodes import Expr, Listing, Number, Unary
from cards.expr.values import Value, as_float, equal, is_list, is_scalar, scalar

DOMAINS = ("real", "positive", "negative", "nonnegative", "nonzero", "integer", "natural", "positive_integer")


def in_domain(value: Value, word: str) -> bool:
    """Whether a value belongs to the domain of that word. Raises EvaluationError for an unknown word."""
    if word in ("vector", "matrix"):
        return is_list(value) and bool(value) and is_list(value[0]) == (word == "matrix")
    if word not in DOMAINS:
        raise EvaluationError(f"{word!r} is no domain; there are {', '.join(DOMAINS)}, vector, matrix")
    if not is_scalar(value):
        return False
    whole = value == math.floor(value) if not math.isinf(value) else False
    return {
        "real": True,
        "positive": value > 0,
        "negative": value < 0,
        "nonnegative": value >= 0,
        "nonzero": value != 0,
        "integer": whole,
        "natural": whole and value >= 0,
        "positive_integer": whole and value > 0,
    }[word]


def approximately(left: Expr, right: Expr, a: Value, b: Value) -> bool:
    """Whether `left ~= right` holds for their values a and b; see `holds`."""
    if is_list(a) and is_list(b):
        lefts = left.items if isinstance(left, Listing) else (left,) * len(a)
        rights = right.items if isinstance(right, Listing) else (right,) * len(b)
        return len(a) == len(b) and all(map(approximately, lefts, rights, a, b))
    if not (is_scalar(a) and is_scalar(b)):
        return False
    for side in (right, left):
        written = side.operand if isinstance(side, Unary) else side
        if isinstance(written, Number) and written.places:
            slack = 1e-12 * max(1.0, abs(as_float(a)))  # 0.125 may round to 0.13 or to 0.12
            return abs(as_float(a) - as_float(b)) <= 0.5 * 10.0**-written.places + slack
    return abs(as_float(a) - as_float(b)) <= 0.005 * max(abs(as_float(a)), abs(as_float(b)))


EXACTLY: Mapping[str, Callable[[Value, Value], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def compare(left: Expr, op: str, right: Expr, a: Value, b: Value) -> bool:
    """Whether `left op right` holds for their values a and b, granting floats their error."""
    if op == "==":
        return equal(a, b)
    if op == "!=":
        return not equal(a, b)
    if op == "~=":
        return approximately(left, right, a, b)
    x, y = scalar(a, f"the comparison {op}"), scalar(b, f"the comparison {op}")
    if op in ("<=", ">=") and equal(x, y):
        return True
    return x < y if op in ("<", "<=") else x > y
