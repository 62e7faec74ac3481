"""What a learner does on a usual day."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, select

from srs.db.prepared import Prepared
from srs.db.tables import day_stats

DAYS = 14
"""So many of the last days with reviews are taken for usual."""

_day = day_stats.c
_reviews = Prepared(
    select(_day.waited)
    .where(
        _day.learner_id == bindparam("learner"),
        _day.deck_pk == bindparam("deck"),
        _day.study_day < bindparam("day"),
        _day.waited > 0,
    )
    .order_by(_day.study_day.desc())
    .limit(DAYS)
)


def reviews(connection: Connection, learner: int, deck_pk: int, day: int) -> list[int]:
    """Reviews on each of the last days before `day` on which a deck had any; the newest first."""
    rows = _reviews.rows(connection, {"learner": learner, "deck": deck_pk, "day": day})
    return [waited for (waited,) in rows]
