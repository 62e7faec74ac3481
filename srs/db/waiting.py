"""The queue's questions to the store. Each is answered by one index, whatever the size of the collection.

Only cards of one deck are asked for at a time, since limits are a deck's; and only those that are neither suspended,
retired nor buried. Cards of the kinds that give way to siblings (`srs.core.queue.Apart`) are left out, too, if another
one of their note was answered on that study day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Double,
    Select,
    bindparam,
    case,
    cast,
    exists,
    literal,
    literal_column,
    or_,
    select,
)

from cards.model import CardId
from srs.core.memory import MemoryState
from srs.core.settings import ReviewOrder
from srs.db.phases import phase_from
from srs.db.prepared import Prepared
from srs.db.questions import NEVER, Candidate, Question, in_lane
from srs.db.ranking import AT_EXAM, EXAM, OVERDUE, RANKS, shuffled
from srs.db.tables import Lane, PhaseNumber, card_state, cards

RANKED = 10_000
"""Of a larger backlog only so many cards, those due longest, are ranked by retrievability."""

_BATCH = 40

_state = card_state.c
_not_buried = _state.buried_until <= bindparam("day")
_in_review = _state.phase == int(PhaseNumber.REVIEW)
_free = _state.sibling_until <= case((_in_review, bindparam("free_reviews")), else_=bindparam("free_learning"))
_MEMORY = (_state.stability, _state.difficulty, _state.last_study_day)


def _named(picked: Select[Any], *orders: str, memory: bool = False) -> Prepared:
    """The cards picked, with what a `Candidate` needs, in this order of the inner columns."""
    inner = picked.subquery("picked")
    own = (card_state.c.learner_id == bindparam("learner")) & (card_state.c.card_pk == inner.c.card_pk)
    return Prepared(
        select(inner.c.card_pk, cards.c.note, cards.c.slot, card_state.c.section_pk, inner.c.due, card_state.c.phase)
        .add_columns(inner.c.overdue, inner.c.rank, *(_MEMORY if memory else ()))
        .join_from(inner, cards, cards.c.pk == inner.c.card_pk)
        .join(card_state, own)
        .order_by(*(literal_column(f"picked.{order}") for order in orders))
    )


_NOT_OVERDUE = literal(0.0, Double).label("overdue")
_UNRANKED = literal(0.0, Double).label("rank")
_steps = _named(
    select(_state.card_pk, _state.due, _NOT_OVERDUE, _UNRANKED).where(*in_lane(Lane.STEPS), _not_buried),
    "due",
    "card_pk",
)


def _ranked(order: str, *which: ColumnElement[bool]) -> Prepared:
    columns = (
        _state.card_pk,
        _state.due,
        OVERDUE.label("overdue"),
        cast(RANKS[order], Double).label("rank"),
        case((_in_review, 1), else_=0).label("in_review"),
    )
    first_due = select(*columns).where(*in_lane(Lane.WAITING), *which, _not_buried, _free).order_by(_state.due)
    found = first_due.limit(RANKED).subquery("first_due").c
    return _named(
        select(found.card_pk, found.due, found.overdue, found.rank, found.in_review)
        .order_by(found.in_review, found.rank, found.overdue.desc(), found.card_pk)
        .limit(bindparam("most"))
        .offset(bindparam("skip")),
        "in_review",
        "rank",
        "overdue DESC",
        "card_pk",
        memory=order == EXAM,
    )


_is_due = _state.due <= bindparam("day")
_waiting = {order: _ranked(order, _is_due) for order in RANKS}
_early = _ranked(
    EXAM, _state.due > bindparam("day"), _state.last_study_day < bindparam("day"), bindparam("reach") < AT_EXAM
)
_sibling = card_state.alias("sibling")
_sibling_waits = exists().where(
    _sibling.c.learner_id == bindparam("learner"),
    _sibling.c.note_pk == _state.note_pk,
    _sibling.c.lane == int(Lane.WAITING),
    _sibling.c.due <= bindparam("day"),
    _sibling.c.buried_until <= bindparam("day"),
)
_fresh = (
    *in_lane(Lane.NEW),
    _state.due > bindparam("after"),
    _state.due <= bindparam("last"),
    _not_buried,
    _state.sibling_until <= bindparam("free_new"),
    or_(bindparam("free_new") == NEVER, ~_sibling_waits),
)
_new = _named(
    select(_state.card_pk, _state.due, _NOT_OVERDUE, _UNRANKED).where(*_fresh).order_by(_state.due).limit(_BATCH),
    "due",
)
_new_shuffled = _named(
    select(_state.card_pk, _state.due, _NOT_OVERDUE, cast(shuffled(0), Double).label("rank"))
    .where(*_fresh)
    .order_by(literal_column("rank"), _state.card_pk)
    .limit(bindparam("most"))
    .offset(bindparam("skip")),
    "rank",
    "card_pk",
)


def on_steps(connection: Connection, question: Question) -> list[Candidate]:
    """Cards on steps, in the order of their due times."""
    rows = _steps.rows(connection, question.values())
    return [_candidate(row, question) for row in rows]


def waiting(
    connection: Connection,
    question: Question,
    most: int,
    *,
    order: str = ReviewOrder.RETRIEVABILITY,
    sections: Iterable[int] = (),
    exam_day: int = 0,
) -> Iterator[Candidate]:
    """Cards that waited for today or an earlier day: first those on long steps, then those in review.

    All of them are there for the taking, but only `most` are read unless more are taken.

    Args:
        connection: where.
        question: whose, which deck, which day.
        most: how many are read at a time.
        order: a value of `ReviewOrder` (or `EXAM`), in which those on long steps come, and then those in review.
        sections: the numbers of the deck's sections in their order, where that is the order.
        exam_day: the study day of the exam, where that decides the order.
    """
    values = {"sections": f",{','.join(map(str, sections))},", "exam_day": exam_day}
    return _paged(connection, question, _waiting[order], most, values)


def early(connection: Connection, question: Question, exam_day: int, reach: float, most: int) -> Iterator[Candidate]:
    """Cards that are not due yet, in the order `EXAM`, without those answered today.

    Args:
        connection: where.
        question: whose, which deck, which day.
        exam_day: the study day of the exam.
        reach: only those of which days over stability will then be more than this.
        most: how many are read at a time.
    """
    return _paged(connection, question, _early, most, {"exam_day": exam_day, "reach": reach})


def _paged(
    connection: Connection, question: Question, statement: Prepared, most: int, more: Mapping[str, object]
) -> Iterator[Candidate]:
    values = {**question.values(), **more, "most": most}
    read = 0
    while True:
        rows = statement.rows(connection, {**values, "skip": read})
        for row in rows:
            yield _candidate(row, question)
        read += len(rows)
        if len(rows) < most:
            return


def new(
    connection: Connection, question: Question, places: Iterable[tuple[int, int]] = ((0, NEVER),)
) -> Iterator[Candidate]:
    """New cards in their order, read as far as they are taken; those with a sibling that waits for today give way.

    Args:
        connection: where.
        question: whose, which deck, which day.
        places: the places between which to look, both ends included, in their order.
    """
    for first, last in places:
        after = first - 1
        while True:
            rows = _new.rows(connection, {**question.values(), "after": after, "last": last})
            for row in rows:
                yield _candidate(row, question)
            if len(rows) < _BATCH:
                break
            after = rows[-1][_DUE]


def new_shuffled(connection: Connection, question: Question, first: int, last: int) -> Iterator[Candidate]:
    """New cards between two places (both are in) as if shuffled once for all, read as far as they are taken."""
    return _paged(connection, question, _new_shuffled, _BATCH, {"after": first - 1, "last": last})


_DUE = 4


def _candidate(row: tuple[Any, ...], question: Question) -> Candidate:
    pk, note, slot, section_pk, due, phase, overdue, rank, *more = row
    card = CardId(question.deck, note, slot)
    if not more:
        return Candidate(pk, card, section_pk, due, phase_from(phase), overdue, rank)
    stability, difficulty, last_day = more
    memory = MemoryState(stability, difficulty), last_day
    return Candidate(pk, card, section_pk, due, phase_from(phase), overdue, rank, memory)
