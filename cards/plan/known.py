"""What is known of what was published, whoever keeps it: the deck's lock, or a server that has loaded the deck."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from cards.cloze import ClozeError, parse_cloze, part_names
from cards.lock import AnkiType, Lock, LockEntry, PublishedDeck, Says, deck_says, notes_say
from cards.lock.says import FIXED_SLOTS
from cards.model import Deck, slots_of


@dataclass(frozen=True, slots=True)
class Known:
    """A note as it was published, or is about to be.

    Attributes:
        first_id: the first id that it ever had.
        id: the one that it had last.
        says: what it says, or said last; None if that was not kept.
        gone: whether it is in the deck no more.
        ever: every card that it ever made, as far as that was kept.
        hashes: of what Anki receives of it, by its note type, if it was published for Anki.
        living: the note type under which it is published now; None if it is gone, or was not published for Anki.
        listed: the cards that it makes, in order, if they are known otherwise than from what it says.
    """

    first_id: str
    id: str
    says: Says | None
    gone: bool
    ever: frozenset[str]
    hashes: Mapping[AnkiType, str] = field(default_factory=dict)
    living: AnkiType | None = None
    listed: tuple[str, ...] | None = None

    @property
    def slots(self) -> tuple[str, ...] | None:
        """The cards that it makes, in order: none if it is gone, None if that was not kept."""
        if self.gone:
            return ()
        return self.listed if self.listed is not None else slots_said(self.says)


@dataclass(frozen=True, slots=True)
class Published:
    """A deck as it was published, or is about to be.

    Attributes:
        notes: by their first ids; those that are gone too.
        deck: the rest of it; None if that was not kept.
    """

    notes: Mapping[str, Known] = field(default_factory=dict)
    deck: PublishedDeck | None = None


def of_lock(lock: Lock) -> Published:
    """What a lock keeps."""
    grouped: dict[str, list[LockEntry]] = {}
    for entry in lock.entries.values():
        grouped.setdefault(entry.first_id, []).append(entry)
    return Published({first: _known(entries) for first, entries in grouped.items()}, lock.deck)


def of_deck(deck: Deck, before: Published) -> Published:
    """A deck once a server has loaded it, after what it held before."""
    notes: dict[str, Known] = {}
    for note, says in notes_say(deck):
        slots, known = slots_of(note), before.notes.get(note.first_id)
        ever = frozenset(slots) if known is None else known.ever.union(slots)
        notes[note.first_id] = Known(note.first_id, note.id, says, gone=False, ever=ever, listed=slots)
    gone = {name: replace(known, gone=True, listed=None) for name, known in before.notes.items() if name not in notes}
    return Published(notes | gone, deck_says(deck))


def _known(entries: Iterable[LockEntry]) -> Known:
    ordered = sorted(entries, key=lambda entry: (not entry.retired, entry.changed))
    last = ordered[-1]
    ever: set[str] = set()
    for entry in ordered:
        ever.update(entry.parts, entry.had)
        if entry.says is not None:
            ever.update(FIXED_SLOTS.get(entry.says["kind"], ()))
    hashes = {entry.type: entry.hash for entry in ordered}
    living = None if last.retired else last.type
    return Known(last.first_id, last.id, last.says, last.retired, frozenset(ever), hashes, living)


def slots_said(says: Says | None) -> tuple[str, ...] | None:
    """The cards of a note that says this; None if it cannot be told."""
    if says is None:
        return None
    if says["kind"] != "cloze":
        return FIXED_SLOTS.get(says["kind"])
    try:
        return part_names(parse_cloze(says.get("text", "")))
    except ClozeError:
        return None
