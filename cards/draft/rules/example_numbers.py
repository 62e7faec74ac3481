"""Statements that give the numbers of an example, which hold for nothing else."""

from __future__ import annotations

import re

from cards.draft.rules.asking import is_numeric, is_symbol
from cards.draft.tex import Statement

_CALLED = re.compile(
    r"^(?:[A-Za-z]|\\(?:text|textrm|mathrm|mathbb|operatorname|mathcal|mathbf)\s*\{[^{}]*\}|\\(?:sigma|mu|rho|lambda|gamma|hat\s*\{?\w\}?|bar\s*\{?\w\}?))"
    r"(?:[_^](?:\{[^{}]*\}|\w))*\s*(?:\\left)?[(\[](?=.*[A-Za-z]).*[)\]]$"
)
_OF_EXAMPLE = re.compile(r"(?<![\w^_{])\d+\.\d|(?<![\w^_{.])\d{2,}")
_UNITS = re.compile(r"-?[01]")


def is_datum(statement: Statement) -> bool:
    r"""Whether it gives something of letters or words a number, as examples do: `\text{Var}(X) = 2.5`.

    Values that hold in general are 0, 1 and -1: `P(\emptyset) = 0`, `i^2 = -1`.
    """
    sides = statement.sides
    if len(sides) < 2 or {side.op for side in sides[1:]} - {"=", r"\approx", ":="}:
        return False
    left, right = sides[0].tex, sides[-1].tex
    named = is_symbol(left) or _CALLED.match(left) is not None
    return named and not is_numeric(left) and is_numeric(right) and not _UNITS.fullmatch(right.strip())


def has_numbers(statement: Statement) -> bool:
    """Whether an example's numbers stand in a statement on something else than numbers."""
    sides = statement.sides
    if not sides or is_numeric(sides[0].tex):
        return False
    return is_numeric(sides[-1].tex) or _OF_EXAMPLE.search(statement.tex) is not None
