"""Finding a deck's notes in Anki: an import removes nothing, so what is gone is offered as a search.

Anki cannot search guids, and the numbers that it gives notes differ from learner to learner. So each note carries its
identity in the field *Spare1*, which no template shows: `deck/first-id/type`, in small letters, digits and hyphens.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from cards.lock import AnkiType, Lock

FIELD = "Spare1"

Key: TypeAlias = tuple[str, AnkiType]
"""A note's first id, and its note type: by these the lock knows it."""


def identity(deck_id: str, first_id: str, kind: str) -> str:
    """What the note's field holds. It may never change: learners have it."""
    return f"{deck_id}/{first_id}/{kind}"


def search_for(deck_id: str, keys: Iterable[Key]) -> str:
    """What to type into Anki's browser to find exactly these notes of a deck; nothing for none.

    For several it is a regular expression: Anki takes no more than a thousand terms joined by OR.
    """
    found = sorted(keys)
    if not found:
        return ""
    if len(found) == 1:
        return f'"{FIELD}:{identity(deck_id, *found[0])}"'
    return f'"{FIELD}:re:^{deck_id}/({"|".join(f"{first_id}/{kind}" for first_id, kind in found)})$"'


def search_for_all(deck_id: str) -> str:
    """What finds every note of a deck in Anki, those that are gone too."""
    return f'"{FIELD}:{deck_id}/*"'


def ever_retired(lock: Lock) -> tuple[Key, ...]:
    """Every note that was published and is in the deck no more, or is of the other type now."""
    return tuple(key for key, entry in lock.entries.items() if entry.retired)
