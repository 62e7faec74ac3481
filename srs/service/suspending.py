"""Setting a card aside, and taking it back."""

from __future__ import annotations

from datetime import datetime

from srs.core.events import Suspended, Unsuspended
from srs.service.acting import Cards, act, switch
from srs.service.context import Context
from srs.service.standing import ActResult


def suspend(context: Context, now: datetime, card_ids: Cards) -> ActResult:
    """Show cards no more until `unsuspend`. Their history stays.

    Raises:
        UnknownCard: no deck has one of the cards.
        InvalidValue: no card, or too many.
    """
    return act(context, now, card_ids, _suspend).result()


def unsuspend(context: Context, now: datetime, card_ids: Cards) -> ActResult:
    """Let suspended cards come again, as they stood.

    Raises:
        UnknownCard: no deck has one of the cards.
        InvalidValue: no card, or too many.
    """
    return act(context, now, card_ids, _unsuspend).result()


_suspend = switch(Suspended, lambda occasion: occasion.standing.state.suspended)
_unsuspend = switch(Unsuspended, lambda occasion: not occasion.standing.state.suspended)
