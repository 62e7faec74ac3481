r"""A snippet with its numbers: the code as it runs, what it is to print, and what the learner would put into it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cards.model import ProblemNote, Snippet, Text
from cards.problems.draw import Symbols, draw
from cards.problems.snippets import PLACE, filled_code, printed

INSTANCES = 5
"""So many different instances of a snippet are run, or all that there are."""
SEEDS = 25
"""So many seeds are tried to find them."""


@dataclass(frozen=True, slots=True)
class Filled:
    r"""A snippet with the numbers of one seed.

    Attributes:
        code: the code, with `\answer` still in it if it is to be completed.
        prints: what it is to print.
        answer: the note's own answer as Python, to be put in for `\answer`.
        mistakes: the known mistakes as Python.
    """

    code: str
    prints: str
    answer: str
    mistakes: tuple[str, ...]

    @property
    def is_completed(self) -> bool:
        """Whether the learner completes the code."""
        return PLACE.search(self.code) is not None

    def with_answer(self, answer: str) -> str:
        r"""The code with an expression in place of `\answer`, in parentheses where it does not stand alone."""
        return PLACE.sub(lambda found: _placed(self.code, found, answer), self.code)


def _placed(code: str, found: re.Match[str], answer: str) -> str:
    before, after = code[: found.start()].rstrip(" "), code[found.end() :].lstrip(" ")
    begins = not before or before[-1] in "\n([{,=:" or before.endswith("return")
    alone = begins and (not after or after[0] in "\n)]},:#")
    return answer if alone else f"({answer})"


def filled(note: ProblemNote, snippet: Snippet, symbols: Symbols) -> list[Filled]:
    """Different instances of a note's snippet.

    Args:
        note: the problem.
        snippet: its snippet.
        symbols: those that its section declares.

    Raises:
        DeckError: the note cannot be drawn.
    """
    declared = tuple(symbols)
    found: dict[tuple[str, str], Filled] = {}
    for seed in range(SEEDS if note.parameters else 1):
        one = _filled(note, snippet, seed, declared)
        found.setdefault((one.code, one.answer), one)
        if len(found) == INSTANCES:
            break
    return list(found.values())


def _filled(note: ProblemNote, snippet: Snippet, seed: int, symbols: Symbols) -> Filled:
    made = draw(note, seed, symbols)
    parts = made.parts
    return Filled(
        code=filled_code(note, snippet.code, parts.names, parts.drawn),
        prints=printed(note, snippet, parts.names, parts.drawn),
        answer=parts.answer.text,
        mistakes=tuple(parts.mistaken(mistake).text for mistake in note.mistakes),
    )


def line_of(text: Text, line: int) -> int:
    """The offset at which a line of a text begins, counted from 1; that of the last line if there are fewer."""
    offset = 0
    for _ in range(line - 1):
        newline = text.source.find("\n", offset)
        if newline < 0 or newline + 1 >= len(text.source):
            break
        offset = newline + 1
    return offset
