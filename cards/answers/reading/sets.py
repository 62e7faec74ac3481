"""Sets put together: what commas, `and`, `or` and a backslash make of intervals, lists of numbers and comparisons."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TypeAlias

from cards.answers.reading.tokens import Tok
from cards.answers.types import FiniteSet, Interval, Union, UnreadableError, Where
from cards.expr import Expr, Name, Number, Relation, Unary

Item: TypeAlias = Expr | Relation | Union

_INFINITE = Name("oo")
_ZERO = Number(Fraction(0))
EMPTY = Union((FiniteSet(()),))
REALS = {
    "R": Union((Interval(Unary("-", _INFINITE), _INFINITE, (False, False)),)),
    "R+": Union((Interval(_ZERO, _INFINITE, (False, False)),)),
    "R-": Union((Interval(Unary("-", _INFINITE), _ZERO, (False, False)),)),
    "R0+": Union((Interval(_ZERO, _INFINITE, (True, False)),)),
    "R0-": Union((Interval(Unary("-", _INFINITE), _ZERO, (False, True)),)),
    "R*": Union(
        (
            Interval(Unary("-", _INFINITE), _ZERO, (False, False)),
            Interval(_ZERO, _INFINITE, (False, False)),
        )
    ),
}
"""The real numbers, and those of one sign."""


def any_of(items: Sequence[Item]) -> Union:
    """What belongs to one of the items at least; numbers listed one after another make one finite set."""
    parts: list[Interval | FiniteSet | Where] = []
    for item in items:
        for part in as_set(item).parts:
            last = parts[-1] if parts else None
            if isinstance(part, FiniteSet) and isinstance(last, FiniteSet) and part.items and last.items:
                parts[-1] = FiniteSet(last.items + part.items)
            else:
                parts.append(part)
    return Union(tuple(parts))


def neither(unions: Sequence[Union]) -> Union | None:
    """What `x != ±1` excludes, from both signs' sets; None if they exclude nothing."""
    conditions: list[Relation] = []
    for union in unions:
        for part in union.parts:
            if not isinstance(part, Where) or not all(_excludes(relation) for relation in part.conditions):
                return None
            conditions.extend(part.conditions)
    return Union((Where(tuple(conditions)),))


def as_set(item: Item) -> Union:
    """A number as the set of it, `x = 2` as the set of 2, a comparison as the set where it holds."""
    if isinstance(item, Union):
        return item
    if isinstance(item, Relation):
        solved = _solution(item)
        return Union((Where((item,)) if solved is None else FiniteSet((solved,)),))
    return Union((FiniteSet((item,)),))


def _solution(relation: Relation) -> Expr | None:
    """The number of `x = 2`."""
    if len(relation.rest) != 1 or relation.rest[0][0] != "==":
        return None
    left, right = relation.first, relation.rest[0][1]
    if isinstance(left, Name):
        return right
    return left if isinstance(right, Name) else None


def _excludes(relation: Relation) -> bool:
    return isinstance(relation.first, Name) and [op for op, _ in relation.rest] == ["!="]


def all_of(items: Sequence[Item], joints: Sequence[Tok]) -> Item:
    """What items with `and` or commas between them mean.

    Comparisons hold all together; numbers, or `x = 2`, are a list of solutions, whichever word stands between them.

    Raises:
        UnreadableError: they are of kinds that do not go together.
    """
    if len(items) == 1:
        return items[0]
    solutions = [_solution(item) if isinstance(item, Relation) else item for item in items]
    listed = tuple(item for item in solutions if item is not None and not isinstance(item, Union))
    if len(listed) == len(items):
        return Union((FiniteSet(listed),))
    whole = [item for item in items if not (isinstance(item, Union) and item == REALS["R"])]
    relations: list[Relation] = []
    for item in whole:
        if isinstance(item, Relation):
            relations.append(item)
        elif not isinstance(item, Union) and relations and _excludes(relations[-1]):
            relations.append(Relation(relations[-1].first, (("!=", item),), at=relations[-1].at))  # x != 1, 2
        elif isinstance(item, Union) and len(item.parts) == 1 and isinstance(item.parts[0], Where):
            relations.extend(item.parts[0].conditions)
        elif all(isinstance(other, Union) for other in items) and joints[0].type == "COMMA":
            return any_of(items)
        else:
            raise UnreadableError("write the set itself: an interval, a list in braces, or comparisons", joints[0].at)
    return Union((Where(tuple(relations)),)) if relations else REALS["R"]


def without(whole: Union, taken: Union, at: int) -> Union:
    """All numbers but some: the intervals between them. Raises UnreadableError for anything less simple."""
    points: list[Expr] = []
    for part in taken.parts:
        if not isinstance(part, FiniteSet):
            raise UnreadableError("only single numbers can be taken away, as in R \\ {0}", at)
        points.extend(part.items)
    values = [_value(point) for point in points]
    if len(whole.parts) != 1 or not isinstance(whole.parts[0], Interval) or (None in values and len(points) > 1):
        raise UnreadableError("only single numbers can be taken away from one interval, as in R \\ {0}", at)
    if None not in values:
        points = [point for _, point in sorted(zip(values, points, strict=True), key=lambda pair: pair[0] or 0)]
    interval = whole.parts[0]
    parts, low, closed = [], interval.low, interval.closed[0]
    for point in points:
        parts.append(Interval(low, point, (closed, False)))
        low, closed = point, False
    parts.append(Interval(low, interval.high, (closed, interval.closed[1])))
    return Union(tuple(parts))


def _value(expr: Expr) -> Fraction | None:
    match expr:
        case Number(value=value):
            return value
        case Unary(operand=Number(value=value)):
            return -value
        case _:
            return None
