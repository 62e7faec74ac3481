"""Cramming: going through cards outside of their schedule until each was passed once."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TypeVar

from srs.core.rating import Rating

APART = 5
"""A failed card comes again after so many other answers, or when no other card is left."""

T = TypeVar("T", bound=Hashable)


def next_of(cards: Sequence[T], given: Sequence[tuple[T, Rating]]) -> T | None:
    """The card to show next; None when each was passed.

    Cards come in their order, each once; one rated Again comes again, the longest waiting one first.

    Args:
        cards: the cards of the session, in their order.
        given: the answers so far, in theirs.
    """
    left = left_of(cards, given)
    last = {card: place for place, (card, _) in enumerate(given)}
    failed = sorted((card for card in left if card in last), key=last.__getitem__)
    fresh = next((card for card in left if card not in last), None)
    if failed and (fresh is None or len(given) - last[failed[0]] > APART):
        return failed[0]
    return fresh


def left_of(cards: Sequence[T], given: Sequence[tuple[T, Rating]]) -> tuple[T, ...]:
    """The cards that were not passed yet, in their order."""
    latest = dict(given)
    return tuple(card for card in cards if latest.get(card, Rating.AGAIN) is Rating.AGAIN)
