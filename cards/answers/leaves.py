"""Vectors, matrices and sets taken apart into numbers, pair by pair, and where each number lies."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from cards.answers.equality import Approximation, value_of
from cards.answers.types import FiniteSet, Typed, Union, Where
from cards.expr import EvaluationError, Expr, Index, Listing, Name, Number, Value, evaluate, free_names, walk
from cards.expr.values import is_list

STEPS = 2000
Shape = tuple[int, ...]


def spread(expr: Expr) -> Expr:
    """An expression that comes to a vector or a matrix as the list of its elements; any other as it is.

    `softmax([1, 2])` becomes the list of its first and its second element.
    """
    if isinstance(expr, Listing):
        return Listing(tuple(map(spread, expr.items)))
    if free_names(expr) or not any(isinstance(node, Listing) for node in walk(expr)):
        return expr
    try:
        value = evaluate(expr, steps=STEPS)
    except EvaluationError:
        return expr
    return _elements(expr, value) if is_list(value) else expr


def _elements(expr: Expr, value: Value) -> Expr:
    if not is_list(value):
        return expr
    return Listing(
        tuple(_elements(Index(expr, Number(Fraction(place))), item) for place, item in enumerate(value)), expr.at
    )


def shape(spread_out: Expr) -> Shape | None:
    """Nothing for a number, (n,) for a vector, (m, n) for a matrix of m rows; None for rows of several lengths."""
    if not isinstance(spread_out, Listing):
        return ()
    inner = {shape(item) for item in spread_out.items}
    if len(inner) > 1 or None in inner:
        return None
    return (len(spread_out.items), *(inner.pop() or () if inner else ()))


def leaves(spread_out: Expr) -> Iterator[Expr]:
    """The numbers of a vector or a matrix, row by row; of a number itself."""
    if isinstance(spread_out, Listing):
        for item in spread_out.items:
            yield from leaves(item)
    else:
        yield spread_out


def pairs(typed: Expr, right: Expr) -> list[tuple[Expr, Expr]] | None:
    """The numbers of two expressions, each with the one in its place; None if they are of different shapes."""
    one, other = spread(typed), spread(right)
    if shape(one) is None or shape(one) != shape(other):
        return None
    return list(zip(leaves(one), leaves(other), strict=True))


def only_items(value: Typed) -> tuple[Expr, ...] | None:
    """The elements of a finite set; None for anything else."""
    match value:
        case Union(parts=(FiniteSet(items=items),)):
            return items
        case _:
            return None


def is_unsolved(value: Typed) -> bool:
    """Whether a set is given by conditions that are not yet solved for their symbol: `x^2 = 4`, and not `x = 2`."""
    if not isinstance(value, Union):
        return False
    conditions = (each for part in value.parts if isinstance(part, Where) for each in part.conditions)
    sides = (side for each in conditions for side in (each.first, *(right for _, right in each.rest)))
    return any(not isinstance(side, Name) and free_names(side) for side in sides)


def between(expr: Expr) -> tuple[Fraction, Fraction] | None:
    """Two ends that a real number lies between, the same twice if it is known exactly; None for anything else."""
    value = value_of(expr)
    if isinstance(value, Fraction):
        return value, value
    if isinstance(value, Approximation) and value.imaginary == 0:
        return value.real - value.error, value.real + value.error
    return None
