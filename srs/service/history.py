"""Reading the log."""

from __future__ import annotations

import base64
import binascii
from datetime import datetime

from srs.core.events import Reviewed
from srs.db import catalogue, log
from srs.service.clock import from_ms, to_ms
from srs.service.context import Context
from srs.service.errors import InvalidValue, UnknownCard
from srs.service.naming import card_named
from srs.service.types import ReviewPage, ReviewRow

MOST = 1000
"""The longest page."""

_BEFORE_ALL = (-(2**62), 0)
_LAST_SEQ = 2**62


def reviews(
    context: Context,
    card_id: str | None = None,
    since: datetime | None = None,
    cursor: str | None = None,
    limit: int = 100,
) -> ReviewPage:
    """A page of the log, oldest first; reviews that were undone are marked.

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
    if not 1 <= limit <= MOST:
        raise InvalidValue(f"The limit is {limit}; it has to be from 1 to {MOST}.", "limit")
    after = _BEFORE_ALL if cursor is None else _read_cursor(cursor)
    if since is not None:
        after = max(after, (_since_ms(since) - 1, _LAST_SEQ))
    with context.database.reading() as connection:
        card_pk = None
        if card_id is not None:
            card_pk = catalogue.card_pk(connection, card_named(card_id))
            if card_pk is None:
                raise UnknownCard(card_id)
        found = log.reviews_page(connection, context.learner_id, after, limit + 1, card_pk)
    rows = tuple(
        review_row(logged.event, voided=logged.voided) for logged in found[:limit] if isinstance(logged.event, Reviewed)
    )
    last = found[limit - 1] if len(found) > limit else None
    return ReviewPage(rows, None if last is None else _write_cursor(last.event.at_ms, last.seq))


def review_row(event: Reviewed, *, voided: bool) -> ReviewRow:
    """A review as the service hands it out."""
    return ReviewRow(
        id=event.id,
        card_id=str(event.card),
        rating=int(event.rating),
        reviewed_at=from_ms(event.at_ms),
        duration_ms=event.duration_ms,
        review_number=event.review_number,
        state="new" if event.phase_before is None else event.phase_before.value,
        due=from_ms(event.due_ms),
        interval_days=event.interval_days or (event.due_ms - event.at_ms) / 86_400_000,
        study_day=event.study_day,
        voided=voided,
        seed=event.seed,
        typed=None if event.typed is None else event.typed.text,
        verdict=None if event.typed is None else event.typed.verdict,
    )


def _since_ms(since: datetime) -> int:
    try:
        return to_ms(since)
    except ValueError as error:
        raise InvalidValue(
            f"{since.isoformat()} has no time zone; one looks like 2026-11-24T18:00:00Z.", "since"
        ) from error


def _write_cursor(at_ms: int, seq: int) -> str:
    return base64.urlsafe_b64encode(f"{at_ms}.{seq}".encode()).decode().rstrip("=")


def _read_cursor(cursor: str) -> tuple[int, int]:
    try:
        text = base64.b64decode((cursor + "=" * (-len(cursor) % 4)).encode("ascii"), altchars=b"-_", validate=True)
        at_ms, seq = text.decode("ascii").split(".")
        place = int(at_ms), int(seq)
    except (ValueError, binascii.Error) as error:
        raise InvalidValue(
            "The cursor is none that this server gave; take `next_cursor` as it is.", "cursor"
        ) from error
    if not all(abs(number) < 2**62 for number in place):
        raise InvalidValue("The cursor is none that this server gave; take `next_cursor` as it is.", "cursor")
    return place
