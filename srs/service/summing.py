"""What was done today."""

from __future__ import annotations

from datetime import datetime

from srs.db import log, tallies, upcoming
from srs.service.clock import from_ms, to_ms
from srs.service.context import Context
from srs.service.queue import begin
from srs.service.showing import next_due_ms, today
from srs.service.types import Summary


def session_summary(context: Context, now: datetime) -> Summary:
    """What was done in this study day, and when the next cards are due."""
    with context.database.reading() as connection:
        moment, plan = begin(context, connection, to_ms(now))
        remaining = today(moment, context.library, plan, 0).counts
        total = tallies.NOTHING
        due_tomorrow = 0
        for question, _ in moment.questions():
            total += tallies.of_day(connection, moment.learner, question.deck_pk, moment.day)
            due_tomorrow += upcoming.due_by(connection, question, moment.day + 1)
        cards = log.cards_answered(connection, moment.learner, moment.starts(moment.day), moment.starts(moment.day + 1))
        next_due = next_due_ms(moment, context.library, plan, remaining.total)
    return Summary(
        reviews=total.answers,
        cards=cards,
        introduced=total.introduced,
        by_rating={1: total.again, 2: total.hard, 3: total.good, 4: total.easy},
        duration_ms=total.duration_ms,
        next_due=None if next_due is None else from_ms(next_due),
        due_tomorrow=due_tomorrow,
        remaining=remaining,
    )
