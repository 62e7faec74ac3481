"""Identities in Anki: made from the ids of the deck alone, so that every build of every copy agrees on them.

Nothing here may ever change: a guid that comes out otherwise is another note to Anki, without its history.
"""

from __future__ import annotations

import base64
import hashlib

REFRESHER_TYPE = 1731090300417
"""Anki's id of the note type *Refresher*."""

REFRESHER_CLOZE_TYPE = 1731090300418
"""Anki's id of the note type *Refresher Cloze*."""

_FIRST_ID = 1_400_000_000_000
_ID_SPAN = 300_000_000_000


def guid(deck_id: str, first_id: str, kind: str) -> str:
    """The guid by which Anki knows a note again.

    Args:
        deck_id: the deck's id.
        first_id: the first id that the note ever had, so that a rename keeps the guid.
        kind: `basic` or `cloze`: the Anki note type. Anki calls one guid under two note types conflicting, so a note
            that crosses over is a new note.
    """
    return base64.urlsafe_b64encode(_digest("note", deck_id, first_id, kind)[:15]).decode("ascii")


def deck_number(deck_id: str) -> int:
    """Anki's number of the deck. Anki finds decks by name, so this only has to be stable and unlike others."""
    return _number("deck", deck_id)


def first_row(deck_id: str) -> int:
    """The first row id in the package; the others follow.

    Anki reads row ids as times in ms and moves those that clash, so decks start far apart and in the past.
    """
    return _number("rows", deck_id)


def _number(*parts: str) -> int:
    return _FIRST_ID + int.from_bytes(_digest(*parts)[:8], "big") % _ID_SPAN


def _digest(*parts: str) -> bytes:
    return hashlib.sha256("\x1f".join(("refresher", *parts)).encode("utf-8")).digest()
