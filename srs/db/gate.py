"""What the gate (`srs.core.gate`) asks the store: which cards are forgotten, and how far notes are."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, and_, bindparam, case, exists, func, select

from srs.core.gate import Tally
from srs.core.rating import Rating
from srs.db.prepared import Prepared
from srs.db.questions import OF_DECK, Question
from srs.db.ranking import OVERDUE
from srs.db.tables import EventKind, Lane, PhaseNumber, VerdictNumber, card_state, cards, events

_state = card_state.c
_forgotten = (_state.due_day <= bindparam("day"), bindparam("reach") < OVERDUE)
_of_the_due = (
    select(_state.section_pk, func.count())
    .where(
        *OF_DECK,
        _state.lane == int(Lane.WAITING),
        _state.due <= bindparam("day"),
        _state.phase == int(PhaseNumber.REVIEW),
        bindparam("reach") < OVERDUE,
    )
    .group_by(_state.section_pk)
)
_all_forgotten = Prepared(_of_the_due)
_leeches = Prepared(_of_the_due.where(_state.leech == 1))
_counts = and_(_state.suspended == 0, _state.leech == 0)
_known = and_(_counts, _state.phase == int(PhaseNumber.REVIEW), ~and_(*_forgotten))
_notes = (
    select(cards.c.note, func.sum(case((_counts, 1), else_=0)), func.sum(case((_known, 1), else_=0)))
    .join_from(cards, card_state, card_state.c.card_pk == cards.c.pk)
    .where(
        cards.c.deck_pk == bindparam("deck"),
        cards.c.note.in_(bindparam("notes", expanding=True)),
        cards.c.retired_ms.is_(None),
        _state.learner_id == bindparam("learner"),
    )
    .group_by(cards.c.note)
)

_voids = events.alias("voids")
_first_answers = select(events.c.card_pk, events.c.rating, events.c.verdict).where(
    events.c.learner_id == bindparam("learner"),
    events.c.at_ms >= bindparam("since_ms"),
    events.c.kind == int(EventKind.REVIEWED),
    events.c.phase_before.is_(None),
    ~exists().where(_voids.c.learner_id == events.c.learner_id, _voids.c.target_id == events.c.id),
)


def forgotten(connection: Connection, question: Question, reach: float, *, leeches: bool) -> dict[int, int]:
    """How many cards of each section are in review but, being overdue, likely forgotten; by the section's number.

    Args:
        connection: where.
        question: whose, which deck, which day.
        reach: days since the last answer over stability up to which a card is not forgotten.
        leeches: whether the deck has leeches, which are none of these. Without any, the queue's index is all that is
            read.
    """
    values = {"learner": question.learner, "deck": question.deck_pk, "day": question.day, "reach": reach}
    found: dict[int, int] = dict(_all_forgotten.rows(connection, values))
    if leeches and found:
        for section, count in _leeches.rows(connection, values):
            found[section] -= count
    return found


def notes(connection: Connection, question: Question, reach: float, names: Collection[str]) -> dict[str, Tally]:
    """How far notes are, by their first ids; a note without cards that count may be missing.

    The arguments are those of `forgotten`.
    """
    values = {"learner": question.learner, "deck": question.deck_pk, "day": question.day, "reach": reach}
    rows = connection.execute(_notes, {**values, "notes": sorted(names)})
    return {note: Tally(active, known) for note, active, known in rows}


def first_answers(connection: Connection, learner: int, since_ms: int) -> dict[int, bool]:
    """The cards answered for the first time since a moment, by number, and whether they were answered right."""
    rows = connection.execute(_first_answers, {"learner": learner, "since_ms": since_ms})
    right = (None, int(VerdictNumber.RIGHT))
    return {card_pk: rating > Rating.AGAIN and verdict in right for card_pk, rating, verdict in rows}
