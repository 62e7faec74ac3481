"""A deck -> an Anki package and the deck's lock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from cards.lock import LOCK_NAME, AnkiType, Lock, Received, next_lock, read_lock, write_lock
from cards.model import Card, ClozeNote, Deck, Note, Slot
from cards.order import cards_in_order
from exporters.fields import Fields, Media, note_fields
from exporters.files import can_write, write_whole
from exporters.ids import guid
from exporters.note_types import CLOZE
from exporters.package import AnkiCard, AnkiNote, package_bytes


class BuildError(Exception):
    """Why nothing was built, in a sentence or two for the author."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What was built.

    Attributes:
        out: the package.
        notes: how many it holds.
        cards: how many these make.
        media: how many pictures.
        new: ids of the notes that no build before had.
        changed: ids of the notes whose content differs from the last build's.
        retired: last ids of the notes that were published and are no longer in the deck.
        first: whether there was no lock, so that all notes count as new.
        lock: where the lock was written; None if it already said all.
    """

    out: Path
    notes: int
    cards: int
    media: int
    new: tuple[str, ...]
    changed: tuple[str, ...]
    retired: tuple[str, ...]
    first: bool
    lock: Path | None


def deck_lock(deck_folder: Path, named: Path | None = None) -> Path:
    """Where the lock is read: the named file once it exists, else the one in the deck's folder."""
    own = deck_folder / LOCK_NAME
    return named if named is not None and named.exists() else own


def build(
    deck: Deck,
    out: Path,
    *,
    now: int,
    lock: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> BuildReport:
    """Write the package, then the lock.

    Args:
        deck: a deck without errors, loaded with the same lock.
        out: the package's place; replaced whole, or left as it was.
        now: the time in s, for the notes that changed.
        lock: where the lock is kept, if not in the deck's folder.
        progress: told how many notes are done, of how many.

    Raises:
        BuildError: `out` or the lock cannot be written.
        DeckError: the lock cannot be read.
        RenderError: a text of the deck cannot be shown.
    """
    place = deck_lock(deck.folder, lock)
    target = lock or deck.folder / LOCK_NAME
    old = read_lock(place)
    media = Media(deck.folder)
    fields = _fields(deck, old, media, progress)
    new = next_lock(old, _received(fields), now)
    keep = new == old and place == target
    if not keep and not can_write(target):
        raise BuildError(_no_lock(target, old))
    rows = _rows(deck, fields, new)
    pictures = {name: content() for name, content in media.files.items()}
    data = package_bytes(deck.id, deck.title, escape(deck.description, quote=False), rows, pictures)
    try:
        write_whole(out, data)
    except OSError as error:
        raise BuildError(f"{out} cannot be written: {error.strerror}. Name another file with -o FILE.apkg.") from error
    if not keep:
        write_lock(target, new)
    return _report(out, rows, len(pictures), (old, new), lock=None if keep else target)


def _fields(
    deck: Deck, lock: Lock, media: Media, progress: Callable[[int, int], None] | None
) -> list[tuple[Note, Fields]]:
    total = sum(len(section.notes) for section in deck.sections)
    result = []
    for done, (section, note) in enumerate(deck.notes(), start=1):
        numbers = lock.numbers(note.first_id, note.parts) if isinstance(note, ClozeNote) else {}
        result.append((note, note_fields(deck.id, section, note, numbers, media)))
        if progress is not None:
            progress(done, total)
    return result


def _received(fields: list[tuple[Note, Fields]]) -> Iterator[Received]:
    for note, written in fields:
        parts = note.parts if isinstance(note, ClozeNote) else ()
        kind: AnkiType = "cloze" if written.type == CLOZE else "basic"
        yield Received(note.id, note.was, note.first_id, kind, written.content, parts)


def _no_lock(target: Path, old: Lock) -> str:
    what = "the notes have changed since the last build" if old.entries else "the deck has no lock yet"
    return (
        f"{target.parent} cannot be written, but {what}, and the lock has to remember what is published. "
        f"Name a file that can be kept with --lock FILE, and give the same one each time."
    )


def _rows(deck: Deck, fields: list[tuple[Note, Fields]], lock: Lock) -> list[AnkiNote]:
    places: dict[str, list[AnkiCard]] = {}
    for card in cards_in_order(deck):
        places.setdefault(card.id.note, []).append(AnkiCard(_ordinal(card, lock), card.position + 1))
    return [
        AnkiNote(
            note.id,
            guid(deck.id, note.first_id, written.type),
            written.type,
            written.fields,
            written.tags,
            tuple(places[note.first_id]),
            lock.entries[note.first_id, "cloze" if written.type == CLOZE else "basic"].changed,
        )
        for note, written in fields
    ]


def _ordinal(card: Card, lock: Lock) -> int:
    if isinstance(card.note, ClozeNote):
        return lock.entries[card.id.note, "cloze"].parts[card.id.slot] - 1
    return 1 if card.id.slot == Slot.BACKWARD else 0


def _report(out: Path, rows: list[AnkiNote], media: int, locks: tuple[Lock, Lock], *, lock: Path | None) -> BuildReport:
    old, new = locks
    known = old.entries
    living = {key: entry for key, entry in new.entries.items() if not entry.retired}
    return BuildReport(
        out=out,
        notes=len(rows),
        cards=sum(len(row.cards) for row in rows),
        media=media,
        new=tuple(entry.id for key, entry in living.items() if key not in known),
        changed=tuple(entry.id for key, entry in living.items() if key in known and known[key].hash != entry.hash),
        retired=tuple(
            entry.id for key, entry in new.entries.items() if entry.retired and key in known and not known[key].retired
        ),
        first=not known,
        lock=lock,
    )
