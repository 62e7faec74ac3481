"""Taking back the last thing done."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from srs.core.events import EventVoided, Reviewed, ReviewVoided
from srs.db import learners, log, states
from srs.service.clock import to_ms
from srs.service.context import Context
from srs.service.moment import look, moment_of
from srs.service.refolding import refold
from srs.service.showing import prepared, rendered
from srs.service.types import UndoResult


def undo(context: Context, now: datetime) -> UndoResult | None:
    """Void the newest review or suspension of this study day that still stands; None if there is none.

    Called again it takes back the one before. Nothing is deleted: undoing is an event too.
    """
    learner, now_ms = context.learner_id, to_ms(now)
    with context.database.writing() as connection:
        learners.lock_learner(connection, learner)
        plan = context.plans.get(learner)
        known = look(connection, learner, context.zone, context.library, plan.known if plan else None)
        moment = moment_of(connection, learner, now_ms, known)
        target = log.newest_undoable(connection, learner, moment.starts(moment.day))
        if target is None or target.card_pk is None:
            return None
        done = target.event
        standing = next(states.numbered(connection, learner, [target.card_pk]))
        void: ReviewVoided | EventVoided
        if isinstance(done, Reviewed):
            void = ReviewVoided(id=uuid4(), at_ms=now_ms, card=standing.card, review_id=done.id)
        else:
            void = EventVoided(id=uuid4(), at_ms=now_ms, card=standing.card, event_id=done.id)
        history = log.of_card(connection, learner, standing.pk, standing.card)
        log.append(connection, learner, known.seq + 1, void, standing.pk)
        settings = moment.settings.of(standing.card.deck)
        state = refold(connection, learner, standing, before=history, after=[*history, void], settings=settings)
        more = log.newest_undoable(connection, learner, moment.starts(moment.day)) is not None
        shown = None if standing.retired else prepared(moment, replace(standing, state=state))
    return UndoResult(
        undone="review" if isinstance(done, Reviewed) else "suspension",
        event_id=done.id,
        card_id=str(standing.card),
        card=None if shown is None else rendered(context.library, shown),
        undoable=more,
    )
