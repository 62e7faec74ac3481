"""Taking back the last thing done."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from operator import attrgetter
from uuid import uuid4

from srs.core.card import CardState, NewCard
from srs.core.events import (
    Buried,
    Crammed,
    Event,
    EventVoided,
    Flagged,
    Forgotten,
    MarkedLeech,
    Reason,
    Rescheduled,
    Reviewed,
    ReviewVoided,
    Suspended,
    Unburied,
    Unflagged,
    UnmarkedLeech,
    Unsuspended,
)
from srs.db import log, states
from srs.db.log import Logged
from srs.db.states import Standing
from srs.service.acting import begun
from srs.service.clock import to_ms
from srs.service.context import Context
from srs.service.loads import Loads
from srs.service.moment import Moment
from srs.service.refolding import refold
from srs.service.showing import prepared, rendered
from srs.service.standing import is_buried
from srs.service.types import UndoResult


class Undone(StrEnum):
    """What was taken back."""

    REVIEW = "review"
    SUSPENSION = "suspension"
    UNSUSPENSION = "unsuspension"
    BURIAL = "burial"
    UNBURIAL = "unburial"
    FLAG = "flag"
    UNFLAGGING = "unflagging"
    LEECH = "leech"
    UNLEECHING = "unleeching"
    FORGETTING = "forgetting"
    DUE_DATE = "due_date"
    PLACEMENT = "placement"
    """That a placement test took the card for known."""
    CRAMMING = "cramming"


_NAMES: dict[type[Event], Undone] = {
    Reviewed: Undone.REVIEW,
    Suspended: Undone.SUSPENSION,
    Unsuspended: Undone.UNSUSPENSION,
    Buried: Undone.BURIAL,
    Unburied: Undone.UNBURIAL,
    Flagged: Undone.FLAG,
    Unflagged: Undone.UNFLAGGING,
    MarkedLeech: Undone.LEECH,
    UnmarkedLeech: Undone.UNLEECHING,
    Forgotten: Undone.FORGETTING,
    Rescheduled: Undone.DUE_DATE,
    Crammed: Undone.CRAMMING,
}


def undo(context: Context, now: datetime) -> UndoResult | None:
    """Void the newest thing done to cards, today or on the study day before, that still stands; None if there is none.

    An answer, a suspension, taking one back, and so on: with everything that it brought about and, where it was done to
    several cards at once, for all of them. Called again it takes back the one before. Nothing is deleted: undoing is
    an event too.
    """
    with context.database.writing() as connection:
        moment = begun(context, connection, to_ms(now))
        target = log.newest_undoable(connection, context.learner_id, moment.undoable_since)
        if target is None:
            return None
        done = target.event
        voided = [target, *log.caused(connection, context.learner_id, done.id)]
        after = _void(moment, voided)
        more = log.newest_undoable(connection, context.learner_id, moment.undoable_since) is not None
        first = next(standing for standing in after if standing.pk == target.card_pk)
        comes = isinstance(done, Reviewed) or _comes(first.state, moment)
        shown = prepared(moment, context.library, first, Loads()) if comes and not first.retired else None
    return UndoResult(
        undone=_name(done).value,
        event_id=done.id,
        card_id=str(first.card),
        card=None if shown is None else rendered(context.library, shown),
        undoable=more,
        cards=len(after),
    )


def _void(moment: Moment, voided: list[Logged]) -> list[Standing]:
    """Void events, card by card; the cards as they stand then."""
    connection, learner = moment.connection, moment.learner
    seq, _ = log.newest(connection, learner)
    after = []
    of_cards = [logged for logged in voided if logged.card_pk is not None]
    for pk, group in groupby(sorted(of_cards, key=attrgetter("card_pk")), key=attrgetter("card_pk")):
        standing = next(states.numbered(connection, learner, [pk]))
        history = log.of_card(connection, learner, pk, standing.card)
        voids = [_void_of(logged.event, standing, moment.now_ms) for logged in group]
        for void in voids:
            seq += 1
            log.append(connection, learner, seq, void, pk)
        settings = moment.settings.of(standing.card.deck)
        state = refold(connection, learner, standing, before=history, after=[*history, *voids], settings=settings)
        after.append(replace(standing, state=state))
    return after


def _void_of(event: Event, standing: Standing, now_ms: int) -> ReviewVoided | EventVoided:
    if isinstance(event, Reviewed):
        return ReviewVoided(id=uuid4(), at_ms=now_ms, card=standing.card, review_id=event.id)
    return EventVoided(id=uuid4(), at_ms=now_ms, card=standing.card, event_id=event.id)


def _comes(state: CardState, moment: Moment) -> bool:
    """Whether the card may be shown now: nothing stands in its way, and it waits for no later day."""
    if state.suspended or is_buried(state, moment.day):
        return False
    return isinstance(state, NewCard) or state.due_day is None or state.due_day <= moment.day


def _name(event: Event) -> Undone:
    if isinstance(event, Rescheduled) and event.reason is Reason.KNOWN:
        return Undone.PLACEMENT
    return _NAMES[type(event)]
