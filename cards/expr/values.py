"""What an expression can be worth, and arithmetic on it: exact as long as it can be, within bounded size.

A value is a Fraction (exact), a float (when it must be), a bool (of a relation) or a tuple of values: a vector, or a
matrix as the tuple of its rows. An exact result of more than 4,096 bits becomes a float.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import TypeAlias, TypeGuard

from cards.expr.errors import EvaluationError

Scalar: TypeAlias = Fraction | float
Value: TypeAlias = "Fraction | float | bool | tuple[Value, ...]"

MAX_BITS = 4096
MAX_ROOT = 64
ZERO, ONE, HALF = Fraction(0), Fraction(1), Fraction(1, 2)


def is_scalar(value: Value) -> TypeGuard[Scalar]:
    """Whether the value is a number."""
    return isinstance(value, Fraction | float)


def is_list(value: Value) -> TypeGuard[tuple[Value, ...]]:
    """Whether the value is a vector or a matrix."""
    return isinstance(value, tuple)


def bounded(value: Scalar) -> Scalar:
    """The value itself, or a float where the exact one is too long. Raises EvaluationError if that overflows."""
    if isinstance(value, float):
        if math.isnan(value):
            raise EvaluationError("the result is not a number (such as oo - oo)")
        return value
    if value.numerator.bit_length() <= MAX_BITS and value.denominator.bit_length() <= MAX_BITS:
        return value
    return as_float(value)


def as_float(value: Scalar) -> float:
    """The nearest float. Raises EvaluationError if the value is too large for one."""
    try:
        return float(value)
    except OverflowError:
        raise EvaluationError("the result is too large") from None


def _both_exact(a: Scalar, b: Scalar) -> bool:
    return isinstance(a, Fraction) and isinstance(b, Fraction)


def _finite(result: float, *operands: float) -> float:
    """The result, unless it overflowed from finite operands."""
    if math.isinf(result) and not any(map(math.isinf, operands)):
        raise EvaluationError("the result is too large")
    return result


def add(a: Scalar, b: Scalar) -> Scalar:
    """The sum."""
    if _both_exact(a, b):
        return bounded(a + b)
    x, y = as_float(a), as_float(b)
    return bounded(_finite(x + y, x, y))


def subtract(a: Scalar, b: Scalar) -> Scalar:
    """The difference."""
    return add(a, -b)


def multiply(a: Scalar, b: Scalar) -> Scalar:
    """The product."""
    if _both_exact(a, b):
        return bounded(a * b)
    x, y = as_float(a), as_float(b)
    return bounded(_finite(x * y, x, y))


def divide(a: Scalar, b: Scalar) -> Scalar:
    """The quotient. Raises EvaluationError if `b` is zero."""
    if b == 0:
        raise EvaluationError("division by zero")
    if _both_exact(a, b):
        return bounded(a / b)
    x, y = as_float(a), as_float(b)
    return bounded(_finite(x / y, x, y)) if y else _overflow()


def _overflow() -> float:
    raise EvaluationError("the result is too large")


def floor_divide(a: Scalar, b: Scalar) -> Scalar:
    """The quotient rounded down, as Python's `//`. Raises EvaluationError if `b` is zero."""
    return Fraction(math.floor(_finite_only(divide(a, b))))


def remainder(a: Scalar, b: Scalar) -> Scalar:
    """The remainder with the divisor's sign, as Python's `%`. Raises EvaluationError if `b` is zero."""
    if b == 0:
        raise EvaluationError("division by zero")
    if isinstance(a, Fraction) and isinstance(b, Fraction):
        return bounded(a % b)
    return bounded(_finite_only(a) % _finite_only(b))


def _finite_only(value: Scalar) -> Scalar:
    if isinstance(value, float) and not math.isfinite(value):
        raise EvaluationError("infinity has no place here")
    return value


def power(base: Scalar, exponent: Scalar) -> Scalar:
    """The real power, exact where it is rational (`4**(1/2)` is 2).

    0**0 has no value here: the rule a**0 = 1 is for a != 0.

    Raises:
        EvaluationError: 0 to a power that is not positive, a negative base with an exponent that is no integer, or a
            result that is too large.
    """
    if base == 0:
        if exponent == 0:
            raise EvaluationError("0**0 is not defined")
        if exponent < 0:
            raise EvaluationError("division by zero: 0 to a negative power")
        return ZERO if isinstance(base, Fraction) else 0.0
    if isinstance(base, Fraction) and isinstance(exponent, Fraction):
        exact = _exact_power(base, exponent)
        if exact is not None:
            return exact
    x, y = as_float(base), as_float(exponent)
    if x < 0 and not y.is_integer():
        raise EvaluationError(
            "a negative number has no real square root"
            if exponent == HALF
            else "a negative number to a power that is no integer has no value in the real numbers"
        )
    try:
        return bounded(_finite(math.pow(x, y), x, y))
    except OverflowError:
        return _overflow()


