"""How each card stands for a learner: rows to states and back. The queue's questions are in `srs.db.waiting`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, bindparam, exists, select, update

from cards.model import CardId
from srs.core.card import CardState, NewCard, ReviewedCard
from srs.core.memory import MemoryState
from srs.db import progress
from srs.db.lanes import lane_of, siblings_until
from srs.db.phases import phase_number, place_of
from srs.db.prepared import Prepared
from srs.db.tables import card_state, cards, decks, events


@dataclass(frozen=True, slots=True)
class Standing:
    """A card and how it stands.

    Attributes:
        pk: its number in the catalogue; `deck_pk`, `section_pk` and `note_pk` likewise.
        position: its place in the order of new cards.
        retired: whether its note is no longer in the deck.
        sibling_until: the study day from which its siblings no longer stand in its way; may lie in the past.
    """

    pk: int
    card: CardId
    deck_pk: int
    section_pk: int
    note_pk: int
    position: int
    retired: bool
    state: CardState
    sibling_until: int


class _Row(NamedTuple):
    """A card's columns, in the order in which every statement here selects them."""

    pk: int
    note: str
    slot: str
    deck_pk: int
    section_pk: int
    note_pk: int
    position: int
    retired_ms: int | None
    deck: str
    suspended: int
    buried_until: int
    sibling_until: int
    phase: int | None
    steps_left: int | None
    due_ms: int
    due_day: int | None
    interval_days: int | None
    stability: float
    difficulty: float
    last_review_ms: int
    last_study_day: int
    reps: int
    lapses: int
    flagged: int
    leech: int


