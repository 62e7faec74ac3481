"""A new draft as items, to be held against those of the record."""

from __future__ import annotations

from cards.draft.again.alike import texts
from cards.draft.drafted import Draft, DraftedNote, DraftedSection
from cards.draft.record import Item, Texts

OF_ITS_OWN = {"deck": ("deck", "sections"), "section": ("section", "notes"), "note": ("id",)}
"""Keys that an item's data does not have: its id, and what stands in lines of its own."""


def note_item(note: DraftedNote, section: DraftedSection) -> Item:
    """A new note, with the ids of the draft."""
    return Item("note", note.id, _data(note.data, "note"), note.candidate.subject, section.id)


def section_item(section: DraftedSection) -> Item:
    """A new section's head, with the ids of the draft."""
    data = _data(section.data, "section")
    return Item("section", section.id, data, str(data.get("title", "")))


def deck_item(draft: Draft) -> Item:
    """The new deck.yaml."""
    return Item("deck", str(draft.deck["deck"]), _data(draft.deck, "deck"))


def _data(data: object, item: str) -> dict[str, Texts]:
    plain = texts(data)
    return (
        {key: value for key, value in plain.items() if key not in OF_ITS_OWN[item]} if isinstance(plain, dict) else {}
    )
