"""Values of trees (numbers, vectors, matrices), arithmetic on them, and comparing them with certainty."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import reduce
from typing import TypeAlias

from cards.claims import reals
from cards.claims.reals import Real, Undecided, Undefined, add, divide, multiply, subtract
from cards.expr import Expr

Value: TypeAlias = "Real | tuple[Value, ...]"

ZERO = Fraction(0)


class Point(dict[str, Value]):
    """Values of names. A missing member of a family (`x_3`) is asked of `missing`, once."""

    def __init__(self, values: Mapping[str, Value], missing: Callable[[str], Value | None] | None = None) -> None:
        super().__init__(values)
        self._missing = missing

    def find(self, name: str) -> Value | None:
        """The value of a name, or None."""
        value = self.get(name)
        if value is None and self._missing is not None:
            value = self._missing(name)
            if value is not None:
                self[name] = value
        return value


def is_list(value: Value) -> bool:
    """Whether the value is a vector or a matrix."""
    return isinstance(value, tuple)


def compares(difference: int, op: str) -> bool:
    """Whether `a op b` holds, given the sign of a - b."""
    if op == "~=":
        raise Undecided("a condition is no approximation")
    return {
        "==": difference == 0,
        "!=": difference != 0,
        "<": difference < 0,
        "<=": difference <= 0,
        ">": difference > 0,
        ">=": difference >= 0,
    }[op]


def comparison(a: Value, b: Value) -> str:
    """`equal` (exactly), `close` (to 30 digits), `different` (with certainty), or `unclear`."""
    if isinstance(a, tuple) or isinstance(b, tuple):
        if not (isinstance(a, tuple) and isinstance(b, tuple)) or len(a) != len(b):
            return "different"
        found = {comparison(x, y) for x, y in zip(a, b, strict=True)}
        return next((word for word in ("different", "unclear", "close") if word in found), "equal")
    if isinstance(a, Fraction) and isinstance(b, Fraction):
        return "equal" if a == b else "different"
    low, high = reals.bounds(subtract(a, b))
    if low > 0 or high < 0:
        return "different"
    size = max(Fraction(1), *(abs(bound) for bound in reals.bounds(a)))
    return "close" if high - low <= reals.NARROW * size else "unclear"


def shown(value: Value) -> str:
    """A value for a message."""
    if isinstance(value, tuple):
        return f"[{', '.join(shown(item) for item in value)}]"
    return reals.shown(value)


def as_real(value: Value, expr: Expr) -> Real:
    """The value as a number. Raises Undefined if it is a list."""
    if isinstance(value, tuple):
        raise Undefined("a vector stands where a number is needed", expr.at)
    return value


def negated(value: Value) -> Value:
    """The negation, element by element."""
    return tuple(negated(item) for item in value) if isinstance(value, tuple) else subtract(ZERO, value)


def item_of(items: tuple[Value, ...], place: Value, expr: Expr) -> Value:
    """The element at a place counted from 0."""
    if not isinstance(place, Fraction) or place.denominator != 1:
        raise Undefined("the place of an element is an integer", expr.at)
    if not -len(items) <= place < len(items):
        raise Undefined(f"there is no element {place + 1} in a list of {len(items)}", expr.at)
    return items[int(place)]


def operate(op: str, a: Value, b: Value) -> Value:
    """One of + - * / // % ** on two values; lists add element by element and are scaled by numbers."""
    if isinstance(a, tuple) and isinstance(b, tuple):
        if op not in "+-":
            raise Undefined(f"{op} does not work between two lists")
        if len(a) != len(b):
            raise Undefined(f"lists of {len(a)} and of {len(b)} elements cannot be added")
        return tuple(operate(op, x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, tuple):
        if op not in "*/":
            raise Undefined(f"{op} does not work between a list and a number")
        return tuple(operate(op, x, b) for x in a)
    if isinstance(b, tuple):
        if op != "*":
            raise Undefined(f"{op} does not work between a number and a list")
        return tuple(operate(op, a, y) for y in b)
    return _ARITHMETIC[op](a, b)


def _floor_divided(a: Real, b: Real) -> Real:
    return reals.whole(divide(a, b), math.floor)


def _remainder(a: Real, b: Real) -> Real:
    return subtract(a, multiply(b, _floor_divided(a, b)))


_ARITHMETIC: dict[str, Callable[[Real, Real], Real]] = {
    "+": add,
    "-": subtract,
    "*": multiply,
    "/": divide,
    "//": _floor_divided,
    "%": _remainder,
    "**": reals.power,
}


def total(values: tuple[Value, ...]) -> Value:
    """The sum of a list."""
    return reduce(lambda a, b: operate("+", a, b), values) if values else ZERO


def dot(a: tuple[Value, ...], b: tuple[Value, ...], expr: Expr) -> Value:
    """The dot product. Raises Undefined if the lengths differ."""
    if len(a) != len(b):
        raise Undefined(f"the dot product needs equal lengths, not {len(a)} and {len(b)}", expr.at)
    return total(tuple(multiply(as_real(x, expr), as_real(y, expr)) for x, y in zip(a, b, strict=True)))


def matmul(a: tuple[Value, ...], b: tuple[Value, ...], expr: Expr) -> Value:
    """A matrix times a vector or a matrix. Raises Undefined if the shapes do not fit."""
    rows = [row for row in a if isinstance(row, tuple)]
    if len(rows) != len(a) or not rows:
        raise Undefined("what is multiplied is no matrix", expr.at)
    if len(rows[0]) != len(b):
        shape = f"a vector of {len(b)}" if not is_list(b[0]) else f"a matrix of {len(b)} rows"
        raise Undefined(f"a {len(rows)} x {len(rows[0])} matrix cannot be multiplied by {shape}", expr.at)
    if not is_list(b[0]):
        return tuple(dot(row, b, expr) for row in rows)
    columns = [tuple(column) for column in zip(*(row for row in b if isinstance(row, tuple)), strict=True)]
    return tuple(tuple(dot(row, column, expr) for column in columns) for row in rows)


def _rounded(x: Real, places: Real = ZERO) -> Real:
    if not isinstance(places, Fraction) or places.denominator != 1 or abs(places) > 30:
        raise Undecided("the number of places is not clear")
    scale = Fraction(10) ** int(places)
    return reals.whole(multiply(x, scale), round) / scale


def _integers(*numbers: Real) -> list[int]:
    if not all(isinstance(x, Fraction) and x.denominator == 1 for x in numbers):
        raise Undefined("integers are needed here")
    return [int(x) for x in numbers]


def _factorial(x: Real) -> Real:
    (n,) = _integers(x)
    if n < 0:
        raise Undefined("the factorial of a negative number is not defined")
    if n > 500:
        raise Undecided("a factorial is too large")
    return Fraction(math.factorial(n))


def _binomial(above: Real, below: Real) -> Real:
    n, k = _integers(above, below)
    if n < 0 or k < 0:
        raise Undefined("the binomial coefficient of a negative number is not read")
    if n > 2000:
        raise Undecided("a binomial coefficient is too large")
    return Fraction(math.comb(n, k))


FUNCTIONS: dict[tuple[str, int], Callable[..., Real]] = {
    ("sqrt", 1): reals.square_root,
    ("exp", 1): reals.exponential,
    ("ln", 1): reals.logarithm,
    ("log", 1): reals.logarithm,
    ("log", 2): lambda x, base: reals.logarithm_to(base, x),
    ("abs", 1): reals.absolute,
    ("sin", 1): reals.sine,
    ("cos", 1): reals.cosine,
    ("tan", 1): lambda x: divide(reals.sine(x), reals.cosine(x)),
    ("floor", 1): lambda x: reals.whole(x, math.floor),
    ("ceil", 1): lambda x: reals.whole(x, math.ceil),
    ("round", 1): _rounded,
    ("round", 2): _rounded,
    ("root", 2): reals.root,
    ("gcd", 2): lambda a, b: Fraction(math.gcd(*_integers(a, b))),
    ("factorial", 1): _factorial,
    ("binomial", 2): _binomial,
}
