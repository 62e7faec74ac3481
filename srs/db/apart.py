"""The cards that stand apart for a learner: suspended, buried, flagged, leeches."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, literal_column, select

from srs.db.prepared import Prepared
from srs.db.states import CARDS, Standing, standing_of
from srs.db.tables import EventKind, Lane, card_state, cards, events

_suspended = Prepared(
    CARDS.where(card_state.c.deck_pk == bindparam("deck"), card_state.c.lane == int(Lane.SUSPENDED))
    .order_by(cards.c.position)
    .limit(bindparam("most"))
)
# The ones are written out, since the indexes over such cards alone are found by them.
_in_order = (cards.c.deck_pk, cards.c.position)
_flagged = Prepared(
    CARDS.where(card_state.c.flagged == literal_column("1")).order_by(*_in_order).limit(bindparam("most"))
)
_leeches = Prepared(
    CARDS.where(card_state.c.leech == literal_column("1")).order_by(*_in_order).limit(bindparam("most"))
)
_buried = Prepared(
    CARDS.where(
        card_state.c.buried_until > bindparam("day"),
        card_state.c.card_pk.in_(
            select(events.c.card_pk).where(
                events.c.learner_id == bindparam("learner"),
                events.c.at_ms >= bindparam("since_ms"),
                events.c.kind == int(EventKind.BURIED),
            )
        ),
    )
    .order_by(*_in_order)
    .limit(bindparam("most"))
)


def suspended(connection: Connection, learner: int, deck_pk: int, most: int) -> list[Standing]:
    """The suspended cards of a deck, in the order of new cards."""
    rows = _suspended.rows(connection, {"learner": learner, "deck": deck_pk, "most": most})
    return [standing_of(row) for row in rows]


def flagged(connection: Connection, learner: int, most: int) -> list[Standing]:
    """The flagged cards of all decks, in the order of new cards."""
    return [standing_of(row) for row in _flagged.rows(connection, {"learner": learner, "most": most})]


def leeches(connection: Connection, learner: int, most: int) -> list[Standing]:
    """The leeches of all decks, in the order of new cards."""
    return [standing_of(row) for row in _leeches.rows(connection, {"learner": learner, "most": most})]


def buried(connection: Connection, learner: int, day: int, since_ms: int, most: int) -> list[Standing]:
    """The cards of all decks that were buried since that moment and are so on that study day, in the same order."""
    values = {"learner": learner, "day": day, "since_ms": since_ms, "most": most}
    return [standing_of(row) for row in _buried.rows(connection, values)]
