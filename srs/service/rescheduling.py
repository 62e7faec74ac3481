"""Giving cards another due date, and letting them be new again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from srs.core.card import NewCard
from srs.core.due_date import memory_on, place_on, read_when
from srs.core.events import Act, Forgotten, Reason, Rescheduled, Unburied, Unsuspended
from srs.core.mixing import fraction
from srs.service.acting import Cards, Occasion, act
from srs.service.context import Context
from srs.service.errors import InvalidValue
from srs.service.standing import ActResult, is_buried


def set_due(context: Context, now: datetime, card_ids: Cards, when: str) -> ActResult:
    """Say when cards are to come. They are in review then, and no longer suspended or buried, as in Anki.

    Args:
        context: whose cards.
        now: the moment.
        card_ids: the cards.
        when: days from today (`5`; `0` is today), a range within which each card draws its own day (`3-7`), or a date
            (`2026-12-24`).

    Raises:
        UnknownCard: no deck has one of the cards.
        InvalidValue: no card or too many; a `when` that is none, over, or more than a hundred years away.
    """

    def make(occasion: Occasion) -> Sequence[Act]:
        moment, standing = occasion.moment, occasion.standing
        settings = moment.settings.of(standing.card.deck)
        try:
            span = read_when(when, moment.day)
        except ValueError as error:
            raise InvalidValue(str(error), "when") from None
        days = span.pick(fraction(standing.card, moment.day, "due"))
        moved = Rescheduled(
            id=uuid4(),
            card=standing.card,
            at_ms=occasion.at_ms,
            study_day=moment.day,
            zone=settings.zone,
            place=place_on(standing.state, moment.day, days, settings),
            memory=memory_on(standing.state, days, settings),
            reason=Reason.DUE,
        )
        return (moved, *_called_back(occasion))

    return act(context, now, card_ids, make).result()


def forget(context: Context, now: datetime, card_ids: Cards) -> ActResult:
    """Let cards be new again, as Anki's "Reset" does: what was answered stays in the log but counts no more.

    They are no leeches any more, nor suspended or buried; flags stay. New cards that are neither stay as they are.

    Raises:
        UnknownCard: no deck has one of the cards.
        InvalidValue: no card, or too many.
    """
    return act(context, now, card_ids, _forget).result()


def _forget(occasion: Occasion) -> Sequence[Act]:
    back = _called_back(occasion)
    if isinstance(occasion.standing.state, NewCard):
        return back
    return (Forgotten(id=uuid4(), card=occasion.standing.card, at_ms=occasion.at_ms), *back)


def _called_back(occasion: Occasion) -> Sequence[Act]:
    """What stands in the way of a card that is to come."""
    standing = occasion.standing
    acts: list[Act] = []
    if standing.state.suspended:
        acts.append(Unsuspended(id=uuid4(), card=standing.card, at_ms=occasion.at_ms))
    if is_buried(standing.state, occasion.moment.day):
        acts.append(Unburied(id=uuid4(), card=standing.card, at_ms=occasion.at_ms))
    return acts
