"""Working on trees of `cards.expr`: rebuilding, free names, substitution without capture."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from cards.claims.latex import Unreadable
from cards.expr import (
    Binary,
    Call,
    Expr,
    Index,
    Listing,
    Name,
    Number,
    Piecewise,
    Relation,
)
from cards.expr.rebuilt import rebuilt

BINDERS = frozenset({"sum", "prod", "limit", "diff"})
CONSTANTS = frozenset({"e", "pi", "oo"})
ONE = Number(Fraction(1))
MAX_UNROLLED = 60


def number(value: int | Fraction) -> Number:
    """A number as a tree."""
    return Number(Fraction(value))


def sides(relation: Relation) -> tuple[Expr, ...]:
    """The sides of a chain, from left to right."""
    return (relation.first, *(side for _, side in relation.rest))


def base_and_subscript(name: str) -> tuple[str, str]:
    """`x_12` as x and 12; the subscript is empty where there is none."""
    base, _, subscript = name.rpartition("_")
    return (base, subscript) if base and subscript else (name, "")


def free_names(expr: Expr | Iterable[Expr]) -> set[str]:
    """The names that stand free, constants aside. `x_i` with i bound stands for the family `x_*`."""
    found: set[str] = set()
    for each in [expr] if isinstance(expr, Expr) else expr:
        _collect(each, frozenset(), found)
    return found


def _collect(expr: Expr, bound: frozenset[str], found: set[str]) -> None:  # noqa: PLR0912  one case a kind of node
    match expr:
        case Name(name=name):
            base, subscript = base_and_subscript(name)
            if subscript in bound:
                found.add(f"{base}_*")
            elif name not in bound and name not in CONSTANTS:
                found.add(name)
        case Index(base=Name(name=name), index=index) if name not in bound:
            found.add(f"{name}_*")
            _collect(index, bound, found)
        case Call(name="deriv", args=(_, *arguments)):
            for argument in arguments:
                _collect(argument, bound, found)
        case Call(name=name, args=(body, Name() as variable, *ends)) if name in BINDERS:
            _collect(body, bound | {variable.name}, found)
            if name == "diff" and not ends:
                _collect(variable, bound, found)
            for end in ends:
                _collect(end, bound, found)
        case Piecewise():
            for case in expr.cases:
                _collect(case.value, bound, found)
                for condition in case.conditions:
                    if isinstance(condition, Relation):
                        for side in sides(condition):
                            _collect(side, bound, found)
        case _:
            for part in parts(expr):
                _collect(part, bound, found)


def parts(expr: Expr) -> Iterator[Expr]:
    """The direct parts of a tree."""
    found: list[Expr] = []

    def note(part: Expr) -> Expr:
        found.append(part)
        return part

    rebuilt(expr, note)
    return iter(found)


def everything(expr: Expr) -> Iterator[Expr]:
    """The tree and all its parts, parents first."""
    yield expr
    for part in parts(expr):
        yield from everything(part)


def minus_one(place: Expr) -> Expr:
    """One less, as a number if it is one."""
    if isinstance(place, Number):
        return Number(place.value - 1, at=place.at)
    return Binary("-", place, ONE, at=place.at)


def element(whole: Expr, place: Expr) -> Expr:
    """The element of a list at a place counted from 0; the list's own item if both are written out."""
    if isinstance(whole, Listing) and isinstance(place, Number):
        if 0 <= place.value < len(whole.items):
            return whole.items[int(place.value)]
        raise Unreadable(f"there is no element {place.value + 1} in a list of {len(whole.items)}", place.at)
    return Index(whole, place, at=whole.at)


def substitute(expr: Expr, values: Mapping[str, Expr]) -> Expr:
    """The tree with names replaced by trees, once; bound names stay, renamed where they would capture."""
    if not values:
        return expr
    match expr:
        case Name():
            return _substituted_name(expr, values)
        case Call(name="deriv", args=(function, *arguments)):
            return Call("deriv", (function, *(substitute(each, values) for each in arguments)), at=expr.at)
        case Call(name="diff", args=(body, Name() as variable, *at)):
            point = [substitute(each, values) for each in at]
            if not point and variable.name in values:
                point = [values[variable.name]]
            body, variable = _apart(body, variable, values)
            rest = {name: value for name, value in values.items() if name != variable.name}
            return Call("diff", (substitute(body, rest), variable, *point), at=expr.at)
        case Call(name=("sum" | "prod" | "limit") as name, args=(body, Name() as variable, *ends)):
            body, variable = _apart(body, variable, values)
            rest = {key: value for key, value in values.items() if key != variable.name}
            changed = (substitute(end, values) for end in ends)
            return Call(name, (substitute(body, rest), variable, *changed), at=expr.at)
        case _:
            return rebuilt(expr, lambda part: substitute(part, values))


def _apart(body: Expr, variable: Name, values: Mapping[str, Expr]) -> tuple[Expr, Name]:
    """The body and its bound name, renamed if a value to be put in mentions that name."""
    if not any(variable.name in free_names(value) for name, value in values.items() if name != variable.name):
        return body, variable
    fresh = Name(f"{variable.name}ʹ", at=variable.at)
    return substitute(body, {variable.name: fresh}), fresh


def _substituted_name(expr: Name, values: Mapping[str, Expr]) -> Expr:
    if expr.name in values:
        return values[expr.name]
    base, subscript = base_and_subscript(expr.name)
    if not subscript or (subscript not in values and base not in values):
        return expr
    place: Expr
    if subscript in values:
        place = values[subscript]
    elif subscript.isdecimal():
        place = Number(Fraction(int(subscript)))
    else:
        place = Name(subscript)
    whole = values.get(base)
    if isinstance(whole, Name):
        base = whole.name
    elif isinstance(whole, Listing):
        return element(whole, minus_one(place))
    elif whole is not None and subscript not in values:
        return expr
    if isinstance(place, Number) and place.value.denominator == 1:
        return Name(f"{base}_{place.value}", at=expr.at)
    if isinstance(place, Name):
        return Name(f"{base}_{place.name}", at=expr.at)
    return Index(Name(base, at=expr.at), minus_one(place), at=expr.at)


def unrolled(body: Expr, index: str, first: Number, last: Number) -> list[Expr] | None:
    """The terms of a sum between two numbers; None if they are too many or none."""
    if first.value.denominator != 1 or last.value.denominator != 1 or not 0 <= last.value - first.value < MAX_UNROLLED:
        return None
    return [substitute(body, {index: number(place)}) for place in range(int(first.value), int(last.value) + 1)]
