"""Cards that are due but not answered yet, taken as far as the day's limit allows."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Generic, Protocol, TypeVar

from srs.core.settings import ReviewOrder

_ANEW = 7
"""A long backlog is ranked anew after so many days; in between, only its most urgent part."""

_WINDOW = 4


class Waiting(Protocol):
    """A card that waits: the day of its last answer, and its stability."""

    last: int

    @property
    def stability(self) -> float:
        """Days after which the chance to recall is 90%."""


_Card = TypeVar("_Card", bound=Waiting)


class Backlog(Generic[_Card]):
    """Cards due, in the order in which the learner's settings want them.

    Args:
        order: a value of `ReviewOrder`. Sections are not known here: by section counts as by due date.
        rng: for the random order.
    """

    __slots__ = ("_cards", "_order", "_ranked", "_rng")

    def __init__(self, order: str, rng: Random) -> None:
        self._cards: list[_Card] = []  # the most urgent last
        self._order = order
        self._ranked = -_ANEW
        self._rng = rng

    def __len__(self) -> int:
        return len(self._cards)

    def add(self, cards: list[_Card]) -> None:
        """Let cards wait that have come due."""
        self._cards[:0] = reversed(cards)

    def take(self, most: int, today: int) -> list[_Card]:
        """The cards to answer today, at most so many, the most urgent first; they wait no longer."""
        cards = self._cards
        if most < len(cards):
            if most <= 0:
                return []
            self._rank(most, today)
        taken = cards[-most:]
        del cards[-most:]
        taken.reverse()
        return taken

    def _rank(self, most: int, today: int) -> None:
        cards = self._cards
        if self._order == ReviewOrder.RANDOM:
            for place in range(1, most + 1):
                other = self._rng.randrange(len(cards) - place + 1)
                cards[-place], cards[other] = cards[other], cards[-place]
        elif self._order == ReviewOrder.RETRIEVABILITY:
            # Recall falls with elapsed days over stability: ranked by that, no forgetting curve is needed.
            overdue = _overdue(today)
            if today - self._ranked >= _ANEW:
                cards.sort(key=overdue)
                self._ranked = today
                return
            fresh = max(0, len(cards) - _WINDOW * most)
            cards[fresh:] = sorted(cards[fresh:], key=overdue)


def _overdue(today: int) -> Callable[[Waiting], float]:
    return lambda card: (today - card.last) / card.stability
