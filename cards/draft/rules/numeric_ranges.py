r"""Which numbers may be drawn in place of an example's: like them, and so that the answer stays of its kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from cards.draft.rules.numeric_values import combinations, fits, value_of
from cards.draft.tex import Bound
from cards.expr import Binary, Call, Expr, Listing, Name, Number, Unary, Value, free_names, walk
from cards.expr.values import is_list, is_scalar
from cards.given import parse_given

LARGEST = 500
"""Examples with larger numbers are no exercise for the head."""

_SQUARES, _CUBES = "[4, 9, 16, 25, 36, 49, 64, 81, 100]", "[8, 27, 64, 125]"
_FEWEST = 4  # combinations that a problem needs to be more than one card


def given_for(answer: Expr, bounds: Mapping[str, Bound]) -> tuple[dict[str, str], tuple[str, ...]] | None:
    """What to draw in place of an example's numbers so that the answer stays of its kind, and the conditions for that.

    The answer stays an integer if the example's is one, exact if it is exact, and not negative if it is not.

    Args:
        answer: the answer over the names.
        bounds: the example's number of each name.

    Returns:
        The values of each name as a deck writes them, and conditions; None if nothing fits.
    """
    if any(abs(bound.value) > LARGEST for bound in bounds.values()):
        return None
    roles = {name: _range(name, bound, answer, bounds) for name, bound in bounds.items()}
    if any(isinstance(node, Listing) for node in walk(answer)):
        roles = _one_range(roles, bounds)
    if free_names(answer) - bounds.keys():  # the answer is an expression, of whatever kind
        return roles, next(_conditions(answer, bounds, ()))
    example = value_of(answer, {name: bound.value for name, bound in bounds.items()})
    if example is None:
        return None
    signed = any(bound.value < 0 for bound in bounds.values())
    for given in _variants(roles, bounds):
        for where in _conditions(answer, bounds, example):
            if _all_alike(answer, given, where, (example, signed)):
                return given, where
    return None


def _variants(roles: dict[str, str], bounds: Mapping[str, Bound]) -> Iterator[dict[str, str]]:
    yield roles
    for special in (_SQUARES, _CUBES):
        values = parse_given(special).values
        for name, bound in bounds.items():
            if bound.value in values:
                yield {**roles, name: special}
        several = {name: special for name, bound in bounds.items() if bound.value in values}
        if len(several) > 1:
            yield {**roles, **several}


def _range(name: str, bound: Bound, answer: Expr, bounds: Mapping[str, Bound]) -> str:
    """Numbers like the example's: small ones near it, with a sign or decimals only if it has them."""
    value = bound.value
    if value.denominator != 1:
        if bound.decimal:
            return _decimals(value)
        return "[1/2, 1/3, 2/3, 1/4, 3/4]" if value > 0 else "[-1/2, -1/3, -2/3, -1/4, -3/4]"
    size = abs(value)
    powers = [node for node in walk(answer) if _is_exponent(node, name)]
    if any(free_names(node.left) <= bounds.keys() for node in powers if isinstance(node, Binary)):
        return "2..4" if 2 <= value <= 4 else _whole(value, 6)
    if powers and value > 1:
        return "2..9"
    if value < 0 or any(other.value < 0 for other in bounds.values() if other.value.denominator == 1):
        return "-5..5" if size <= 5 else f"-{size + 4}..{size + 4}"
    return _whole(value, 5 if size <= 5 else 9)


def _one_range(roles: dict[str, str], bounds: Mapping[str, Bound]) -> dict[str, str]:
    """The numbers of lists are all drawn from one range, which has all of the example's in it; 0 only where it is."""
    values = [bound.value for bound in bounds.values()]
    if any(value.denominator != 1 for value in values) or min(values) < 0:
        return roles
    most = 5 if max(values) <= 5 else max(9, int(max(values)))
    return {name: f"{min(int(bound.value), 1)}..{most}" for name, bound in bounds.items()}


def _whole(value: Fraction, most: int) -> str:
    if value < 0:
        return f"{-most}..-1"
    least = min(int(value), 2)
    if value <= most:
        return f"{least}..{most}"
    return f"{max(2, int(value) // 2)}..{int(value) * 3 // 2}"


