"""What there is to cram, and what was crammed: read from the index of the queue and from that of the log's times."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import BigInteger, Connection, bindparam, exists, func, or_, select

from srs.core.rating import Rating
from srs.db.prepared import Prepared
from srs.db.ranking import OVERDUE
from srs.db.tables import EventKind, Lane, card_state, events

_state = card_state.c
_ANY = 0
_section = bindparam("section", type_=BigInteger)
_mine = (
    _state.learner_id == bindparam("learner"),
    _state.deck_pk == bindparam("deck"),
    or_(_section == _ANY, _state.section_pk == _section),
)
_has_memory = or_(_state.lane == int(Lane.STEPS), _state.lane == int(Lane.WAITING))
_seen = Prepared(
    select(_state.card_pk).where(*_mine, _has_memory).order_by(OVERDUE.desc(), _state.card_pk).limit(bindparam("most"))
)
_unseen = Prepared(
    select(_state.card_pk).where(*_mine, _state.lane == int(Lane.NEW)).order_by(_state.due).limit(bindparam("most"))
)
_voids = events.alias("voids")
_stands = ~exists().where(_voids.c.learner_id == events.c.learner_id, _voids.c.target_id == events.c.id)
_failed = Prepared(
    select(events.c.card_pk, func.min(events.c.at_ms).label("at_ms"))
    .join_from(events, card_state, (_state.learner_id == events.c.learner_id) & (_state.card_pk == events.c.card_pk))
    .where(
        events.c.learner_id == bindparam("learner"),
        events.c.at_ms >= bindparam("since_ms"),
        events.c.kind == int(EventKind.REVIEWED),
        events.c.rating == int(Rating.AGAIN),
        *_mine,
        _has_memory,
        _stands,
    )
    .group_by(events.c.card_pk)
    .order_by(func.min(events.c.at_ms), events.c.card_pk)
    .limit(bindparam("most"))
)
_given = Prepared(
    select(events.c.card_pk, events.c.rating, events.c.duration_ms)
    .where(
        events.c.learner_id == bindparam("learner"),
        events.c.at_ms >= bindparam("since_ms"),
        events.c.kind == int(EventKind.CRAMMED),
        _stands,
    )
    .order_by(events.c.at_ms, events.c.seq)
)


@dataclass(frozen=True, slots=True)
class Crammable:
    """Which cards: of a learner's deck, of all its sections or one, at most so many.

    Attributes:
        day: the study day, by which they are ordered.
        section_pk: the section's number; None for all.
    """

    learner: int
    deck_pk: int
    section_pk: int | None
    day: int
    most: int

    def values(self) -> dict[str, object]:
        """The parameters of every statement here."""
        return {
            "learner": self.learner,
            "deck": self.deck_pk,
            "section": self.section_pk or _ANY,
            "day": self.day,
            "most": self.most,
        }


def seen(connection: Connection, asked: Crammable) -> list[int]:
    """The numbers of the cards with a memory that are neither suspended nor retired, the least recalled first."""
    return [pk for (pk,) in _seen.rows(connection, asked.values())]


def unseen(connection: Connection, asked: Crammable) -> list[int]:
    """The numbers of the new cards, in the order of new cards."""
    return [pk for (pk,) in _unseen.rows(connection, asked.values())]


def failed(connection: Connection, asked: Crammable, since_ms: int) -> list[int]:
    """The numbers of the cards with an answer Again since a moment, the first failed first."""
    return [pk for pk, _ in _failed.rows(connection, {**asked.values(), "since_ms": since_ms})]


def given(connection: Connection, learner: int, since_ms: int) -> list[tuple[int, Rating, int]]:
    """What was crammed since a moment and stands, in order: the card's number, the rating, the milliseconds."""
    rows = _given.rows(connection, {"learner": learner, "since_ms": since_ms})
    return [(pk, Rating(rating), took) for pk, rating, took in rows]
