r"""What a formula is that does not hold for all values: wrong, a condition, to be solved, or said too widely."""

from __future__ import annotations

from enum import Enum, auto

from cards.claims import ClaimResult
from cards.claims.latex import Unreadable, has_relation, read
from cards.claims.trees import free_names, sides
from cards.expr import Name, Number, Relation, Unary


class Kind(Enum):
    """What is the matter with a formula that is not true.

    CLOSED: no symbol is in it, so it is wrong. CONDITION: it compares a symbol with numbers. UNDEFINED: at some values
    a side has no value. SOME: it is an inequality, or a side is a number, so it may be a condition or an equation to
    solve. IDENTITY: both sides have symbols, and it reads as if it were said of all values.
    """

    CLOSED = auto()
    CONDITION = auto()
    UNDEFINED = auto()
    SOME = auto()
    IDENTITY = auto()


def kind_of(result: ClaimResult) -> Kind:
    """What a formula with the verdict `false` is."""
    relations = relations_of(result.formula)
    names = {name for relation in relations for name in free_names(sides(relation))}
    if not names:
        return Kind.CLOSED
    if is_condition(result.formula):
        return Kind.CONDITION
    if "no value" in result.detail:
        return Kind.UNDEFINED
    for relation in relations:
        if any(op != "==" for op, _ in relation.rest) or any(not free_names(side) for side in sides(relation)):
            return Kind.SOME
    return Kind.IDENTITY


def relations_of(shown: str) -> list[Relation]:
    """The statements of a formula with its dollars; none if it is not read, or says nothing."""
    tex = shown.strip("$")
    if not has_relation(tex):
        return []
    try:
        return [each.says for each in read(tex, frozenset()) if isinstance(each.says, Relation)]
    except Unreadable:
        return []


def names_of(shown: str) -> list[str]:
    """The symbols of a formula that a deck can give domains to, sorted."""
    found = {name for relation in relations_of(shown) for name in free_names(sides(relation))}
    return sorted(name for name in found if name.replace("_", "").isalnum() and name[0].isascii())


def is_condition(shown: str) -> bool:
    """Whether a formula compares one bare symbol with numbers, other than to give it a value."""
    return bool(conditions_of(shown))


def conditions_of(shown: str) -> dict[str, str]:
    """The domains that a formula gives if it only says where single symbols lie: `0 < x < 1` of x."""
    found: dict[str, str] = {}
    for relation in relations_of(shown):
        parts = list(sides(relation))
        symbols = [part.name for part in parts if isinstance(part, Name)]
        rest = [part for part in parts if not isinstance(part, Name)]
        if (
            len(symbols) != 1
            or not all(_is_number(part) for part in rest)
            or any(op in ("==", "~=") for op, _ in relation.rest)
        ):
            return {}
        name = symbols[0]
        found[name] = f"{found[name]}, {relation}" if name in found else str(relation)
    return found


def _is_number(part: object) -> bool:
    return isinstance(part, Number) or (isinstance(part, Unary) and isinstance(part.operand, Number))
