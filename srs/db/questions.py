"""Who asks the store for cards of a day, and what each card found is told with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam

from cards.model import CardId
from srs.core.card import Phase
from srs.core.memory import MemoryState
from srs.core.queue import Apart, Kind
from srs.db.tables import Lane, card_state

NEVER = 2**31 - 1
"""Later than any day, and beyond any place."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A card that may be shown today.

    Attributes:
        due: the moment in milliseconds on steps, the study day while waiting, the position while new.
        phase: None while new.
        overdue: for a waiting card, days since the last answer over stability: the more, the sooner forgotten.
        rank: its place in the order asked for: the less, the sooner it comes.
        memory: what FSRS keeps of it, and the study day of its last answer; only where an exam decides the order.
    """

    pk: int
    card: CardId
    section_pk: int
    due: int
    phase: Phase | None
    overdue: float = 0.0
    rank: float = 0.0
    memory: tuple[MemoryState, int] | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """Who asks, about which deck and day.

    Attributes:
        deck: the deck's id, and `deck_pk` its number.
        day: the study day.
        apart: which cards give way to siblings.
    """

    learner: int
    deck: str
    deck_pk: int
    day: int
    apart: Apart

    def values(self) -> dict[str, object]:
        """The parameters that every statement here has."""
        return {
            "learner": self.learner,
            "deck": self.deck_pk,
            "day": self.day,
            "free_new": self._free_until(Kind.NEW),
            "free_reviews": self._free_until(Kind.REVIEW),
            "free_learning": self._free_until(Kind.LEARNING),
        }

    def _free_until(self, kind: Kind) -> int:
        """A card of this kind comes only if siblings stand in its way until that day at most."""
        return self.day if self.apart.parts(kind) else NEVER


OF_DECK = (card_state.c.learner_id == bindparam("learner"), card_state.c.deck_pk == bindparam("deck"))
"""Cards of the learner and the deck of a question."""


def in_lane(lane: Lane) -> tuple[Any, ...]:
    """Cards of the learner and the deck of a question that wait in a lane."""
    return (*OF_DECK, card_state.c.lane == int(lane))
