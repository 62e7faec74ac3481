from __future__ import annotations

import pytest

from srs.core.card import Learning, Phase, Place, Relearning, Review, ReviewedCard, place_from
from srs.core.memory import MemoryState


@pytest.mark.parametrize("place", [Learning(2, 1000), Relearning(1, 86_400_000, 1), Review(9, 86_400_000, 1)])
def test_a_place_comes_back_from_its_columns(place: Place) -> None:
    card = ReviewedCard(MemoryState(1.0, 5.0), place, last_review_ms=0, last_study_day=0, reps=1, lapses=0)
    found = place_from(
        card.phase,
        due_ms=card.due_ms,
        due_day=card.due_day,
        steps_left=card.steps_left,
        interval_days=card.interval_days,
    )
    assert found == place


@pytest.mark.parametrize(
    ("phase", "due_day", "steps_left", "interval_days"),
    [(Phase.REVIEW, None, None, 3), (Phase.REVIEW, 3, None, None), (Phase.LEARNING, None, None, 0)],
)
def test_contradictory_columns_are_refused(
    phase: Phase, due_day: int | None, steps_left: int | None, interval_days: int | None
) -> None:
    with pytest.raises(ValueError, match=f"a card in {phase} needs"):
        place_from(phase, due_ms=0, due_day=due_day, steps_left=steps_left, interval_days=interval_days)
