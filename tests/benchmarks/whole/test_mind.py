from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.whole.mind import DAY_S, Knowledge, Mind
from cards.model import CardId
from srs.core.rating import Rating

BASE, ABOVE, ALONE = (CardId("deck", name, "forward") for name in ("base", "above", "alone"))
STACKED = Knowledge(requires={ABOVE: [BASE]}, uses={ABOVE: [(BASE, 0.5)]})


def met(mind: Mind, cards: Sequence[CardId], day: int = 0) -> None:
    for card in cards:
        mind.answer(card, day * DAY_S, day)


def mean_recall(seeds: range, first: Sequence[CardId], then: Sequence[CardId], card: CardId, **assumed: float) -> float:
    """The mean chance to recall a card after 20 days, over many learners."""
    total = 0.0
    for seed in seeds:
        mind = Mind(STACKED, seed, **assumed)
        met(mind, first)
        met(mind, then, day=5)
        total += mind.recall(card, 20 * DAY_S)
    return total / len(seeds)


@given(
    st.integers(0, 1000), st.lists(st.tuples(st.sampled_from([BASE, ABOVE, ALONE]), st.integers(0, 30)), max_size=30)
)
def test_one_seed_is_one_learner_and_no_chance_leaves_its_bounds(seed: int, turns: list[tuple[CardId, int]]) -> None:
    one, other = Mind(STACKED, seed), Mind(STACKED, seed)
    day = 0
    for card, gap in turns:
        day += gap
        assert one.answer(card, day * DAY_S, day) == other.answer(card, day * DAY_S, day)
        assert 0 <= one.recall(card, (day + 1) * DAY_S) <= 1
    assert 0 <= one.known((day + 9) * DAY_S) <= one.seen <= 3


def test_what_was_never_met_is_not_known() -> None:
    mind = Mind(STACKED, 1)
    assert (mind.recall(BASE, 0), mind.known(0), mind.seen) == (0, 0, 0)


@pytest.mark.parametrize(("dependence", "better"), [(0.0, False), (0.8, True)])
def test_foundations_help_those_to_whom_they_matter(dependence: float, better: bool) -> None:
    without = mean_recall(range(300), [ABOVE], [], ABOVE, dependence=dependence)
    having = mean_recall(range(300), [BASE], [], BASE, dependence=dependence)
    stacked = mean_recall(range(300), [BASE, ABOVE], [], ABOVE, dependence=dependence)
    assert (stacked > without + 0.1) is better
    assert abs(having - mean_recall(range(300), [ALONE], [], ALONE, dependence=dependence)) < 0.05


@pytest.mark.parametrize(("transfer", "better"), [(0.0, False), (1.0, True)])
def test_use_exercises_those_whom_it_exercises(transfer: float, better: bool) -> None:
    used = mean_recall(range(300), [BASE], [ABOVE], BASE, transfer=transfer)
    idle = mean_recall(range(300), [BASE], [ALONE], BASE, transfer=transfer)
    assert (used > idle + 0.02) is better


def test_what_is_known_fades_and_answers_take_time() -> None:
    mind = Mind(STACKED, 3)
    rating, seconds = mind.answer(BASE, 0, 0)
    assert seconds > 5
    assert rating in Rating
    assert mind.recall(BASE, DAY_S) > mind.recall(BASE, 30 * DAY_S) > 0