def _decimals(value: Fraction) -> str:
    sign = "-" if value < 0 else ""
    if abs(value) < 1:
        step = "0.1" if (value * 10).denominator == 1 else "0.05" if (value * 20).denominator == 1 else "0.01"
        first, last = ("0.1", "0.9") if step == "0.1" else (step, "0.95" if step == "0.05" else "0.99")
    else:
        step, first, last = "0.5", "0.5", str(max(5, int(abs(value)) + 2))
        if (value * 2).denominator != 1:
            step, first = "0.1", "1.1"
    return f"-{last}..-{first} step {step}" if sign else f"{first}..{last} step {step}"


def _is_exponent(node: object, name: str) -> bool:
    return isinstance(node, Binary) and node.op == "**" and any(part == Name(name) for part in walk(node.right))


def _conditions(answer: Expr, bounds: Mapping[str, Bound], example: Value) -> Iterator[tuple[str, ...]]:
    """Conditions to try, the weakest first."""
    fixed: list[str] = []
    match answer:
        case Binary(op="**", left=Name(name=base), right=Name(name=exponent)):
            fixed.append(f"{base}**{exponent} != {base}*{exponent}")
            if bounds[exponent].value > 4 and isinstance(example, Fraction):
                fixed.append(f"{base}**{exponent} <= {max(1000, int(example))}")
    signed = [name for name, bound in bounds.items() if bound.value < 0 or _may_be_zero(bound, bounds)]
    fixed += [f"{name} != 0" for name in signed]
    yield tuple(fixed)
    match answer:
        case Call(name="mean", args=(Listing(items=items),)):
            yield (*fixed, f"({' + '.join(map(str, items))}) % {len(items)} == 0")
        case Binary(op="/", left=above, right=below) if not isinstance(below, Number):
            yield (*fixed, f"{_in_brackets(above)} % {_in_brackets(below)} == 0")
        case Binary(op="/", left=above, right=Number() as below):
            yield (*fixed, f"{_in_brackets(above)} % {below} == 0")
    raised = answer.right if isinstance(answer, Binary) and answer.op == "**" else None
    ordered = [
        f"{node.left} > {node.right}{' + 1' if node is raised else ''}"  # the exponent 1 makes no power
        for node in walk(answer)
        if isinstance(node, Binary) and node.op == "-" and isinstance(node.left, Name) and isinstance(node.right, Name)
        if node.left.name in bounds and node.right.name in bounds
        if bounds[node.left.name].value > bounds[node.right.name].value
    ]
    if ordered:
        yield (*fixed, *ordered)
    if isinstance(example, Fraction) and example >= 0:
        yield (*fixed, f"{answer} >= 0")
        yield (*fixed, f"{answer} > 0")


def _in_brackets(expr: Expr) -> str:
    return f"({expr})" if isinstance(expr, Binary | Unary) else str(expr)


def _may_be_zero(bound: Bound, bounds: Mapping[str, Bound]) -> bool:
    """Whether the numbers like it run through 0, which it is not."""
    return bound.value != 0 and bound.value.denominator == 1 and any(other.value < 0 for other in bounds.values())


def _all_alike(answer: Expr, given: Mapping[str, str], where: tuple[str, ...], example: tuple[Value, bool]) -> bool:
    """Whether the answer to all numbers drawn is of the example's kind, and there are at least four."""
    found = 0
    for values in combinations(given):
        fitting = fits(where, values)
        if fitting is None:
            return False
        if not fitting:
            continue
        value = value_of(answer, values)
        if value is None or not _alike(value, example[0]):
            return False
        if not example[1] and _is_negative(value) and not _is_negative(example[0]):
            return False
        found += 1
    return found >= _FEWEST


def _alike(value: Value, example: Value) -> bool:
    if is_list(value) and is_list(example):
        return len(value) == len(example) and all(map(_alike, value, example))
    if not isinstance(example, Fraction):
        return True
    return isinstance(value, Fraction) and (value.denominator == 1 or example.denominator != 1)


def _is_negative(value: Value) -> bool:
    return is_scalar(value) and value < 0
