"""What single points show of two expressions, and what that amounts to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from cards.answers.equality.outcomes import Comparison


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


@dataclass(slots=True)
class Evidence:
    """What was seen so far.

    Attributes:
        equal: at how many points both have the same value.
        one_sided: at how many points of no special kind one has a value and the other has none.
    """

    equal: int = 0
    one_sided: int = 0

    def add(self, shown: Shown, *, special: bool) -> None:
        """Take a point into account; `special` where being undefined may be a matter of that point alone."""
        self.equal += shown is Shown.EQUAL
        self.one_sided += shown is Shown.ONE_SIDED and not special

    def verdict(self, *, sparse: bool, least: int) -> Comparison:
        """What all points together amount to.

        Args:
            sparse: whether there is a symbol of integers only, of which single ones may be among the points: then
                some points may be one-sided.
            least: how many points must be equal.
        """
        if self.one_sided and (not sparse or self.one_sided > 1 + self.equal // 4):
            return Comparison.DIFFERENT
        return Comparison.EQUAL if self.equal >= least else Comparison.UNSETTLED
