from __future__ import annotations

from itertools import pairwise

from benchmarks.forgetful import QUICK_TO_FORGET, histories, reviews
from cards.model import CardId
from srs.core.card import Phase
from srs.core.fold import fold
from srs.core.memory import model_for
from srs.core.rating import Rating
from srs.core.settings import DEFAULT_PARAMETERS


def test_the_same_seed_is_the_same_life() -> None:
    assert histories(QUICK_TO_FORGET, 300, 1) == histories(QUICK_TO_FORGET, 300, 1)
    assert histories(QUICK_TO_FORGET, 300, 1) != histories(QUICK_TO_FORGET, 300, 2)


def test_they_recall_as_often_as_their_parameters_say() -> None:
    model = model_for(QUICK_TO_FORGET)
    expected = recalled = count = 0.0
    for history in histories(QUICK_TO_FORGET, 8000, 3):
        answers = [
            (Rating(rating), day - history[max(0, place - 1)][1]) for place, (_, day, rating, _) in enumerate(history)
        ]
        for place, (rating, gap) in enumerate(answers):
            if gap:
                expected += model.retrievability(model.after(answers[:place]), gap)
                recalled += rating > 1
                count += 1
    assert abs(expected - recalled) / count < 0.015  # three standard errors of so many draws


def test_their_answers_are_events_that_could_have_happened() -> None:
    card = CardId("deck", "note", "forward")
    for history in histories(QUICK_TO_FORGET, 400, 4):
        events = list(reviews(card, history))
        assert [event.review_number for event in events] == list(range(1, len(history) + 1))
        assert events[0].phase_before is None
        for before, after in pairwise(events):
            assert after.phase_before is before.phase
            assert after.at_ms > before.at_ms
            assert (before.phase is Phase.REVIEW) == (before.rating > 1)
        state = fold(events, DEFAULT_PARAMETERS)
        assert state == fold(reversed(events), DEFAULT_PARAMETERS)
