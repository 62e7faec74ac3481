"""How much is due on the days to come: what load balancing asks of the store, each answered by one index."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, func, select

from srs.db.prepared import Prepared
from srs.db.tables import Lane, card_state

_state = card_state.c
_mine = (_state.learner_id == bindparam("learner"), _state.lane == int(Lane.WAITING))
_due = Prepared(
    select(_state.due, func.count())
    .where(
        *_mine,
        _state.deck_pk == bindparam("deck"),
        _state.due >= bindparam("first"),
        _state.due <= bindparam("last"),
    )
    .group_by(_state.due)
)
_siblings = Prepared(
    select(_state.due).where(*_mine, _state.note_pk == bindparam("of_note"), _state.card_pk != bindparam("card"))
)


def due_on(connection: Connection, learner: int, deck_pk: int, days: range) -> dict[int, int]:
    """How many cards of a deck wait for each study day of a stretch; days without any are left out.

    Suspended and retired cards don't count; buried ones do.
    """
    values = {"learner": learner, "deck": deck_pk, "first": days[0], "last": days[-1]}
    return dict(_due.rows(connection, values))


def siblings_due(connection: Connection, learner: int, note_pk: int, card_pk: int) -> frozenset[int]:
    """The study days for which other cards of the note wait."""
    values = {"learner": learner, "of_note": note_pk, "card": card_pk}
    return frozenset(due for (due,) in _siblings.rows(connection, values))
