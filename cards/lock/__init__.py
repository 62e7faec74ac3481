"""What was published of each note: who it is, when its content last changed, which number each cloze part has.

`deck.lock.json` is JSON with one line for each note, sorted, one for each section in its order, and a last line for the
deck and the format, so that git merges it line by line:

    [
    {"first_id": "power-rule", "type": "basic", "id": "power-rule", "was": [], "hash": "...", ..., "says": {...}},
    {"section": "derivatives", "title": "Derivatives", "requires": ["exponents"], "lesson": "..."},
    {"format": 1, "deck": "math-refresher", "title": "Math Refresher", "description": "..."}
    ]

A note is known by (first id, type). Nothing of a note is ever forgotten: a removed note's line stays with `retired`, a
removed cloze part keeps its number, and so neither is ever given to something else.
"""

from __future__ import annotations

from cards.lock.entries import AnkiType, Lock, LockEntry, Received, next_lock
from cards.lock.file import FORMAT, format_lock, parse_lock, read_lock
from cards.lock.says import PLACE, PublishedDeck, PublishedSection, Says, deck_says, note_says, notes_say, section_says

LOCK_NAME = "deck.lock.json"

__all__ = [
    "FORMAT",
    "LOCK_NAME",
    "PLACE",
    "AnkiType",
    "Lock",
    "LockEntry",
    "PublishedDeck",
    "PublishedSection",
    "Received",
    "Says",
    "deck_says",
    "format_lock",
    "next_lock",
    "note_says",
    "notes_say",
    "parse_lock",
    "read_lock",
    "section_says",
]
