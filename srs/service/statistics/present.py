"""How the cards stand, from the sums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from srs.core.measures import DIFFICULTIES, RECALL, STABILITY_DAYS
from srs.db.rollups import Measure, Sums
from srs.service.statistics.types import Bucket, Memories


def memories(decks: Sequence[Sums], today: int) -> Memories:
    """The distributions over the cards of some decks together."""
    stability = _numbers(decks, Measure.STABILITY, 0)
    difficulty = _numbers(decks, Measure.DIFFICULTY, 0)
    below = _numbers(decks, Measure.RECALL, today)
    cards = sum(stability.values())
    # Below each threshold there are those below the one before, too.
    under = [0, *(below.get(threshold, 0) for threshold in range(len(RECALL))), cards]
    recall = {place: after - before for place, (before, after) in enumerate(pairwise(under))}
    return Memories(
        cards,
        _buckets(stability, (0.0, *STABILITY_DAYS, None)),
        _buckets(difficulty, (1.0, *DIFFICULTIES, 10.0)),
        _buckets(recall, (0.0, *RECALL, 1.0)),
    )


def _numbers(decks: Sequence[Sums], measure: Measure, until: int) -> dict[int, int]:
    found: dict[int, int] = {}
    for sums in decks:
        for bucket, (number, _, _) in sums.by_bucket(measure, 0, until).items():
            found[bucket] = found.get(bucket, 0) + number
    return found


def _buckets(numbers: Mapping[int, int], bounds: Sequence[float | None]) -> tuple[Bucket, ...]:
    return tuple(Bucket(least, below, numbers.get(place, 0)) for place, (least, below) in enumerate(pairwise(bounds)))
