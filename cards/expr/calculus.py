"""Derivatives by rule, and limits by coming close; for evaluation and for drills, not for proofs.

`derivative` differentiates as a person does on paper and tidies as it goes (no `+ 0`, no `1*`).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from itertools import islice

from cards.expr.errors import EvaluationError
from cards.expr.nodes import (
    Binary,
    Call,
    Case,
    Condition,
    Expr,
    Listing,
    Name,
    Node,
    Number,
    Piecewise,
    Relation,
    Unary,
    depth,
    walk,
)
from cards.expr.values import Scalar, as_float

MAX_NODES = 1000
MAX_DEPTH = 150
ZERO, ONE, TWO = Number(Fraction(0)), Number(Fraction(1)), Number(Fraction(2))


def mentions(node: Node, name: str) -> bool:
    """Whether a name stands anywhere in the tree."""
    return any(isinstance(each, Name) and each.name == name for each in walk(node))


def derivative(expr: Expr, name: str) -> Expr:
    """The derivative of `expr` by `name`, as a tree.

    At a kink (of abs, max, min, or between the cases of a piecewise function) the tree has no value or one side's.

    Raises:
        EvaluationError: there is no rule for a part of it (floor, say), or the result grows too large.
    """
    result = _derivative(expr, name)
    if sum(1 for _ in islice(walk(result), MAX_NODES + 1)) > MAX_NODES or depth(result) > MAX_DEPTH:
        raise EvaluationError("the derivative is too long", expr.at)
    return result


def _derivative(expr: Expr, x: str) -> Expr:
    if not mentions(expr, x):
        return ZERO
    match expr:
        case Name():
            return ONE
        case Unary():
            return _negative(derivative(expr.operand, x))
        case Binary(op="+" | "-" as op, left=left, right=right):
            return (_plus if op == "+" else _minus)(derivative(left, x), derivative(right, x))
        case Binary(op="*", left=left, right=right):
            return _plus(_times(derivative(left, x), right), _times(left, derivative(right, x)))
        case Binary(op="/", left=left, right=right):
            if not mentions(right, x):
                return Binary("/", derivative(left, x), right)
            above = _minus(_times(derivative(left, x), right), _times(left, derivative(right, x)))
            return Binary("/", above, _power(right, TWO))
        case Binary(op="**", left=base, right=exponent):
            return _of_power(expr, base, exponent, x)
        case Listing():
            return Listing(tuple(derivative(item, x) for item in expr.items))
        case Piecewise():
            return Piecewise(tuple(Case(derivative(case.value, x), case.conditions) for case in expr.cases))
        case Call():
            return _of_call(expr, x)
        case _:
            raise EvaluationError(f"{expr} cannot be differentiated", expr.at)


def _of_power(expr: Expr, base: Expr, exponent: Expr, x: str) -> Expr:
    if not mentions(exponent, x):
        lowered = _power(base, _minus(exponent, ONE))
        return _times(_times(exponent, lowered), derivative(base, x))
    if not mentions(base, x):
        growth = _times(expr, derivative(exponent, x))
        return growth if base == Name("e") else _times(growth, Call("ln", (base,)))
    return derivative(Call("exp", (_times(exponent, Call("ln", (base,))),)), x)


def _of_call(expr: Call, x: str) -> Expr:
    match expr:
        case Call(name="sum", args=(term, Name() as index, first, last)) if index.name != x and not (
            mentions(first, x) or mentions(last, x)
        ):
            return Call("sum", (derivative(term, x), index, first, last))
        case Call(name="sum", args=(Listing() as items,)):
            return Call("sum", (derivative(items, x),))
        case Call(name="mean", args=(Listing() as items,)):
            return Call("mean", (derivative(items, x),))
        case Call(name="dot", args=(left, right)):
            return _plus(Call("dot", (derivative(left, x), right)), Call("dot", (left, derivative(right, x))))
        case Call(name="max" | "min", args=(first, second, *more)):
            rest: Expr = Call(expr.name, (second, *more)) if more else second
            above, below = (first, rest) if expr.name == "max" else (rest, first)
            return Piecewise(
                (
                    Case(derivative(first, x), (Relation(above, ((">", below),)),)),
                    Case(derivative(rest, x), (Relation(above, (("<", below),)),)),
                )
            )
        case Call(name="at", args=(body, Name() as variable, value)):
            slope = _times(Call("at", (derivative(body, variable.name), variable, value)), derivative(value, x))
            return slope if variable.name == x else _plus(slope, Call("at", (derivative(body, x), variable, value)))
        case Call(name="diff", args=(body, Name() as variable)):
            return derivative(derivative(body, variable.name), x)
        case Call(args=(inner,)):
            return _times(_outer(expr, inner), derivative(inner, x))
        case _:
            raise EvaluationError(f"{expr} cannot be differentiated", expr.at)


def _outer(expr: Call, inner: Expr) -> Expr:
    """The derivative of a function of one number at `inner`."""
    square = _power(Call("cos", (inner,)), TWO)
    match expr.name:
        case "exp":
            return expr
        case "ln" | "log":
            return Binary("/", ONE, inner)
        case "sqrt":
            return Binary("/", ONE, _times(TWO, expr))
        case "sin":
            return Call("cos", (inner,))
        case "cos":
            return _negative(Call("sin", (inner,)))
        case "tan":
            return Binary("/", ONE, square)
        case "abs":
            conditions: tuple[Condition, ...] = (Relation(inner, ((">", ZERO),)),)
            opposite: tuple[Condition, ...] = (Relation(inner, (("<", ZERO),)),)
            return Piecewise((Case(ONE, conditions), Case(_negative(ONE), opposite)))
        case _:
            raise EvaluationError(f"{expr.name} cannot be differentiated", expr.at)


def _negative(a: Expr) -> Expr:
    return a if a == ZERO else Unary("-", a)


def _plus(a: Expr, b: Expr) -> Expr:
    if a == ZERO:
        return b
    return a if b == ZERO else Binary("+", a, b)


def _minus(a: Expr, b: Expr) -> Expr:
    if isinstance(a, Number) and isinstance(b, Number) and a.value >= b.value:
        return Number(a.value - b.value)
    if a == ZERO:
        return _negative(b)
    return a if b == ZERO else Binary("-", a, b)


def _times(a: Expr, b: Expr) -> Expr:
    if ZERO in (a, b):
        return ZERO
    if a == ONE:
        return b
    return a if b == ONE else Binary("*", a, b)


def _power(base: Expr, exponent: Expr) -> Expr:
    if exponent == ZERO:
        return ONE
    return base if exponent == ONE else Binary("**", base, exponent)


def settled(function: Callable[[float], float], to: Scalar, side: int) -> float:
    """The value that `function` comes to as its argument goes to `to` from below (side -1) or above (side 1).

    The distance is halved again and again, and the values extrapolated to distance 0 (Richardson's scheme, which is
    exact for series in whole powers of the distance); the entry that agrees best with its neighbour is taken.

    Args:
        function: of a float; may raise EvaluationError where it has no value.
        to: where the argument goes; an infinity is approached from the inside.
        side: -1 or 1; 1 for an infinity.

    Raises:
        EvaluationError: the values do not settle.
    """
    before: list[float] = []
    best, error = 0.0, math.inf
    for halvings in range(2, 60):
        distance = 2.0**-halvings
        x = math.copysign(1 / distance, to) if math.isinf(to) else as_float(to) + side * distance
        try:
            row = [function(x)]
        except EvaluationError:
            break
        for order, earlier in enumerate(before[:6], start=1):
            row.append(row[-1] + (row[-1] - earlier) / (2**order - 1))
        for entry, earlier in zip(row[:-1], before, strict=False):
            difference = abs(entry - earlier)
            if halvings > 8 and difference < error:
                best, error = entry, difference
        before = row
    if error > 1e-7 * max(1.0, abs(best)):
        raise EvaluationError("the values do not settle on a limit")
    return best
