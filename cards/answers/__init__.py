"""Typed answers, graded as mathematics: read by a grammar, compared by value, never executed.

`grade` says of an answer that it is right, right but in another form than was asked, wrong, or unreadable, and why.
"""

from cards.answers.equality import Comparison, compare, compare_equations, compare_sets, value_of
from cards.answers.forms import Form, FormKind, parse_form
from cards.answers.grading import grade
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
