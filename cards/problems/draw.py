r"""One instance of a problem: the question, the answer and the solution with the values put in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from cards.answers.types import KnownMistake, Question, Typed
from cards.model import ProblemNote, Text
from cards.problems.answering import Answer, answered, value_of
from cards.problems.choices import Choice, choices_of
from cards.problems.choosing import choose
from cards.problems.forms import Shown
from cards.problems.names import Chosen, Combination, Names, by_name, names_of, wrong
from cards.problems.snippets import shown_code
from cards.problems.template import TemplateError, Val, fill

ANSWER = "answer"
Symbols = Iterable[tuple[str, str]]
"""Declared symbols and their domains, as `Section.symbols` has them."""


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
        back: the worked solution in Markdown, or None.
        answer_text: the answer as it could be typed.
        answer_markdown: the answer in Markdown, within a line.
        choices: what can be chosen, in the order shown; nothing if the answer is typed.
    """

    values: Mapping[str, Chosen]
    front: str
    answer: Typed
    answer_latex: str
    back: str | None
    answer_text: str = ""
    answer_markdown: str = ""
    choices: tuple[Choice, ...] = ()
    _asking: _Asking | None = field(default=None, repr=False, compare=False)

    @property
    def answer_block(self) -> str:
        """The answer in Markdown as it stands by itself: a formula on a line of its own, else as within a line."""
        return f"$${self.answer_latex}$$" if self.answer_latex else self.answer_markdown

    @cached_property
    def question(self) -> Question:
        """What a typed answer is graded against; worked out when first asked for."""
        if self._asking is None:
            raise ValueError("an instance that was not drawn has no question")
        return self._asking.question()


@dataclass(frozen=True, slots=True)
class _Asking:
    """An instance's note and numbers, from which its question is made once it is needed."""

    note: ProblemNote
    drawn: Combination
    names: Names
    answer: Answer
    symbols: Mapping[str, str]

    def question(self) -> Question:
        note = self.note
        return Question(
            expected=self.answer.value,
            takes=self.answer.takes,
            symbols=self.symbols,
            form=note.form or "",
            also=tuple(_filled(note, text, self.names, self.answer, self.drawn) for text in note.also),
            unit=note.unit,
            mistakes=tuple(
                KnownMistake(
                    answered(note, mistake.answer, self.names, self.drawn).value,
                    _filled(note, mistake.hint, self.names, self.answer, self.drawn) if mistake.hint else "",
                )
                for mistake in note.mistakes
            ),
        )


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
    front = _filled(note, note.front, names, answer, drawn)
    if note.snippet is not None:
        front += shown_code(note, note.snippet, names, drawn)
    return Instance(
        values=by_name(note, drawn),
        front=front,
        answer=answer.value,
        answer_latex=answer.latex,
        back=None if note.back is None else _filled(note, note.back, names, answer, drawn),
        answer_text=answer.text,
        answer_markdown=answer.markdown,
        choices=choices_of(note, answer, names, drawn, seed) if note.choose else (),
        _asking=_Asking(note, drawn, names, answer, symbols_of(note, symbols)),
    )


def symbols_of(note: ProblemNote, symbols: Symbols = ()) -> dict[str, str]:
    """The symbols that an answer may be typed in: the section's and the note's, but for the names that have values."""
    taken = {parameter.name for parameter in note.parameters} | {derived.name for derived in note.derived}
    return {name: domain for name, domain in (*symbols, *note.symbols) if name not in taken}


def shown_for(note: ProblemNote, text: Text, val: Val, names: Names, drawn: Combination) -> Shown | str:
    r"""What a `\val` of a text puts in. Raises DeckError if it cannot be read, or has no value."""
    if val.source.strip() == ANSWER:
        return answered(note, note.answer, names, drawn).at(val.zone)
    return value_of(note, text, val, names, drawn)


def _filled(note: ProblemNote, text: Text, names: Names, answer: Answer, drawn: Combination) -> str:
    def shown(val: Val) -> Shown | str:
        return answer.at(val.zone) if val.source.strip() == ANSWER else value_of(note, text, val, names, drawn)

    try:
        return fill(text.source, shown)
    except TemplateError as error:
        raise wrong(text, error.offset, error.message, note, None) from None
