r"""Trees and values as LaTeX: `n*x**(n-1)` is `n x^{n-1}`, one half cubed is `\left(\frac{1}{2}\right)^{3}`.

No more parentheses than needed, products without a sign where that reads one way only. `show` gives the pieces that
one needs to put the result into other mathematics.
"""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from cards.expr.nodes import (
    Binary,
    Call,
    Condition,
    Expr,
    Index,
    Listing,
    Name,
    Number,
    Piecewise,
    Relation,
    Statement,
    Unary,
)
from cards.expr.shapes import applied, listed, related
from cards.expr.simplify import as_expr
from cards.expr.tex import Level, Tex, added, multiplied, named, negated, over, raised_to
from cards.expr.values import Value

ROUNDED_TO = 4
_DOMAINS = {
    "real": r"\in \mathbb{R}",
    "positive": "> 0",
    "negative": "< 0",
    "nonnegative": r"\ge 0",
    "nonzero": r"\neq 0",
    "integer": r"\in \mathbb{Z}",
    "natural": r"\in \mathbb{N}",
    "positive_integer": r"\in \mathbb{N},\ {name} > 0",
}


def to_latex(what: Expr | Relation | Statement | Value) -> str:
    r"""An expression, a relation, a statement or a value as LaTeX, without dollars.

    A float is rounded to four decimals (four significant digits, if it is small), without saying so.
    """
    if isinstance(what, Statement):
        conditions = r",\ ".join(map(_condition, what.conditions))
        relation = related(what.relation, _tex)
        return rf"{relation} \quad \text{{where }} {conditions}" if conditions else relation
    if isinstance(what, Relation):
        return related(what, _tex)
    return show(what).text


def show(what: Expr | Value, *, exponent: bool = False) -> Tex:
    """An expression or a value as LaTeX with what its surroundings have to know.

    Args:
        what: the expression or value; a float is rounded.
        exponent: whether it stands raised, where fractions of small numbers are written 1/2.
    """
    if isinstance(what, Number):
        return _number(what, exponent)
    return _tex(_as_shown(what) if isinstance(what, Fraction | float | bool | tuple) else what, exponent)


def _as_shown(value: Value) -> Expr:
    if isinstance(value, tuple):
        return Listing(tuple(map(_as_shown, value)))
    return rounded(value) if isinstance(value, float) and math.isfinite(value) else as_expr(value)


def rounded(value: float, places: int = ROUNDED_TO) -> Number:
    """A float as a decimal of so many places, or significant digits below 0.1; trailing zeros are dropped."""
    exact = Fraction(value)
    if 0 < abs(exact) < Fraction(1, 10):
        places -= int(f"{value:e}".partition("e")[2]) + 1
    near = nearest(exact, places)
    while places > 0 and (near * 10 ** (places - 1)).denominator == 1:
        places -= 1
    return Number(near, places)


def nearest(value: Fraction, places: int) -> Fraction:
    """The number rounded to so many decimals, halves away from zero as at school (Python's `round` goes to even)."""
    scale: int = 10**places
    whole = math.floor(abs(value) * scale + Fraction(1, 2))
    return Fraction(whole if value >= 0 else -whole, scale)


def _condition(condition: Condition) -> str:
    if isinstance(condition, Relation):
        return related(condition, _tex)
    name = named(condition.name)
    template = _DOMAINS.get(condition.word, rf"\text{{ {condition.word}}}")
    return f"{name} {template.replace('{name}', name)}"


def _tex(expr: Expr, exponent: bool = False) -> Tex:
    match expr:
        case Number():
            return _number(expr, exponent)
        case Name():
            return Tex(named(expr.name))
        case Unary():
            return negated(_tex(expr.operand, exponent))
        case Binary(op="+" | "-"):
            return added(expr.op, _tex(expr.left, exponent), _tex(expr.right, exponent))
        case Binary(op="**"):
            return raised_to(_tex(expr.left), _tex(expr.right, exponent=True))
        case Binary():
            return _multiplying(expr, exponent)
        case Listing():
            return listed(expr, _tex)
        case Index():
            place = _tex(_from_one(expr.index)).text
            return Tex(f"{_tex(expr.base).at_least(Level.ATOM).text}_{{{place}}}")
        case Piecewise():
            return _piecewise(expr)
        case Call():
            return applied(expr, _tex)


@lru_cache(maxsize=1024)
def _whole(number: int) -> Tex:
    return Tex(str(number))


def _number(expr: Number, exponent: bool) -> Tex:
    if not expr.places and expr.value.denominator == 1 and expr.value.numerator >= 0:
        return _whole(expr.value.numerator)  # most numbers by far
    text = str(expr)
    size = replace(expr, value=abs(expr.value))
    if expr.value < 0:
        return negated(_number(size, exponent))
    if "/" in text:
        above, _, below = text.partition("/")
        return over(Tex(above), Tex(below), exponent)
    if expr.places > 6 and size.value < Fraction(1, 1000):
        digits = text.replace(".", "").lstrip("0") or "0"
        mantissa = digits[0] + ("." + digits[1:] if digits[1:] else "")
        shift = f"10^{{{len(digits) - 1 - expr.places}}}"
        return Tex(shift, Level.POWER) if mantissa == "1" else Tex(rf"{mantissa} \cdot {shift}", Level.PRODUCT)
    return Tex(text)


def _from_one(index: Expr) -> Expr:
    """An index that counts from 0 as one that counts from 1, as formulas do."""
    if isinstance(index, Number):
        return replace(index, value=index.value + 1)
    if isinstance(index, Binary) and index.op == "-" and index.right == Number(Fraction(1)):
        return index.left
    return Binary("+", index, Number(Fraction(1)))


def _multiplying(expr: Binary, exponent: bool) -> Tex:
    left, right = _tex(expr.left, exponent), _tex(expr.right, exponent)
    if expr.op == "/":
        if left.level == Level.NEGATION and not left.open and isinstance(expr.left, Number | Unary):
            return negated(_multiplying(replace(expr, left=_positive(expr.left)), exponent))
        return over(left, right, exponent)
    if expr.op == "//":
        return Tex(rf"\left\lfloor {over(left, right, exponent).text} \right\rfloor", tall=True)
    if expr.op == "%":
        left, right = left.at_least(Level.FUNCTION), right.at_least(Level.FUNCTION)
        return Tex(rf"{left.text} \bmod {right.text}", Level.PRODUCT, left.tall or right.tall)
    return multiplied(left, right)


def _positive(expr: Number | Unary) -> Expr:
    return expr.operand if isinstance(expr, Unary) else replace(expr, value=-expr.value)


def _piecewise(expr: Piecewise) -> Tex:
    rows = []
    for case in expr.cases:
        conditions = r",\ ".join(map(_condition, case.conditions))
        rows.append(_tex(case.value).text + r" & \text{" + (rf"if }} {conditions}" if conditions else "otherwise}"))
    inside = r" \\ ".join(rows)
    return Tex(rf"\begin{{cases}} {inside} \end{{cases}}", Level.OPERATOR, tall=True)
