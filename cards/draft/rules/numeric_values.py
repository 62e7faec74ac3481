"""Values of expressions over numbers that are drawn, tried out on combinations of these."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import islice, product

from cards.expr import EvaluationError, Expr, Name, Number, Value, evaluate, holds, parse_conditions
from cards.expr.rebuilt import rebuilt
from cards.given import parse_given

_TRIED, _COMPARED = 200, 40
_NO_VALUES: Mapping[str, Value] = {}


def combinations(given: Mapping[str, str]) -> Iterator[dict[str, Fraction]]:
    """Up to 200 combinations of the values, spread over all of them."""
    lists = [parse_given(written).values for written in given.values()]
    total = 1
    for values in lists:
        total *= len(values)
    step = max(1, total // _TRIED)
    step += 1 if step > 1 and step % 2 == 0 else 0  # an odd step visits all values of most lists
    if total <= 20_000:
        chosen = islice(product(*lists), 0, None, step)
        yield from (dict(zip(given, values, strict=True)) for values in chosen)
        return
    for number in range(_TRIED):
        spread = (values[(number * (7 + 2 * place) + place) % len(values)] for place, values in enumerate(lists))
        yield dict(zip(given, spread, strict=True))


def value_of(expr: Expr, values: Mapping[str, Value] = _NO_VALUES) -> Value | None:
    """The value of an expression; None if it has none, or a name in it has none."""
    try:
        return evaluate(expr, values)
    except EvaluationError:
        return None


def fits(where: Sequence[str], values: Mapping[str, Value]) -> bool | None:
    """Whether values fit all conditions; None if one of these has no value."""
    try:
        return all(holds(each, values) for condition in where for each in parse_conditions(condition))
    except EvaluationError:
        return None


def named(expr: Expr, names: Mapping[int, str]) -> Expr:
    """The tree with numbers replaced by names, by the place in the formula where each number stands."""

    def change(part: Expr) -> Expr:
        return Name(names[part.at]) if isinstance(part, Number) and part.at in names else rebuilt(part, change)

    return change(expr)


def agree(a: Expr, b: Expr, given: Mapping[str, str], where: Sequence[str]) -> bool:
    """Whether two expressions have one value for all numbers drawn, as far as they are tried."""
    for values in islice(combinations(given), _COMPARED):
        fitting = fits(where, values)
        if fitting is None:
            return False
        left = value_of(a, values) if fitting else None
        if fitting and (left is None or left != value_of(b, values)):
            return False
    return True


def contradicted(a: Expr, b: Expr, given: Mapping[str, str], where: Sequence[str]) -> bool:
    """Whether two expressions have different values for some of the numbers drawn: their equation tells of others."""
    for values in islice(combinations(given), _COMPARED):
        left, right = value_of(a, values), value_of(b, values)
        if not isinstance(left, Fraction | float) or not isinstance(right, Fraction | float):
            continue
        if fits(where, values) and abs(float(left) - float(right)) > 1e-9 * max(1.0, abs(float(left))):
            return True
    return False
