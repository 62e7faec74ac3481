"""A learner who answers card after card."""

from __future__ import annotations

from random import Random
from uuid import UUID

from benchmarks.figures import Watch
from benchmarks.store import moment
from srs.service import Context, QueueCard, ReviewRequest, answer_and_next, queue

SECONDS_A_CARD = 8


def draw_rating(random: Random) -> int:
    """Again 1 in ten times, Hard 1, Good 7, Easy 1."""
    return random.choices((1, 2, 3, 4), (10, 10, 70, 10))[0]


class Learner:
    """Uses the service as a reviewer does; a learner with the same seed on the same database does the same.

    Attributes:
        card: the card at hand.
    """

    def __init__(self, context: Context, now_ms: int, seed: int) -> None:
        self._context = context
        self._now_ms = now_ms
        self._random = Random(seed)  # noqa: S311 - no secret
        self.card = _first(queue(context, moment(now_ms), 1).cards)

    def look_at(self, most: int) -> None:
        """See that many of the cards that come, so that their sides are remembered."""
        queue(self._context, moment(self._now_ms), most)

    def answer(self) -> float:
        """Seconds to answer the card at hand and get the next one, with its two sides and what ratings would do."""
        self._now_ms += SECONDS_A_CARD * 1000
        now = moment(self._now_ms)
        request = ReviewRequest(
            id=UUID(int=self._random.getrandbits(128), version=4),
            card_id=self.card.card_id,
            rating=draw_rating(self._random),
            reviewed_at=now,
            duration_ms=SECONDS_A_CARD * 1000,
        )
        with Watch() as watch:
            _, following = answer_and_next(self._context, now, request)
        self.card = _first(following.cards)
        return watch.seconds


def _first(cards: tuple[QueueCard, ...]) -> QueueCard:
    if not cards:
        raise AssertionError("there is no card left to answer: fewer are due than are to be measured")
    return cards[0]
