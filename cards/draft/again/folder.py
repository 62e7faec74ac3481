"""A deck's folder on the disk, before and after."""

from __future__ import annotations

import os
from pathlib import Path

from cards.draft.again.outcome import After, Before
from cards.draft.record import RECORD_NAME, format_record, read_record
from cards.files import write_together
from cards.findings import DeckError, Finding, Position
from cards.loader.find import DECK_FILE, display_name
from cards.lock import LOCK_NAME, read_lock
from cards.yaml_source import MAX_BYTES, read_yaml


def read_before(folder: Path) -> Before:
    """A folder as it is: a deck, a deck without a record, or nothing yet.

    Raises:
        DeckError: the folder, a file of it, the lock or the record cannot be read.
    """
    wrong: list[Finding] = []
    shown = display_name(folder)
    prefix = f"{shown}/"
    record = read_record(folder / RECORD_NAME, prefix + RECORD_NAME)
    lock = read_lock(folder / LOCK_NAME, prefix + LOCK_NAME)
    used = frozenset(name for entry in lock.entries.values() for name in entry.ids)
    files = {}
    for name in _names(folder, shown):
        path = folder / name
        if path.is_file() and path.stat().st_size <= MAX_BYTES and os.access(path, os.R_OK):
            files[name] = path.read_bytes()
        else:
            wrong += read_yaml(path, prefix + name).findings
    if wrong:
        raise DeckError(wrong)
    return Before(files, record, used, prefix)


def _names(folder: Path, shown: str) -> list[str]:
    """The deck's YAML files, as `cards.loader` takes them."""
    try:
        names = sorted(path.name for path in folder.iterdir())
    except FileNotFoundError:
        return []
    except OSError as error:
        message = f"The folder cannot be read: {error.strerror}."
        raise DeckError([Finding(Position(shown), "unreadable", message)]) from None
    return [name for name in names if name.endswith(".yaml") and not name.startswith(".")]


def put(folder: Path, after: After) -> None:
    """Write what has changed: all of it or, if something cannot be written, nothing.

    Each file is old or new at every moment, the notes first, then deck.yaml's list, the record last: so whatever a
    crash leaves is made whole by drafting again.

    Raises:
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    names = sorted(after.files, key=lambda name: name == DECK_FILE)
    contents = {folder / name: after.files[name] for name in names}
    record = folder / RECORD_NAME
    data = format_record(after.record).encode()
    if not record.exists() or record.read_bytes() != data:
        contents[record] = data
    write_together(contents)
