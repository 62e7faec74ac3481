"""The functions of the small language that take plain values. Those that bind a name are in `evaluate`."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce

from cards.expr.errors import EvaluationError
from cards.expr.values import (
    HALF,
    ONE,
    ZERO,
    Scalar,
    Value,
    add,
    as_float,
    bounded,
    divide,
    is_list,
    multiply,
    operate,
    power,
    scalar,
)


def _numbers(value: Value, what: str) -> tuple[Scalar, ...]:
    if not is_list(value):
        raise EvaluationError(f"{what} needs a list and found a number")
    return tuple(scalar(item, what) for item in value)


def _exact_at(known: dict[Fraction, Fraction], function: Callable[[float], float]) -> Callable[[Scalar], Scalar]:
    """A function of floats that keeps the few exact results that there are."""

    def apply(x: Scalar) -> Scalar:
        if isinstance(x, Fraction) and x in known:
            return known[x]
        try:
            return bounded(function(as_float(x)))
        except OverflowError:
            raise EvaluationError("the result is too large") from None
        except ValueError:
            raise EvaluationError("infinity has no place here") from None

    return apply


exponential = _exact_at({ZERO: ONE}, math.exp)
sine = _exact_at({ZERO: ZERO}, math.sin)
cosine = _exact_at({ZERO: ONE}, math.cos)


def tangent(x: Scalar) -> Scalar:
    """The sine over the cosine. Raises EvaluationError where the cosine is zero (within the error of floats)."""
    if x == 0:
        return ZERO
    below = cosine(x)
    if abs(as_float(below)) < 1e-15:
        raise EvaluationError("the tangent is not defined there")
    return divide(sine(x), below)


def absolute(x: Scalar) -> Scalar:
    """The number without its sign."""
    return -x if x < 0 else x


def square_root(x: Scalar) -> Scalar:
    """The root that is not negative. Raises EvaluationError for a negative number."""
    return ZERO if x == 0 else power(x, HALF)


def logarithm(x: Scalar, base: Scalar | None = None) -> Scalar:
    """The natural logarithm, or that to `base`. Raises EvaluationError unless both are positive (and base not 1)."""
    if x <= 0:
        raise EvaluationError(f"the logarithm is defined for positive numbers only, not for {_shown(x)}")
    if base is None:
        return ZERO if x == 1 else _natural(x)
    if base <= 0 or base == 1:
        raise EvaluationError(f"{_shown(base)} cannot be the base of a logarithm")
    if isinstance(x, Fraction) and isinstance(base, Fraction):
        guess = Fraction(_natural(x) / _natural(base)).limit_denominator(60)
        if power(base, guess) == x:
            return guess
    return _natural(x) / _natural(base)


def _natural(x: Scalar) -> float:
    if isinstance(x, Fraction):  # numerator and denominator may each be too large for a float
        return math.log(x.numerator) - math.log(x.denominator)
    return math.log(x)


def _shown(x: Scalar) -> str:
    return str(x) if isinstance(x, Fraction) and len(str(x)) <= 20 else f"{as_float(x):.6g}"


def _rounded(values: tuple[Value, ...]) -> Value:
    places = 0 if len(values) == 1 else _integer(values[1], "round")
    if abs(places) > 30:
        raise EvaluationError("round takes at most 30 places")
    return Fraction(round(_to_fraction(values[0], "round"), places))


def _to_fraction(value: Value, what: str) -> Fraction:
    number = scalar(value, what)
    if isinstance(number, float) and not math.isfinite(number):
        raise EvaluationError(f"{what} needs a finite number")
    return Fraction(number)


def _integer(value: Value, what: str) -> int:
    number = scalar(value, what)
    if not isinstance(number, Fraction) or number.denominator != 1:
        raise EvaluationError(f"{what} needs an integer and found {_shown(number)}")
    return number.numerator


def _extreme(name: str, pick: Callable[[tuple[Scalar, ...]], Scalar]) -> Callable[[tuple[Value, ...]], Value]:
    def apply(values: tuple[Value, ...]) -> Value:
        listed = values[0] if len(values) == 1 else values
        numbers = _numbers(listed, name)
        if not numbers:
            raise EvaluationError(f"an empty list has no {name}")
        return pick(numbers)

    return apply


def total(values: tuple[Scalar, ...]) -> Scalar:
    """The sum; 0 for no values."""
    result: Scalar = ZERO
    for value in values:
        result = add(result, value)
    return result


def mean(values: tuple[Scalar, ...]) -> Scalar:
    """The arithmetic mean. Raises EvaluationError for no values."""
    if not values:
        raise EvaluationError("an empty list has no mean")
    return divide(total(values), Fraction(len(values)))


def dot(a: tuple[Scalar, ...], b: tuple[Scalar, ...]) -> Scalar:
    """The dot product. Raises EvaluationError if the lengths differ."""
    if len(a) != len(b):
        raise EvaluationError(f"the dot product needs equal lengths, not {len(a)} and {len(b)}")
    return total(tuple(multiply(x, y) for x, y in zip(a, b, strict=True)))


def softmax(values: tuple[Scalar, ...]) -> tuple[Value, ...]:
    """E to each value over the sum of these, so that they sum to 1; computed shifted by the largest."""
    if not values:
        raise EvaluationError("an empty list has no softmax")
    largest = max(values)
    raised = [exponential(add(value, -largest)) for value in values]
    below = total(tuple(raised))
    return tuple(divide(value, below) for value in raised)


def rows_of(value: Value, what: str) -> tuple[tuple[Scalar, ...], ...]:
    """The rows of a matrix. Raises EvaluationError if it is none, or if its rows differ in length."""
    if not is_list(value) or not value or not all(is_list(row) for row in value):
        raise EvaluationError(f"{what} needs a matrix, a list of rows such as [[1, 2], [3, 4]]")
    rows = tuple(_numbers(row, what) for row in value)
    if len({len(row) for row in rows}) != 1:
        raise EvaluationError("the rows of a matrix must have equal lengths")
    return rows


def transpose(value: Value) -> Value:
    """Rows become columns."""
    return tuple(zip(*rows_of(value, "transpose"), strict=True))


def matrix_product(a: Value, b: Value) -> Value:
    """A matrix (m x n) times a vector of n, or times a matrix (n x p). Raises EvaluationError if shapes don't fit."""
    rows = rows_of(a, "matmul")
    if is_list(b) and b and not is_list(b[0]):
        vector = _numbers(b, "matmul")
        _check_shapes(rows, len(vector), f"a vector of {len(vector)}")
        return tuple(dot(row, vector) for row in rows)
    right = rows_of(b, "matmul")
    _check_shapes(rows, len(right), f"a {len(right)} x {len(right[0])} matrix")
    columns = tuple(zip(*right, strict=True))
    return tuple(tuple(dot(row, column) for column in columns) for row in rows)


