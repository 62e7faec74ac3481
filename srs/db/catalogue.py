"""The catalogue: which cards there are. What they say is in the deck files, not here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import (
    Connection,
    bindparam,
    case,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    true,
    update,
)

from cards.model import CardId
from srs.db import progress
from srs.db.lanes import due_in_sql, lane_in_sql, siblings_until
from srs.db.rollups import forget_memories
from srs.db.tables import Lane, card_state, cards, decks, learners, sections


@dataclass(frozen=True, slots=True)
class Listed:
    """A card as its deck now lists it: where it stands, in which section."""

    note: str
    slot: str
    section: str
    position: int


@dataclass(frozen=True, slots=True)
class Changes:
    """What a sync did, in numbers of cards."""

    added: int = 0
    kept: int = 0
    retired: int = 0
    restored: int = 0


_decks = select(decks.c.id, decks.c.pk)
_sections = select(sections.c.id, sections.c.pk).where(sections.c.deck_pk == bindparam("deck"))
_section_names = select(sections.c.pk, decks.c.id, sections.c.id).join_from(sections, decks)
_cards = select(
    cards.c.pk, cards.c.note, cards.c.slot, cards.c.section_pk, cards.c.position, cards.c.retired_ms, cards.c.note_pk
).where(cards.c.deck_pk == bindparam("deck"))
_card_pk = (
    select(cards.c.pk)
    .join_from(cards, decks)
    .where(decks.c.id == bindparam("deck"), cards.c.note == bindparam("note"), cards.c.slot == bindparam("slot"))
)
_last_pk = select(func.coalesce(func.max(cards.c.pk), 0))
_move = (
    update(cards)
    .where(cards.c.pk == bindparam("card"))
    .values(
        section_pk=bindparam("to_section"), position=bindparam("to_position"), retired_ms=bindparam("to_retired_ms")
    )
)


_LOCK = 0x52465254  # not the number of srs.db.migrating


def lock_catalogue(connection: Connection) -> None:
    """Keep other processes from changing the catalogue until the transaction ends."""
    if connection.dialect.name != "sqlite":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        # What is counted of each learner's sections changes too: as for an answer, the learner's row comes first.
        connection.execute(select(learners.c.id).order_by(learners.c.id).with_for_update())


def deck_pks(connection: Connection) -> dict[str, int]:
    """Every deck that was ever loaded, by its id."""
    return {row.id: row.pk for row in connection.execute(_decks)}


def section_names(connection: Connection) -> dict[int, tuple[str, str]]:
    """Deck id and section id of every section, by its number."""
    return {pk: (deck, section) for pk, deck, section in connection.execute(_section_names)}


def sections_of(connection: Connection, deck_pk: int) -> dict[str, int]:
    """The number of every section that a deck has or had, by its id."""
    return {row.id: row.pk for row in connection.execute(_sections, {"deck": deck_pk})}


def card_pk(connection: Connection, card: CardId) -> int | None:
    """The number of a card, retired ones too; None if it was never in any deck."""
    found = connection.execute(_card_pk, {"deck": card.deck, "note": card.note, "slot": card.slot}).scalar()
    return None if found is None else int(found)


def sync_deck(connection: Connection, deck_id: str, listed: Sequence[Listed], now_ms: int) -> Changes:
    """Make the catalogue list exactly these cards of the deck as active; the others of it are retired, not removed.

    Every learner gets a row for each card, and rows follow their cards to another section or place.
    """
    deck = _deck(connection, deck_id)
    places = _section_pks(connection, deck, [card.section for card in listed])
    present = {(row.note, row.slot): row for row in connection.execute(_cards, {"deck": deck})}
    notes = {row.note: row.note_pk for row in present.values()}
    next_pk = connection.execute(_last_pk).scalar_one() + 1
    fresh: list[dict[str, object]] = []
    moved: list[dict[str, object]] = []
    retired = restored = 0
    for card in listed:
        row = present.pop((card.note, card.slot), None)
        section = places[card.section]
        if row is None:
            note_pk = notes.setdefault(card.note, next_pk)
            place = {"deck_pk": deck, "section_pk": section, "note_pk": note_pk, "position": card.position}
            fresh.append({"pk": next_pk, "note": card.note, "slot": card.slot, **place})
            next_pk += 1
        elif (row.section_pk, row.position, row.retired_ms) != (section, card.position, None):
            restored += row.retired_ms is not None
            moved.append(_moved(row.pk, section, card.position, None))
    for row in present.values():
        if row.retired_ms is None:
            retired += 1
            moved.append(_moved(row.pk, row.section_pk, row.position, now_ms))
    if fresh:
        connection.execute(insert(cards), fresh)
    if moved:
        connection.execute(_move, moved)
    if fresh or moved:
        deal_new_cards(connection)
        _follow(connection, deck)
    if moved:
        progress.recount(connection, deck_pk=deck)
        forget_memories(connection, deck)
    return Changes(len(fresh), len(listed) - len(fresh) - restored, retired, restored)


def deal_new_cards(connection: Connection) -> None:
    """Give every learner a row for every card of the catalogue that has none: a new card, never answered."""
    have = exists().where(card_state.c.learner_id == learners.c.id, card_state.c.card_pk == cards.c.pk)
    values = {
        "learner_id": learners.c.id,
        "card_pk": cards.c.pk,
        "deck_pk": cards.c.deck_pk,
        "section_pk": cards.c.section_pk,
        "note_pk": cards.c.note_pk,
        "lane": case((cards.c.retired_ms.is_(None), int(Lane.NEW)), else_=int(Lane.RETIRED)),
        "due": cards.c.position,
        "suspended": literal(0),
        "buried_until": literal(0),
        "sibling_until": siblings_until(learners.c.id, cards.c.note_pk, cards.c.pk),
    }
    missing = select(*values.values()).select_from(learners.join(cards, true())).where(~have)
    if connection.execute(insert(card_state).from_select(list(values), missing)).rowcount:
        progress.recount(connection)


def _follow(connection: Connection, deck: int) -> None:
    differs = or_(
        card_state.c.section_pk != cards.c.section_pk,
        card_state.c.lane != lane_in_sql(),
        card_state.c.due != due_in_sql(),
    )
    connection.execute(
        update(card_state)
        .where(card_state.c.card_pk == cards.c.pk, cards.c.deck_pk == deck, card_state.c.deck_pk == deck, differs)
        .values(section_pk=cards.c.section_pk, lane=lane_in_sql(), due=due_in_sql())
    )


def _deck(connection: Connection, deck_id: str) -> int:
    found = deck_pks(connection).get(deck_id)
    if found is None:
        found = connection.execute(insert(decks).values(id=deck_id).returning(decks.c.pk)).scalar_one()
    return found


def _section_pks(connection: Connection, deck: int, names: Sequence[str]) -> dict[str, int]:
    known = sections_of(connection, deck)
    for name in dict.fromkeys(names):
        if name not in known:
            added = insert(sections).values(deck_pk=deck, id=name).returning(sections.c.pk)
            known[name] = connection.execute(added).scalar_one()
    return known


def _moved(card: int, section: int, position: int, retired_ms: int | None) -> dict[str, object]:
    return {"card": card, "to_section": section, "to_position": position, "to_retired_ms": retired_ms}
