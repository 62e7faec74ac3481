"""A machine's clock that is wrong: noticed, so that no answer is dated by it, and mended where it was dated already.

An answer's date decides what FSRS makes of it. So once the clock is more than a day behind the latest answer, nothing
is shown and nothing taken: either it is the clock that is wrong now, or it was when those answers were given. In the
second case they are given again, with the same ratings, dated as far apart as they were, the latest one now.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from uuid import uuid4

from sqlalchemy import Connection

from srs.core.events import CardEvent, Reviewed, ReviewVoided
from srs.core.fold import state_before
from srs.core.scheduling import answer
from srs.core.study_day import DAY_MS
from srs.db import learners, log, states
from srs.db.log import Logged
from srs.db.newest import latest_answer_ms
from srs.service.clock import from_ms, to_ms
from srs.service.context import Context
from srs.service.errors import ClockBehind
from srs.service.refolding import refold

AHEAD_MS = 5 * 60_000
"""How far a client's clock may be ahead of ours."""

TOLERATED_MS = DAY_MS
"""How far our clock may be behind the latest answer: clocks are set, and browsers' are ahead."""

_LAST_SEQ = 2**62
_ALL = 10**6


@dataclass(frozen=True, slots=True)
class Misdated:
    """Answers dated into the future.

    Attributes:
        number: how many.
        latest: the date of the latest.
    """

    number: int
    latest: datetime


def check_clock(latest_ms: int, now_ms: int) -> None:
    """Do nothing if the clock can be right.

    Args:
        latest_ms: when the latest answer that stands was given.
        now_ms: the present by our clock.

    Raises:
        ClockBehind: the latest answer lies more than a day ahead.
    """
    if latest_ms - now_ms > TOLERATED_MS:
        raise ClockBehind(from_ms(now_ms), from_ms(latest_ms))


def misdated(context: Context, now: datetime) -> Misdated | None:
    """The answers that would have to be dated anew if the clock is right; None if all are well."""
    now_ms = to_ms(now)
    with context.database.reading() as connection:
        latest_ms = latest_answer_ms(connection, context.learner_id)
        if latest_ms - now_ms <= TOLERATED_MS:
            return None
        return Misdated(len(_ahead(connection, context.learner_id, now_ms)), from_ms(latest_ms))


def redate(context: Context, now: datetime) -> int:
    """Say that the clock is right: date the answers that lie ahead as if the latest of them were given now.

    They keep their order and the time between them, each card's memory and due date become what they then are, and
    nothing is deleted: each is undone and given again. Nothing happens if no answer lies more than a day ahead.

    Returns:
        How many answers have another date.
    """
    learner, now_ms = context.learner_id, to_ms(now)
    with context.database.writing() as connection:
        learners.lock_learner(connection, learner)
        shift = latest_answer_ms(connection, learner) - now_ms
        if shift <= TOLERATED_MS:
            return 0
        ahead = _ahead(connection, learner, now_ms)
        by_card = attrgetter("card_pk")
        for pk, answers in groupby(sorted(ahead, key=by_card), key=by_card):
            given = [logged.event for logged in answers if isinstance(logged.event, Reviewed)]
            _redate_card(context, connection, pk, given, shift=shift, now_ms=now_ms)
    return len(ahead)


def _ahead(connection: Connection, learner: int, now_ms: int) -> list[Logged]:
    found = log.reviews_page(connection, learner, (now_ms + AHEAD_MS, _LAST_SEQ), _ALL)
    return [logged for logged in found if not logged.voided]


def _redate_card(
    context: Context, connection: Connection, pk: int, given: list[Reviewed], *, shift: int, now_ms: int
) -> None:
    learner = context.learner_id
    standing = next(states.numbered(connection, learner, [pk]))
    settings = learners.settings_of(connection, learner, context.zone).of(standing.card.deck)
    before = log.of_card(connection, learner, pk, standing.card)
    after: list[CardEvent] = list(before)
    seq, _ = log.newest(connection, learner)

    def add(event: CardEvent) -> None:
        nonlocal seq
        seq += 1
        log.append(connection, learner, seq, event, pk)
        after.append(event)

    for event in given:
        add(ReviewVoided(id=uuid4(), at_ms=now_ms, card=standing.card, review_id=event.id))
    for event in given:
        at_ms = event.at_ms - shift
        answered = answer(
            state_before(after, at_ms, settings.parameters),
            event.rating,
            at_ms,
            settings,
            card=standing.card,
            event_id=uuid4(),
            duration_ms=event.duration_ms,
            seed=event.seed,
            typed=event.typed,
        )
        add(answered.event)
    refold(connection, learner, standing, before=before, after=after, settings=settings)