_columns = tuple(
    decks.c.id if name == "deck" else cards.c[name] if name in cards.c else card_state.c[name] for name in _Row._fields
)
CARDS = (
    select(*_columns)
    .join_from(cards, decks, decks.c.pk == cards.c.deck_pk)
    .join(card_state, card_state.c.card_pk == cards.c.pk)
    .where(card_state.c.learner_id == bindparam("learner"))
)
"""Cards and how they stand for a learner, as `standing_of` reads them."""
_named = CARDS.where(
    decks.c.id == bindparam("deck"), cards.c.note == bindparam("note"), cards.c.slot == bindparam("slot")
)
_others = card_state.alias("others")
_asked = Prepared(
    _named.add_columns(
        select(events.c.seq)
        .where(events.c.learner_id == bindparam("learner"))
        .order_by(events.c.seq.desc())
        .limit(1)
        .scalar_subquery(),
        exists().where(events.c.learner_id == bindparam("learner"), events.c.id == bindparam("event")),
        exists().where(
            _others.c.learner_id == bindparam("learner"),
            _others.c.note_pk == card_state.c.note_pk,
            _others.c.card_pk != card_state.c.card_pk,
        ),
        select(events.c.at_ms)
        .where(events.c.learner_id == bindparam("learner"), events.c.card_pk == card_state.c.card_pk)
        .order_by(events.c.at_ms.desc())
        .limit(1)
        .scalar_subquery(),
    )
)
_find = Prepared(_named)
_numbered = Prepared(CARDS.where(card_state.c.card_pk == bindparam("card")))
_of_notes = CARDS.where(
    decks.c.id == bindparam("deck"), cards.c.note.in_(bindparam("notes", expanding=True)), cards.c.retired_ms.is_(None)
).order_by(cards.c.position)
_of_note = Prepared(CARDS.where(card_state.c.note_pk == bindparam("note")).order_by(cards.c.position))
_this = (card_state.c.learner_id == bindparam("learner"), card_state.c.card_pk == bindparam("card"))
_SAVED = (
    *("lane", "due", "suspended", "buried_until", "phase", "steps_left", "due_ms", "due_day"),
    *("interval_days", "stability", "difficulty", "last_review_ms", "last_study_day", "reps", "lapses"),
    *("flagged", "leech"),
)
_save = Prepared(
    update(card_state)
    .where(*_this)
    .values({name: bindparam(f"to_{name}", type_=card_state.c[name].type) for name in _SAVED})
)
_note = (card_state.c.learner_id == bindparam("learner"), card_state.c.note_pk == bindparam("of_note"))
_keep_apart = Prepared(
    update(card_state)
    .where(*_note, card_state.c.card_pk != bindparam("card"), card_state.c.sibling_until < bindparam("until"))
    .values(sibling_until=bindparam("until"))
)
_recompute_apart = (
    update(card_state)
    .where(*_note)
    .values(sibling_until=siblings_until(card_state.c.learner_id, card_state.c.note_pk, card_state.c.card_pk))
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What an answer needs to know, found by one question.

    Attributes:
        last_seq: the number of the newest event of the log; 0 while it is empty.
        known: whether the log has an event of the answer's id.
        siblings: whether the card's note has other cards.
        newest_ms: when the newest of the card's events happened; None if it has none.
    """

    standing: Standing
    last_seq: int
    known: bool
    siblings: bool
    newest_ms: int | None


def asked(connection: Connection, learner: int, card: CardId, event_id: UUID) -> Asked | None:
    """What an answer needs to know; None if the catalogue never had the card."""
    values = {"learner": learner, "deck": card.deck, "note": card.note, "slot": card.slot, "event": event_id}
    row = _asked.first(connection, values)
    if row is None:
        return None
    *columns, last_seq, known, siblings, newest_ms = row
    return Asked(_standing(_Row._make(columns), card), last_seq or 0, bool(known), bool(siblings), newest_ms)


def find(connection: Connection, learner: int, card: CardId) -> Standing | None:
    """A card and how it stands; None if the catalogue never had it."""
    values = {"learner": learner, "deck": card.deck, "note": card.note, "slot": card.slot}
    row = _find.first(connection, values)
    return None if row is None else _standing(_Row._make(row), card)


def numbered(connection: Connection, learner: int, pks: Iterable[int]) -> Iterator[Standing]:
    """The cards of these numbers, in this order."""
    for pk in pks:
        for row in _numbered.rows(connection, {"learner": learner, "card": pk}):
            yield standing_of(row)


def of_note(connection: Connection, learner: int, note_pk: int) -> list[Standing]:
    """All cards that a note has or had, in the order of new cards."""
    rows = _of_note.rows(connection, {"learner": learner, "note": note_pk})
    return [standing_of(row) for row in rows]


def of_notes(connection: Connection, learner: int, deck: str, notes: Collection[str]) -> list[Standing]:
    """All cards that notes of a deck have, in the order of new cards; the notes by their first ids."""
    rows = connection.execute(_of_notes, {"learner": learner, "deck": deck, "notes": sorted(notes)})
    return [standing_of(row) for row in rows]


def save(connection: Connection, learner: int, standing: Standing, state: CardState) -> None:
    """Let the card stand as `state` says, and its section's counts follow.

    `standing` has to be how the card stands in the store.
    """
    columns = columns_of(state, standing.position, standing.retired)
    values = {f"to_{name}": value for name, value in columns.items()}
    _save.run(connection, {"learner": learner, "card": standing.pk, **values})
    if not standing.retired:
        progress.moved(connection, learner, (standing.deck_pk, standing.section_pk), standing.state, state)


def keep_siblings_away(connection: Connection, learner: int, standing: Standing, until_day: int) -> None:
    """Let no other card of the note come before that study day."""
    values = {"learner": learner, "of_note": standing.note_pk, "card": standing.pk, "until": until_day}
    _keep_apart.run(connection, values)


def recompute_siblings(connection: Connection, learner: int, standing: Standing) -> None:
    """Find out anew until when the cards of a note stand in each other's way: after something was taken back."""
    connection.execute(_recompute_apart, {"learner": learner, "of_note": standing.note_pk})


def columns_of(state: CardState, position: int, retired: bool) -> dict[str, object]:
    """What `card_state` keeps of a state."""
    lane, due = lane_of(state, position, retired=retired)
    row: dict[str, object] = {
        "lane": int(lane),
        "due": due,
        "suspended": int(state.suspended),
        "buried_until": state.buried_until or 0,
        "flagged": int(state.flagged),
        "leech": int(state.leech),
    }
    if isinstance(state, NewCard):
        return row | dict.fromkeys(_REVIEWED)
    return row | {
        "phase": phase_number(state.phase),
        "steps_left": state.steps_left,
        "due_ms": state.due_ms,
        "due_day": state.due_day,
        "interval_days": state.interval_days,
        "stability": state.memory.stability,
        "difficulty": state.memory.difficulty,
        "last_review_ms": state.last_review_ms,
        "last_study_day": state.last_study_day,
        "reps": state.reps,
        "lapses": state.lapses,
    }


_REVIEWED = (
    *("phase", "steps_left", "due_ms", "due_day", "interval_days", "stability", "difficulty"),
    *("last_review_ms", "last_study_day", "reps", "lapses"),
)


def standing_of(row: tuple[Any, ...]) -> Standing:
    """How the card of a row of `CARDS` stands."""
    return _standing(_Row._make(row))


def _standing(row: _Row, card: CardId | None = None) -> Standing:
    return Standing(
        pk=row.pk,
        card=card or CardId(row.deck, row.note, row.slot),
        deck_pk=row.deck_pk,
        section_pk=row.section_pk,
        note_pk=row.note_pk,
        position=row.position,
        retired=row.retired_ms is not None,
        state=_state(row),
        sibling_until=row.sibling_until,
    )


def _state(row: _Row) -> CardState:
    suspended, buried_until = bool(row.suspended), row.buried_until or None
    if row.phase is None:
        return NewCard(suspended, buried_until, bool(row.flagged), bool(row.leech))
    return ReviewedCard(
        memory=MemoryState(row.stability, row.difficulty),
        place=place_of(row.phase, row.steps_left, row.due_ms, row.due_day, row.interval_days),
        last_review_ms=row.last_review_ms,
        last_study_day=row.last_study_day,
        reps=row.reps,
        lapses=row.lapses,
        suspended=suspended,
        buried_until=buried_until,
        flagged=bool(row.flagged),
        leech=bool(row.leech),
    )
