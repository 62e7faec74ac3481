"""What was published of each note: who it is, when its content last changed, which number each cloze part has.

`deck.lock.json` is JSON with one line for each note, sorted, and a last line for the format, so that git merges it line
by line:

    [
    {"first_id": "power-rule", "type": "basic", "id": "power-rule", "was": [], "hash": "...", ...},
    {"format": 1}
    ]

A note is known by (first id, type). Nothing in the file is ever forgotten: a removed note's line stays with `retired`,
a removed cloze part keeps its number, and so neither is ever given to something else.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from secrets import token_hex
from typing import Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from cards.findings import DeckError, Finding, Position

LOCK_NAME = "deck.lock.json"
FORMAT = 1
AnkiType: TypeAlias = Literal["basic", "cloze"]

_MARKERS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")


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
    """

    first_id: str
    type: AnkiType
    id: str
    hash: str
    changed: int
    was: tuple[str, ...] = ()
    parts: Mapping[str, int] = field(default_factory=dict)
    retired: bool = False

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
    """

    note_id: str
    was: Sequence[str]
    first_id: str
    type: AnkiType
    content: bytes | str
    parts: Sequence[str] = ()


@dataclass(init=False)
class Lock:
    """All entries, found by (first id, type) or by any id that a note ever had.

    Attributes:
        entries: sorted by first id and type.
    """

    entries: dict[tuple[str, AnkiType], LockEntry]
    _owners: dict[str, str] = field(compare=False, repr=False)

    def __init__(self, entries: Iterable[LockEntry] = ()) -> None:
        ordered = sorted(entries, key=lambda entry: (entry.first_id, entry.type))
        self.entries = {(entry.first_id, entry.type): entry for entry in ordered}
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


def next_lock(old: Lock, received: Iterable[Received], now: int) -> Lock:
    """The lock after publishing these notes and no others.

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
            note.first_id, note.type, note.note_id, digest, changed, _was(old, note), parts, retired=False
        )
        for other in ("basic", "cloze"):  # the same note under the type that it had before
            twin = entries.get((note.first_id, other))
            if twin is not None and other != note.type:
                entries[note.first_id, other] = replace(twin, id=note.note_id, was=entries[key].was)
    return Lock(entries.values())


def _was(old: Lock, note: Received) -> tuple[str, ...]:
    names: list[str] = []
    for kind in ("basic", "cloze"):
        entry = old.entries.get((note.first_id, kind))
        if entry:
            names += [*entry.was, entry.id]
    return tuple(dict.fromkeys(n for n in [*names, *note.was] if n not in (note.first_id, note.note_id)))


class _Line(BaseModel):
    """One note's line in the file."""

    model_config = ConfigDict(extra="forbid", strict=True)

    first_id: str = Field(min_length=1)
    type: AnkiType
    id: str = Field(min_length=1)
    was: list[str]
    hash: str
    changed: int = Field(ge=0, le=10**11)
    parts: dict[str, int]
    retired: bool


def format_lock(lock: Lock) -> str:
    """The lock as it is written."""
    lines = [
        json.dumps(
            {
                "first_id": entry.first_id,
                "type": entry.type,
                "id": entry.id,
                "was": list(entry.was),
                "hash": entry.hash,
                "changed": entry.changed,
                "parts": dict(sorted(entry.parts.items(), key=lambda part: part[1])),
                "retired": entry.retired,
            },
            ensure_ascii=False,
        )
        + ",\n"
        for entry in lock.entries.values()
    ]
    return "[\n" + "".join(lines) + json.dumps({"format": FORMAT}) + "\n]\n"


def read_lock(path: Path, name: str | None = None) -> Lock:
    """Read a lock; an empty one if there is no such file. `name` is how errors call the file.

    Raises:
        DeckError: the file cannot be read or is not what `build` wrote.
    """
    name = name or str(path)
    try:
        if not (path.is_file() or path.is_dir()) and path.exists():  # reading a pipe would wait for ever
            raise _broken(Position(name), "lock-unreadable", "The lock is a pipe or a device, not a file.", "")
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return Lock()
    except UnicodeDecodeError:
        raise _broken(Position(name), "lock-broken", "The lock is not UTF-8 text.") from None
    except OSError as error:
        raise _broken(Position(name), "lock-unreadable", f"The lock cannot be read: {error.strerror}.", "") from None
    return parse_lock(text, name)


def parse_lock(text: str, name: str) -> Lock:
    """Read a lock's text.

    Raises:
        DeckError: it is not what `build` wrote.
    """
    lines = text.splitlines()
    for row, line in enumerate(lines, start=1):
        if line.startswith(_MARKERS):
            raise _broken(
                Position(name, row), "lock-conflict", f"Git's conflict marker `{line[:7]}` stands in the lock."
            )
    try:
        items = json.loads(text)
    except ValueError as error:
        where = Position(name, getattr(error, "lineno", 1), getattr(error, "colno", 1))
        raise _broken(where, "lock-broken", "The lock is not JSON.") from None
    except RecursionError:
        raise _broken(Position(name), "lock-broken", "The lock is nested too deeply.") from None
    footer = items[-1] if isinstance(items, list) and items and isinstance(items[-1], dict) else {}
    if footer.get("format") != FORMAT:
        if isinstance(footer.get("format"), int) and footer["format"] > FORMAT:
            hint = "Update Refresher."
            raise _broken(Position(name), "lock-newer", "The lock was written by a newer Refresher.", hint)
        raise _broken(Position(name), "lock-broken", f'The lock does not end with {{"format": {FORMAT}}}.')
    entries: dict[tuple[str, str], LockEntry] = {}
    owners: dict[str, str] = {}
    for row, item in enumerate(items[:-1], start=2):
        entry = _entry(item, Position(name, row))
        key = (entry.first_id, entry.type)
        clash = next((n for n in sorted(entry.ids) if owners.setdefault(n, entry.first_id) != entry.first_id), None)
        if key in entries or clash:
            raise _broken(
                Position(name, row), "lock-broken", f"The id `{clash or entry.id}` stands in two lines of the lock."
            )
        entries[key] = entry
    return Lock(entries.values())


def _entry(item: object, where: Position) -> LockEntry:
    try:
        line = _Line.model_validate(item)
    except ValidationError as error:
        first = error.errors()[0]
        at = ".".join(str(part) for part in first["loc"])
        raise _broken(
            where, "lock-broken", f"In this line of the lock, {at or 'all'} is wrong: {first['msg']}."
        ) from None
    numbers = list(line.parts.values())
    if len(set(numbers)) < len(numbers) or any(number < 1 for number in numbers):
        raise _broken(
            where, "lock-broken", "Two cloze parts share a number in this line of the lock, or one is below 1."
        )
    return LockEntry(
        line.first_id, line.type, line.id, line.hash, line.changed, tuple(line.was), line.parts, line.retired
    )


def _broken(where: Position, code: str, message: str, hint: str | None = None) -> DeckError:
    if hint is None:
        hint = "Take either side's whole file from git, then build again."
    return DeckError([Finding(where, code, message, hint)])


def write_lock(path: Path, lock: Lock) -> None:
    """Write a lock so that a reader finds the old one or the new one, never half. An equal file is left alone.

    Raises:
        OSError: the folder cannot be written.
    """
    path = path.resolve()
    data = format_lock(lock).encode()
    if path.exists() and path.read_bytes() == data:
        return
    temporary = path.with_name(f".{path.name}.{token_hex(4)}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
