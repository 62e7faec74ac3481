"""A deck -> an Anki package and the deck's lock."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from cards.files import staged, write_whole
from cards.lock import LOCK_NAME, AnkiType, Lock, Received, format_lock, next_lock, read_lock
from cards.model import Card, ClozeNote, Deck, Note, Slot
from cards.order import cards_in_order
from exporters.fields import Fields, Media, note_fields
from exporters.ids import guid
from exporters.note_types import CLOZE
from exporters.package import AnkiCard, AnkiNote, PackageError, package_bytes


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
    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()
    first: bool = False
    lock: Path | None = None


@dataclass(frozen=True, slots=True)
class Contents:
    """All that goes into a package.

    Attributes:
        deck_id: the deck's id.
        title: its name in Anki.
        description: HTML for the deck's page in Anki.
        rows: the notes, in the author's order.
        media: what knows the files that they name.
    """

    deck_id: str
    title: str
    description: str
    rows: Sequence[AnkiNote]
    media: Media

    def files(self) -> dict[str, bytes]:
        """The files that the notes name. Raises OSError if a picture has vanished."""
        names = {name for row in self.rows for name in row.media}
        return {name: self.media.content(name) for name in sorted(names)}


@dataclass(frozen=True, slots=True)
class Places:
    """Where the lock is read and where it is kept."""

    read: Path
    kept: Path


def lock_places(folder: Path, named: Path | None = None) -> Places:
    """The lock lies beside deck.yaml, or where it was named; a named one that does not exist yet begins as a copy."""
    own = folder / LOCK_NAME
    return Places(named if named is not None and named.exists() else own, named or own)


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
    places = lock_places(deck.folder, lock)
    old = read_lock(places.read)
    contents, new = made(deck, old, Media(deck.folder), now=now, progress=progress)
    publish(contents, out, places, None if new == old else format_lock(new))
    return report(out, contents, places, old, new)


def made(
    deck: Deck, old: Lock, media: Media, *, now: int, progress: Callable[[int, int], None] | None = None
) -> tuple[Contents, Lock]:
    """What goes into the package, and the lock after it is published."""
    fields = []
    total = sum(len(section.notes) for section in deck.sections)
    for done, (section, note) in enumerate(deck.notes(), start=1):
        numbers = old.numbers(note.first_id, note.parts) if isinstance(note, ClozeNote) else {}
        fields.append((note, note_fields(deck.id, section, note, numbers, media)))
        if progress is not None:
            progress(done, total)
    new = next_lock(old, (received(note, written) for note, written in fields), now)
    places: dict[str, list[AnkiCard]] = {}
    for card in cards_in_order(deck):
        places.setdefault(card.id.note, []).append(AnkiCard(_ordinal(card, new), card.position + 1))
    rows = [
        row(deck.id, note, written, tuple(places[note.first_id]), new.entries[note.first_id, type_of(written)].changed)
        for note, written in fields
    ]
    description = "<br>".join(escape(deck.description, quote=False).strip().split("\n"))
    return Contents(deck.id, deck.title, description, rows, media), new


def received(note: Note, written: Fields) -> Received:
    """The note as the lock sees it."""
    parts = note.parts if isinstance(note, ClozeNote) else ()
    return Received(note.id, note.was, note.first_id, type_of(written), written.content, parts)


def row(deck_id: str, note: Note, written: Fields, cards: tuple[AnkiCard, ...], changed: int) -> AnkiNote:
    """The note as Anki stores it."""
    key = guid(deck_id, note.first_id, written.type)
    return AnkiNote(note.id, key, written.type, written.fields, written.tags, cards, changed, written.media)


def publish(contents: Contents, out: Path, places: Places, lock: str | None) -> dict[str, bytes]:
    """Write the package and then the lock: both or, if one of them cannot be written, neither.

    Args:
        contents: the package's contents.
        out: the package's place.
        places: the lock's.
        lock: the lock's text; None if it need not change.

    Returns:
        The files in the package.

    Raises:
        BuildError: one of them cannot be written, or there are no notes.
    """
    if not contents.rows:  # whoever lost the notes by accident would have them all retired
        raise BuildError("The deck has no notes, so there is nothing to build.")
    if os.path.realpath(out) == os.path.realpath(places.kept):
        raise BuildError(f"The package and the lock cannot both be {out}. Name another file with -o or --lock.")
    if lock is None and places.read != places.kept:
        lock = places.read.read_text(encoding="utf-8")
    if lock is None:
        return _publish(contents, out)
    try:
        with staged(places.kept, lock.encode("utf-8")) as kept:
            before = _content(out)
            files = _publish(contents, out)
            try:
                kept.put()
            except OSError:
                _put_back(out, before)
                raise
            return files
    except OSError as error:
        raise BuildError(_why_no_lock(places, error)) from error


def _publish(contents: Contents, out: Path) -> dict[str, bytes]:
    """Write the package. Returns the files in it. Raises BuildError if it cannot be written."""
    try:
        files = contents.files()
    except OSError as error:
        raise BuildError(f"The picture {error.filename} cannot be read: {error.strerror}.") from error
    try:
        data = package_bytes(contents.deck_id, contents.title, contents.description, contents.rows, files)
        write_whole(out, data)
    except PackageError as error:
        raise BuildError(str(error)) from error
    except OSError as error:
        raise BuildError(_why_not(out, error)) from error
    return files


def _content(out: Path) -> bytes | None:
    """What the package's place holds; None if nothing. Raises BuildError if it is nothing that can be put back."""
    try:
        return out.read_bytes() if out.is_file() else None
    except OSError as error:
        raise BuildError(_why_not(out, error)) from error


def _put_back(out: Path, content: bytes | None) -> None:
    with contextlib.suppress(OSError):  # what went wrong with the lock is what has to be told
        if content is None:
            out.unlink()
        else:
            write_whole(out, content)


def _why_not(out: Path, error: OSError) -> str:
    return f"{out} cannot be written: {error.strerror}. Name another file with -o FILE.apkg."


def _why_no_lock(places: Places, error: OSError) -> str:
    what = "the notes have changed since the last build" if places.read.exists() else "the deck has no lock yet"
    return (
        f"The lock {places.kept} cannot be written ({error.strerror}), but {what}, and it has to remember what is "
        f"published. Name a file that can be kept with --lock FILE, and give the same one each time."
    )


def report(out: Path, contents: Contents, places: Places, old: Lock, new: Lock) -> BuildReport:
    """What a build has done, by the locks before and after it (or the parts of them that it looked at)."""
    known = old.entries
    living = {key: entry for key, entry in new.entries.items() if not entry.retired}
    return BuildReport(
        out=out,
        notes=len(contents.rows),
        cards=sum(len(row.cards) for row in contents.rows),
        media=len({name for row in contents.rows for name in row.media}),
        new=tuple(entry.id for key, entry in living.items() if key not in known),
        changed=tuple(entry.id for key, entry in living.items() if key in known and known[key].hash != entry.hash),
        retired=tuple(
            entry.id for key, entry in new.entries.items() if entry.retired and key in known and not known[key].retired
        ),
        first=not known,
        lock=None if new == old and places.read == places.kept else places.kept,
    )


def type_of(written: Fields) -> AnkiType:
    """The note type as the lock names it."""
    return "cloze" if written.type == CLOZE else "basic"


def _ordinal(card: Card, lock: Lock) -> int:
    if isinstance(card.note, ClozeNote):
        return lock.entries[card.id.note, "cloze"].parts[card.id.slot] - 1
    return 1 if card.id.slot == Slot.BACKWARD else 0
