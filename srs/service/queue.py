"""The cards to show next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from srs.service.clock import from_ms, to_ms
from srs.service.context import Context
from srs.service.moment import Moment
from srs.service.plan import Plan, plan_of
from srs.service.present import present
from srs.service.showing import Today, next_due_ms, rendered, today
from srs.service.types import Queue


def queue(context: Context, now: datetime, limit: int = 10) -> Queue:
    """The next `limit` cards with both faces and what each rating would do, and how many wait today."""
    with context.database.reading() as connection:
        moment, plan = begin(context, connection, to_ms(now))
        found = find(context, moment, plan, max(0, limit))
    context.plans.keep(context.learner_id, plan)
    return found.ready(context)


def begin(context: Context, connection: Connection, now_ms: int) -> tuple[Moment, Plan]:
    """The moment at which a use happens, and the plan that holds then. After a commit the plan may be kept.

    Raises:
        ClockBehind: the clock is more than a day behind the latest answer.
    """
    moment = present(context, connection, now_ms)
    return moment, plan_of(context.plans.get(context.learner_id), context.library, moment)


@dataclass(frozen=True, slots=True)
class Found:
    """What the queue's transaction learned; rendering comes after it."""

    today: Today
    undoable: bool
    next_due_ms: int | None

    def ready(self, context: Context) -> Queue:
        """The queue with the cards' faces."""
        cards = (rendered(context.library, shown) for shown in self.today.shown)
        return Queue(
            counts=self.today.counts,
            cards=tuple(card for card in cards if card is not None),
            next_due=None if self.next_due_ms is None else from_ms(self.next_due_ms),
            undoable=self.undoable,
        )


def find(context: Context, moment: Moment, plan: Plan, limit: int) -> Found:
    """The queue inside a transaction."""
    found = today(moment, context.library, plan, limit)
    return Found(found, plan.undoable, next_due_ms(moment, context.library, plan, found.counts.total))
