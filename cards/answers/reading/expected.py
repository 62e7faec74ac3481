"""An author's answer: the small language of decks first, then what learners type."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cards.answers.reading.reading import read
from cards.answers.types import Takes, Typed
from cards.expr import Expr, ExprError, Relation, free_names, parse, parse_statement

_SET = re.compile(r"[{∪∈∅ℝ<>≤≥≠±]|!=|\\(cup|in|le|ge|ne|emptyset|varnothing|mathbb)|\boo\b.*[\])]$|\bor\b|\bU\b")


def read_expected(text: str, takes: Takes | None, symbols: Mapping[str, str]) -> tuple[Typed, Takes]:
    """Read an author's answer.

    Args:
        text: the answer, in the small language or as learners type.
        takes: what learners are asked for; None to go by the answer's own shape: `==` or `=` makes an equation;
            braces, half-open brackets, `∪`, inequalities and `(a, b)` a set; anything else an expression.
        symbols: the declared symbols and their domains.

    Raises:
        UnreadableError: it cannot be read, or names what is not declared.
    """
    if takes is None:
        takes = shape_of(text, symbols)
    if takes in (Takes.EXPRESSION, Takes.EQUATION):
        small = _small(text, takes)
        if small is not None and _declared(small, symbols):
            return small, takes
    return read(text, takes, symbols).value, takes


def shape_of(text: str, symbols: Mapping[str, str]) -> Takes:
    """What an answer's own shape says is to be typed."""
    stripped = text.strip()
    if stripped == "R" and "R" not in symbols:
        return Takes.SET
    if _small(stripped, Takes.EXPRESSION) is not None:
        return Takes.EXPRESSION
    first, last = stripped[:1], stripped[-1:]
    if _SET.search(stripped) or (first and first in "([]" and last and last in ")[]" and _is_interval(stripped)):
        return Takes.SET
    return Takes.EQUATION if "=" in stripped else Takes.EXPRESSION


def _is_interval(text: str) -> bool:
    """Whether one pair of brackets around one comma is all there is, and not of the kind that makes a vector."""
    if text[0] == "[" and text[-1] == "]":
        return False
    open_brackets, commas = 0, 0
    for place, sign in enumerate(text):
        if sign in "([" and (place == 0 or place < len(text) - 1):
            open_brackets += 1
        elif sign in ")]" and place > 0:
            open_brackets -= 1
            if open_brackets <= 0 and place < len(text) - 1:
                return False
        elif sign in ",;" and open_brackets == 1:
            commas += 1
    return commas == 1


def _small(text: str, takes: Takes) -> Expr | Relation | None:
    try:
        if takes is Takes.EXPRESSION:
            return parse(text)
        statement = parse_statement(text)
    except ExprError:
        return None
    relation = statement.relation
    return relation if not statement.conditions and [op for op, _ in relation.rest] == ["=="] else None


def _declared(value: Expr | Relation, symbols: Mapping[str, str]) -> bool:
    """Whether all names are declared; `x_i` is, if `x` is."""
    sides = (value.first, *(right for _, right in value.rest)) if isinstance(value, Relation) else (value,)
    names = frozenset[str]().union(*map(free_names, sides))
    return all(name in symbols or name == "i" or name.partition("_")[0] in symbols for name in names)
