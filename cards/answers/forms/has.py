"""Whether a right answer has the form that was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from cards.answers.forms import decimals, factored, fractions, numbers, power
from cards.answers.forms.kinds import Form, FormKind
from cards.answers.types import FiniteSet, Interval, Reading, Typed, Union, Where
from cards.expr import EvaluationError, Expr, Listing, Relation, evaluate, free_names


def has_form(reading: Reading, expected: Typed, form: Form) -> str:
    """What keeps an answer from having a form, as a part of a sentence; empty if it has it.

    Vectors, matrices and sets have it if each of their elements has. Of an equation, it is the right side that counts
    for a power, a product and a decimal, and both sides for the other forms.

    Args:
        reading: what was typed; its value is known to be right.
        expected: the right answer.
        form: the form.
    """
    shown = list(_parts(expected, form.kind))
    parts = list(_parts(reading.value, form.kind))
    pairs: list[Expr | None] = list(shown) if len(shown) == len(parts) else [None] * len(parts)
    return next((lack for part, right in zip(parts, pairs, strict=True) if (lack := _lacks(part, right, form))), "")


def _lacks(expr: Expr, expected: Expr | None, form: Form) -> str:
    match form.kind:
        case FormKind.POWER:
            return power.lacks(expr, expected)
        case FormKind.NUMBER:
            return numbers.lacks(expr)
        case FormKind.FACTORED:
            return factored.lacks(expr)
        case FormKind.LOWEST_TERMS:
            return fractions.lacks(expr, _rational(expr))
        case FormKind.EXACT:
            return ""  # a rounded value is not equal, so it does not come so far; 0.5 is exactly one half
        case FormKind.DECIMAL:
            return decimals.lacks(expr, form.places, _rational(expected))


def _rational(expr: Expr | None) -> Fraction | None:
    if expr is None or free_names(expr):
        return None
    try:
        value = evaluate(expr)
    except EvaluationError:
        return None
    return value if isinstance(value, Fraction) else None


def _parts(value: Typed, kind: FormKind) -> Iterator[Expr]:
    """The expressions that are to have the form."""
    match value:
        case str():
            return
        case Relation():
            sides = (value.first, *(right for _, right in value.rest))
            for side in sides if kind in (FormKind.EXACT, FormKind.LOWEST_TERMS) else sides[-1:]:
                yield from _parts(side, kind)
        case Union(parts=parts):
            for part in parts:
                yield from _of_part(part, kind)
        case Listing(items=items):
            for item in items:
                yield from _parts(item, kind)
        case _:
            yield value


def _of_part(part: Interval | FiniteSet | Where, kind: FormKind) -> Iterator[Expr]:
    match part:
        case Interval(low=low, high=high):
            yield from (low, high)
        case FiniteSet(items=items):
            for item in items:
                yield from _parts(item, kind)
        case Where(conditions=conditions):
            for condition in conditions:
                yield from _parts(condition, kind)
