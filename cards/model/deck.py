"""A deck with its sections, its outline and its cards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from cards.findings import Position
from cards.model.notes import Note
from cards.model.parts import Claim, Drafted, Plot, Unchecked
from cards.model.texts import CardId, Text


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
