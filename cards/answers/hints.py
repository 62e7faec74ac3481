"""What a tutor says of a wrong answer without giving the right one away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from cards.answers.equality import Comparison
from cards.answers.forms.decimals import decimal_of
from cards.answers.leaves import between, only_items, pairs, shape, spread
from cards.answers.types import Interval, Typed, Union
from cards.expr import Binary, Call, Expr, Listing, Number, Relation, Unary, free_names

Same = Callable[[Typed, Typed], Comparison]
MOST_ELEMENTS = 8
"""Of longer vectors the order is not looked at."""


def hint(typed: Typed, right: Typed, same: Same, places: int | None = None) -> str:
    """A sentence about what is wrong; empty if nothing is recognised.

    Args:
        typed: the wrong answer.
        right: the right one.
        same: whether two answers mean the same here.
        places: how many decimals are asked for; None if none are.
    """
    if isinstance(typed, Union) and isinstance(right, Union):
        return _of_sets(typed, right, same)
    if isinstance(typed, str | Relation | Union) or isinstance(right, str | Relation | Union):
        return ""
    found = _of_shapes(spread(typed), spread(right), same)
    return found if found is not None else next(_of_values(typed, right, same, places), "")


def _of_shapes(typed: Expr, right: Expr, same: Same) -> str | None:
    here, there = shape(typed), shape(right)
    if here == there or there is None:
        return _of_order(typed, right, same)
    if here is None:
        return "The rows of a matrix all have the same length."
    if not there:
        return "One number was asked for, not several." if not free_names(right) else None
    if not here:
        return None if free_names(typed) else f"The answer is {_kind(there)}, not one number."
    if len(here) != len(there):
        return f"The answer is {_kind(there)}, not {_kind(here)}."
    if len(there) == 1:
        return f"The answer has {_count(there[0], 'element')}, not {here[0]}."
    if here == there[::-1] and same(Call("transpose", (typed,)), right) is Comparison.EQUAL:
        return "Rows and columns are swapped."
    return f"The answer has {_count(there[0], 'row')} and {_count(there[1], 'column')}, not {here[0]} and {here[1]}."


def _kind(of: tuple[int, ...]) -> str:
    return f"a vector with {_count(of[0], 'element')}" if len(of) == 1 else f"a {of[0]} × {of[1]} matrix"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _of_order(typed: Expr, right: Expr, same: Same) -> str | None:
    """What to say of the right elements in other places; None if they are not."""
    if not isinstance(typed, Listing) or not isinstance(right, Listing):
        return None
    if isinstance(typed.items[0] if typed.items else typed, Listing):
        swapped = same(Call("transpose", (typed,)), right) is Comparison.EQUAL
        return "Rows and columns are swapped." if swapped else None
    if not 1 < len(typed.items) <= MOST_ELEMENTS:
        return None
    waiting = list(right.items)
    for item in typed.items:
        fitting = next((other for other in waiting if same(item, other) is Comparison.EQUAL), None)
        if fitting is None:
            return None
        waiting.remove(fitting)
    return "These are the right elements, in another order."


def _of_values(typed: Expr, right: Expr, same: Same, places: int | None) -> Iterator[str]:
    if places is not None and _last_decimal(typed, right, places):
        yield "Nearly: look again at how the last decimal is rounded."
    if same(Unary("-", typed), right) is Comparison.EQUAL:
        yield "Check the sign."
    if isinstance(typed, Listing):
        wrong = _wrong_elements(typed, right, same)
        if wrong:
            yield wrong
        return
    if same(Binary("/", Number(Fraction(1)), typed), right) is Comparison.EQUAL:
        yield "This is the reciprocal: above and below the line are swapped."
    for factor in (100, Fraction(1, 100)):
        if same(Binary("*", Number(Fraction(factor)), typed), right) is Comparison.EQUAL:
            yield "It is off by a factor of 100: check the percent sign or the decimal point."


def _last_decimal(typed: Expr, right: Expr, places: int) -> bool:
    unit = Fraction(1, 10**places)
    for one, other in pairs(typed, right) or ():
        number, there = decimal_of(one), between(other)
        if number is None or there is None or number.places != places:
            return False
        if not there[0] - unit * 3 / 2 <= number.value <= there[1] + unit * 3 / 2:
            return False
    return True


def _wrong_elements(typed: Listing, right: Expr, same: Same) -> str:
    both = pairs(typed, right)
    if both is None or len(both) < 2:
        return ""
    right_ones = [same(one, other) is Comparison.EQUAL for one, other in both]
    wrong = right_ones.count(False)
    return f"{wrong} of the {len(both)} elements is wrong." if wrong == 1 else ""


def _of_sets(typed: Union, right: Union, same: Same) -> str:
    items, wanted = only_items(typed), only_items(right)
    if items is not None and wanted is not None:
        return _of_items(items, wanted, same)
    if same(_with_ends(typed), _with_ends(right)) is Comparison.EQUAL:
        return "The ends are right; check which of them belong to it."
    return ""


def _of_items(items: tuple[Expr, ...], wanted: tuple[Expr, ...], same: Same) -> str:
    if len(items) > MOST_ELEMENTS:
        return ""
    fits = [any(same(item, other) is Comparison.EQUAL for other in wanted) for item in items]
    if items and all(fits) and len(items) < len(wanted):
        return "What is there is right, but something is missing."
    found = sum(any(same(item, other) is Comparison.EQUAL for item in items) for other in wanted)
    return "Everything right is there, but also something else." if wanted and found == len(wanted) else ""


def _with_ends(of: Union) -> Union:
    parts = (Interval(part.low, part.high, (True, True)) if isinstance(part, Interval) else part for part in of.parts)
    return Union(tuple(parts))
