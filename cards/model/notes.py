"""The notes that an author writes, by their kinds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from cards.findings import Position
from cards.model.drawing import Derived, Mistake, Parameter, Snippet
from cards.model.parts import Claim, CodeUse, Drafted, Plot, Unchecked
from cards.model.texts import Slot, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteCore:
    """What every kind of note has.

    Attributes:
        id: the author's slug, unique in the deck.
        first_id: the first id that the note ever had (by the lock, else by `was`); identity on the server and in Anki.
        symbols: domains of the symbols in displays and claims (`{"x": "positive"}`), over the section's own.
        teaches: points of the deck's outline.
        requires: ids of sections or notes that come first.
        encompasses: ids of notes that answering this one practises too, each with its weight: the share of an answer to
            it that this is worth, above 0 and at most 1.
        todo: why the note wants its author's eye; while it says something, no card is made of the note.
        drafted: where the note was drafted from; None for one that its author wrote.
    """

    id: str
    first_id: str
    where: Position
    was: tuple[str, ...] = ()
    why: Text | None = None
    code: tuple[CodeUse, ...] = ()
    plot: Plot | None = None
    claims: tuple[Claim, ...] = ()
    unchecked: tuple[Unchecked, ...] = ()
    symbols: tuple[tuple[str, str], ...] = ()
    teaches: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    encompasses: tuple[tuple[str, float], ...] = ()
    tags: tuple[str, ...] = ()
    source: str = ""
    todo: str = ""
    drafted: Drafted | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BasicNote(NoteCore):
    """One question, one answer."""

    front: Text
    back: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ReversedNote(NoteCore):
    """Asked both ways: the back is a question too."""

    front: Text
    back: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ClozeNote(NoteCore):
    r"""A text with named gaps, `\cloze{name}{content}`; each name is one card.

    Attributes:
        parts: the names in the order of their first appearance.
    """

    text: Text
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemNote(NoteCore):
    r"""A question whose answer is typed or chosen, with fresh numbers at each review if it has any.

    Attributes:
        parameters: what is drawn; nothing for a question that is always the same.
        derived: values worked out from these, in order.
        constraints: conditions between the parameters (`a != b`), in the small language.
        front: the question; `\val{expr}` puts a value in.
        answer: an expression over the parameters; a text for `takes: text`.
        takes: what is typed: expression, equation, set, text or python; nothing to go by the answer's own shape.
        also: texts that are right as well.
        form: the shape that the answer must have, or None for any equal expression.
        tolerance: how far off a number may be: `0.01` or `1%`; nothing for not at all.
        unit: the unit that the answer is in, such as `m/s`; nothing for none.
        mistakes: answers that are known to be wrong, each with what to tell. For a choice they are its wrong answers.
        choose: whether the answer is chosen among the mistakes' and not typed.
        allow: what is not to be complained about: `trivial`, `same-answer`.
        snippet: the code that the question is about; None for none.
        back: a worked solution shown with the answer, with `\val{expr}` too; None for the answer alone.
    """

    parameters: tuple[Parameter, ...]
    derived: tuple[Derived, ...] = ()
    constraints: tuple[Text, ...] = ()
    front: Text
    answer: Text
    takes: str = ""
    also: tuple[Text, ...] = ()
    form: str | None = None
    tolerance: str = ""
    unit: str = ""
    mistakes: tuple[Mistake, ...] = ()
    choose: bool = False
    allow: tuple[str, ...] = ()
    snippet: Snippet | None = None
    back: Text | None = None


Note: TypeAlias = BasicNote | ReversedNote | ClozeNote | ProblemNote


def slots_of(note: Note) -> tuple[str, ...]:
    """The names of the cards that a note makes, in the order in which they are introduced."""
    match note:
        case BasicNote():
            return (Slot.FORWARD.value,)
        case ReversedNote():
            return (Slot.FORWARD.value, Slot.BACKWARD.value)
        case ClozeNote():
            return note.parts
        case ProblemNote():
            return (Slot.PROBLEM.value,)


def kind_of(note: Note) -> str:
    """The author's word for the note's kind: basic, reversed, cloze or problem."""
    return {BasicNote: "basic", ReversedNote: "reversed", ClozeNote: "cloze", ProblemNote: "problem"}[type(note)]
