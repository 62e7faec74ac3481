"""What one point shows of two expressions."""

from __future__ import annotations

from enum import Enum


class Shown(Enum):
    """What one point shows."""

    EQUAL = "equal"
    DIFFERENT = "different"
    ONE_SIDED = "one_sided"
    """One has a value there and the other has none."""
    NEITHER = "neither"
    """Neither has a value there."""
    NOTHING = "nothing"
    """It was too much to work out."""
