r"""What a formula is that does not hold for all values: wrong, a condition, to be solved, or said too widely."""

from __future__ import annotations

import re
from enum import Enum, auto

from cards.claims import ClaimResult
from cards.claims.latex import Unreadable, has_relation, read
from cards.claims.trees import everything, free_names, sides
from cards.draft.fitting.senses import is_rounded, is_to_be_solved
from cards.draft.tex.notation import is_other_notation
from cards.expr import Call, Expr, Name, Relation

# Several equations in one formula are a system to be solved.
_SUPPOSED = re.compile(
    r"\b(?:sol(?:ve|ving|ves|ution)|unknowns?|systems?|such that|satisf\w*|suppose|assum\w+|if|when(?:ever)?|find"
    r"|roots?|equilibri\w+|löse\w*|lösung\w*|wenn|falls|sei|angenommen|résou\w+|si|soit|resolv\w+|resuelv\w+)\b|[解若设当令求]|如果|方程|满足|使得|假设",
    re.IGNORECASE,
)
_MISTAKEN = re.compile(
    r"left side is \[.*right side is (?!\[)|left side is (?!\[).*right side is \[|a vector stands where a number"
)
# A pair, which may be a greatest common divisor, a point or an interval; a capital letter that may be a function.
_NOTATION = re.compile(
    r"(?:^|[=\s$])(?:\\left)?[(\[]\s*[A-Za-z]\s*,\s*[A-Za-z]\s*(?:\\right)?[)\]]|[A-Z]\s*(?:\\left)?\("
)
_BEFORE = 80
"""So many characters before a formula say under which condition it stands itself."""
_IMAGINARY = frozenset({"i", "j"})


class Kind(Enum):
    """What is the matter with a formula that is not true for all values.

    CLOSED: it is plainly wrong, since no symbol in it is free. CONDITION: it compares a symbol with numbers. UNDEFINED:
    at some values a side has no value. IDENTITY: its sides have the same symbols, so it reads as if it were said of all
    values. RELATION: it tells how quantities of the text hang together (`Ax = b`), or is to be solved (`x^2 = 4`); so
    does an inequality, and what is said of a function that the text does not define. OTHER: `i` may be the imaginary
    unit, which the checker does not know. NOTATION: it is no arithmetic (`O(n)`, `f(-k) = f(k)`), or the checker took a
    vector for a number (a binomial coefficient written as a column). ROUNDED: it has `=` where it only rounds.
    """

    CLOSED = auto()
    CONDITION = auto()
    UNDEFINED = auto()
    IDENTITY = auto()
    RELATION = auto()
    OTHER = auto()
    NOTATION = auto()
    ROUNDED = auto()


REASONS = {
    Kind.CONDITION: "It is a condition.",
    Kind.UNDEFINED: "It is said where its sides have a value.",
    Kind.RELATION: "It is said of certain values, not of all.",
    Kind.OTHER: "Its i may be the imaginary unit, which the checker does not know.",
    Kind.NOTATION: "It may be written in a notation that the checker reads otherwise.",
    Kind.ROUNDED: "It is rounded: its sides differ behind the digits that it shows.",
}
"""Why formulas of a kind are exempted from the check."""


def is_to_solve(shown: str) -> bool:
    """Whether a formula is an inequality, or has a number on one side: there is nothing to ask of its other side."""
    return any(
        any(op != "==" for op, _ in relation.rest) or any(not free_names(side) for side in sides(relation))
        for relation in relations_of(shown)
    )


def is_inequality(shown: str) -> bool:
    """Whether a formula only compares, without an equation in it."""
    relations = relations_of(shown)
    return bool(relations) and all(op not in ("==", "~=") for relation in relations for op, _ in relation.rest)


def kind_of(result: ClaimResult, context: str = "") -> Kind:
    """What a formula with the verdict `false` is.

    Args:
        result: what the checker found.
        context: the words before it; they may say that it is to be solved, or only supposed.
    """
    if is_condition(result.formula):
        return Kind.CONDITION
    relations = relations_of(result.formula)
    names = {name for relation in relations for name in free_names(sides(relation))}
    if names & _IMAGINARY:
        return Kind.OTHER
    if is_other_notation(result.formula.strip("$")) or _MISTAKEN.search(result.detail):
        return Kind.NOTATION
    if is_rounded(relations, result.detail):
        return Kind.ROUNDED
    if "(t) = " in result.detail and not _has_derivative(relations):
        return Kind.RELATION
    if "no value" in result.detail:
        return Kind.UNDEFINED
    if _NOTATION.search(result.formula):
        return Kind.RELATION
    if not result.detail.startswith("at "):
        # Its symbols have the values that the text gave them elsewhere.
        return Kind.RELATION if names and _SUPPOSED.search(context[-_BEFORE:]) else Kind.CLOSED
    alone = len(relations) == 1 and not is_to_be_solved(relations[0]) and not _SUPPOSED.search(context)
    return Kind.IDENTITY if alone and _is_for_all(relations[0]) else Kind.RELATION


def _is_for_all(relation: Relation) -> bool:
    """Whether a chain of equations has the same symbols in all its sides."""
    symbols = [free_names(side) for side in sides(relation)]
    return all(op == "==" for op, _ in relation.rest) and all(each == symbols[0] for each in symbols)


def _has_derivative(relations: list[Relation]) -> bool:
    return any(
        isinstance(node, Call) and node.name in ("diff", "deriv")
        for relation in relations
        for side in sides(relation)
        for node in everything(side)
    )


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


def bases_of(shown: str) -> list[str]:
    """The symbols that a formula has as bases of logarithms, sorted."""
    nodes = (node for relation in relations_of(shown) for side in sides(relation) for node in everything(side))
    found = {
        node.args[1].name
        for node in nodes
        if isinstance(node, Call) and node.name == "log" and len(node.args) == 2 and isinstance(node.args[1], Name)
    }
    return sorted(found & set(names_of(shown)))


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


def _is_number(part: Expr) -> bool:
    return not free_names([part])
