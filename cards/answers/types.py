"""What is asked for, what was typed, and what grading says of it: plain values that its parts hand one another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from cards.expr import Expr, Relation

LONGEST = 500
"""Characters of a typed answer that are read at most."""


class Verdict(StrEnum):
    """What grading says of a typed answer."""

    RIGHT = "right"
    WRONG_FORM = "wrong_form"
    WRONG = "wrong"
    UNREADABLE = "unreadable"


class Takes(StrEnum):
    """What a learner is to type."""

    EXPRESSION = "expression"
    """A number, a vector, a matrix, or anything in the declared symbols."""
    EQUATION = "equation"
    SET = "set"
    """Intervals, finite sets, their unions, inequalities in one symbol."""
    TEXT = "text"
    PYTHON = "python"
    """An expression in Python's own syntax."""


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers between two ends, which may be infinite; `closed` tells of each end whether it belongs to it."""

    low: Expr
    high: Expr
    closed: tuple[bool, bool]


@dataclass(frozen=True, slots=True)
class FiniteSet:
    """Some numbers (or vectors), in the order typed; none for the empty set."""

    items: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Where:
    """The numbers for which comparisons hold, all of them: `0 < x <= 1`, `x != 0`."""

    conditions: tuple[Relation, ...]


@dataclass(frozen=True, slots=True)
class Union:
    """Whatever belongs to one part at least."""

    parts: tuple[Interval | FiniteSet | Where, ...]


Typed: TypeAlias = Expr | Relation | Union | str
"""What was typed, read: an expression, an equation, a set, or a text."""


class UnreadableError(Exception):
    """Something typed that cannot be read.

    Attributes:
        message: what was found and what would be right: a sentence for learners, without its full stop.
        at: where in what was typed, counted from 0.
    """

    def __init__(self, message: str, at: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.at = at


@dataclass(frozen=True, slots=True)
class Reading:
    """What was typed, as it is read.

    Attributes:
        value: the meaning, in the shape in which it was typed: nothing is worked out.
        text: the same in one plain line, with the parentheses that show how it is read: `(1/2)*x`.
        latex: the same as LaTeX, without dollars.
        note: which rule settled an ambiguous input, as a sentence; empty if nothing was ambiguous.
        other: the other reading of an ambiguous input, to recognise what was meant; None if there is none.
        unit: the unit typed behind it, empty if there is none.
        decimals: of a number typed as a decimal, how many places it has; None for anything else.
    """

    value: Typed
    text: str
    latex: str
    note: str = ""
    other: Typed | None = None
    unit: str = ""
    decimals: int | None = None


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far off a number may be: an absolute amount, or a part of the right value."""

    amount: Fraction
    relative: bool = False


@dataclass(frozen=True, slots=True)
class KnownMistake:
    """An answer that is known to be wrong, and what to tell (Markdown; empty for nothing)."""

    value: Typed
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What an answer is graded against, with all numbers put in.

    Attributes:
        expected: the right answer.
        takes: what is to be typed.
        symbols: the declared symbols and their domains, as authors write them (`positive`, `0 < t < 1`).
        form: the shape that the answer must have, as authors write it (`lowest_terms`, `decimal:3`); empty for any.
        also: texts that are right as well.
        tolerance: how far off a number may be; None for not at all.
        unit: the unit that the answer is in; empty for none.
        mistakes: known mistakes, the first that fits is told.
    """

    expected: Typed
    takes: Takes = Takes.EXPRESSION
    symbols: Mapping[str, str] = field(default_factory=dict)
    form: str = ""
    also: tuple[str, ...] = ()
    tolerance: Tolerance | None = None
    unit: str = ""
    mistakes: tuple[KnownMistake, ...] = ()


@dataclass(frozen=True, slots=True)
class Graded:
    """What grading says.

    Attributes:
        verdict: right, right value but wrong form, wrong, or unreadable.
        message: a sentence for the learner (Markdown): which form was asked, which mistake it is, what cannot be read;
            empty if there is nothing to say.
        read_as: how the answer was read, in one plain line; empty if it was not.
        latex: the same as LaTeX; empty if it was not read, or is a text.
        mistake: the place of the known mistake in the question's list; None if it is none of them.
        at: where in what was typed an unreadable answer stops making sense; None for other verdicts.
    """

    verdict: Verdict
    message: str = ""
    read_as: str = ""
    latex: str = ""
    mistake: int | None = None
    at: int | None = None
