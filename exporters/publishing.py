"""Writing a package and its deck's lock: both, or neither."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from cards.files import staged, write_whole
from cards.lock import LOCK_NAME, Lock, format_lock
from exporters.fields import Media
from exporters.package import AnkiNote, PackageError, check_note, package_bytes


class BuildError(Exception):
    """Why nothing was built, in a sentence or two for the author."""


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


@dataclass(frozen=True, slots=True)
class LockText:
    """A lock to be written, and whether nothing may be published without it: only what notes said can be lost."""

    text: str
    needed: bool


def lock_text(old: Lock, new: Lock) -> LockText | None:
    """The lock that follows the old one; None if that still fits to the letter."""
    return None if new == old else LockText(format_lock(new), not new.fits(old))


class Packed(NamedTuple):
    """What was written.

    Attributes:
        files: the files in the package.
        digest: a hash of the package.
        kept: whether the lock was written.
    """

    files: dict[str, bytes]
    digest: bytes
    kept: bool = False


def publish(contents: Contents, out: Path, places: Places, lock: LockText | None) -> Packed:
    """Write the package and then the lock: both or, if one of them cannot be written, neither.

    Args:
        contents: the package's contents.
        out: the package's place.
        places: the lock's.
        lock: the lock; None if it need not change. One that is not needed is left as it was where it cannot be written.

    Raises:
        BuildError: one of them cannot be written.
    """
    if os.path.realpath(out) == os.path.realpath(places.kept):
        raise BuildError(f"The package and the lock cannot both be {out}. Name another file with -o or --lock.")
    if places.read != places.kept:
        text = lock.text if lock is not None else places.read.read_text(encoding="utf-8")
        lock = LockText(text, needed=True)
    if lock is None:
        return _publish(contents, out)
    try:
        with staged(places.kept, lock.text.encode("utf-8")) as kept:
            before = _content(out)
            packed = _publish(contents, out)
            try:
                kept.put()
            except OSError:
                _put_back(out, before)
                raise
            return packed._replace(kept=True)
    except OSError as error:
        if lock.needed:
            raise BuildError(_why_no_lock(places, error)) from error
    return _publish(contents, out)


def checked(notes: Iterable[AnkiNote]) -> None:
    """Make sure that each note can be published.

    Raises:
        BuildError: Anki would not give a note its cards.
    """
    try:
        for note in notes:
            check_note(note)
    except PackageError as error:
        raise BuildError(str(error)) from error


def _publish(contents: Contents, out: Path) -> Packed:
    """Write the package. Raises BuildError if it cannot be written."""
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
    return Packed(files, hashlib.sha256(data).digest())


def holds(out: Path, digest: bytes) -> bool:
    """Whether a package of this hash is in its place already."""
    try:
        return out.is_file() and hashlib.sha256(out.read_bytes()).digest() == digest
    except OSError:
        return False


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
    if not places.read.exists():
        what = "the deck has no lock yet"
    elif places.read != places.kept:
        what = "there is no such lock yet"
    else:
        what = "the notes have changed since the last build"
    return (
        f"The lock {places.kept} cannot be written ({error.strerror}), but {what}, and it has to remember what is "
        f"published. Name a file that can be kept with --lock FILE, and give the same one each time."
    )
