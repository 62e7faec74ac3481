"""The moment at which a use happens."""

from __future__ import annotations

from sqlalchemy import Connection

from srs.service.context import Context
from srs.service.moment import Moment, look, moment_of
from srs.service.right_time import check_clock


def present(context: Context, connection: Connection, now_ms: int) -> Moment:
    """The moment at which cards are shown or something is done.

    Raises:
        ClockBehind: the clock is more than a day behind the latest answer.
    """
    moment = by_any_clock(context, connection, now_ms)
    check_clock(moment.known.latest_ms, now_ms)
    return moment


def by_any_clock(context: Context, connection: Connection, now_ms: int) -> Moment:
    """The moment at which something is looked at, which may be whatever the clock says.

    What the plan remembered knows is not asked for again if nothing happened since.
    """
    plan = context.plans.get(context.learner_id)
    known = look(connection, context.learner_id, context.zone, context.library, plan.known if plan else None)
    return moment_of(connection, context.learner_id, now_ms, known)
