"""Leeches: marking them as they come up, and by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Connection

from srs.core.events import Act, MarkedLeech, Reviewed, Suspended, UnmarkedLeech
from srs.core.leech import is_leech
from srs.core.scheduling import is_lapse
from srs.core.settings import DeckSettings, LeechAction
from srs.db import log
from srs.service.acting import Cards, act, switch
from srs.service.context import Context
from srs.service.standing import ActResult


def mark_leech(context: Context, now: datetime, card_ids: Cards) -> ActResult:
    """Mark cards as leeches. That changes nothing of when they come.

    Raises:
        UnknownCard: no deck has one of the cards.
        InvalidValue: no card, or too many.
    """
    return act(context, now, card_ids, _mark).result()


def unmark_leech(context: Context, now: datetime, card_ids: Cards) -> ActResult:
    """Take the marks of leeches away. A card gets it back when it is forgotten often enough again.

    Raises:
        UnknownCard: no deck has one of the cards.
        InvalidValue: no card, or too many.
    """
    return act(context, now, card_ids, _unmark).result()


def acts_after(event: Reviewed, at_ms: int, lapses: int, settings: DeckSettings) -> tuple[Act, ...]:
    """What an answer brings about if it makes its card a leech, undone with it; nothing for most answers.

    Args:
        event: the answer.
        at_ms: when that happens: after all else that happened to the card.
        lapses: the card's lapses, this answer included.
        settings: its deck's.
    """
    if not is_lapse(event) or not is_leech(lapses, settings.leech_threshold):
        return ()
    marked = MarkedLeech(id=uuid4(), card=event.card, at_ms=at_ms, cause=event.id)
    if settings.leech_action != LeechAction.SUSPEND:
        return (marked,)
    return marked, Suspended(id=uuid4(), card=event.card, at_ms=at_ms + 1, cause=event.id)


def action_of(acts: Sequence[object]) -> LeechAction | None:
    """What was done to a leech by what an answer brought about; None if it is none."""
    if not any(isinstance(made, MarkedLeech) for made in acts):
        return None
    return LeechAction.SUSPEND if any(isinstance(made, Suspended) for made in acts) else LeechAction.MARK


def came_of(connection: Connection, learner: int, review_id: UUID) -> LeechAction | None:
    """What was done to a leech by an answer in the log; None if it made none, or was undone."""
    return action_of([logged.event for logged in log.caused(connection, learner, review_id)])


_mark = switch(MarkedLeech, lambda occasion: occasion.standing.state.leech)
_unmark = switch(UnmarkedLeech, lambda occasion: not occasion.standing.state.leech)
