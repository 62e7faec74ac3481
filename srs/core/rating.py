"""The four answers that a learner can give."""

from __future__ import annotations

from enum import IntEnum


class Rating(IntEnum):
    """How well the answer was remembered. The numbers are Anki's and FSRS's, and the keys that give them."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4
