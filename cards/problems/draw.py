r"""One instance of a problem: the question, the answer and the solution with the values put in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from cards.answers.types import KnownMistake, Question, Typed
from cards.model import Mistake, ProblemNote, Text
from cards.problems.answering import Answer, answered, tolerance_of, value_of
from cards.problems.choices import KEYS, Choice, shuffled_choices
from cards.problems.choosing import choose
from cards.problems.forms import Shown
from cards.problems.names import Chosen, Combination, Names, by_name, names_of, wrong
from cards.problems.snippets import shown_code
from cards.problems.template import TemplateError, Val, fill

ANSWER = "answer"
Symbols = Iterable[tuple[str, str]]
"""Declared symbols and their domains, as `Section.symbols` has them."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What an instance is made of: its note, what was drawn, what its names stand for, and its answer."""

    note: ProblemNote
    drawn: Combination
    names: Names
    answer: Answer
    symbols: Mapping[str, str]

    def value_of(self, text: Text, val: Val) -> Shown | str:
        r"""What a `\val` of one of the note's texts puts in. Raises DeckError if it has no value."""
        if val.source.strip() == ANSWER:
            return self.answer.at(val.zone)
        return value_of(self.note, text, val, self.names, self.drawn)

    def filled(self, text: Text) -> str:
        r"""One of the note's texts with its `\val`s put in. Raises DeckError if one has no value."""
        try:
            return fill(text.source, lambda val: self.value_of(text, val))
        except TemplateError as error:
            raise wrong(text, error.offset, error.message, self.note, None) from None

    def mistaken(self, mistake: Mistake) -> Answer:
        """What is answered by mistake. Raises DeckError if it has no value."""
        return answered(self.note, mistake.answer, self.names, self.drawn)

    def question(self) -> Question:
        """What a typed answer is graded against. Raises DeckError if a mistake or its hint has no value."""
        note = self.note
        return Question(
            expected=self.answer.value,
            takes=self.answer.takes,
            symbols=self.symbols,
            form=note.form or "",
            also=tuple(map(self.filled, note.also)),
            tolerance=tolerance_of(note),
            unit=note.unit,
            mistakes=tuple(
                KnownMistake(self.mistaken(mistake).value, self.filled(mistake.hint) if mistake.hint else "")
                for mistake in note.mistakes
            ),
        )


@dataclass(frozen=True)
class Instance:
    r"""One problem with its numbers.

    Attributes:
        values: what was drawn, by name: numbers, vectors, matrices; texts and expressions as their author wrote them.
        front: the question in Markdown, the values put in, and the code that it is about below it.
        answer: the answer with the values put in, simplified and never rounded: an expression, possibly in the note's
            symbols, an equation, a set or a text. In a form such as `power` it is left in that form.
        answer_latex: the answer as LaTeX without dollars; it begins with `\approx` if it is rounded. Empty for a text
            and for Python code.
        answer_text: the answer as it could be typed.
        answer_markdown: the answer in Markdown, within a line.
        back: the worked solution in Markdown, or None.
        choices: what can be chosen, in the order shown; nothing if the answer is typed.
        parts: what it is made of.
    """

    values: Mapping[str, Chosen]
    front: str
    answer: Typed
    answer_latex: str
    answer_text: str
    answer_markdown: str
    back: str | None
    choices: tuple[Choice, ...]
    parts: Parts = field(repr=False, compare=False)

    @property
    def answer_block(self) -> str:
        """The answer in Markdown as it stands by itself: a formula on a line of its own, else as within a line."""
        return f"$${self.answer_latex}$$" if self.answer_latex else self.answer_markdown

    @cached_property
    def question(self) -> Question:
        """What a typed answer is graded against; worked out when first asked for.

        Raises:
            DeckError: a mistake or its hint has no value with these values.
        """
        return self.parts.question()


def draw(note: ProblemNote, seed: int, symbols: Symbols = ()) -> Instance:
    """The instance of a problem that belongs to a seed; every combination that fits the constraints is as likely.

    Args:
        note: the problem.
        seed: any integer.
        symbols: those that the note's section declares, which matter for grading alone.

    Raises:
        DeckError: the note is wrong (no combination fits, a division by zero); its finding says where.
    """
    return instance(note, choose(note, seed), seed, symbols)


def instance(note: ProblemNote, drawn: Combination, seed: int = 0, symbols: Symbols = ()) -> Instance:
    """The instance with these values. Raises DeckError if a part of the note cannot be read or has no value.

    Args:
        note: the problem.
        drawn: what its parameters take.
        seed: by which choices are shuffled.
        symbols: those that the note's section declares.
    """
    names = names_of(note, drawn)
    answer = answered(note, note.answer, names, drawn)
    parts = Parts(note, drawn, names, answer, symbols_of(note, symbols))
    front = parts.filled(note.front)
    if note.snippet is not None:
        front += shown_code(note, note.snippet, names, drawn)
    return Instance(
        values=by_name(note, drawn),
        front=front,
        answer=answer.value,
        answer_latex=answer.latex,
        answer_text=answer.text,
        answer_markdown=answer.markdown,
        back=None if note.back is None else parts.filled(note.back),
        choices=_choices(parts, seed) if note.choose else (),
        parts=parts,
    )


def _choices(parts: Parts, seed: int) -> tuple[Choice, ...]:
    """The answer and those of the mistakes that look different, shuffled by the seed."""
    shown: dict[str, int | None] = {parts.answer.markdown: None}
    for place, mistake in enumerate(parts.note.mistakes[: len(KEYS) - 1]):
        shown.setdefault(parts.mistaken(mistake).markdown, place)
    return shuffled_choices(list(shown.items()), parts.note.first_id, seed)


def symbols_of(note: ProblemNote, symbols: Symbols = ()) -> dict[str, str]:
    """The symbols that an answer may be typed in: the section's and the note's, but for the names that have values."""
    taken = {parameter.name for parameter in note.parameters} | {derived.name for derived in note.derived}
    return {name: domain for name, domain in (*symbols, *note.symbols) if name not in taken}
