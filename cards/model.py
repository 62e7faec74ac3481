"""The deck as the rest of the program sees it: plain, frozen values without file formats or HTML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import TypeAlias

from cards.findings import Position


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of an author's Markdown and where each of its lines stands in the source.

    Attributes:
        source: the text as the author wrote it (after YAML's own unquoting).
        file: the file it stands in.
        starts: for each line of `source`, the (line, column) of its first character, counted from 1. It may be shorter
            than the text; then the last entry serves for the rest.
        jumps: places where columns do not simply go on: (offset in `source`, line, column) from where to count on in
            that line of `source`. Folding and quoting make them: `''` stands for one character, a line break for a
            space.
    """

    source: str
    file: str
    starts: tuple[tuple[int, int], ...] = ((1, 1),)
    jumps: tuple[tuple[int, int, int], ...] = ()

    def at(self, offset: int) -> Position:
        """The source position of the character at `offset` in `source`."""
        before = self.source[: max(0, offset)]
        row = before.count("\n")
        begin = before.rfind("\n") + 1
        if self.jumps:
            known = [jump for jump in self.jumps if begin <= jump[0] <= len(before)]
            if known:
                start, line, column = known[-1]
                return Position(self.file, line, column + len(before) - start)
        if row < len(self.starts):
            line, column = self.starts[row]
            return Position(self.file, line, column + len(before) - begin)
        line, column = self.starts[-1]
        return Position(self.file, line, column)

    @property
    def where(self) -> Position:
        """Where the text begins."""
        return self.at(0)

    def __bool__(self) -> bool:
        return bool(self.source.strip())


class Slot(StrEnum):
    """Which question of a note a card asks, for the notes whose questions have fixed names."""

    FORWARD = "forward"
    BACKWARD = "backward"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class CardId:
    """A card's identity on the server: it survives every edit of the text.

    Attributes:
        deck: the deck's id.
        note: the first id that the note ever had.
        slot: `forward`, `backward`, `problem` or the name of a cloze part.
    """

    deck: str
    note: str
    slot: str

    def __str__(self) -> str:
        return f"{self.deck}/{self.note}/{self.slot}"

    @classmethod
    def parse(cls, text: str) -> CardId:
        """Read what `str()` wrote. Raises ValueError if the text is not `deck/note/slot`."""
        parts = text.split("/")
        if len(parts) != 3 or not all(parts):
            raise ValueError(f"{text!r} is not a card id; one looks like deck/note/slot")
        return cls(*parts)


@dataclass(frozen=True, slots=True)
class CodeUse:
    """Where a program uses the idea: the file, the symbol in it, the line itself and what it does."""

    file: str
    symbol: str
    line: Text
    does: Text | None = None
    language: str = "python"


@dataclass(frozen=True, slots=True)
class Plot:
    """A function plot to draw.

    Attributes:
        functions: expressions of one variable `x` in the small language of `cards.expr`.
        x: the interval drawn, from and to.
        y: the interval shown, or None to fit the functions.
        points: marked points, as pairs of expressions.
        bars: labels and heights, for a distribution instead of functions.
        alt: what the picture shows, for those who cannot see it.
        labels: a legend entry a function; empty for none.
    """

    functions: tuple[str, ...]
    x: tuple[str, str]
    where: Position
    y: tuple[str, str] | None = None
    points: tuple[tuple[str, str], ...] = ()
    bars: tuple[tuple[str, str], ...] = ()
    alt: str = ""
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement for the machine to check.

    Attributes:
        holds: the statement in the small language; None if `says` itself is to be read from its LaTeX.
        says: the displayed formula that it stands for, word for word with its dollars; None if bound by meaning.
        when: a displayed condition, word for word, under which it holds; None for the declared domains alone.
    """

    holds: Text | None
    says: Text | None = None
    when: Text | None = None


@dataclass(frozen=True, slots=True)
class Unchecked:
    """A displayed formula that no machine checks, and the author's reason why."""

    says: Text
    because: str


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


@dataclass(frozen=True, slots=True)
class Drafted:
    """Where a drafted note or section came from.

    Attributes:
        page: the page's file.
        line: the line of the page, counted from 1.
        under: the heading that it stands under.
        rule: the rule that drafted it.
        sure: how sure the rule is: `high`, `medium`, `low`, or nothing for a section.
    """

    page: str
    line: int
    under: str = ""
    rule: str = ""
    sure: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteCore:
    """What every kind of note has.

    Attributes:
        id: the author's slug, unique in the deck.
        first_id: the first id that the note ever had (by the lock, else by `was`); identity on the server and in Anki.
        symbols: domains of the symbols in displays and claims (`{"x": "positive"}`), over the section's own.
        teaches: points of the deck's outline.
        requires: ids of sections or notes that come first.
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


def published(deck: Deck) -> Deck:
    """The deck as learners get it: without the notes and lessons that want their author's eye first."""
    if not any(section.todo or any(note.todo for note in section.notes) for section in deck.sections):
        return deck
    sections = (
        replace(
            section,
            lesson=None if section.todo else section.lesson,
            notes=tuple(note for note in section.notes if not note.todo),
        )
        for section in deck.sections
    )
    return replace(deck, sections=tuple(sections))


def kind_of(note: Note) -> str:
    """The author's word for the note's kind: basic, reversed, cloze or problem."""
    return {BasicNote: "basic", ReversedNote: "reversed", ClozeNote: "cloze", ProblemNote: "problem"}[type(note)]


@dataclass(frozen=True, slots=True)
class Section:
    """A lesson and the notes that keep it in mind. `claims` and the rest of that group belong to the lesson's text.

    While `todo` says something, the lesson wants its author's eye, and is not shown.
    """

    id: str
    title: str
    where: Position
    requires: tuple[str, ...] = ()
    lesson: Text | None = None
    notes: tuple[Note, ...] = ()
    plots: tuple[tuple[str, Plot], ...] = ()
    claims: tuple[Claim, ...] = ()
    unchecked: tuple[Unchecked, ...] = ()
    symbols: tuple[tuple[str, str], ...] = ()
    todo: str = ""
    drafted: Drafted | None = None


@dataclass(frozen=True, slots=True)
class OutlinePoint:
    """One numbered thing that the deck promises to teach."""

    id: str
    text: str
    where: Position


@dataclass(frozen=True, slots=True)
class Card:
    """One question asked of a note. `position` is its place in the order in which new cards come."""

    id: CardId
    note: Note
    section: Section
    position: int


@dataclass(frozen=True, slots=True)
class Deck:
    """A whole deck as loaded. `sections` stand in the author's order; `refuses_lints` makes each lint an error."""

    id: str
    title: str
    folder: Path
    description: str = ""
    language: str = "en"
    refuses_lints: bool = False
    sections: tuple[Section, ...] = ()
    outline: tuple[OutlinePoint, ...] = ()
    where: Position = field(default_factory=lambda: Position("deck.yaml"))

    def notes(self) -> Iterator[tuple[Section, Note]]:
        """Every note with its section, in the author's order."""
        for section in self.sections:
            for note in section.notes:
                yield section, note
