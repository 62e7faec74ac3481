r"""A problem made of an example, before it is a note: what it holds, whether it is sound, and how it asks.

Nothing is taken on trust: what is wrong with a problem for any numbers that may be drawn is found before it is made.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from cards.draft.rules.asking import is_tall
from cards.findings import DeckError, Position
from cards.given import parse_given
from cards.model import Parameter, ProblemNote, Text
from cards.problems import draw
from cards.problems.check import check_problem

_PLACE = Position("page")
_SEEDS = 5
_VAL = re.compile(r"\\val\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Problem:
    r"""What a problem note holds.

    Attributes:
        given: the numbers that are drawn.
        where: conditions between them.
        front: a question with `\val`.
        answer: an expression over the numbers.
        form: the shape that the answer must have; empty for none.
        back: a worked solution; empty for none.
        symbols: domains of the other symbols.
    """

    given: Mapping[str, str]
    front: str
    answer: str
    where: tuple[str, ...] = ()
    form: str = ""
    back: str = ""
    symbols: Mapping[str, str] = field(default_factory=dict)


@lru_cache(maxsize=256)  # a page's examples are often of one kind, with one problem among them
def _is_sound(note: ProblemNote) -> bool:
    """Whether a problem can be given to a learner: nothing is wrong with it, and seeds draw instances of it."""
    try:
        if check_problem(note):
            return False
        for seed in range(_SEEDS):
            draw(note, seed)
    except DeckError:
        return False
    return True


def _note(problem: Problem) -> ProblemNote:
    def text(source: str) -> Text:
        return Text(source, "page")

    parameters = []
    for name, written in problem.given.items():
        values = parse_given(written)
        parameters.append(Parameter(name, values.values, _PLACE, values.decimal))
    return ProblemNote(
        id="drafted",
        first_id="drafted",
        where=_PLACE,
        parameters=tuple(parameters),
        constraints=tuple(map(text, problem.where)),
        front=text(problem.front),
        answer=text(problem.answer),
        form=problem.form or None,
        back=text(problem.back) if problem.back else None,
        symbols=tuple(problem.symbols.items()),
    )


def sound(problem: Problem) -> Problem | None:
    """A problem without its worked solution if that is wrong for some numbers; None if the rest is."""
    for each in (problem, replace(problem, back="")):
        if _is_sound(_note(each)):
            return each
    return None


def bare(template: str) -> str:
    r"""A template with names where it has values: `\val{a}^{2}` is `a^{2}`."""
    return _VAL.sub(r"\1", template)


def shown(tex: str) -> str:
    """A template's formula as Markdown: in a line if it fits there, else as a display."""
    return f"$${tex}$$" if is_tall(bare(tex)) else f"${tex}$"


def ask(question: str, tex: str) -> str:
    """A question with its formula for `{L}`, or with the formula below it if that is tall."""
    if not is_tall(bare(tex)):
        return question.replace("{L}", f"${tex}$")
    return f"{question.replace('What is {L}', 'What does this equal').replace('{L}', 'this')}\n\n$${tex}$$"
