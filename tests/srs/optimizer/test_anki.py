"""Real Anki's optimiser as the standard: it counts the same answers, fits the same parameters and scores them alike."""

from __future__ import annotations

from random import Random

import pytest

from benchmarks.anki_optimizer import found_by_anki
from benchmarks.forgetful import QUICK_TO_FORGET, Answer, histories
from srs.core.settings import DEFAULT_PARAMETERS
from srs.optimizer import fit, material, weigh


def _some_forgotten(cards: list[list[Answer]], seed: int) -> list[list[Answer]]:
    """Every fourth card is made new again somewhere on its way: at its end, it may be, or again and again."""
    random = Random(seed)  # noqa: S311 - no secret
    changed = []
    for number, history in enumerate(cards):
        card = list(history)
        for _ in range(random.randrange(1, 3) if number % 4 == 0 else 0):
            place = random.randrange(1, len(card) + 1)
            at_ms, day, *_ = card[place - 1]
            after = [(*answer[:3], True) if here < 2 else answer for here, answer in enumerate(card[place:])]
            card = [*card[:place], (at_ms + 1000, day, 0, False), *after]
        changed.append(card)
    return changed


@pytest.mark.parametrize(("answers", "steps", "forgotten"), [(300, 1, False), (2500, 3, True)])
def test_anki_fits_the_same_parameters_to_the_same_answers(answers: int, steps: int, forgotten: bool) -> None:
    lived = histories(QUICK_TO_FORGET, answers, 5)
    lived = _some_forgotten(lived, 5) if forgotten else lived
    found = material(lived)
    theirs = found_by_anki(lived, steps)
    weighed = weigh(found, DEFAULT_PARAMETERS, steps).weighed

    assert len(found.by_time) == theirs.items
    assert fit(found, found.by_time, steps) == pytest.approx(theirs.parameters, abs=6e-5)  # ours have four decimals
    assert weighed is not None
    assert weighed.after.log_loss == pytest.approx(theirs.log_loss, abs=1e-4)
    assert weighed.after.rmse_bins == pytest.approx(theirs.rmse_bins, abs=1e-3)
