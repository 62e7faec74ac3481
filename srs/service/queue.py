"""The cards to show next."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from srs.db import log
from srs.service.clock import from_ms, to_ms
from srs.service.context import Context
from srs.service.moment import Moment, moment_of
from srs.service.plan import plan_of
from srs.service.showing import Today, next_due_ms, rendered, today
from srs.service.types import Queue


def queue(context: Context, now: datetime, limit: int = 10) -> Queue:
    """The next `limit` cards with both faces and what each rating would do, and how many wait today."""
    with context.database.reading() as connection:
        found = _Found(context, begin(context, connection, to_ms(now)), max(0, limit))
    return found.queue(context)


def begin(context: Context, connection: Connection, now_ms: int) -> Moment:
    """What a use needs to know at its beginning."""
    decks = tuple(deck.id for deck in context.library.decks)
    return moment_of(connection, context.learner_id, now_ms, context.zone, decks)


def undoable(moment: Moment) -> bool:
    """Whether something of today can be taken back."""
    return log.newest_undoable(moment.connection, moment.learner, moment.starts(moment.day)) is not None


class _Found:
    """What the queue's transaction learned; rendering comes after it."""

    def __init__(self, context: Context, moment: Moment, limit: int) -> None:
        plan = plan_of(context.plans, context.library, moment)
        self._today: Today = today(moment, context.library, plan, limit)
        self._undoable = undoable(moment)
        nothing = not self._today.shown and not self._today.counts.total
        self._next_due = next_due_ms(moment, 0) if nothing else moment.now_ms

    def queue(self, context: Context) -> Queue:
        cards = (rendered(context.library, shown) for shown in self._today.shown)
        return Queue(
            counts=self._today.counts,
            cards=tuple(card for card in cards if card is not None),
            next_due=None if self._next_due is None else from_ms(self._next_due),
            undoable=self._undoable,
        )


def found(context: Context, moment: Moment, limit: int) -> _Found:
    """The queue inside another use's transaction; call its `queue` when that has ended."""
    return _Found(context, moment, limit)
