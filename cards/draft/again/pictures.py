"""The pictures that a draft shows, beside those that lie in the deck's folder: by the same rule as notes."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from cards.draft.again.outcome import After, Before, Change, Fate
from cards.draft.drafted import Draft
from cards.findings import Position


def with_pictures(after: After, draft: Draft, before: Before, folder: Path) -> After:
    """What the folder is to become, with the draft's pictures: one that its author made another of stays.

    Raises:
        OSError: a picture of the pages cannot be read.
    """
    known = before.record.pictures if before.record else {}
    files, changes, pictures = dict(after.files), list(after.changes), dict(known)
    for name, source in draft.pictures.items():
        data = source.read_bytes()
        place = folder / name
        there = place.read_bytes() if place.is_file() else None
        if there is None or (there != data and _digest(there) == known.get(name)):
            files[name] = data
        elif there != data:
            news = ("picture",) if _digest(data) != known.get(name) else ()
            where = Position(before.prefix + name)
            changes.append(Change(Fate.KEPT, "picture", name, where, keys=news, edited=True))
        pictures[name] = _digest(data)
    record = replace(after.record, pictures=dict(sorted(pictures.items())))
    return replace(after, files=files, changes=tuple(changes), record=record)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:32]
