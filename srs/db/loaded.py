"""What was loaded of a deck last: its notes' texts and cards, to be compared with what is loaded next."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict

from sqlalchemy import Connection, bindparam, insert, select, update

from cards.lock import PublishedDeck, PublishedSection
from cards.plan import Known, Published
from srs.db.tables import cards, decks, notes

_deck = select(decks.c.pk, decks.c.loaded).where(decks.c.id == bindparam("deck"))
_notes = select(notes.c.note, notes.c.says).where(notes.c.deck_pk == bindparam("deck"))
_cards = (
    select(cards.c.note, cards.c.slot, cards.c.retired_ms)
    .where(cards.c.deck_pk == bindparam("deck"))
    .order_by(cards.c.position, cards.c.pk)
)
_say = update(decks).where(decks.c.pk == bindparam("deck")).values(loaded=bindparam("text"))
_resay = (
    update(notes)
    .where(notes.c.deck_pk == bindparam("deck"), notes.c.note == bindparam("name"))
    .values(says=bindparam("text"))
)


def loaded(connection: Connection, deck_id: str) -> Published:
    """A deck as it was loaded last: empty if it never was; without texts where version 0001 loaded it."""
    deck = connection.execute(_deck, {"deck": deck_id}).one_or_none()
    if deck is None:
        return Published()
    active: dict[str, list[str]] = {}
    ever: dict[str, set[str]] = {}
    for note, slot, retired_ms in connection.execute(_cards, {"deck": deck.pk}).all():
        ever.setdefault(note, set()).add(slot)
        if retired_ms is None:
            active.setdefault(note, []).append(slot)
    rows = connection.execute(_notes, {"deck": deck.pk}).all()
    texts = json.loads(f"[{','.join(says for _, says in rows)}]")  # in one go: a third of the time
    said = {note: says for (note, _), says in zip(rows, texts, strict=True)}
    found = {}
    for note, slots in ever.items():
        says = said.get(note)
        last = says.pop("id") if says is not None else note
        listed = tuple(active[note]) if note in active else None
        found[note] = Known(note, last, says, gone=listed is None, ever=frozenset(slots), listed=listed)
    return Published(found, _read(deck.loaded))


def keep(connection: Connection, deck_id: str, before: Published, after: Published) -> None:
    """Keep what a deck says from now on. The deck is in the catalogue."""
    (deck_pk, _) = connection.execute(_deck, {"deck": deck_id}).one()
    if after.deck is not None and after.deck != before.deck:
        connection.execute(_say, {"deck": deck_pk, "text": json.dumps(asdict(after.deck), ensure_ascii=False)})
    fresh, changed = [], []
    for note in _differing(before, after):
        text = json.dumps({"id": note.id, **(note.says or {})}, ensure_ascii=False)
        known = before.notes.get(note.first_id)
        if known is None or known.says is None:
            fresh.append({"deck_pk": deck_pk, "note": note.first_id, "says": text})
        else:
            changed.append({"deck": deck_pk, "name": note.first_id, "text": text})
    if fresh:
        connection.execute(insert(notes), fresh)
    if changed:
        connection.execute(_resay, changed)


def _differing(before: Published, after: Published) -> Iterable[Known]:
    for first_id, note in after.notes.items():
        known = before.notes.get(first_id)
        if note.says is not None and (known is None or (known.says, known.id) != (note.says, note.id)):
            yield note


def _read(text: str | None) -> PublishedDeck | None:
    if text is None:
        return None
    data = json.loads(text)
    sections = tuple(
        PublishedSection(one["id"], one["title"], tuple(one["requires"]), one["lesson"]) for one in data["sections"]
    )
    return PublishedDeck(data["id"], data["title"], data["description"], sections)
