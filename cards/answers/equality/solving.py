"""Where an expression in one symbol may change its sign, as exact trees: zeros of what is above and below its lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import zip_longest
from math import isqrt

from cards.answers.equality.constants import NotOrderedError, sign_of
from cards.expr import Binary, Call, EvaluationError, Expr, Name, Number, Unary, free_names, simplify

MAX_DEGREE = 8
MAX_ABSOLUTES = 3
MAX_TRIED = 12
ZERO, ONE, TWO, FOUR = (Number(Fraction(n)) for n in (0, 1, 2, 4))
Polynomial = list[Expr]
"""Coefficients, the constant one first."""


class UnsolvedError(Exception):
    """The zeros could not be found."""


def turning_points(expr: Expr, name: str) -> list[Expr]:
    """The points between which an expression in one symbol keeps its sign and its being defined.

    Args:
        expr: a rational expression, maybe with absolute values in it; other symbols are not allowed.
        name: the symbol.

    Raises:
        UnsolvedError: it is another kind of expression, or its zeros cannot be written.
    """
    return _turning(expr, name, MAX_ABSOLUTES)


def _turning(expr: Expr, name: str, absolutes: int) -> list[Expr]:
    inner = _an_absolute(expr, name)
    if inner is None:
        above, below = _fraction(expr, name)
        return [*_zeros(above), *_zeros(below)]
    if absolutes == 0:
        raise UnsolvedError
    cases = (inner, Unary("-", inner))
    found = _turning(inner, name, absolutes - 1)
    for case in cases:
        found += _turning(_replaced(expr, Call("abs", (inner,)), case), name, absolutes - 1)
    return found


def _an_absolute(expr: Expr, name: str) -> Expr | None:
    """What stands in an absolute value, the innermost first."""
    if isinstance(expr, Call) and name in free_names(expr):
        for arg in expr.args:
            found = _an_absolute(arg, name)
            if found is not None:
                return found
        return expr.args[0] if expr.name == "abs" and len(expr.args) == 1 else None
    parts = (expr.left, expr.right) if isinstance(expr, Binary) else (expr.operand,) if isinstance(expr, Unary) else ()
    return next((found for part in parts if (found := _an_absolute(part, name)) is not None), None)


def _replaced(expr: Expr, old: Expr, new: Expr) -> Expr:
    if expr == old:
        return new
    if isinstance(expr, Binary):
        return Binary(expr.op, _replaced(expr.left, old, new), _replaced(expr.right, old, new))
    if isinstance(expr, Unary):
        return Unary("-", _replaced(expr.operand, old, new))
    if isinstance(expr, Call):
        return Call(expr.name, tuple(_replaced(arg, old, new) for arg in expr.args))
    return expr


def _fraction(expr: Expr, name: str) -> tuple[Polynomial, Polynomial]:
    """An expression as one polynomial over another."""
    if name not in free_names(expr):
        return [expr], [ONE]
    match expr:
        case Name():
            return [ZERO, ONE], [ONE]
        case Unary():
            above, below = _fraction(expr.operand, name)
            return [_tidy(Unary("-", each)) for each in above], below
        case Binary(op="+" | "-"):
            (a, b), (c, d) = _fraction(expr.left, name), _fraction(expr.right, name)
            if b == d:
                return _added(a, c, expr.op), b
            return _added(_times(a, d), _times(c, b), expr.op), _times(b, d)
        case Binary(op="*" | "/"):
            (a, b), (c, d) = _fraction(expr.left, name), _fraction(expr.right, name)
            return (_times(a, c), _times(b, d)) if expr.op == "*" else (_times(a, d), _times(b, c))
        case Binary(op="**", right=Number(value=value)) if value.denominator == 1 and value <= MAX_DEGREE:
            return _raised(_fraction(expr.left, name), int(value))
        case Binary(op="**", right=Unary(operand=Number(value=value))) if (
            value.denominator == 1 and value <= MAX_DEGREE
        ):
            above, below = _raised(_fraction(expr.left, name), int(value))
            return below, above
    raise UnsolvedError


def _raised(fraction: tuple[Polynomial, Polynomial], times: int) -> tuple[Polynomial, Polynomial]:
    above: Polynomial = [ONE]
    below: Polynomial = [ONE]
    for _ in range(times):
        above, below = _times(above, fraction[0]), _times(below, fraction[1])
    return above, below


def _tidy(expr: Expr) -> Expr:
    try:
        return simplify(expr)
    except EvaluationError:
        raise UnsolvedError from None


def _added(a: Polynomial, b: Polynomial, op: str) -> Polynomial:
    return [_tidy(Binary(op, x, y)) for x, y in zip_longest(a, b, fillvalue=ZERO)]


def _times(a: Polynomial, b: Polynomial) -> Polynomial:
    if b == [ONE]:
        return a
    if len(a) + len(b) - 2 > MAX_DEGREE:
        raise UnsolvedError
    result: Polynomial = [ZERO] * (len(a) + len(b) - 1)
    for place, x in enumerate(a):
        for other, y in enumerate(b):
            result[place + other] = _tidy(Binary("+", result[place + other], Binary("*", x, y)))
    return result


def _is_zero(expr: Expr) -> bool:
    if isinstance(expr, Number):
        return expr.value == 0
    try:
        return sign_of(expr) == 0
    except NotOrderedError:
        raise UnsolvedError from None


def _zeros(polynomial: Polynomial) -> list[Expr]:
    """The real zeros; none for a constant, be it zero."""
    coefficients = list(polynomial)
    while coefficients and _is_zero(coefficients[-1]):
        coefficients.pop()
    if not coefficients:
        return []
    found: list[Expr] = []
    while _is_zero(coefficients[0]):
        coefficients.pop(0)
        found = [ZERO]
    if all(isinstance(each, Number) for each in coefficients):
        rational, coefficients = _rational_zeros([each.value for each in coefficients if isinstance(each, Number)])
        found += [Number(each) for each in rational]
    degree = len(coefficients) - 1
    if degree <= 0:
        return found
    if degree == 1:
        return [*found, Unary("-", Binary("/", coefficients[0], coefficients[1]))]
    if degree == 2:
        return [*found, *_of_square(*coefficients)]
    if all(_is_zero(each) for each in coefficients[1:-1]):
        return [*found, *_of_power(coefficients[0], coefficients[-1], degree)]
    raise UnsolvedError


def _of_square(c: Expr, b: Expr, a: Expr) -> list[Expr]:
    inside = Binary("-", Binary("**", b, TWO), Binary("*", FOUR, Binary("*", a, c)))
    try:
        if sign_of(inside) < 0:
            return []
    except NotOrderedError:
        raise UnsolvedError from None
    below, root = Binary("*", TWO, a), Call("sqrt", (inside,))
    return [Binary("/", Binary(op, Unary("-", b), root), below) for op in ("-", "+")]


def _of_power(constant: Expr, leading: Expr, degree: int) -> list[Expr]:
    radicand = Unary("-", Binary("/", constant, leading))
    root = Call("root", (radicand, Number(Fraction(degree))))
    if degree % 2:
        return [root]
    return [root, Unary("-", root)] if sign_of(radicand) > 0 else []


def _rational_zeros(coefficients: Sequence[Fraction]) -> tuple[list[Fraction], Polynomial]:
    """The rational zeros that are easily found, and what is left when they are divided out."""
    left = list(coefficients)
    found = []
    for candidate in _candidates(left):
        while len(left) > 2:
            quotient, rest = _divided(left, candidate)
            if rest:
                break
            left = quotient
            found.append(candidate)
    return found, [Number(each) for each in left]


def _candidates(coefficients: Sequence[Fraction]) -> Iterable[Fraction]:
    scale = 1
    for each in coefficients:
        scale = scale * each.denominator // _gcd(scale, each.denominator)
    above, below = (_divisors(abs(int(each * scale))) for each in (coefficients[0], coefficients[-1]))
    for p in above:
        for q in below:
            yield Fraction(p, q)
            yield Fraction(-p, q)


def _gcd(a: int, b: int) -> int:
    return a if b == 0 else _gcd(b, a % b)


def _divisors(number: int) -> list[int]:
    small = [each for each in range(1, min(isqrt(number), MAX_TRIED) + 1) if number % each == 0]
    return sorted({*small, *(number // each for each in small)})[:MAX_TRIED]


def _divided(coefficients: Sequence[Fraction], zero: Fraction) -> tuple[list[Fraction], Fraction]:
    """The polynomial over (x - zero), and what remains."""
    carried = Fraction(0)
    quotient = []
    for each in reversed(coefficients):
        carried = each + carried * zero
        quotient.append(carried)
    rest = quotient.pop()
    return quotient[::-1], rest