def _exact_power(base: Fraction, exponent: Fraction) -> Fraction | None:
    """The power if it is rational and short enough to write down, else None."""
    if abs(base) == 1 and exponent.denominator == 1:
        return ONE if base > 0 or exponent.numerator % 2 == 0 else -ONE
    if exponent.denominator != 1:
        if base < 0 or exponent.denominator > MAX_ROOT:
            return None
        root = rational_root(base, exponent.denominator)
        if root is None:
            return None
        return _exact_power(root, Fraction(exponent.numerator))
    longest = max(base.numerator.bit_length(), base.denominator.bit_length())
    if (longest - 1) * abs(exponent.numerator) > MAX_BITS:
        return None
    return Fraction(base**exponent.numerator)


def rational_root(value: Fraction, degree: int) -> Fraction | None:
    """The positive root of a positive number if it is rational, else None."""
    numerator, denominator = _integer_root(value.numerator, degree), _integer_root(value.denominator, degree)
    return None if numerator is None or denominator is None else Fraction(numerator, denominator)


def _integer_root(number: int, degree: int) -> int | None:
    """The integer whose power of `degree` is `number`, else None; by bisection on integers, so exact."""
    if degree == 2:
        root = math.isqrt(number)
        return root if root * root == number else None
    low, high = 0, 1 << (number.bit_length() // degree + 1)
    while low < high:
        middle = (low + high) // 2
        if middle**degree < number:
            low = middle + 1
        else:
            high = middle
    return low if low**degree == number else None


def negate(value: Value) -> Value:
    """The negation, element by element."""
    if is_list(value):
        return tuple(negate(item) for item in value)
    return -scalar(value, "the negation")


def scalar(value: Value, what: str) -> Scalar:
    """The value as a number. Raises EvaluationError naming `what` needed one."""
    if is_scalar(value):
        return value
    found = "a list" if is_list(value) else "a truth value"
    raise EvaluationError(f"{what} needs a number and found {found}")


SCALAR_OPERATIONS: dict[str, Callable[[Scalar, Scalar], Scalar]] = {
    "+": add,
    "-": subtract,
    "*": multiply,
    "/": divide,
    "//": floor_divide,
    "%": remainder,
    "**": power,
}


def operate(op: str, a: Value, b: Value) -> Value:
    """One of + - * / // % ** on two values.

    Lists add and subtract element by element, and are multiplied and divided by numbers.

    Raises:
        EvaluationError: division by zero, lists of different lengths, or operands that the operator does not take.
    """
    if is_scalar(a) and is_scalar(b):
        return SCALAR_OPERATIONS[op](a, b)
    if is_list(a) and is_list(b) and op in "+-":
        if len(a) != len(b):
            raise EvaluationError(f"lists of different lengths ({len(a)} and {len(b)}) cannot be added or subtracted")
        return tuple(operate(op, x, y) for x, y in zip(a, b, strict=True))
    if is_list(a) and is_scalar(b) and op in "*/":
        return tuple(operate(op, x, b) for x in a)
    if is_scalar(a) and is_list(b) and op == "*":
        return tuple(operate(op, a, y) for y in b)
    hint = "; use dot(a, b) or matmul(A, v)" if op == "*" and is_list(a) and is_list(b) else ""
    raise EvaluationError(f"{op} does not work between {_kind(a)} and {_kind(b)}{hint}")


def _kind(value: Value) -> str:
    if is_list(value):
        return "a matrix" if value and is_list(value[0]) else "a vector"
    return "a number" if is_scalar(value) else "a truth value"


def equal(a: Value, b: Value) -> bool:
    """Whether two values are equal: exactly if both are exact, else within the error of floating point."""
    if is_list(a) and is_list(b):
        return len(a) == len(b) and all(equal(x, y) for x, y in zip(a, b, strict=True))
    if is_scalar(a) and is_scalar(b):
        if _both_exact(a, b):
            return a == b
        return math.isclose(as_float(a), as_float(b), rel_tol=1e-9, abs_tol=1e-12)
    return isinstance(a, bool) and isinstance(b, bool) and a == b
