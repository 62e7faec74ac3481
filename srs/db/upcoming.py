"""How much waits for a day, and when the next cards come: asked of one index, too."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, func, select

from srs.core.queue import Kind
from srs.db.prepared import Prepared
from srs.db.questions import OF_DECK, Question, in_lane
from srs.db.tables import Lane, PhaseNumber, card_state

_BATCH = 40
_REVIEW = int(PhaseNumber.REVIEW)

_state = card_state.c
_earliest = (
    select(_state.due, _state.buried_until, _state.sibling_until, _state.phase)
    .where(*OF_DECK, _state.lane == bindparam("lane"))
    .order_by(_state.due)
    .limit(_BATCH)
)
_due_by = select(func.count()).where(
    *in_lane(Lane.WAITING), _state.due <= bindparam("by_day"), _state.buried_until <= bindparam("by_day")
)
_unburied = (*in_lane(Lane.WAITING), _state.buried_until <= bindparam("day"))
# Asked apart: adding up over a large backlog which of it is overdue takes half as long again as counting it.
_backlog = Prepared(
    select(
        select(func.count()).where(*_unburied, _state.due == bindparam("day")).scalar_subquery(),
        select(func.count()).where(*_unburied, _state.due < bindparam("day")).scalar_subquery(),
    )
)


def earliest(connection: Connection, question: Question, lane: Lane) -> list[tuple[int, int]]:
    """For the first cards of a lane: `due` as the lane counts it, and the study day before which it stays hidden."""
    rows = connection.execute(_earliest, {"learner": question.learner, "deck": question.deck_pk, "lane": int(lane)})

    def apart(phase: int | None) -> bool:
        if lane is Lane.NEW:
            return question.apart.new
        return lane is Lane.WAITING and question.apart.parts(Kind.REVIEW if phase == _REVIEW else Kind.LEARNING)

    return [(due, max(buried, until if apart(phase) else 0)) for due, buried, until, phase in rows]


def due_by(connection: Connection, question: Question, day: int) -> int:
    """How many cards wait for that study day or an earlier one."""
    values = {"learner": question.learner, "deck": question.deck_pk, "by_day": day}
    return int(connection.execute(_due_by, values).scalar_one())


def backlog(connection: Connection, question: Question) -> tuple[int, int]:
    """How many cards wait for today or an earlier day, and how many of them for an earlier one."""
    today, overdue = _backlog.rows(connection, question.values())[0]
    return today + overdue, overdue
