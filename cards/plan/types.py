"""What publishing a deck would change, as plain values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from cards.findings import Position
from cards.lock import AnkiType
from cards.plan.words import Piece


class Action(StrEnum):
    """What happens to a note or a section, the weightiest thing alone."""

    ADD = "add"
    RESTORE = "restore"
    """It was published once, was gone, and is back."""
    RETYPE = "retype"
    """A note crosses from or to cloze: in Anki the old note is retired, and a new one comes."""
    CHANGE = "change"
    RENAME = "rename"
    """It has another id, and nothing else is new."""
    MOVE = "move"
    RETIRE = "retire"
    """It is gone, or waits for its author."""


@dataclass(frozen=True, slots=True)
class TextChange:
    """A text that differs, by the author's name for it, word by word."""

    name: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Slots:
    """What becomes of a note's cards on the server, by their slots.

    Attributes:
        added: cards that are new.
        retired: cards that are asked no more; their history is kept.
        restored: cards that come back with their history.
        reordered: whether those that stay come in another order.
    """

    added: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()
    restored: tuple[str, ...] = ()
    reordered: bool = False


@dataclass(frozen=True, slots=True)
class InAnki:
    """What becomes of a note in Anki, at the learner's next import.

    Attributes:
        new: the note type under which it is new there; None if it is not.
        updated: whether an update comes.
        retired: the note type of which a note stays there that the deck has no more; None if none does.
    """

    new: AnkiType | None = None
    updated: bool = False
    retired: AnkiType | None = None


@dataclass(frozen=True, slots=True)
class NotePlan:
    """What happens to a note.

    Attributes:
        action: the weightiest thing that happens to it.
        id: its id, the last one if it is gone.
        first_id: the first that it ever had: its identity.
        was: the id that it had when it was last published, if that was another.
        kind: its kind, before and after; a side is empty if it did not exist, or if that was not kept.
        section: its section, in the same way.
        moved: whether it comes at another place in its section; a move to another section shows in `section`.
        texts: the texts that differ, if they were kept; all others are the same.
        unknown: whether its texts may differ: what they said before was not kept.
        restyled: whether only what Anki shows differs: a section's title, a picture, or how Refresher renders.
        cards: its cards on the server.
        anki: the note in Anki; None if the plan is a server's.
        where: where it stands; None if it is gone.
        todo: why it waits for its author, if that is why it is gone.
    """

    action: Action
    id: str
    first_id: str
    was: str = ""
    kind: tuple[str, str] = ("", "")
    section: tuple[str, str] = ("", "")
    moved: bool = False
    texts: tuple[TextChange, ...] = ()
    unknown: bool = False
    restyled: bool = False
    cards: Slots = field(default_factory=Slots)
    anki: InAnki | None = None
    where: Position | None = None
    todo: str = ""

    @property
    def resettled(self) -> bool:
        """Whether it goes to another section."""
        return bool(self.section[0] and self.section[1]) and self.section[0] != self.section[1]

    @property
    def rekinded(self) -> bool:
        """Whether it is of another kind now."""
        return bool(self.kind[0] and self.kind[1]) and self.kind[0] != self.kind[1]


@dataclass(frozen=True, slots=True)
class SectionPlan:
    """What happens to a section, beside its notes: to its title, its lesson, what it requires, and its place."""

    action: Action
    id: str
    texts: tuple[TextChange, ...] = ()


@dataclass(frozen=True, slots=True)
class DeckPlan:
    """What happens to the deck as a whole.

    Attributes:
        renamed: its id before and after, if they differ: then all notes are new everywhere.
        texts: its title and description, if they differ.
    """

    renamed: tuple[str, str] | None = None
    texts: tuple[TextChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """A note that waits for its author: no card is made of it.

    Attributes:
        id: its id.
        todo: why, in the author's words.
        where: where it stands.
    """

    id: str
    todo: str
    where: Position


@dataclass(frozen=True, slots=True)
class LostRename:
    """A new note that says what one that is gone said: without `was` the history stays behind.

    Attributes:
        id: the new note's id.
        gone: the last id of the note that is gone.
        line: the line that makes them one note.
        where: where the new note stands.
    """

    id: str
    gone: str
    line: str
    where: Position | None


@dataclass(frozen=True, slots=True)
class Plan:
    """What publishing a deck would change.

    Attributes:
        deck_id: the deck.
        notes: what happens to its notes, in the deck's order; those that are gone come last. Notes to which nothing
            happens are left out.
        sections: the same of its sections.
        deck: what happens to the deck as a whole.
        held: the notes that wait for their author.
        lost: new notes that look like ones that are gone.
        first: whether nothing was published before.
    """

    deck_id: str
    notes: tuple[NotePlan, ...] = ()
    sections: tuple[SectionPlan, ...] = ()
    deck: DeckPlan = field(default_factory=DeckPlan)
    held: tuple[Held, ...] = ()
    lost: tuple[LostRename, ...] = ()
    first: bool = False

    @property
    def changes(self) -> bool:
        """Whether anything changes."""
        return bool(self.notes or self.sections or self.deck != DeckPlan())

    @property
    def counts(self) -> Mapping[Action, int]:
        """How many notes there are of each action."""
        found = Counter(note.action for note in self.notes)
        return {action: found[action] for action in Action if found[action]}

    @property
    def cards(self) -> tuple[int, int, int]:
        """How many cards are new on the server, how many are retired, and how many are back."""
        cards = [note.cards for note in self.notes]
        return (
            sum(len(one.added) for one in cards),
            sum(len(one.retired) for one in cards),
            sum(len(one.restored) for one in cards),
        )

    @property
    def new(self) -> tuple[str, ...]:
        """The ids of the notes that are new in Anki, as the lock sorts them."""
        return self._ids([note for note in self.notes if note.anki is not None and note.anki.new])

    @property
    def changed(self) -> tuple[str, ...]:
        """The ids of the notes that Anki updates."""
        return self._ids([note for note in self.notes if note.anki is not None and note.anki.updated])

    @property
    def retired(self) -> tuple[str, ...]:
        """The last ids of the notes that stay in Anki and are in the deck no more, or are of another type there."""
        return self._ids([note for note in self.notes if note.anki is not None and note.anki.retired])

    @staticmethod
    def _ids(notes: list[NotePlan]) -> tuple[str, ...]:
        return tuple(note.id for note in sorted(notes, key=lambda note: note.first_id))
