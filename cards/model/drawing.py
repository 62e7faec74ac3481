"""What a problem draws, derives, knows of mistakes, and runs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from cards.findings import Position
from cards.model.texts import Text


class Drawn(StrEnum):
    """What a problem's parameter is when it is drawn."""

    NUMBER = "number"
    EXPRESSION = "expression"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Parameter:
    """Something that a problem draws afresh: its name and the values it may take, in order.

    Attributes:
        values: the numbers to draw from; empty for expressions and texts.
        decimal: whether the author wrote the values as decimals (`0..1 step 0.1`), so that 1/10 is shown as 0.1.
        written: the values as the author wrote them, a range or a list; empty if nobody wrote them.
        size: nothing for one number, (n,) for a vector of n numbers, (m, n) for a matrix of m rows; each is drawn.
        drawn: numbers, or one of `choices`.
        choices: the expressions in the small language (over names drawn before and the note's symbols), or the texts.
    """

    name: str
    values: tuple[Fraction, ...]
    where: Position
    decimal: bool = False
    written: str | tuple[str, ...] = ()
    size: tuple[int, ...] = ()
    drawn: Drawn = Drawn.NUMBER
    choices: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Derived:
    """A value worked out from those drawn: a name, and an expression over the names before it."""

    name: str
    value: Text
    where: Position


@dataclass(frozen=True, slots=True)
class Mistake:
    r"""A mistake that learners make: what they then answer, and what to tell them.

    Attributes:
        answer: what is answered, in the language of the note's own answer.
        hint: Markdown with `\val`, such as "You multiplied the exponents; they add."; None for a wrong choice that
            says nothing.
    """

    answer: Text
    hint: Text | None


@dataclass(frozen=True, slots=True)
class Snippet:
    r"""Python code that a problem is about, and what it prints: checked by `refresher check --run-code` alone.

    Attributes:
        code: the code, with `\val`, and `\answer` where the learner's line or expression belongs, if it is to be
            completed.
        prints: what it writes to standard output, with `\val`.
    """

    code: Text
    prints: Text
