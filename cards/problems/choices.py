"""An answer that is chosen: the right one and those of the known mistakes, in an order that belongs to the seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cards.problems.choosing import shuffled

KEYS = "abcdef"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that can be chosen.

    Attributes:
        key: what stands for it when it is "typed": `a` for the first, and so on.
        markdown: the answer.
        right: whether it is the right one.
        mistake: the place of the mistake among the note's, from 0; None for the right answer.
    """

    key: str
    markdown: str
    right: bool
    mistake: int | None = None


def shuffled_choices(shown: Sequence[tuple[str, int | None]], first_id: str, seed: int) -> tuple[Choice, ...]:
    """The choices in the order that belongs to a seed.

    Args:
        shown: each answer's Markdown, and the place of its mistake; None for the right one.
        first_id: the note's.
        seed: the instance's.
    """
    order = shuffled(len(shown), first_id, seed)
    return tuple(
        Choice(key, shown[place][0], shown[place][1] is None, shown[place][1])
        for key, place in zip(KEYS, order, strict=False)
    )
