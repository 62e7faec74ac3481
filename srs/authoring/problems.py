"""What a problem's author wants to see beside its question and answer: what it asks for, and its known mistakes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from cards.model import ProblemNote
from cards.problems import draw
from cards.render import render
from srs.library import Asks

Symbols: TypeAlias = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ShownMistake:
    """A known mistake with the numbers of one drawing.

    Attributes:
        answer: what is then answered, as safe HTML.
        hint: what its learner is told, as safe HTML; empty for nothing.
        same: whether it comes to the right answer with these numbers, so that it is no mistake here.
    """

    answer: str
    hint: str
    same: bool


@dataclass(frozen=True, slots=True)
class ShownProblem:
    """One drawing of a problem.

    Attributes:
        seed: of its numbers.
        asks: what its learner is to type or to choose.
        mistakes: in the author's order.
    """

    seed: int
    asks: Asks
    mistakes: tuple[ShownMistake, ...]

    @property
    def hints(self) -> dict[str, str]:
        """For each wrong choice, by what it shows, what is told of it."""
        return {mistake.answer: mistake.hint for mistake in self.mistakes}


@lru_cache(maxsize=4096)  # a page shows every problem of its deck, and is asked for anew after a save
def shown_mistakes(note: ProblemNote, seed: int, symbols: Symbols) -> tuple[ShownMistake, ...]:
    """The known mistakes of a problem with the numbers of one drawing.

    Args:
        note: the problem.
        seed: chooses its numbers.
        symbols: those that its section declares.

    Raises:
        DeckError: the problem, or one of its mistakes, has no value with these numbers.
        RenderError: a text cannot be shown.
    """
    if not note.mistakes:
        return ()
    instance = draw(note, seed, symbols)
    mistakes = []
    for mistake, known in zip(note.mistakes, instance.question.mistakes, strict=True):
        answer = instance.parts.mistaken(mistake).markdown
        hint = render(known.hint) if known.hint else ""
        mistakes.append(ShownMistake(render(answer), hint, same=answer == instance.answer_markdown))
    return tuple(mistakes)
