"""Which lane a card waits in and what its `due` says: for one row in Python, for many in SQL (a test compares them)."""

from __future__ import annotations

from sqlalchemy import ColumnElement, ScalarSelect, case, func, select

from srs.core.card import CardState, NewCard
from srs.db.tables import Lane, card_state, cards


def lane_of(state: CardState, position: int, *, retired: bool) -> tuple[Lane, int]:
    """The lane of a card and its `due` there; `position` is its place among new cards."""
    if isinstance(state, NewCard):
        lane, due = Lane.NEW, position
    elif state.due_day is None:
        lane, due = Lane.STEPS, state.due_ms
    else:
        lane, due = Lane.WAITING, state.due_day
    if retired:
        return Lane.RETIRED, due
    return (Lane.SUSPENDED if state.suspended else lane), due


def lane_in_sql() -> ColumnElement[int]:
    """The lane, from columns of `card_state` and `cards`."""
    return case(
        (cards.c.retired_ms.is_not(None), int(Lane.RETIRED)),
        (card_state.c.suspended == 1, int(Lane.SUSPENDED)),
        (card_state.c.phase.is_(None), int(Lane.NEW)),
        (card_state.c.due_day.is_(None), int(Lane.STEPS)),
        else_=int(Lane.WAITING),
    )


def due_in_sql() -> ColumnElement[int]:
    """The `due` of that lane."""
    return case(
        (card_state.c.phase.is_(None), cards.c.position),
        (card_state.c.due_day.is_(None), card_state.c.due_ms),
        else_=card_state.c.due_day,
    )


def siblings_until(
    learner: ColumnElement[int], note_pk: ColumnElement[int], card_pk: ColumnElement[int]
) -> ScalarSelect[int]:
    """The day after another card of the note was last answered; 0 if none was."""
    others = card_state.alias("others")
    return (
        select(func.coalesce(func.max(others.c.last_study_day) + 1, 0))
        .where(others.c.learner_id == learner, others.c.note_pk == note_pk, others.c.card_pk != card_pk)
        .scalar_subquery()
    )
