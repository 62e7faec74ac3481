"""What a problem asks to be typed or chosen, and how something typed is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from cards.answers.measured import measured
from cards.answers.types import Reading
from cards.problems import Instance
from cards.render import render
from srs.library.hints import hint_of


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
    """An answer that is chosen among these, in this order; `right` is the key of the right one."""

    choices: tuple[Choice, ...]
    right: str


Asks: TypeAlias = TypedField | Choices


def asked(instance: Instance, *, comma: bool) -> Asks:
    """What a problem asks for.

    Args:
        instance: the problem with its numbers.
        comma: whether decimals are written with a comma.

    Raises:
        RenderError: a choice cannot be shown.
    """
    if not instance.choices:
        return TypedField(instance.question.takes.value, hint_of(instance, comma=comma))
    (right, *_) = (choice.key for choice in instance.choices if choice.right)
    return Choices(tuple(Choice(choice.key, render(choice.markdown)) for choice in instance.choices), right)


def read_back(instance: Instance, typed: str, *, comma: bool) -> Reading:
    """How something typed is read.

    Raises:
        UnreadableError: it cannot be.
    """
    return measured(instance.question, typed, decimal_comma=comma).reading
