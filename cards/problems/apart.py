"""Answers that are plainly different: told apart by their values, without asking the grader, who takes longer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from cards.answers import Question, Typed
from cards.answers.forms import FormKind, parse_form
from cards.answers.tolerance import allowed
from cards.expr import EvaluationError, Expr, Listing, Number, Value, evaluate, free_names
from cards.expr.values import as_float, is_list, is_scalar

SAMPLES: Mapping[str, tuple[Fraction, Fraction]] = {
    "real": (Fraction(83, 100), Fraction(-171, 100)),
    "nonzero": (Fraction(83, 100), Fraction(-171, 100)),
    "negative": (Fraction(-83, 100), Fraction(-171, 100)),
    "integer": (Fraction(2), Fraction(3)),
    "natural": (Fraction(2), Fraction(3)),
    "positive_integer": (Fraction(2), Fraction(3)),
}
"""Two values of a symbol by its domain."""
BETWEEN = (Fraction(37, 100), Fraction(61, 100))
"""Two values for all other domains, which mostly are conditions such as 0 < t < 1."""
_SURELY = 1e-6


def samples(symbols: Mapping[str, str], names: Sequence[str]) -> list[dict[str, Value]]:
    """Two points for these symbols; one, with nothing in it, if there are none."""
    if not names:
        return [{}]
    chosen = {name: SAMPLES.get(symbols.get(name, "real"), BETWEEN) for name in names}
    return [{name: both[place] for name, both in chosen.items()} for place in (0, 1)]


def plainly_apart(question: Question, one: Typed, other: Typed) -> bool:
    """Whether two answers to a question surely differ; if not, they may differ all the same.

    Args:
        question: what is asked, with its symbols, form and tolerance.
        one: an answer.
        other: another.
    """
    if not (isinstance(one, Expr) and isinstance(other, Expr)):
        return False
    if isinstance(one, Number) and isinstance(other, Number):
        return _values_apart(question, one.value, other.value)
    if isinstance(one, Listing) and isinstance(other, Listing):
        if len(one.items) == len(other.items):
            return any(plainly_apart(question, a, b) for a, b in zip(one.items, other.items, strict=True))
        return _is_row(one) and _is_row(other)
    if isinstance(one, Listing | Number) and isinstance(other, Listing | Number):
        return any(isinstance(each, Listing) and _is_row(each) and len(each.items) > 1 for each in (one, other))
    for point in samples(question.symbols, sorted(free_names(one) | free_names(other))):
        try:
            if _values_apart(question, evaluate(one, point), evaluate(other, point)):
                return True
        except EvaluationError:
            continue
    return False


def _is_row(listing: Listing) -> bool:
    """Whether it is a vector of numbers: a matrix of one column may be taken for one, too."""
    return all(isinstance(item, Number) for item in listing.items)


def _values_apart(question: Question, one: Value, other: Value) -> bool:
    if is_list(one) and is_list(other) and len(one) == len(other):
        return any(_values_apart(question, a, b) for a, b in zip(one, other, strict=True))
    if not (is_scalar(one) and is_scalar(other)):
        return False
    slack = _slack(question, one)
    if isinstance(one, Fraction) and isinstance(other, Fraction) and not slack:
        return one != other
    difference = abs(as_float(one) - as_float(other))
    return difference > slack + _SURELY * max(abs(as_float(one)), abs(as_float(other)), 1e-9)


def _slack(question: Question, value: Fraction | float) -> float:
    """How far apart answers may be that count as one."""
    if question.tolerance is not None:
        return as_float(allowed(question.tolerance, Fraction(value)))
    form = parse_form(question.form) if question.form else None
    return 2 * 10.0**-form.places if form is not None and form.kind is FormKind.DECIMAL else 0.0
