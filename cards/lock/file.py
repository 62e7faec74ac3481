"""The lock's file: JSON with one line a note, read with a clear word on what is wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from cards.findings import DeckError, Finding, Position
from cards.lock.entries import AnkiType, Lock, LockEntry
from cards.lock.says import PublishedDeck, PublishedSection

FORMAT = 1

_MARKERS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")


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
    had: list[str] = []
    says: dict[str, str] | None = None


class _SectionLine(BaseModel):
    """One section's line in the file."""

    model_config = ConfigDict(extra="forbid", strict=True)

    section: str = Field(min_length=1)
    title: str
    requires: list[str]
    lesson: str


class _Footer(BaseModel):
    """The last line of the file: the format, and the deck."""

    model_config = ConfigDict(strict=True)

    deck: str | None = None
    title: str = ""
    description: str = ""


def format_lock(lock: Lock) -> str:
    """The lock as it is written."""
    lines = [json.dumps(_note(entry), ensure_ascii=False) for entry in lock.entries.values()]
    footer: dict[str, object] = {"format": FORMAT}
    if lock.deck is not None:
        lines += [json.dumps(_section(section), ensure_ascii=False) for section in lock.deck.sections]
        footer |= {"deck": lock.deck.id, "title": lock.deck.title, "description": lock.deck.description}
    return "[\n" + "".join(f"{line},\n" for line in lines) + json.dumps(footer, ensure_ascii=False) + "\n]\n"


def _note(entry: LockEntry) -> dict[str, object]:
    line: dict[str, object] = {
        "first_id": entry.first_id,
        "type": entry.type,
        "id": entry.id,
        "was": list(entry.was),
        "hash": entry.hash,
        "changed": entry.changed,
        "parts": dict(sorted(entry.parts.items(), key=lambda part: part[1])),
        "retired": entry.retired,
    }
    if entry.had:
        line["had"] = list(entry.had)
    if entry.says is not None:
        line["says"] = dict(entry.says)
    return line


def _section(section: PublishedSection) -> dict[str, object]:
    requires = list(section.requires)
    return {"section": section.id, "title": section.title, "requires": requires, "lesson": section.lesson}


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
    sections: list[PublishedSection] = []
    for row, item in enumerate(items[:-1], start=2):
        if isinstance(item, dict) and "section" in item:
            sections.append(_section_of(item, Position(name, row)))
            continue
        entry = _entry(item, Position(name, row))
        key = (entry.first_id, entry.type)
        clash = next((n for n in sorted(entry.ids) if owners.setdefault(n, entry.first_id) != entry.first_id), None)
        if key in entries or clash:
            raise _broken(
                Position(name, row), "lock-broken", f"The id `{clash or entry.id}` stands in two lines of the lock."
            )
        entries[key] = entry
    head = _read(_Footer, footer, Position(name, len(items) + 1))
    if head.deck is None:
        return Lock(entries.values())
    return Lock(entries.values(), PublishedDeck(head.deck, head.title, head.description, tuple(sections)))


_Shape = TypeVar("_Shape", bound=BaseModel)


def _read(shape: type[_Shape], item: object, where: Position) -> _Shape:
    try:
        return shape.model_validate(item)
    except ValidationError as error:
        first = error.errors()[0]
        at = ".".join(str(part) for part in first["loc"])
        raise _broken(
            where, "lock-broken", f"In this line of the lock, {at or 'all'} is wrong: {first['msg']}."
        ) from None


def _section_of(item: object, where: Position) -> PublishedSection:
    line = _read(_SectionLine, item, where)
    return PublishedSection(line.section, line.title, tuple(line.requires), line.lesson)


def _entry(item: object, where: Position) -> LockEntry:
    line = _read(_Line, item, where)
    numbers = list(line.parts.values())
    if len(set(numbers)) < len(numbers) or any(number < 1 for number in numbers):
        raise _broken(
            where, "lock-broken", "Two cloze parts share a number in this line of the lock, or one is below 1."
        )
    if line.says is not None and not {"kind", "section"} <= line.says.keys():
        raise _broken(where, "lock-broken", "In this line of the lock, says has no kind or no section.")
    return LockEntry(
        line.first_id,
        line.type,
        line.id,
        line.hash,
        line.changed,
        tuple(line.was),
        line.parts,
        line.retired,
        line.says,
        tuple(line.had),
    )


def _broken(where: Position, code: str, message: str, hint: str | None = None) -> DeckError:
    if hint is None:
        hint = "Take either side's whole file from git, then build again."
    return DeckError([Finding(where, code, message, hint)])
