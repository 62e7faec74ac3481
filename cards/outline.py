"""What the deck promises to teach, and what no note teaches yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cards.model import Deck, OutlinePoint


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of the outline the notes teach.

    Attributes:
        taught: for each point of the outline, in its order, the ids of the notes that teach it.
        missing: the points that no note teaches.
        percent: taught points of all points, 0 to 100, rounded down so that 100 means all; 100 without an outline.
    """

    taught: Mapping[str, tuple[str, ...]]
    missing: tuple[OutlinePoint, ...]
    percent: int


def coverage(deck: Deck) -> Coverage:
    """Compare the outline with what the notes say they teach."""
    taught: dict[str, list[str]] = {point.id: [] for point in deck.outline}
    for _, note in deck.notes():
        for point_id in dict.fromkeys(note.teaches):
            if point_id in taught:
                taught[point_id].append(note.id)
    missing = tuple(point for point in deck.outline if not taught[point.id])
    total = len(deck.outline)
    percent = 100 * (total - len(missing)) // total if total else 100
    return Coverage({point: tuple(notes) for point, notes in taught.items()}, missing, percent)
