"""Whether an answer has a value, by what the question lets pass for the same: tolerance, rounding, any order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from cards.answers.equality import Comparison, compare, compare_equations, compare_sets
from cards.answers.equality.seen import Seen, seen
from cards.answers.forms import Form, FormKind
from cards.answers.forms.decimals import decimal_of, rounds
from cards.answers.leaves import between, only_items, pairs
from cards.answers.texts import Likeness, alike
from cards.answers.tolerance import allowed
from cards.answers.types import Question, Typed, Union
from cards.expr import Expr, Number, Relation, free_names

EQUAL, DIFFERENT, UNSETTLED = Comparison.EQUAL, Comparison.DIFFERENT, Comparison.UNSETTLED
NEAR = 1e-9
FLOAT = 10**14
"""The digits, as a number, of one that a program printed, whose last digit may be off."""
MOST_PLACES = 30
"""Of a quotient or a product that is taken for a decimal."""
LEAST = 10
"""The digits that a rounded number must have, as a number, before it is taken for what it was rounded from."""


@dataclass(frozen=True, slots=True)
class Matcher:
    """What passes for the same in one question.

    Attributes:
        question: the question.
        form: the form that it asks for, if any.
    """

    question: Question
    form: Form | None

    @property
    def places(self) -> int | None:
        """How many decimals are asked for; None if it is not decimals."""
        return self.form.places if self.form is not None and self.form.kind is FormKind.DECIMAL else None

    def same(self, typed: Typed, right: Typed) -> Comparison:
        """Whether what was typed means the same as a right (or a known wrong) answer."""
        if isinstance(typed, str | Relation | Union) or isinstance(right, str | Relation | Union):
            return self._of_one_kind(typed, right)
        found = compare(typed, right, self.question.symbols)
        if found is EQUAL or not self._is_loose:
            return found
        both = pairs(typed, right)
        if both is None:
            return found
        return EQUAL if all(self._near(one, other) for one, other in both) else found

    def candidates(self, typed: Typed, others: Sequence[Typed]) -> list[bool]:
        """Which of several answers what was typed may be the same as: at a glance, to save comparing with them all."""
        exprs = [each for each in (typed, *others) if not isinstance(each, str | Relation | Union)]
        if len(exprs) < 1 + len(others):
            return [True] * len(others)
        first, *rest = seen(exprs, self.question.symbols)
        return [first is None or each is None or self.near(first, each) for each in rest]

    def near(self, typed: Seen | None, right: Seen | None) -> bool:
        """Whether two values, known about, may be the same in this question."""
        if typed is None or right is None:
            return False
        if isinstance(typed, tuple) or isinstance(right, tuple):
            if not (isinstance(typed, tuple) and isinstance(right, tuple)) or len(typed) != len(right):
                return False
            return all(map(self.near, typed, right))
        slack = NEAR * max(abs(typed), abs(right)) + NEAR**2
        if self.places is not None:
            slack += 10.0**-self.places
        if self.question.tolerance is not None:
            slack += float(allowed(self.question.tolerance, Fraction(abs(right)))) * (1 + NEAR)
        return abs(typed - right) <= slack

    def _of_one_kind(self, typed: Typed, right: Typed) -> Comparison:
        """Equations with equations, sets with sets, texts with texts."""
        domains = self.question.symbols
        match typed, right:
            case Relation(), Relation():
                return compare_equations(typed, right, domains)
            case Union(), Union():
                found = compare_sets(typed, right, domains)
                if found is UNSETTLED and _names(only_items(typed)) > _names(only_items(right)):
                    return DIFFERENT  # an element that is a symbol, which no right element is
                return EQUAL if found is DIFFERENT and self._is_loose and self._items(typed, right) else found
            case str(), str() if alike(typed, [right]) is Likeness.SAME:
                return EQUAL
            case _:
                return DIFFERENT

    @property
    def _is_loose(self) -> bool:
        return self.question.tolerance is not None or self.places is not None

    def _items(self, typed: Union, right: Union) -> bool:
        """Whether the elements of two finite sets are near each other, one by one, in some order."""
        items, left = only_items(typed), only_items(right)
        if items is None or left is None or len(items) != len(left):
            return False
        waiting = list(left)
        for item in items:
            fitting = next((other for other in waiting if self._near(item, other)), None)
            if fitting is None:
                return False
            waiting.remove(fitting)
        return True

    def _near(self, typed: Expr, right: Expr) -> bool:
        if compare(typed, right, self.question.symbols) is EQUAL:
            return True
        here, there = between(typed), between(right)
        if here is None or there is None:
            return False
        if self.question.tolerance is not None:
            off = allowed(self.question.tolerance, there[0])
            return here[0] <= there[1] + off and there[0] - off <= here[1]
        places = self.places or 0
        number, rounded = decimal_of(typed), decimal_of(right)
        if rounded is None or rounded.places > places:  # else the author has rounded, and nobody knows from what
            if number is None:
                number = _as_decimal(*here)
            if number is None:
                return False
            if (number.value * 10**places).denominator > 1:
                return rounds(*there, number.value, number.places) or _is_cut(number, there) or _is_float(number, there)
        return any(rounds(*there, to, places) and rounds(*here, to, places) for to in _near_decimals(there[0], places))


def _as_decimal(low: Fraction, high: Fraction) -> Number | None:
    """A number as a decimal, if it is known exactly and is one: 333/1000, which is 0.333."""
    if low != high:
        return None
    return next((Number(low, places) for places in range(MOST_PLACES) if (low * 10**places).denominator == 1), None)


def _near_decimals(value: Fraction, places: int) -> tuple[Fraction, ...]:
    below = value * 10**places // 1
    return tuple(Fraction(below + step, 10**places) for step in (-1, 0, 1, 2))


def _names(items: tuple[Expr, ...] | None) -> frozenset[str]:
    return frozenset[str]().union(*map(free_names, items or ()))


def rounded_to(typed: Typed, right: Typed, domains: Mapping[str, str], *, cut: bool = True) -> int | None:
    """To how many decimals an answer is right that is only rounded; None if it is not right, or not rounded.

    Args:
        typed: one number or several, some of them decimals, the others equal to the right ones.
        right: the right answer.
        domains: of each declared symbol its domain.
        cut: whether digits that are only cut off count, too (0.666 for two thirds); then a decimal must have two, for
            one digit is soon right.
    """
    if isinstance(typed, Union) and isinstance(right, Union):
        return _rounded_items(typed, right, cut=cut)
    if isinstance(typed, str | Relation | Union) or isinstance(right, str | Relation | Union):
        return None
    both = pairs(typed, right) or ()
    if not any((number := decimal_of(one)) is not None and number.places for one, _ in both):
        return None
    places = []
    for one, other in both:
        found = _rounded_place(one, other, cut=cut)
        if found is not None:
            places.append(found)
        elif compare(one, other, domains) is not EQUAL:
            return None
    return min(places, default=None)


def _rounded_items(typed: Union, right: Union, *, cut: bool) -> int | None:
    items, left = only_items(typed), only_items(right)
    if items is None or left is None or len(items) != len(left):
        return None
    found = [max((_rounded_place(item, other, cut=cut) or 0 for other in left), default=0) for item in items]
    return min(found, default=0) or None


def _rounded_place(typed: Expr, right: Expr, *, cut: bool) -> int | None:
    number = decimal_of(typed)
    if number is None or not number.places or abs(number.value) * 10**number.places < (LEAST if cut else 1):
        return None
    there = between(right)
    if there is None or there[0] == there[1] == number.value:
        return None
    if rounds(*there, number.value, number.places) or (cut and _is_cut(number, there)):
        return number.places
    return number.places - 1 if _is_float(number, there) else None


def _is_cut(number: Number, there: tuple[Fraction, Fraction]) -> bool:
    """Whether a decimal is another number of which the rest of the digits was cut off."""
    off = abs(there[0]) - abs(number.value)
    return there[0] * number.value > 0 and 0 <= off < Fraction(1, 10**number.places)


def _is_float(number: Number, there: tuple[Fraction, Fraction]) -> bool:
    """Whether a decimal is what a program with 64-bit numbers prints for another number."""
    unit = Fraction(1, 10**number.places)
    return abs(number.value) >= FLOAT * unit and abs(there[0] - number.value) <= 2 * unit
