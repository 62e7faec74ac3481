"""Typed answers, graded as mathematics: read by a grammar, compared by value, never executed.

`grade` says of an answer that it is right, right but in another form than was asked, wrong, or unreadable, and why.
What compares is loaded when it is first asked for: it takes mpmath along, and a server has to start without.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from cards.answers.forms import Form, FormKind, parse_form
from cards.answers.measured import Measured, measured
from cards.answers.reading import latex_of, read, read_expected, text_of
from cards.answers.tolerance import parse_tolerance
from cards.answers.types import (
    LONGEST,
    FiniteSet,
    Graded,
    Interval,
    KnownMistake,
    Question,
    Reading,
    Takes,
    Tolerance,
    Typed,
    Union,
    UnreadableError,
    Verdict,
    Where,
)
from cards.answers.units import parse_unit

if TYPE_CHECKING:
    from cards.answers.equality import Comparison, compare, compare_equations, compare_sets, value_of
    from cards.answers.grading import grade

_COMPARING = {
    **dict.fromkeys(
        ("Comparison", "compare", "compare_equations", "compare_sets", "value_of"), "cards.answers.equality"
    ),
    "grade": "cards.answers.grading",
}

__all__ = [
    "LONGEST",
    "Comparison",
    "FiniteSet",
    "Form",
    "FormKind",
    "Graded",
    "Interval",
    "KnownMistake",
    "Measured",
    "Question",
    "Reading",
    "Takes",
    "Tolerance",
    "Typed",
    "Union",
    "UnreadableError",
    "Verdict",
    "Where",
    "compare",
    "compare_equations",
    "compare_sets",
    "grade",
    "latex_of",
    "measured",
    "parse_form",
    "parse_tolerance",
    "parse_unit",
    "read",
    "read_expected",
    "text_of",
    "value_of",
]


def __getattr__(name: str) -> object:
    if name not in _COMPARING:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_COMPARING[name]), name)
