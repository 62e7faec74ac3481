"""A product whose factors are no products in disguise: prime numbers, or sums that cannot be factored further."""

from __future__ import annotations

from collections.abc import Iterator

from cards.answers.forms.polynomials import Polynomial, is_reducible, polynomial
from cards.expr import Binary, Expr, Number, Unary, free_names

ASKED = "a product was asked for, factored as far as it goes"
PRIMES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37)
LARGEST = 10**23


def lacks(expr: Expr) -> str:
    """What keeps a right answer from being factored; empty if nothing does.

    A number alone is to be a product of primes and their powers (`2^3*3`). Where there are symbols, each sum has to be
    one that no rational numbers factor further, and a number in front may be as it is: `6(x+1)(x-1)`.
    """
    factors = list(_factors(expr))
    if not free_names(expr):
        return _of_numbers(expr, factors)
    for factor in factors:
        terms = polynomial(factor) if isinstance(factor, Binary) and factor.op in "+-" else None
        if terms is not None and (len(terms) < 2 or _is_over(terms) or is_reducible(terms)):
            return f"{ASKED}, not a sum" if factor is expr else f"{ASKED}; one of the factors can be factored further"
    return ""


def _is_over(terms: Polynomial) -> bool:
    """Whether something is divided by in some of the terms, so that they have a common denominator."""
    return any(exponent < 0 for monomial in terms for _, exponent in monomial)


def _of_numbers(expr: Expr, factors: list[Expr]) -> str:
    values = [factor.value for factor in factors if isinstance(factor, Number)]
    if len(values) < len(factors) or any(value.denominator != 1 or value > LARGEST for value in values):
        return "" if all(not isinstance(factor, Binary) for factor in factors) else f"{ASKED}, not a sum"
    if all(value <= 1 or _is_prime(value.numerator) for value in values):
        return ""
    alone = len(factors) == 1 and not isinstance(expr, Binary)
    return f"{ASKED}, not the number itself" if alone else f"{ASKED}; one of the factors is no prime number"


def _factors(expr: Expr) -> Iterator[Expr]:
    """What is multiplied or divided by, without exponents that are whole numbers and without signs."""
    match expr:
        case Unary(operand=operand):
            yield from _factors(operand)
        case Binary(op="*" | "/", left=left, right=right):
            yield from _factors(left)
            yield from _factors(right)
        case Binary(op="**", left=base):
            yield from _factors(base)
        case _:
            yield expr


def _is_prime(number: int) -> bool:
    """Miller's and Rabin's test, which is sure below LARGEST with these bases."""
    if number < 2 or any(number % prime == 0 for prime in PRIMES):
        return number in PRIMES
    odd, twos = number - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    for base in PRIMES:
        value = pow(base, odd, number)
        if value in (1, number - 1):
            continue
        if not any((value := value * value % number) == number - 1 for _ in range(twos - 1)):
            return False
    return True
