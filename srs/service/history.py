"""Reading the log."""

from __future__ import annotations

from datetime import datetime

from srs.service.context import Context
from srs.service.types import ReviewPage


def reviews(
    context: Context,
    card_id: str | None = None,
    since: datetime | None = None,
    cursor: str | None = None,
    limit: int = 100,
) -> ReviewPage:
    """A page of the log, oldest first.

    Args:
        context: whose log.
        card_id: only the reviews of this card (retired ones too).
        since: only reviews given at this moment or later.
        cursor: `next_cursor` of the page before.
        limit: reviews a page, 1 to 1000.

    Raises:
        UnknownCard: the card was never in any deck.
        InvalidValue: a cursor that is not one, or a limit out of range.
    """
    raise NotImplementedError
