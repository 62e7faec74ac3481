"""A card's memory by FSRS-6, computed by fsrs-rs: the engine that Anki uses.

Source of the model: https://github.com/open-spaced-repetition/fsrs-rs, `FSRS::next_states` and `FSRS::memory_state`.
fsrs-rs computes in single precision; its numbers come and go here as Python floats without loss, so a state kept in a
database and a state recomputed from the log are the same to the last bit.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import fsrs_rs_python as fsrs_rs

from srs.core.rating import Rating

_USUAL_EASE = 2.5
_USUAL_RETENTION = 0.9


@dataclass(frozen=True, slots=True)
class MemoryState:
    """What FSRS keeps of a card's history.

    Attributes:
        stability: days after which the chance to recall is 90%.
        difficulty: from 1 (easy) to 10 (hard).
    """

    stability: float
    difficulty: float


class Next(NamedTuple):
    """What one answer would lead to: the memory, and the days after which recall falls to the desired retention."""

    memory: MemoryState
    interval: float


class NextMemory(NamedTuple):
    """What each of the four answers would lead to."""

    again: Next
    hard: Next
    good: Next
    easy: Next

    def of(self, rating: Rating) -> Next:
        """The outcome of one answer."""
        return self[rating - 1]


class Model:
    """FSRS with one set of parameters. Take it from `model_for`, which keeps it.

    Attributes:
        short_term: whether FSRS may ask for less than a day where there are no steps: with parameters that know
            same-day reviews (19 or 21, and both weights 17 and 18 above zero), as in Anki.
        decay: the exponent of the forgetting curve, negative.
        factor: what its days over stability are multiplied by, so that recall is 90% after a card's stability.
    """

    __slots__ = ("_fsrs", "decay", "factor", "short_term")

    def __init__(self, parameters: tuple[float, ...]) -> None:
        self._fsrs = fsrs_rs.FSRS(parameters)
        self.short_term = len(parameters) > 18 and parameters[17] > 0 and parameters[18] > 0
        # fsrs-rs fills older sets up to 21 and keeps the last weight within these bounds.
        self.decay = -min(max(fsrs_rs.check_and_fill_parameters(parameters)[20], 0.1), 0.8)
        self.factor = 0.9 ** (1 / self.decay) - 1

    def next(self, memory: MemoryState | None, days: int, retention: float) -> NextMemory:
        """What each answer would lead to.

        Args:
            memory: the memory so far; None for a card never reviewed.
            days: study days since the last review, at least 0. With 0, FSRS's formula for same-day reviews serves.
            retention: the desired retention, which decides the intervals alone.
        """
        current = None if memory is None else fsrs_rs.MemoryState(memory.stability, memory.difficulty)
        states = self._fsrs.next_states(current, retention, days)
        return NextMemory(_next(states.again), _next(states.hard), _next(states.good), _next(states.easy))

    def after(self, history: Iterable[tuple[Rating, int]], start: MemoryState | None = None) -> MemoryState:
        """The memory that a history leaves.

        Args:
            history: each answer with the study days since the one before; at least one answer.
            start: the memory before the first answer, whose days count from there; None if the card was new: then the
                days of the first answer are 0.
        """
        item = fsrs_rs.FSRSItem([fsrs_rs.FSRSReview(rating, days) for rating, days in history])
        begun = None if start is None else fsrs_rs.MemoryState(start.stability, start.difficulty)
        state = self._fsrs.memory_state(item, begun)
        return MemoryState(state.stability, state.difficulty)

    def supposed(self, interval: int) -> MemoryState:
        """What Anki supposes of a card of that interval in days and of usual ease, where nothing else is known."""
        state = self._fsrs.memory_state_from_sm2(_USUAL_EASE, interval, _USUAL_RETENTION)
        return MemoryState(state.stability, state.difficulty)

    def retrievability(self, memory: MemoryState, days: float) -> float:
        """The chance to recall after `days` without review: FSRS's power forgetting curve."""
        return float((1 + self.factor * max(0.0, days) / memory.stability) ** self.decay)

    def reach(self, recall: float) -> float:
        """Days without review, over stability, at which the chance to recall has fallen so far: the curve, solved."""
        return float((recall ** (1 / self.decay) - 1) / self.factor)


def _next(state: fsrs_rs.ItemState) -> Next:
    memory = state.memory
    return Next(MemoryState(memory.stability, memory.difficulty), state.interval)


@lru_cache(maxsize=64)
def model_for(parameters: tuple[float, ...]) -> Model:
    """The model with these parameters (17, 19 or 21 finite numbers, as `DeckSettings` checks)."""
    return Model(parameters)
