"""What playing the days ahead through needs of the store: how a deck stands, and how its learner has answered of late.

Of a long log only the newest answers are read, and of a very large deck only every so many-th card: what is wanted are
averages.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, Integer, bindparam, case, exists, func, or_, select

from srs.db.prepared import Prepared
from srs.db.tables import EventKind, Lane, PhaseNumber, card_state, cards, events
from srs.db.tallies import LONGEST_MS

NEWEST = 20_000
"""So many of the newest answers are counted."""

MOST_CARDS = 20_000
"""Of a deck with more cards on their way, only an even share is read."""


@dataclass(frozen=True, slots=True)
class AnswerCount:
    """Equal answers of the newest ones, counted.

    Attributes:
        own: whether they were given in the deck asked about.
        phase: `PhaseNumber` of the card before; None if it was new.
        before: the rating of the card's answer before, of the same study day; None if there was none.
        rating: the rating.
        count: how many.
        timed: how many of those have a time.
        milliseconds: the time of those together; of one answer at most `LONGEST_MS` counts.
    """

    own: bool
    phase: int | None
    before: int | None
    rating: int
    count: int
    timed: int
    milliseconds: int


@dataclass(frozen=True, slots=True)
class OnItsWay:
    """A card that was answered before and may be shown again.

    Attributes:
        since: the study day of its last answer.
        due_day: the study day for which it waits; None on a step within a day.
        phase: `PhaseNumber`.
        interval: the days promised; 0 on steps.
        steps_left: None in review.
    """

    stability: float
    difficulty: float
    since: int
    due_day: int | None
    phase: int
    interval: int
    steps_left: int | None
    lapses: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How a deck stands.

    Attributes:
        cards: cards on their way: every `share`-th of them.
        held: how many are on their way altogether.
        new: how many new cards are left.
        share: 1 if `cards` has all.
    """

    cards: tuple[OnItsWay, ...]
    held: int
    new: int
    share: int


_voids = events.alias("voids")
_voided = exists().where(_voids.c.learner_id == events.c.learner_id, _voids.c.target_id == events.c.id)
_newest = (
    select(
        events.c.card_pk,
        events.c.study_day,
        events.c.at_ms,
        events.c.review_number,
        events.c.rating,
        events.c.duration_ms,
        events.c.phase_before,
    )
    .where(events.c.learner_id == bindparam("learner"), events.c.kind == int(EventKind.REVIEWED), ~_voided)
    .order_by(events.c.seq.desc())
    .limit(bindparam("most", type_=Integer))
    .subquery("newest")
)
_followed = (
    select(
        _newest,
        func.lag(_newest.c.rating)
        .over(
            partition_by=(_newest.c.card_pk, _newest.c.study_day), order_by=(_newest.c.at_ms, _newest.c.review_number)
        )
        .label("before"),
        case((cards.c.deck_pk == bindparam("deck"), 1), else_=0).label("own"),
    )
    .join_from(_newest, cards, cards.c.pk == _newest.c.card_pk)
    .subquery("followed")
)
_f = _followed.c
_counts = Prepared(
    select(
        _f.own,
        _f.phase_before,
        _f.before,
        _f.rating,
        func.count(),
        func.sum(case((_f.duration_ms > 0, 1), else_=0)),
        func.sum(case((_f.duration_ms > LONGEST_MS, LONGEST_MS), (_f.duration_ms > 0, _f.duration_ms), else_=0)),
    ).group_by(_f.own, _f.phase_before, _f.before, _f.rating)
)

_state = card_state.c
_lanes = Prepared(
    select(_state.lane, func.count())
    .where(_state.learner_id == bindparam("learner"), _state.deck_pk == bindparam("deck"))
    .group_by(_state.lane)
)
_on_their_way = Prepared(
    select(
        _state.card_pk,
        _state.stability,
        _state.difficulty,
        _state.last_study_day,
        case((_state.buried_until > _state.due_day, _state.buried_until), else_=_state.due_day),
        _state.phase,
        func.coalesce(_state.interval_days, 0),
        case((_state.phase == int(PhaseNumber.REVIEW), None), else_=_state.steps_left),
        _state.lapses,
    ).where(
        _state.learner_id == bindparam("learner"),
        _state.deck_pk == bindparam("deck"),
        or_(_state.lane == int(Lane.STEPS), _state.lane == int(Lane.WAITING)),
        _state.card_pk % bindparam("share", type_=Integer) == 0,
    )
)


def answer_counts(connection: Connection, learner: int, deck_pk: int, most: int = NEWEST) -> list[AnswerCount]:
    """The newest answers, counted by kind; undone ones are left out."""
    values = {"learner": learner, "deck": deck_pk, "most": most}
    return [AnswerCount(bool(own), *rest) for own, *rest in _counts.rows(connection, values)]


def standing(connection: Connection, learner: int, deck_pk: int, most: int = MOST_CARDS) -> Standing:
    """How a deck stands; suspended and retired cards are left out."""
    values = {"learner": learner, "deck": deck_pk}
    lanes: dict[int, int] = dict(_lanes.rows(connection, values))
    held = lanes.get(Lane.STEPS, 0) + lanes.get(Lane.WAITING, 0)
    share = max(1, -(-held // most))
    # Sorted here: asked for by number, SQLite would go through all of the learner's cards by their numbers.
    rows = sorted(_on_their_way.rows(connection, values | {"share": share}))
    return Standing(tuple(OnItsWay(*row[1:]) for row in rows), held, lanes.get(Lane.NEW, 0), share)
