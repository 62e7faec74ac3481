"""Rows of notes -> an Anki package, byte for byte the same for the same rows.

genanki writes the collection. Around it: each note's own time of change (genanki has one for all), each card's own
place in the order, no temporary database left behind, and a zip file without the time of day in it.
"""

from __future__ import annotations

import io
import itertools
import json
import re
import sqlite3
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import genanki

from exporters.ids import deck_number, first_row
from exporters.note_types import NoteType, note_types, read_published

MOST_GAPS = 500
"""The highest number of a gap; Anki takes higher ones for this one."""

_BLANK = re.compile(r"(?:\s|</?(?:br|div)\s?/?>)*", re.IGNORECASE)
_GAP = re.compile(r"\{\{c(\d+)::")


class PackageError(Exception):
    """A note that Anki would not take as meant. The message names the note."""


class AnkiCard(NamedTuple):
    """A card of a note: which template or gap it is (from 0) and its place among the new cards (from 1)."""

    ordinal: int
    due: int


class AnkiNote(NamedTuple):
    """A note as Anki stores it.

    Attributes:
        name: the author's id, for messages.
        guid: Anki's identity.
        type: the key of its note type.
        fields: HTML, one a field of the type.
        tags: without spaces.
        cards: at least one.
        changed: when the content last changed, in s; Anki takes an update only if this is newer than what it has.
        media: the names of the files that the fields refer to.
    """

    name: str
    guid: str
    type: str
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    cards: tuple[AnkiCard, ...]
    changed: int
    media: tuple[str, ...] = ()


class _Model(genanki.Model):  # type: ignore[misc] # genanki ships no types
    def __init__(self, note_type: NoteType, changed: int) -> None:
        super().__init__(
            note_type.number,
            note_type.name,
            fields=[{"name": name} for name in note_type.fields],
            templates=[
                {"name": template.name, "qfmt": template.front, "afmt": template.back}
                for template in note_type.templates
            ],
            css=note_type.css,
            model_type=genanki.Model.CLOZE if note_type.key == "cloze" else genanki.Model.FRONT_BACK,
        )
        self.changed = changed

    def to_json(self, _timestamp: float, deck_id: int) -> dict[str, object]:
        result: dict[str, object] = super().to_json(self.changed, deck_id)
        return result


class _Deck(genanki.Deck):  # type: ignore[misc] # genanki ships no types
    """A deck whose notes have times of their own, and whose cards have places."""

    def __init__(self, number: int, name: str, description: str, models: Mapping[str, _Model]) -> None:
        super().__init__(number, name, description)
        self.rows: Sequence[AnkiNote] = ()
        self.numbers = {key: model.model_id for key, model in models.items()}
        for model in models.values():
            self.add_model(model)

    def write_to_db(self, cursor: sqlite3.Cursor, timestamp: float, id_gen: Iterator[int]) -> None:
        super().write_to_db(cursor, timestamp, id_gen)
        notes: list[tuple[object, ...]] = []
        cards: list[tuple[object, ...]] = []
        for note in self.rows:
            row = next(id_gen)
            tags, fields = f" {' '.join(note.tags)} ", "\x1f".join(note.fields)
            notes.append((row, note.guid, self.numbers[note.type], note.changed, tags, fields, note.fields[0]))
            for ordinal, due in note.cards:
                cards.append((next(id_gen), row, self.deck_id, ordinal, note.changed, due))
        # usn -1: never synchronised. The checksum is Anki's to compute on import.
        cursor.executemany("INSERT INTO notes VALUES (?, ?, ?, ?, -1, ?, ?, ?, 0, 0, '')", notes)
        # type and queue 0: new. The zeros after `due` are the history that a new card does not have.
        cursor.executemany("INSERT INTO cards VALUES (?, ?, ?, ?, ?, -1, 0, 0, ?, 0, 0, 0, 0, 0, 0, 0, 0, '')", cards)


def package_bytes(
    deck_id: str, name: str, description: str, notes: Sequence[AnkiNote], media: Mapping[str, bytes]
) -> bytes:
    """The package as a file's content.

    Args:
        deck_id: the deck's id.
        name: the deck's name in Anki.
        description: HTML shown on the deck's page.
        notes: in any order that is the same each time.
        media: file names and contents.

    Raises:
        PackageError: a note would come out without one of its cards, or with fields of another type.
    """
    for note in notes:
        check_note(note)
    return _zip(_collection(deck_id, name, description, notes), media)


def check_note(note: AnkiNote) -> None:
    """Make sure that Anki will give the note exactly its cards: genanki writes a note with none without a word.

    Raises:
        PackageError: it would not.
    """
    note_type = note_types()[note.type]
    if len(note.fields) != len(note_type.fields):
        raise PackageError(f"{note.name}: {len(note.fields)} fields, but {note_type.name} has {len(note_type.fields)}")
    fields = dict(zip(note_type.fields, note.fields, strict=True))
    expected = {ordinal for ordinal, _ in note.cards}
    if max(expected, default=0) >= MOST_GAPS:
        raise PackageError(
            f"{note.name}: this note has had more than {MOST_GAPS} gaps in its life, and Anki tells no more apart. "
            f"Give the newest gaps to a new note."
        )
    if note.type == "cloze":
        made = {int(number) - 1 for number in _GAP.findall(fields["Text"])}
    else:
        made = set() if is_blank(fields["Front"]) else {0}
        if not is_blank(fields["Reverse"]) and not is_blank(fields["Back"]):
            made.add(1)
    if made != expected or not expected:
        raise PackageError(f"{note.name}: Anki would make the cards {sorted(made)} of it, not {sorted(expected)}")


def is_blank(html: str) -> bool:
    """Whether Anki takes a field for empty: nothing in it but space, line breaks and bare `div`s."""
    return _BLANK.fullmatch(html) is not None


def _collection(deck_id: str, name: str, description: str, notes: Sequence[AnkiNote]) -> bytes:
    times = read_published()
    models = {key: _Model(note_type, times[key].changed) for key, note_type in note_types().items()}
    deck = _Deck(deck_number(deck_id), name, description, models)
    deck.rows = notes
    connection = sqlite3.connect(":memory:")
    try:
        cursor = connection.cursor()
        genanki.Package(deck).write_to_db(cursor, 0, itertools.count(first_row(deck_id)))
        (settings,) = cursor.execute("SELECT conf FROM col").fetchone()
        # Without it Anki takes the package for one of its first scheduler, whose ratings in learning mean other things.
        cursor.execute("UPDATE col SET conf = ?", (json.dumps(json.loads(settings) | {"schedVer": 2}),))
        connection.commit()
        return connection.serialize()
    finally:
        connection.close()


def _zip(collection: bytes, media: Mapping[str, bytes]) -> bytes:
    names = sorted(media)
    index = json.dumps({str(number): name for number, name in enumerate(names)})
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w") as archive:
        _store(archive, "collection.anki2", collection)
        _store(archive, "media", index.encode())
        for number, name in enumerate(names):
            _store(archive, str(number), media[name])
    return result.getvalue()


def _store(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    entry.create_system = 3  # else it names the machine that built it
    entry.external_attr = 0o644 << 16
    # The fastest level: the others take three times as long, and make the package 4% smaller.
    archive.writestr(entry, data, zipfile.ZIP_DEFLATED, 1)
