"""How an equation that is false may be meant: rounded to the digits that it shows, or to be solved for its symbol."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from cards.claims.trees import free_names, sides
from cards.expr import Binary, Call, Expr, Name, Number, Relation, Unary

_VALUES = re.compile(r"the left side is (?P<left>-?[\d./e-]+), the right side is (?P<right>-?[\d./e-]+?)\.?$")


def is_rounded(relations: Sequence[Relation], detail: str) -> bool:
    """Whether an equation only rounds: `32/55 = 0.582`.

    Args:
        relations: what the formula says.
        detail: what the checker found its sides to be.
    """
    found = _VALUES.search(detail)
    if found is None:
        return False
    left, right = _value(found["left"]), _value(found["right"])
    return (
        left is not None
        and right is not None
        and any(
            number.places > 0
            and min(abs(left - number.value), abs(right - number.value)) <= Fraction(1, 10 ** (number.places + 3))
            and abs(left - right) <= Fraction(501, 1000) / 10**number.places
            for relation in relations
            for number in map(_unsigned, sides(relation))
            if isinstance(number, Number)
        )
    )


def _value(text: str) -> Fraction | None:
    try:
        return abs(Fraction(text))
    except (ValueError, ZeroDivisionError):
        return None


def _unsigned(side: Expr) -> Expr:
    return side.operand if isinstance(side, Unary) else side


def is_to_be_solved(relation: Relation) -> bool:
    """Whether an equation in one symbol has nothing left to work out on either side: `x^2 = x + 1`, `4(1 - p) = p`.

    So it is too where a symbol is made of itself (`r = 1 + 1/r`): a fixed point, or a step of a program. What claims to
    work something out has: `(x + 1)^2 = x^2 + 1`, `x + x = x^2`.
    """
    parts = sides(relation)
    if len(parts) != 2 or relation.rest[0][0] != "==" or len(free_names(parts)) != 1:
        return False
    if isinstance(parts[0], Name):
        return True
    if any(isinstance(one, Name) and _is_scaled(other) for one, other in (parts, parts[::-1])):
        return True
    return all(map(_is_collected, parts)) and any(len(list(_terms(part))) > 1 for part in parts)


def _is_scaled(side: Expr) -> bool:
    """Whether it is a number times a sum that is worked out: `4(1 - p)`."""
    factors = _factors(side)
    if factors is None or free_names([factors[0]]):
        return False
    return isinstance(factors[1], Binary) and _is_collected(factors[1])


def _factors(side: Expr) -> tuple[Expr, Expr] | None:
    r"""The two factors of a product, written with a sign (`\cdot`) or without."""
    match side:
        case Binary(op="*", left=left, right=right) | Call(name="cdot", args=(left, right)):
            return left, right
    return None


def _is_collected(side: Expr) -> bool:
    """Whether a side is a sum of powers of a symbol with numbers before them, each power once."""
    degrees = [_degree(term) for term in _terms(side)]
    return None not in degrees and len(set(degrees)) == len(degrees)


def _terms(side: Expr) -> Iterator[Expr]:
    if isinstance(side, Binary) and side.op in ("+", "-"):
        yield from _terms(side.left)
        yield from _terms(side.right)
    else:
        yield side


def _degree(term: Expr) -> int | None:
    """The power of the symbol in a term; None if it is no number times a power of one."""
    match term:
        case Unary(operand=inner):
            return _degree(inner)
        case Name():
            return 1
        case Binary(op="**", left=Name(), right=Number(value=power)):
            return int(power) if power.denominator == 1 else None
        case Binary(op="*", left=factor, right=rest) | Call(name="cdot", args=(factor, rest)) if not free_names(
            [factor]
        ):
            return _degree(rest)
        case _ if not free_names([term]):
            return 0
    return None
