"""What a tutor says of a wrong answer without giving the right one away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from cards.answers.equality import Comparison
from cards.answers.equality.seen import Seen, seen
from cards.answers.forms.decimals import decimal_of
from cards.answers.leaves import between, only_items, pairs, shape, spread
from cards.answers.matching import Matcher
from cards.answers.reading import text_of
from cards.answers.types import Interval, Typed, Union, Where
from cards.expr import Binary, Call, Expr, Number, Relation, Unary, free_names

SWAPPED = "Rows and columns are swapped."
IN_BRACKETS = "Square brackets make a vector. Put together what belongs together with ( )."
SAME = "They are the same."
MOST_ELEMENTS = 8
"""Of longer vectors and sets the order is not looked at."""


def hint(typed: Typed, right: Typed, matcher: Matcher) -> str:
    """A sentence about what is wrong; empty if nothing is recognised.

    Args:
        typed: the wrong answer.
        right: the right one.
        matcher: what passes for the same in the question.
    """
    if isinstance(typed, Union) and isinstance(right, Union):
        return _of_sets(typed, right, matcher)
    if isinstance(typed, str | Relation | Union) or isinstance(right, str | Relation | Union):
        return ""
    found = _of_shapes(spread(typed), spread(right), matcher)
    return found if found is not None else next(_Values(typed, right, matcher).hints(), "")


def _of_shapes(typed: Expr, right: Expr, matcher: Matcher) -> str | None:
    here, there = shape(typed), shape(right)
    if here == there or there is None:
        return None
    if here is None:
        return "The rows of a matrix all have the same length."
    if not there:
        return None
    if not here:
        return None if free_names(typed) else f"The answer is {_kind(there)}, not one number."
    if len(here) != len(there):
        return f"The answer is {_kind(there)}, not {_kind(here)}."
    if len(there) == 1:
        return f"The answer has {_count(there[0], 'element')}, not {here[0]}."
    if here == there[::-1] and matcher.same(Call("transpose", (typed,)), right) is Comparison.EQUAL:
        return SWAPPED
    return f"The answer has {_count(there[0], 'row')} and {_count(there[1], 'column')}, not {here[0]} and {here[1]}."


def _kind(of: tuple[int, ...]) -> str:
    return f"a vector with {_count(of[0], 'element')}" if len(of) == 1 else f"a {of[0]} × {of[1]} matrix"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


class _Values:
    """A wrong answer and the right one, of one shape, seen at a point: what looks right there is then compared."""

    def __init__(self, typed: Expr, right: Expr, matcher: Matcher) -> None:
        self.typed, self.right, self.matcher = typed, right, matcher
        self.here, self.there = seen([typed, right], matcher.question.symbols)

    def hints(self) -> Iterator[str]:
        if self.matcher.places is not None and _last_decimal(self.typed, self.right, self.matcher.places):
            yield "Nearly: look again at how the last decimal is rounded."
        if self.here is None or self.there is None:
            return
        if isinstance(self.here, tuple) and not isinstance(self.there, tuple):
            alone = len(self.here) == 1 and self.matcher.near(self.here[0], self.there)
            yield IN_BRACKETS if alone else "One number was asked for, not several."
        if self._fits(_scaled(self.here, -1), Unary("-", self.typed)):
            match self.typed:
                case Unary(operand=Binary(op="**", left=base) as power) if self._is_right(
                    replace(power, left=Unary("-", base))
                ):
                    yield f"A power is worked out before the sign: this is read as `-({text_of(power)})`."
            yield "Check the sign."
        if isinstance(self.here, tuple):
            yield from self._of_elements(self.here)
            return
        if self.here and self._fits(1 / self.here, Binary("/", Number(Fraction(1)), self.typed)):
            yield "This is the reciprocal of what was asked for."
        for factor in (Fraction(100), Fraction(1, 100)):
            if self._fits(_scaled(self.here, float(factor)), Binary("*", Number(factor), self.typed)):
                yield "It is off by a factor of 100: check the percent sign or the decimal point."

    def _fits(self, value: Seen | None, expr: Expr) -> bool:
        """Whether the right answer is what was typed, changed so."""
        return self.matcher.near(value, self.there) and self._is_right(expr)

    def _is_right(self, expr: Expr) -> bool:
        return self.matcher.same(expr, self.right) is Comparison.EQUAL

    def _of_elements(self, here: tuple[Seen | None, ...]) -> Iterator[str]:
        there = self.there
        if not isinstance(there, tuple) or len(here) != len(there):
            return
        rows = [row for row in here if isinstance(row, tuple)]
        if rows and len(rows) == len(here) and len({len(row) for row in rows}) == 1:
            if self._fits(tuple(zip(*rows, strict=True)), Call("transpose", (self.typed,))):
                yield SWAPPED
        elif 1 < len(here) <= MOST_ELEMENTS and self._same_in_some_order(here, there):
            yield "These are the right elements, in another order."
        flat, right = list(_flat(here)), list(_flat(there))
        if len(flat) == len(right) > 1:
            wrong = sum(not self.matcher.near(x, y) for x, y in zip(flat, right, strict=True))
            if wrong == 1:
                yield f"One of the {len(flat)} elements is wrong."

    def _same_in_some_order(self, here: tuple[Seen | None, ...], there: tuple[Seen | None, ...]) -> bool:
        waiting = list(there)
        for item in here:
            fitting = next((place for place, other in enumerate(waiting) if self.matcher.near(item, other)), None)
            if fitting is None:
                return False
            del waiting[fitting]
        return True


def _scaled(value: Seen | None, factor: float) -> Seen | None:
    if isinstance(value, tuple):
        return tuple(_scaled(item, factor) for item in value)
    return None if value is None else value * factor


def _flat(value: Seen | None) -> Iterator[Seen | None]:
    if isinstance(value, tuple):
        for item in value:
            yield from _flat(item)
    else:
        yield value


def _last_decimal(typed: Expr, right: Expr, places: int) -> bool:
    unit = Fraction(1, 10**places)
    both = pairs(typed, right)
    for one, other in both or ():
        number, there = decimal_of(one), between(other)
        if number is None or there is None or number.places != places:
            return False
        if not there[0] - unit * 3 / 2 <= number.value <= there[1] + unit * 3 / 2:
            return False
    return bool(both)


def _of_sets(typed: Union, right: Union, matcher: Matcher) -> str:
    items, wanted = only_items(typed), only_items(right)
    if items is not None and wanted is not None:
        return _of_items(items, wanted, matcher).removeprefix(SAME)
    match typed.parts:
        case (Interval(low=low, high=high),) if wanted is not None and _of_items((low, high), wanted, matcher) == SAME:
            return "These brackets make an interval. Single numbers stand in braces, { }."
        case (Where(conditions=(_, _, *_)),) if matcher.same(typed, Union(())) is Comparison.EQUAL:
            return "No number meets all of these conditions. If one of them is enough, write or between them."
    closed = [_with_ends(each) for each in (typed, right)]
    alike = len(typed.parts) == len(right.parts) and any(isinstance(part, Interval) for part in right.parts)
    if alike and matcher.same(*closed) is Comparison.EQUAL:
        return "The ends are right; check which of them belong to it."
    return ""


def _of_items(items: tuple[Expr, ...], wanted: tuple[Expr, ...], matcher: Matcher) -> str:
    if len(items) > MOST_ELEMENTS or len(wanted) > MOST_ELEMENTS:
        return ""
    values = seen([*wanted, *items], matcher.question.symbols)
    there, here = values[: len(wanted)], values[len(wanted) :]
    right = sum(any(matcher.near(item, other) for other in there) for item in here)
    found = sum(any(matcher.near(item, other) for item in here) for other in there)
    if right == len(items) and found == len(wanted):
        return SAME
    if right == len(items) and 0 < found < len(wanted):
        return "What is there is right, but something is missing."
    return "Everything right is there, but also something else." if 0 < found == len(wanted) else ""


def _with_ends(of: Union) -> Union:
    parts = (Interval(part.low, part.high, (True, True)) if isinstance(part, Interval) else part for part in of.parts)
    return Union(tuple(parts))
