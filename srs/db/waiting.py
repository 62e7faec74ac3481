"""The queue's questions to the store. Each is answered by one index, whatever the size of the collection.

Only cards of one deck are asked for at a time, since limits are a deck's; and only those that are neither suspended,
retired nor buried. Where siblings are kept apart, cards of which another one was answered on that study day are left
out too, but for cards on steps, which never give way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Double, Select, bindparam, case, exists, func, literal, literal_column, or_, select

from cards.model import CardId
from srs.core.card import Phase
from srs.db.phases import phase_from
from srs.db.prepared import Prepared
from srs.db.tables import Lane, PhaseNumber, card_state, cards

RANKED = 20_000
"""Of a larger backlog only so many cards, those due longest, are ranked by retrievability."""

_BATCH = 40
_NEVER = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Candidate:
    """A card that may be shown today.

    Attributes:
        due: the moment in milliseconds on steps, the study day while waiting, the position while new.
        phase: None while new.
        overdue: for a waiting card, days since the last answer over stability: the more, the sooner forgotten.
    """

    pk: int
    card: CardId
    section_pk: int
    due: int
    phase: Phase | None
    overdue: float = 0.0


@dataclass(frozen=True, slots=True)
class Question:
    """Who asks, about which deck and day.

    Attributes:
        deck: the deck's id, and `deck_pk` its number.
        day: the study day.
        apart: whether siblings are kept apart.
    """

    learner: int
    deck: str
    deck_pk: int
    day: int
    apart: bool

    def values(self) -> dict[str, object]:
        """The parameters that every statement here has."""
        return {
            "learner": self.learner,
            "deck": self.deck_pk,
            "day": self.day,
            "free_on": self.day if self.apart else _NEVER,
        }


_state = card_state.c
_mine = (_state.learner_id == bindparam("learner"), _state.deck_pk == bindparam("deck"))
_not_buried = _state.buried_until <= bindparam("day")
_free = _state.sibling_until <= bindparam("free_on")
_overdue = (bindparam("day") - _state.last_study_day) / _state.stability


def _lane(lane: Lane) -> tuple[Any, ...]:
    return (*_mine, _state.lane == int(lane))


def _named(picked: Select[Any], *orders: str) -> Prepared:
    """The cards picked, with what a `Candidate` needs, in this order of the inner columns."""
    inner = picked.subquery("picked")
    own = (card_state.c.learner_id == bindparam("learner")) & (card_state.c.card_pk == inner.c.card_pk)
    return Prepared(
        select(inner.c.card_pk, cards.c.note, cards.c.slot, card_state.c.section_pk, inner.c.due, card_state.c.phase)
        .add_columns(inner.c.overdue)
        .join_from(inner, cards, cards.c.pk == inner.c.card_pk)
        .join(card_state, own)
        .order_by(*(literal_column(f"picked.{order}") for order in orders))
    )


_NOT_OVERDUE = literal(0.0, Double).label("overdue")
_steps = _named(
    select(_state.card_pk, _state.due, _NOT_OVERDUE).where(
        *_lane(Lane.STEPS), _state.due <= bindparam("until_ms"), _not_buried
    ),
    "due",
    "card_pk",
)
_longest_due = (
    select(_state.card_pk, _state.due, _overdue.label("overdue"))
    .where(*_lane(Lane.WAITING), _state.due <= bindparam("day"), _not_buried, _free)
    .order_by(_state.due)
    .limit(RANKED)
    .subquery("longest_due")
)
_waiting = _named(
    select(_longest_due.c.card_pk, _longest_due.c.due, _longest_due.c.overdue)
    .order_by(_longest_due.c.overdue.desc(), _longest_due.c.card_pk)
    .limit(bindparam("most"))
    .offset(bindparam("skip")),
    "overdue DESC",
    "card_pk",
)
_sibling = card_state.alias("sibling")
_sibling_waits = exists().where(
    _sibling.c.learner_id == bindparam("learner"),
    _sibling.c.note_pk == _state.note_pk,
    _sibling.c.lane == int(Lane.WAITING),
    _sibling.c.due <= bindparam("day"),
    _sibling.c.buried_until <= bindparam("day"),
)
_new = _named(
    select(_state.card_pk, _state.due, _NOT_OVERDUE)
    .where(
        *_lane(Lane.NEW),
        _state.due > bindparam("after"),
        _not_buried,
        _free,
        or_(bindparam("free_on") == _NEVER, ~_sibling_waits),
    )
    .order_by(_state.due)
    .limit(_BATCH),
    "due",
)
_earliest = (
    select(_state.due, _state.buried_until, _state.sibling_until)
    .where(*_mine, _state.lane == bindparam("lane"))
    .order_by(_state.due)
    .limit(_BATCH)
)
_due_by = select(func.count()).where(
    *_lane(Lane.WAITING), _state.due <= bindparam("by_day"), _state.buried_until <= bindparam("by_day")
)
_known = case(((_state.phase == int(PhaseNumber.REVIEW)) & (_overdue <= bindparam("reach")), 1), else_=0)
_sections = (
    select(_state.section_pk, _state.lane, func.count(), func.count(_state.phase), func.sum(_known))
    .where(*_mine, _state.lane != int(Lane.RETIRED))
    .group_by(_state.section_pk, _state.lane)
)


def on_steps(connection: Connection, question: Question, until_ms: int) -> list[Candidate]:
    """Cards on steps that are due by then, in the order of their due times."""
    rows = _steps.rows(connection, {**question.values(), "until_ms": until_ms})
    return [_candidate(row, question) for row in rows]


def waiting(connection: Connection, question: Question, most: int) -> Iterator[Candidate]:
    """Cards that waited for today or an earlier day, the least likely to be recalled first.

    All of them are there for the taking, but only `most` are read unless more are taken.
    """
    read = 0
    while True:
        rows = _waiting.rows(connection, {**question.values(), "most": most, "skip": read})
        for row in rows:
            yield _candidate(row, question)
        read += len(rows)
        if len(rows) < most:
            return


def new(connection: Connection, question: Question) -> Iterator[Candidate]:
    """New cards in their order, read as far as they are taken; those with a sibling that waits for today give way."""
    after = -1
    while True:
        rows = _new.rows(connection, {**question.values(), "after": after})
        for row in rows:
            yield _candidate(row, question)
        if len(rows) < _BATCH:
            return
        after = rows[-1][_DUE]


def earliest(connection: Connection, question: Question, lane: Lane) -> list[tuple[int, int]]:
    """For the first cards of a lane: `due` as the lane counts it, and the study day before which it stays hidden."""
    rows = connection.execute(_earliest, {"learner": question.learner, "deck": question.deck_pk, "lane": int(lane)})
    siblings = question.apart and lane is not Lane.STEPS
    return [(due, max(buried, apart if siblings else 0)) for due, buried, apart in rows]


def due_by(connection: Connection, question: Question, day: int) -> int:
    """How many cards wait for that study day or an earlier one."""
    values = {"learner": question.learner, "deck": question.deck_pk, "by_day": day}
    return int(connection.execute(_due_by, values).scalar_one())


@dataclass(frozen=True, slots=True)
class SectionCount:
    """How far a section is: cards by what they are now. Retired cards are in none of them."""

    total: int = 0
    introduced: int = 0
    known: int = 0
    suspended: int = 0


def sections(connection: Connection, question: Question, reach: float) -> dict[int, SectionCount]:
    """The counts of each section by its number.

    Args:
        connection: where.
        question: whose, which deck, which day.
        reach: days without review over stability up to which a card counts as known.
    """
    counts: dict[int, SectionCount] = {}
    for section, lane, total, introduced, known in connection.execute(_sections, {**question.values(), "reach": reach}):
        before = counts.get(section, SectionCount())
        set_aside = lane == Lane.SUSPENDED
        counts[section] = SectionCount(
            before.total + total,
            before.introduced + introduced,
            before.known + (0 if set_aside else int(known)),
            before.suspended + (total if set_aside else 0),
        )
    return counts


_DUE = 4


def _candidate(row: tuple[Any, ...], question: Question) -> Candidate:
    pk, note, slot, section_pk, due, phase, overdue = row
    return Candidate(pk, CardId(question.deck, note, slot), section_pk, due, phase_from(phase), overdue)
