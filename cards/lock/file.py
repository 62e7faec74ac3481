"""The lock's file: JSON with one line a note, read with a clear word on what is wrong."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from cards.findings import Position
from cards.lined import Lined
from cards.lock.entries import AnkiType, Lock, LockEntry
from cards.lock.says import PublishedDeck, PublishedSection

FORMAT = 1

_FILE = Lined("lock", "lock", "build", FORMAT, json.dumps({"format": FORMAT}))


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
    text = _FILE.read(path, name)
    return Lock() if text is None else parse_lock(text, name)


def parse_lock(text: str, name: str) -> Lock:
    """Read a lock's text.

    Raises:
        DeckError: it is not what `build` wrote.
    """
    items, footer = _FILE.parse(text, name)
    entries: dict[tuple[str, str], LockEntry] = {}
    owners: dict[str, str] = {}
    sections: list[PublishedSection] = []
    for row, item in enumerate(items, start=2):
        if isinstance(item, dict) and "section" in item:
            sections.append(_section_of(item, Position(name, row)))
            continue
        entry = _entry(item, Position(name, row))
        key = (entry.first_id, entry.type)
        clash = next((n for n in sorted(entry.ids) if owners.setdefault(n, entry.first_id) != entry.first_id), None)
        if key in entries or clash:
            raise _FILE.broken(Position(name, row), f"The id `{clash or entry.id}` stands in two lines of the lock.")
        entries[key] = entry
    head = _FILE.line(_Footer, footer, Position(name, len(items) + 2))
    if head.deck is None:
        return Lock(entries.values())
    return Lock(entries.values(), PublishedDeck(head.deck, head.title, head.description, tuple(sections)))


def _section_of(item: object, where: Position) -> PublishedSection:
    line = _FILE.line(_SectionLine, item, where)
    return PublishedSection(line.section, line.title, tuple(line.requires), line.lesson)


def _entry(item: object, where: Position) -> LockEntry:
    line = _FILE.line(_Line, item, where)
    numbers = list(line.parts.values())
    if len(set(numbers)) < len(numbers) or any(number < 1 for number in numbers):
        raise _FILE.broken(where, "Two cloze parts share a number in this line of the lock, or one is below 1.")
    if line.says is not None and not {"kind", "section"} <= line.says.keys():
        raise _FILE.broken(where, "In this line of the lock, says has no kind or no section.")
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
