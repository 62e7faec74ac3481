"""Who each published note is: found again by any id that it ever had, its cloze parts numbered for good."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from cards.lock.says import FIXED_SLOTS, PublishedDeck, Says

AnkiType: TypeAlias = Literal["basic", "cloze"]


@dataclass(frozen=True, slots=True)
class LockEntry:
    """What was published of one note under one Anki note type.

    Attributes:
        first_id: the first id that the note ever had.
        type: the Anki note type: `basic` serves basic, reversed and problem notes.
        id: the id that it had last.
        was: every other id that it had, but for the first, the oldest first.
        hash: of what Anki receives.
        changed: when that last changed, in seconds since 1970.
        parts: the number of each cloze part that it ever had.
        retired: whether the note is gone from the deck, or now of the other type.
        says: what it said when it was last published; None if an older Refresher published it.
        had: the cards that it made once and does not now, for all but cloze notes, whose `parts` tell.
    """

    first_id: str
    type: AnkiType
    id: str
    hash: str
    changed: int
    was: tuple[str, ...] = ()
    parts: Mapping[str, int] = field(default_factory=dict)
    retired: bool = False
    says: Says | None = None
    had: tuple[str, ...] = ()

    @property
    def ids(self) -> set[str]:
        """Every id that the note ever had."""
        return {self.first_id, self.id, *self.was}


@dataclass(frozen=True, slots=True)
class Received:
    """One note as Anki is about to receive it.

    Attributes:
        note_id: its present id.
        was: its earlier ids, the oldest first.
        first_id: as `Lock.first_id` says.
        type: its Anki note type.
        content: all that Anki receives (fields, tags), in any form that is equal only for equal content.
        parts: a cloze note's part names in order.
        says: what it says; None if that need not be kept.
    """

    note_id: str
    was: Sequence[str]
    first_id: str
    type: AnkiType
    content: bytes | str
    parts: Sequence[str] = ()
    says: Says | None = None


@dataclass(init=False)
class Lock:
    """All entries, found by (first id, type) or by any id that a note ever had.

    Attributes:
        entries: sorted by first id and type.
        deck: what was published besides the notes; None if an older Refresher published it, or nothing was.
    """

    entries: dict[tuple[str, AnkiType], LockEntry]
    deck: PublishedDeck | None
    _owners: dict[str, str] = field(compare=False, repr=False)

    def __init__(self, entries: Iterable[LockEntry] = (), deck: PublishedDeck | None = None) -> None:
        ordered = sorted(entries, key=lambda entry: (entry.first_id, entry.type))
        self.entries = {(entry.first_id, entry.type): entry for entry in ordered}
        self.deck = deck
        self._owners = {name: entry.first_id for entry in ordered for name in entry.ids}

    def owner(self, note_id: str) -> str | None:
        """The first id of the note that has or had this id; None if no note had it."""
        return self._owners.get(note_id)

    def owners(self, note_id: str, was: Sequence[str]) -> set[str]:
        """The first ids behind all of a note's ids: more than one means that two notes were made one."""
        return {owner for name in (note_id, *was) if (owner := self.owner(name)) is not None}

    def first_id(self, note_id: str, was: Sequence[str] = ()) -> str:
        """The first id that the note ever had: as published, else the oldest of `was`, else its own."""
        for name in (note_id, *was):
            if (owner := self.owner(name)) is not None:
                return owner
        return was[0] if was else note_id

    def last_id(self, first_id: str) -> str:
        """The id that a published note had last."""
        entry = self.entries.get((first_id, "basic")) or self.entries.get((first_id, "cloze"))
        return entry.id if entry is not None else first_id

    def numbers(self, first_id: str, parts: Sequence[str]) -> dict[str, int]:
        """The number of each given cloze part: its own for good, or the highest ever given in the note plus one."""
        entry = self.entries.get((first_id, "cloze"))
        known = dict(entry.parts) if entry else {}
        highest = max(known.values(), default=0)
        for part in parts:
            if part not in known:
                highest += 1
                known[part] = highest
        return {part: known[part] for part in parts}

    def fits(self, other: Lock) -> bool:
        """Whether it keeps every identity as the other does: what was said may differ, which only a plan looks at."""
        return self.entries.keys() == other.entries.keys() and all(
            entry == other.entries[key] or replace(entry, says=None) == replace(other.entries[key], says=None)
            for key, entry in self.entries.items()
        )


def next_lock(old: Lock, received: Iterable[Received], now: int, deck: PublishedDeck | None = None) -> Lock:
    """The lock after publishing these notes and no others, in this deck.

    A new note has changed `now`; one whose content differs has changed `now`, or a second after its last change if the
    clock stands behind that; all others keep their time. Notes that are not received are retired.

    Raises:
        ValueError: two notes have the same first id.
    """
    entries = {key: replace(entry, retired=True) for key, entry in old.entries.items()}
    seen: set[str] = set()
    for note in received:
        if note.first_id in seen:
            raise ValueError(f"two notes have the first id {note.first_id}")
        seen.add(note.first_id)
        key = (note.first_id, note.type)
        before = old.entries.get(key)
        content = note.content.encode() if isinstance(note.content, str) else note.content
        digest = hashlib.sha256(content).hexdigest()[:32]
        changed = now if before is None else before.changed
        if before is not None and before.hash != digest:
            changed = max(now, before.changed + 1)
        parts = dict(before.parts) if before else {}
        parts |= old.numbers(note.first_id, note.parts)
        entries[key] = LockEntry(
            note.first_id,
            note.type,
            note.note_id,
            digest,
            changed,
            _was(old, note),
            parts,
            retired=False,
            says=note.says,
            had=_had(before, note),
        )
        for other in ("basic", "cloze"):  # the same note under the type that it had before
            twin = entries.get((note.first_id, other))
            if twin is not None and other != note.type:
                entries[note.first_id, other] = replace(twin, id=note.note_id, was=entries[key].was)
    return Lock(entries.values(), deck)


def _had(before: LockEntry | None, note: Received) -> tuple[str, ...]:
    if before is None or before.says is None or note.says is None:
        return before.had if before is not None else ()
    now = FIXED_SLOTS.get(note.says["kind"], ())
    ever = (*before.had, *FIXED_SLOTS.get(before.says["kind"], ()))
    return tuple(sorted(dict.fromkeys(slot for slot in ever if slot not in now)))


def _was(old: Lock, note: Received) -> tuple[str, ...]:
    names: list[str] = []
    for kind in ("basic", "cloze"):
        entry = old.entries.get((note.first_id, kind))
        if entry:
            names += [*entry.was, entry.id]
    return tuple(dict.fromkeys(n for n in [*names, *note.was] if n not in (note.first_id, note.note_id)))
