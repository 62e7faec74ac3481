"""Setting a card aside, and taking it back."""

from __future__ import annotations

from datetime import datetime

from srs.service.context import Context
from srs.service.types import CardRow, SuspendResult


def suspend(context: Context, now: datetime, card_id: str) -> SuspendResult:
    """Show the card no more until `unsuspend`. Its history stays.

    Raises:
        UnknownCard: no deck has the card.
    """
    raise NotImplementedError


def unsuspend(context: Context, now: datetime, card_id: str) -> SuspendResult:
    """Let a suspended card come again, as it stood.

    Raises:
        UnknownCard: no deck has the card.
    """
    raise NotImplementedError


def suspended(context: Context, limit: int = 1000) -> tuple[CardRow, ...]:
    """The suspended cards, in the order of their decks."""
    raise NotImplementedError
