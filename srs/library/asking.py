"""What a problem asks to be typed or chosen, how something typed is read, and how it is graded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from cards.answers.types import Graded, Reading, Takes, UnreadableError, Verdict
from cards.expr import EvaluationError, Expr, ExprError, parse, simplify
from cards.expr.latex import to_latex
from cards.model import ProblemNote
from cards.problems import Instance, draw


@dataclass(frozen=True, slots=True)
class TypedField:
    """An answer that is typed.

    Attributes:
        takes: expression, equation, set, text or python.
        hint: what is to be typed, in a few plain words: "a number", "one power".
    """

    takes: str
    hint: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose: the key that stands for it when it is "typed", and the answer as safe HTML."""

    key: str
    html: str


@dataclass(frozen=True, slots=True)
class Choices:
    """An answer that is chosen among these, in this order."""

    choices: tuple[Choice, ...]


Asks: TypeAlias = TypedField | Choices


def asked(note: ProblemNote, seed: int, *, comma: bool) -> Asks:
    """What the instance of that seed asks for.

    Args:
        note: the problem.
        seed: chooses its numbers.
        comma: whether decimals are written with a comma.

    Raises:
        DeckError: the note has no such instance.
    """
    instance = draw(note, seed)
    return TypedField(Takes.EXPRESSION.value, _hint(note, instance, comma=comma))


def _hint(note: ProblemNote, instance: Instance, *, comma: bool) -> str:  # noqa: ARG001 - for now
    return "one power" if note.form == "power" else "a number"


def read_back(note: ProblemNote, seed: int, typed: str, *, comma: bool) -> Reading:  # noqa: ARG001 - for now
    """How something typed is read.

    Raises:
        UnreadableError: it cannot be.
        DeckError: the note has no such instance.
    """
    expr = _parsed(typed)
    return Reading(expr, str(expr), to_latex(expr))


def _parsed(typed: str) -> Expr:
    try:
        return parse(typed.replace("^", "**"))
    except ExprError as error:
        raise UnreadableError(error.message, error.offset) from None


def graded(note: ProblemNote, seed: int, typed: str, *, comma: bool) -> Graded:
    """What grading says of something typed or chosen.

    Raises:
        DeckError: the note has no such instance.
    """
    instance = draw(note, seed)
    try:
        reading = read_back(note, seed, typed, comma=comma)
        value = simplify(_parsed(typed), {})
    except (UnreadableError, EvaluationError) as error:
        at = error.at if isinstance(error, UnreadableError) else error.offset
        return Graded(Verdict.UNREADABLE, error.message, at=at)
    right = value == simplify(instance.answer, {})
    return Graded(Verdict.RIGHT if right else Verdict.WRONG, "", reading.text, reading.latex)