def _check_shapes(rows: tuple[tuple[Scalar, ...], ...], inner: int, right: str) -> None:
    if len(rows[0]) != inner:
        raise EvaluationError(f"a {len(rows)} x {len(rows[0])} matrix cannot be multiplied by {right}")


def _length(value: Value) -> Value:
    if not is_list(value):
        raise EvaluationError("len needs a list and found a number")
    return Fraction(len(value))


@dataclass(frozen=True, slots=True)
class Function:
    """A function of values: how many it takes, and what it does."""

    least: int
    most: int | None
    apply: Callable[[tuple[Value, ...]], Value]


def _of_number(name: str, function: Callable[[Scalar], Value]) -> Function:
    return Function(1, 1, lambda values: function(scalar(values[0], name)))


def _of_list(name: str, function: Callable[[tuple[Scalar, ...]], Value]) -> Function:
    return Function(1, 1, lambda values: function(_numbers(values[0], name)))


def _logarithm(values: tuple[Value, ...]) -> Value:
    return logarithm(*(scalar(value, "the logarithm") for value in values))


FUNCTIONS: dict[str, Function] = {
    "sqrt": _of_number("sqrt", square_root),
    "exp": _of_number("exp", exponential),
    "ln": Function(1, 1, _logarithm),
    "log": Function(1, 2, _logarithm),
    "abs": _of_number("abs", absolute),
    "sin": _of_number("sin", sine),
    "cos": _of_number("cos", cosine),
    "tan": _of_number("tan", tangent),
    "floor": Function(1, 1, lambda values: Fraction(math.floor(_to_fraction(values[0], "floor")))),
    "ceil": Function(1, 1, lambda values: Fraction(math.ceil(_to_fraction(values[0], "ceil")))),
    "round": Function(1, 2, _rounded),
    "max": Function(1, None, _extreme("max", max)),
    "min": Function(1, None, _extreme("min", min)),
    "mean": _of_list("mean", mean),
    "softmax": _of_list("softmax", softmax),
    "len": Function(1, 1, lambda values: _length(values[0])),
    "gcd": Function(1, None, lambda values: Fraction(math.gcd(*(_integer(value, "gcd") for value in values)))),
    "dot": Function(2, 2, lambda values: dot(_numbers(values[0], "dot"), _numbers(values[1], "dot"))),
    "transpose": Function(1, 1, lambda values: transpose(values[0])),
    "matmul": Function(2, 2, lambda values: matrix_product(*values)),
}


def sum_of(value: Value) -> Value:
    """The sum of a list: of numbers, or of vectors of one length."""
    if not is_list(value):
        raise EvaluationError("sum needs a list and found a number")
    if value and is_list(value[0]):
        return reduce(lambda a, b: operate("+", a, b), value)
    return total(_numbers(value, "sum"))
