"""The latest answer of a learner, by the clock that dated it."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, exists, select

from srs.db.prepared import Prepared
from srs.db.tables import EventKind, events

_others = events.alias("others")
_latest = Prepared(
    select(events.c.at_ms)
    .where(
        events.c.learner_id == bindparam("learner"),
        events.c.kind == int(EventKind.REVIEWED),
        ~exists().where(_others.c.learner_id == events.c.learner_id, _others.c.target_id == events.c.id),
    )
    .order_by(events.c.at_ms.desc())
    .limit(1)
)


def latest_answer_ms(connection: Connection, learner: int) -> int:
    """When the latest answer that stands was given, in milliseconds since 1970; 0 if there is none."""
    row = _latest.first(connection, {"learner": learner})
    return 0 if row is None else int(row[0])
