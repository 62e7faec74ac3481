"""Refresher's own service as a learner meets it: real decks, a real SQLite file, the real queue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import event

from benchmarks.store import moment
from cards.model import CardId
from srs.core.rating import Rating
from srs.service import Context, QueueCard, ReviewRequest, answer_and_next, opened, queue
from srs.service.configuring import change


class Refresher:
    """The service, used by a learner who answers whatever comes."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._answers = 0
        self._shown: CardId | None = None

    def begin(self, day: int, at_s: float) -> None:  # noqa: ARG002 - a System's; the service reads the clock alone
        """Look what there is today."""
        self._show(queue(self._context, moment(int(at_s * 1000)), 1).cards)

    def next(self, at_s: float) -> CardId | None:  # noqa: ARG002 - each answer says what comes next
        """The card that is shown."""
        return self._shown

    def answer(self, card: CardId, rating: Rating, seconds: float, at_s: float) -> None:
        """Send the answer, and get the next card with it."""
        self._answers += 1
        now = moment(int(at_s * 1000))
        request = ReviewRequest(UUID(int=self._answers), str(card), int(rating), now, int(seconds * 1000))
        _, following = answer_and_next(self._context, now, request)
        self._show(following.cards)

    def _show(self, cards: Sequence[QueueCard]) -> None:
        self._shown = CardId.parse(cards[0].card_id) if cards else None


@contextmanager
def refresher(deck: Path, data: Path, start_s: float, settings: Mapping[str, object]) -> Iterator[Refresher]:
    """A new learner of a deck, with these settings."""
    now = datetime.fromtimestamp(start_s, UTC)
    with opened(data, [deck], now) as (context, _):
        if context.database.is_sqlite:  # the measuring is of what is remembered, not of how fast the disk is
            event.listen(context.database.engine, "connect", _hurry)
            context.database.engine.dispose()
        change(context, now, None, {"zone": "UTC", **settings})
        yield Refresher(context)


def _hurry(connection: object, _record: object) -> None:
    connection.execute("PRAGMA synchronous = OFF").close()  # type: ignore[attr-defined] # a driver's connection
