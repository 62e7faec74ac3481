"""An expression as a function of floats, fast enough to draw: a tree of closures, built once, called at every point.

Vectors and the functions that bind names take the slow way, by `evaluate`; the value is the same.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TypeAlias

from cards.expr.calls import check_call
from cards.expr.errors import EvaluationError
from cards.expr.evaluate import evaluate, holds
from cards.expr.names import CONSTANTS
from cards.expr.nodes import Binary, Call, Case, Condition, Domain, Expr, Name, Number, Piecewise, Unary
from cards.expr.values import as_float, is_scalar, power

STEPS_A_POINT = 5_000
Point: TypeAlias = Sequence[float]
Compiled: TypeAlias = Callable[[Point], float]


def compile_floats(expr: Expr, *names: str) -> Callable[..., float]:
    """The function that `expr` is, of the named variables in this order.

    Returns:
        A function of as many floats as there are names; it returns nan where the expression has no real value (a
        division by zero, the logarithm of a negative number, an overflow).

    Raises:
        EvaluationError: at once, for a name that is neither one of `names` nor a constant, or an unknown function.
    """
    compiled = _compile(expr, names)

    def function(*point: float) -> float:
        try:
            value = compiled(point)
        except (EvaluationError, ArithmeticError, ValueError):
            return math.nan
        return value if math.isfinite(value) else math.nan

    return function


def _compile(expr: Expr, names: tuple[str, ...]) -> Compiled:
    match expr:
        case Number():
            constant = as_float(expr.value)
            return lambda _: constant
        case Name():
            return _named(expr, names)
        case Unary():
            operand = _compile(expr.operand, names)
            return lambda point: -operand(point)
        case Binary():
            return _binary(expr, names)
        case Call(name=("sqrt" | "exp" | "ln" | "log" | "sin" | "cos" | "tan" | "abs") as name, args=(inner,)):
            function, argument = _OF_ONE[name], _compile(inner, names)
            return lambda point: function(argument(point))
        case Call(name=("max" | "min") as name, args=(_, _, *_)):
            pick = max if name == "max" else min
            arguments = [_compile(argument, names) for argument in expr.args]
            return lambda point: pick(argument(point) for argument in arguments)
        case Piecewise():
            return _piecewise(expr.cases, names)
        case _:
            return _slow(expr, names)


_OF_ONE: dict[str, Callable[[float], float]] = {
    "sqrt": math.sqrt,
    "exp": math.exp,
    "ln": math.log,
    "log": math.log,
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "abs": abs,
}


def _named(expr: Name, names: tuple[str, ...]) -> Compiled:
    if expr.name in names:
        place = names.index(expr.name)
        return lambda point: point[place]
    constant = CONSTANTS.get(expr.name)
    if not isinstance(constant, float):
        raise EvaluationError(f"{expr.name} has no value", expr.at)
    return lambda _: constant


def _power(base: float, exponent: float) -> float:
    return math.pow(base, exponent) if base else as_float(power(base, exponent))


_BINARY: dict[str, Callable[[float, float], float]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "//": lambda a, b: a // b,
    "%": lambda a, b: a % b,
    "**": _power,
}


def _binary(expr: Binary, names: tuple[str, ...]) -> Compiled:
    operation, left, right = _BINARY[expr.op], _compile(expr.left, names), _compile(expr.right, names)
    return lambda point: operation(left(point), right(point))


def _piecewise(cases: tuple[Case, ...], names: tuple[str, ...]) -> Compiled:
    compiled = [([_condition(each, names) for each in case.conditions], _compile(case.value, names)) for case in cases]

    def choose(point: Point) -> float:
        for conditions, value in compiled:
            if all(condition(point) for condition in conditions):
                return value(point)
        return math.nan

    return choose


_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
}


def _condition(condition: Condition, names: tuple[str, ...]) -> Callable[[Point], bool]:
    if isinstance(condition, Domain) or any(op not in _COMPARE for op, _ in condition.rest):
        return lambda point: holds(condition, dict(zip(names, point, strict=True)))
    pairs = [(_compile(a, names), _COMPARE[op], _compile(b, names)) for a, op, b in condition.pairs()]
    return lambda point: all(compare(a(point), b(point)) for a, compare, b in pairs)


def _slow(expr: Expr, names: tuple[str, ...]) -> Compiled:
    if isinstance(expr, Call):
        check_call(expr)

    def value(point: Point) -> float:
        result = evaluate(expr, dict(zip(names, point, strict=True)), steps=STEPS_A_POINT)
        if not is_scalar(result):
            raise EvaluationError("a list cannot be drawn", expr.at)
        return as_float(result)

    return value
