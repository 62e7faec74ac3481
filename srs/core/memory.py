"""A card's memory by FSRS-6, computed by fsrs-rs: the engine that Anki uses.

Source of the model: https://github.com/open-spaced-repetition/fsrs-rs, `FSRS::next_states`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MemoryState:
    """What FSRS keeps of a card's history.

    Attributes:
        stability: days after which the chance to recall is 90%.
        difficulty: from 1 (easy) to 10 (hard).
    """

    stability: float
    difficulty: float
