"""An answer that is chosen: the right one and those of the known mistakes, in an order that belongs to the seed."""

from __future__ import annotations

from dataclasses import dataclass

from cards.model import ProblemNote
from cards.problems.answering import Answer, answered
from cards.problems.choosing import shuffled
from cards.problems.names import Combination, Names

KEYS = "abcdef"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that can be chosen.

    Attributes:
        key: what stands for it when it is "typed": `a` for the first, and so on.
        markdown: the answer.
        right: whether it is the right one.
        mistake: the place of the mistake among the note's, from 0; None for the right answer.
    """

    key: str
    markdown: str
    right: bool
    mistake: int | None = None


def choices_of(note: ProblemNote, answer: Answer, names: Names, drawn: Combination, seed: int) -> tuple[Choice, ...]:
    """The answer and those of the mistakes that look different, shuffled by the seed.

    Raises:
        DeckError: an answer cannot be read, or has no value.
    """
    shown: dict[str, int | None] = {answer.markdown: None}
    for place, mistake in enumerate(note.mistakes[: len(KEYS) - 1]):
        shown.setdefault(answered(note, mistake.answer, names, drawn).markdown, place)
    listed = list(shown.items())
    order = shuffled(len(listed), note.first_id, seed)
    return tuple(
        Choice(key, listed[place][0], listed[place][1] is None, listed[place][1])
        for key, place in zip(KEYS, order, strict=False)
    )
