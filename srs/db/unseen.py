"""How many cards of decks a learner has not begun."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, func, select

from srs.db.tables import Lane, card_state

_unseen = select(func.count()).where(
    card_state.c.learner_id == bindparam("learner"),
    card_state.c.deck_pk.in_(bindparam("decks", expanding=True)),
    card_state.c.lane == int(Lane.NEW),
)


def unseen(connection: Connection, learner: int, deck_pks: Sequence[int]) -> int:
    """Cards never answered that are neither suspended nor retired."""
    return int(connection.execute(_unseen, {"learner": learner, "decks": list(deck_pks)}).scalar_one())
