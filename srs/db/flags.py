"""What learners said about cards: from the log, found by the cards that are flagged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any, TypeAlias

from sqlalchemy import Connection, Row, bindparam, exists, literal_column, select

from cards.model import CardId
from srs.db.tables import EventKind, card_state, cards, decks, events

_Row: TypeAlias = Row[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Remark:
    """Something said about a card.

    Attributes:
        text: what was said; may be empty.
        said_ms: when, in milliseconds since 1970.
        settled_ms: when it was settled, or other words took its place; None while it stands.
        retired: whether the card's note is no longer in the deck.
    """

    card_pk: int
    card: CardId
    text: str
    said_ms: int
    settled_ms: int | None
    retired: bool


_voids = events.alias("voids")
_voided = exists().where(_voids.c.learner_id == events.c.learner_id, _voids.c.target_id == events.c.id)
_remarks = (
    select(
        *(events.c.card_pk, events.c.kind, events.c.at_ms, events.c.payload),
        *(decks.c.id.label("deck"), cards.c.note, cards.c.slot, cards.c.retired_ms),
    )
    .join_from(events, cards, events.c.card_pk == cards.c.pk)
    .join(decks, cards.c.deck_pk == decks.c.pk)
    .where(
        events.c.learner_id == bindparam("learner"),
        events.c.kind.in_([int(EventKind.FLAGGED), int(EventKind.UNFLAGGED)]),
        ~_voided,
    )
    .order_by(events.c.card_pk, events.c.at_ms, events.c.seq)
)
# The one is written out, since an index over the flagged cards alone is found by it.
_flagged = select(card_state.c.card_pk).where(
    card_state.c.learner_id == bindparam("learner"), card_state.c.flagged == literal_column("1")
)
_standing = _remarks.where(events.c.card_pk.in_(_flagged))
_of_card = _remarks.where(events.c.card_pk == bindparam("card"))


def standing(connection: Connection, learner: int) -> list[Remark]:
    """What stands about the cards that are flagged, in the order in which it was said."""
    rows = connection.execute(_standing, {"learner": learner})
    return sorted((remark for remark in _read(rows) if remark.settled_ms is None), key=attrgetter("said_ms"))


def every(connection: Connection, learner: int) -> list[Remark]:
    """All that was ever said and not undone, in the order in which it was said. Reads the whole log."""
    return sorted(_read(connection.execute(_remarks, {"learner": learner})), key=attrgetter("said_ms"))


def said(connection: Connection, learner: int, card_pk: int) -> str | None:
    """What stands about a card; None if nothing does."""
    rows = connection.execute(_of_card, {"learner": learner, "card": card_pk})
    return next((remark.text for remark in _read(rows) if remark.settled_ms is None), None)


def _read(rows: Iterable[_Row]) -> Iterator[Remark]:
    for _, group in groupby(rows, key=attrgetter("card_pk")):
        before = None
        for row in group:
            if before is not None:
                yield _remark(before, settled_ms=row.at_ms)
            before = row if row.kind == EventKind.FLAGGED else None
        if before is not None:
            yield _remark(before, settled_ms=None)


def _remark(row: _Row, *, settled_ms: int | None) -> Remark:
    return Remark(
        card_pk=row.card_pk,
        card=CardId(row.deck, row.note, row.slot),
        text=row.payload["text"],
        said_ms=row.at_ms,
        settled_ms=settled_ms,
        retired=row.retired_ms is not None,
    )
