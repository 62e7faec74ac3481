"""The shapes that an answer can be asked for in, and how a value is shown, by itself or in such a shape.

Without a form any equal expression is right, and the value is shown as it comes out: an integer, a fraction, a decimal
(where decimals went in), a root or another exact expression if it is short, else rounded to four decimals.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from cards.answers.forms import Form, FormKind
from cards.expr import (
    Binary,
    Call,
    EvaluationError,
    Expr,
    Listing,
    Name,
    Number,
    Unary,
    Value,
    evaluate,
    free_names,
    simplify,
    walk,
)
from cards.expr.latex import ROUNDED_TO, nearest, rounded
from cards.expr.simplify import as_expr
from cards.expr.values import as_float, is_list, is_scalar

SHORT = 9
EXACT_FUNCTIONS = frozenset({"sqrt", "exp", "ln", "log", "sin", "cos", "tan"})


@dataclass(frozen=True, slots=True)
class Shown:
    """What is to be displayed for a value, and whether it is the value itself or a rounded one."""

    expr: Expr
    exact: bool = True


def in_form(expr: Expr, env: Mapping[str, Expr], form: Form | None) -> Shown:
    """The value of an expression as it is to be displayed.

    Args:
        expr: the expression as its author wrote it.
        env: the numbers drawn.
        form: the shape asked for; None to show the value as it comes out.

    Raises:
        EvaluationError: the expression has no value, or cannot have the form.
    """
    if form is not None and form.kind is FormKind.POWER:
        return Shown(_as_power(expr, env))
    plain = simplify(expr, env)
    match form:
        case None:
            return plainly(plain)
        case Form(kind=FormKind.DECIMAL, places=places):
            return _as_decimal(plain, places)
        case Form(kind=FormKind.NUMBER):
            return Shown(_as_number(plain))
        case Form(kind=FormKind.LOWEST_TERMS):
            return Shown(_as_fraction(plain))
        case Form(kind=FormKind.FACTORED):
            return Shown(_as_product(plain))
        case _:
            return Shown(plain)


def plainly(plain: Expr) -> Shown:
    """A simplified expression as it is displayed without a form; lists element by element."""
    if isinstance(plain, Number):
        return Shown(plain)
    if isinstance(plain, Listing):
        items = [plainly(item) for item in plain.items]
        return Shown(Listing(tuple(item.expr for item in items)), all(item.exact for item in items))
    if free_names(plain) or _is_short_and_exact(plain):
        return Shown(plain)
    return Shown(_rounded(evaluate(plain)), exact=False)


def _is_short_and_exact(plain: Expr) -> bool:
    nodes = list(walk(plain))
    return len(nodes) <= SHORT and all(
        isinstance(node, Number | Name | Unary | Binary | Listing)
        or (isinstance(node, Call) and node.name in EXACT_FUNCTIONS)
        for node in nodes
    )


def _rounded(value: Value, places: int | None = None) -> Expr:
    """A value as a decimal: of so many places, or as `rounded` does; the elements of a list alike."""
    if is_list(value):
        largest = max((abs(as_float(item)) for item in value if is_scalar(item)), default=0.0)
        alike = ROUNDED_TO if places is None and largest >= 0.1 else None
        return Listing(tuple(_rounded(item, places) if alike is None else _trimmed(item, alike) for item in value))
    if not is_scalar(value):
        return as_expr(value)
    if places is None:
        return rounded(value) if isinstance(value, float) else as_expr(value)
    return Number(nearest(Fraction(value), places), places)


def _trimmed(value: Value, places: int) -> Expr:
    return _with_few_places(_rounded(value, places)) if isinstance(value, float) else _rounded(value)


def _as_decimal(plain: Expr, places: int) -> Shown:
    value = evaluate(plain)
    near = _rounded(value, places)
    exact = evaluate(near) == value
    return Shown(_with_few_places(near) if exact else near, exact)


def _with_few_places(expr: Expr) -> Expr:
    """Exact decimals without zeros at their end: 0.5 for 0.50."""
    if isinstance(expr, Listing):
        return Listing(tuple(map(_with_few_places, expr.items)))
    if not isinstance(expr, Number):
        return expr
    fewest = next(places for places in range(expr.places + 1) if (expr.value * 10**places).denominator == 1)
    return Number(expr.value, fewest)


def _as_number(plain: Expr) -> Expr:
    if isinstance(plain, Listing):
        return Listing(tuple(map(_as_number, plain.items)))
    if not isinstance(plain, Number):
        raise EvaluationError(f"`{plain}` is no rational number, so it cannot be written as one")
    return plain


def _as_fraction(plain: Expr) -> Expr:
    if isinstance(plain, Listing):
        return Listing(tuple(map(_as_fraction, plain.items)))
    if not isinstance(plain, Number):
        raise EvaluationError(f"`{plain}` is no fraction, so it has no lowest terms")
    return Number(plain.value)


def _as_power(expr: Expr, env: Mapping[str, Expr]) -> Expr:
    match expr:
        case Binary(op="**", left=base, right=exponent):
            return Binary("**", simplify(base, env), simplify(exponent, env))
        case Call(name="exp", args=(exponent,)):
            return Binary("**", Name("e"), simplify(exponent, env))
        case _:
            raise EvaluationError(f"`{expr}` is not written as one power, such as a**(m+n)")


def _as_product(plain: Expr) -> Expr:
    """An integer as the product of its prime powers; anything else as it stands, since nothing was multiplied out."""
    if not isinstance(plain, Number) or plain.value.denominator != 1 or not 1 < abs(plain.value) <= 10**12:
        return plain
    rest, result = int(abs(plain.value)), None
    divisor = 2
    while rest > 1:
        if divisor * divisor > rest:
            divisor = rest
        times = 0
        while rest % divisor == 0:
            rest, times = rest // divisor, times + 1
        if times:
            base = Number(Fraction(divisor))
            factor = base if times == 1 else Binary("**", base, Number(Fraction(times)))
            result = factor if result is None else Binary("*", result, factor)
        divisor += 1
    product = plain if result is None else result
    return Unary("-", product) if plain.value < 0 else product
