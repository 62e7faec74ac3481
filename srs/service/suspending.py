"""Setting a card aside, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from srs.core.events import Act, Suspended, Unsuspended
from srs.service.acting import Cards, Occasion, act
from srs.service.context import Context
from srs.service.standing import ActResult


def suspend(context: Context, now: datetime, card_ids: Cards) -> ActResult:
    """Show cards no more until `unsuspend`. Their history stays.

    Raises:
        UnknownCard: no deck has one of the cards.
        InvalidValue: no card, or too many.
    """
    return _switch(context, now, card_ids, suspended=True)


def unsuspend(context: Context, now: datetime, card_ids: Cards) -> ActResult:
    """Let suspended cards come again, as they stood.

    Raises:
        UnknownCard: no deck has one of the cards.
        InvalidValue: no card, or too many.
    """
    return _switch(context, now, card_ids, suspended=False)


def _switch(context: Context, now: datetime, card_ids: Cards, *, suspended: bool) -> ActResult:
    kind = Suspended if suspended else Unsuspended

    def make(occasion: Occasion) -> Sequence[Act]:
        if occasion.standing.state.suspended == suspended:
            return ()
        return (kind(id=uuid4(), card=occasion.standing.card, at_ms=occasion.at_ms),)

    return act(context, now, card_ids, make).result()
