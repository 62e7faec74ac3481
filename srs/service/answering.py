"""Taking an answer."""

from __future__ import annotations

from datetime import datetime

from srs.service.context import Context
from srs.service.types import Queue, ReviewRequest, ReviewResult


def review(context: Context, now: datetime, request: ReviewRequest) -> ReviewResult:
    """Append a review to the log and move its card, in one transaction.

    Posting the same request again changes nothing and says so. An answer that is older than the card's newest (from a
    client that was offline) takes its place in the history, and the card's state is folded again.

    Raises:
        UnknownCard: no deck has the card.
        InvalidReview: a rating outside 1 to 4, a time in the future or absurd, a retired or suspended card.
        Conflict: the id is that of another event.
    """
    raise NotImplementedError


def answer_and_next(context: Context, now: datetime, request: ReviewRequest) -> tuple[ReviewResult, Queue]:
    """`review`, then the queue's first card: what a reviewer does all day, in one transaction."""
    raise NotImplementedError
