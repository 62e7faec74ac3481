"""Expressions as polynomials: what is the same in every term, and whether a sum is a product in disguise.

A polynomial maps monomials to their coefficients. Whatever is no sum, product or whole power is an unknown of its own:
`x*e**x + e**x` is a polynomial in x and `e**x`. Exponents may be negative: `1/x` is a monomial too.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import reduce
from typing import TypeAlias

from cards.expr import Binary, Call, Expr, Index, Listing, Name, Number, Piecewise, Unary

Monomial: TypeAlias = frozenset[tuple[str, int]]
"""Unknowns, by their text, with their exponents, none of which is 0."""
Polynomial: TypeAlias = Mapping[Monomial, Fraction]

MOST_TERMS = 60
MOST_RAISED = 12
MOST_DEGREES = 60
MOST_BITS = 256
LARGEST = 10**6
MOST_TRIALS = 1000
NEAR, FAR = (10, 7, 21), (1000, 1009, 2003)
"""Numbers put in for all unknowns but one, on the way to one unknown: small ones, and such that make no factor 1."""
CONSTANT: Monomial = frozenset()


def polynomial(expr: Expr) -> Polynomial | None:
    """The expression multiplied out, without terms that cancel; None if it is none, or a long one."""
    match expr:
        case Number(value=value):
            return {CONSTANT: value} if value else {}
        case Unary(operand=operand):
            inner = polynomial(operand)
            return None if inner is None else {monomial: -value for monomial, value in inner.items()}
        case Binary(op="+" | "-" | "*" | "/" as op, left=left, right=right):
            a, b = polynomial(left), polynomial(right)
            if a is None or b is None:
                return None
            match op:
                case "+":
                    return _sum(a, b, 1)
                case "-":
                    return _sum(a, b, -1)
                case "*":
                    return _product(a, b)
            return _product(a, _inverse(b)) if len(b) == 1 else None
        case Binary(op="**", left=base, right=exponent):
            times = whole(exponent)
            return _unknown(expr) if times is None else _power(base, times)
        case Call(name="exp", args=(exponent,)):
            return _unknown(Binary("**", Name("e"), exponent))
        case Name() | Call() | Binary():
            return _unknown(expr)
        case Listing() | Index() | Piecewise():
            return None


def whole(expr: Expr) -> int | None:
    """The integer that is written there, maybe with a sign; None if it is anything else."""
    match expr:
        case Number(value=value, places=0) if value.denominator == 1:
            return value.numerator
        case Unary(operand=operand):
            inner = whole(operand)
            return None if inner is None else -inner
        case _:
            return None


def _unknown(expr: Expr) -> Polynomial:
    return {frozenset({(str(expr), 1)}): Fraction(1)}


def _sum(a: Polynomial, b: Polynomial, sign: int) -> Polynomial | None:
    result = dict(a)
    for monomial, value in b.items():
        result[monomial] = result.get(monomial, Fraction(0)) + sign * value
    return _bounded(result)


def _product(a: Polynomial, b: Polynomial) -> Polynomial | None:
    if len(a) * len(b) > MOST_TERMS**2:
        return None
    result: dict[Monomial, Fraction] = {}
    for left, x in a.items():
        for right, y in b.items():
            monomial = _times(left, right)
            result[monomial] = result.get(monomial, Fraction(0)) + x * y
    return _bounded(result)


def _times(a: Monomial, b: Monomial) -> Monomial:
    if not a or not b:
        return a or b
    exponents = Counter(dict(a))
    for unknown, exponent in b:
        exponents[unknown] += exponent
    return frozenset((unknown, exponent) for unknown, exponent in exponents.items() if exponent)


def _inverse(term: Polynomial) -> Polynomial:
    ((monomial, value),) = term.items()
    return {frozenset((unknown, -exponent) for unknown, exponent in monomial): 1 / value}


def _power(base: Expr, times: int) -> Polynomial | None:
    inner = polynomial(base)
    if inner is None or abs(times) > MOST_RAISED or (times < 0 and len(inner) != 1):
        return None if inner is None or len(inner) != 1 else _unknown(Binary("**", base, Number(Fraction(times))))
    start: Polynomial | None = {CONSTANT: Fraction(1)}
    factor = inner if times >= 0 else _inverse(inner)
    for _ in range(abs(times)):
        start = None if start is None else _product(start, factor)
    return start


def _bounded(terms: dict[Monomial, Fraction]) -> Polynomial | None:
    kept = {monomial: value for monomial, value in terms.items() if value}
    short = all(max(abs(value.numerator), value.denominator).bit_length() <= MOST_BITS for value in kept.values())
    low = all(abs(exponent) <= MOST_DEGREES for monomial in kept for _, exponent in monomial)
    return kept if short and low and len(kept) <= MOST_TERMS else None


def common_unknowns(*polynomials: Polynomial) -> bool:
    """Whether some unknown is in every term of all of them."""
    monomials = [{unknown for unknown, _ in monomial} for terms in polynomials for monomial in terms]
    return bool(monomials) and bool(set.intersection(*monomials))


def common_number(*polynomials: Polynomial) -> int:
    """The largest integer that divides every coefficient; 1 if one of them is no integer."""
    values = [value for terms in polynomials for value in terms.values()]
    if any(value.denominator != 1 for value in values):
        return 1
    return reduce(math.gcd, (value.numerator for value in values), 0)


def is_reducible(terms: Polynomial) -> bool:
    """Whether a sum of at least two terms is known to be a product: of numbers, of unknowns, or of sums.

    The coefficients of the factors are rational: `x**2 - 2` is none. Found are common factors, and factors of degree 1
    and 2.
    """
    if len(terms) < 2:
        return False
    if common_unknowns(terms) or common_number(terms) > 1:
        return True
    unknowns = sorted({unknown for monomial in terms for unknown, _ in monomial})
    if len(unknowns) == 1:
        return _splits(list(_coefficients(terms, unknowns[0], {})))
    # A product stays one whatever is put in for the other unknowns; a sum that is none seldom becomes one.
    for main in unknowns:
        far = (list(_coefficients(terms, main, dict.fromkeys(unknowns, number))) for number in FAR)
        if all(math.gcd(*coefficients) != 1 for coefficients in far):  # a factor without this unknown
            return True
    near = (list(_coefficients(terms, unknowns[0], dict.fromkeys(unknowns, number))) for number in NEAR)
    return all(map(_splits, near))


def share_a_factor(a: Polynomial, b: Polynomial) -> bool:
    """Whether a fraction of the two can be reduced: by a number, an unknown or, of one unknown, a sum."""
    if common_number(a, b) > 1 or common_unknowns(a, b):
        return True
    unknowns = {unknown for terms in (a, b) for monomial in terms for unknown, _ in monomial}
    if len(unknowns) != 1 or len(a) < 2 or len(b) < 2:
        return False
    (unknown,) = unknowns
    x, y = (list(map(Fraction, _coefficients(terms, unknown, {}))) for terms in (a, b))
    while len(y) > 1:
        x, y = y, _rest(x, y)
    return not y


def _coefficients(terms: Polynomial, main: str, others: Mapping[str, int]) -> Iterator[int]:
    """Integer coefficients in one unknown, from the lowest degree on, with numbers put in for all others."""
    by_degree: dict[int, Fraction] = {}
    for monomial, value in terms.items():
        degree, term = 0, value
        for unknown, exponent in monomial:
            if unknown == main:
                degree = exponent
            else:
                term *= Fraction(others[unknown]) ** exponent
        by_degree[degree] = by_degree.get(degree, Fraction(0)) + term
    by_degree = {degree: value for degree, value in by_degree.items() if value} or {0: Fraction(0)}
    below = math.lcm(*(value.denominator for value in by_degree.values()))
    lowest = min(by_degree)
    for degree in range(lowest, max(by_degree) + 1):
        yield int(by_degree.get(degree, Fraction(0)) * below)


def _splits(coefficients: list[int]) -> bool:
    """Whether a polynomial with integer coefficients and a constant term has a factor of degree 1 or 2.

    By Gauss such a factor has integer coefficients, too, of which the first divides the polynomial's first.
    """
    degree = len(coefficients) - 1
    if degree <= 1 or degree > MOST_RAISED or max(map(abs, coefficients)) > LARGEST:
        return False
    if degree == 2:
        c, b, a = coefficients
        below = b * b - 4 * a * c
        return below >= 0 and math.isqrt(below) ** 2 == below
    return _has_root(coefficients) or (degree > 3 and _has_quadratic(coefficients))


def _has_root(coefficients: list[int]) -> bool:
    above, below = _divisors(coefficients[0]), _divisors(coefficients[-1])
    if len(above) * len(below) > MOST_TRIALS:
        return False
    return any(
        math.gcd(numerator, denominator) == 1 and _value(coefficients, sign * numerator, denominator) == 0
        for numerator in above
        for denominator in below
        for sign in (1, -1)
    )


def _has_quadratic(coefficients: list[int]) -> bool:
    """Kronecker's way: a factor's values at 0, 1 and -1 divide the polynomial's."""
    at_zero, at_one, at_minus = (_divisors(_value(coefficients, x)) for x in (0, 1, -1))
    if 4 * len(at_zero) * len(at_one) * len(at_minus) > MOST_TRIALS:
        return False
    for c in at_zero:
        for p in (*at_one, *(-value for value in at_one)):
            for q in (*at_minus, *(-value for value in at_minus)):
                a, b = (p + q) // 2 - c, (p - q) // 2
                if (p + q) % 2 or not a or coefficients[-1] % a:
                    continue
                if not _rest(list(map(Fraction, coefficients)), [Fraction(c), Fraction(b), Fraction(a)]):
                    return True
    return False


def _value(coefficients: list[int], above: int, below: int = 1) -> int:
    """The value at a fraction, times the power of its denominator that makes it an integer."""
    total, scale = 0, 1
    for coefficient in reversed(coefficients):
        total = total * above + coefficient * scale
        scale *= below
    return total


def _rest(a: list[Fraction], b: list[Fraction]) -> list[Fraction]:
    """What is left of `a` when it is divided by `b`, without zeros in front; nothing if it divides."""
    rest = list(a)
    while len(rest) >= len(b):
        times = rest[-1] / b[-1]
        for place in range(1, len(b) + 1):
            rest[-place] -= times * b[-place]
        while rest and not rest[-1]:
            rest.pop()
    return rest


def _divisors(number: int) -> list[int]:
    number = abs(number)
    small = [divisor for divisor in range(1, math.isqrt(number) + 1) if number % divisor == 0]
    return sorted({*small, *(number // divisor for divisor in small)})
