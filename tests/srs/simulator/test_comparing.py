"""Retentions side by side, and the one to recommend."""

from __future__ import annotations

import itertools
from statistics import fmean

import pytest

from srs.core.memory import MemoryState, model_for
from srs.core.settings import DEFAULT_PARAMETERS, DeckSettings
from srs.simulator import DEFAULT_HABITS, RETENTIONS, Start, compare, run
from tests.srs.simulator.decks import deck

FREE = DeckSettings(zone="UTC", new_per_day=10, reviews_per_day=9999)
COARSE = (0.70, 0.80, 0.90, 0.97)


def test_the_range_goes_from_70_to_97_percent_by_one() -> None:
    assert (RETENTIONS[0], RETENTIONS[-1], len(RETENTIONS)) == (0.70, 0.97, 28)


def test_more_retention_costs_more_and_leaves_more_known() -> None:
    rows = compare(deck(300, 200), FREE, DEFAULT_HABITS, 90, retentions=COARSE).rows
    assert [row.retention for row in rows] == list(COARSE)
    for lower, higher in itertools.pairwise(rows):
        assert higher.reviews_per_day > lower.reviews_per_day
        assert higher.minutes_per_day > lower.minutes_per_day
        assert higher.known > lower.known


def test_the_figures_are_the_outcomes_per_day_and_per_card() -> None:
    start, days = deck(200, 50), 40
    comparison = compare(start, FREE, DEFAULT_HABITS, days, retentions=(0.85,))
    (row,) = comparison.rows
    settings = FREE.changed({"desired_retention": 0.85})
    outcomes = [run(start, settings, DEFAULT_HABITS, days, seed) for seed in range(1, comparison.plays + 1)]
    assert len(outcomes) == 5  # a small deck is played often, and the mean taken
    seconds = fmean(sum(outcome.seconds) for outcome in outcomes)
    assert row.reviews_per_day * days == pytest.approx(fmean(sum(outcome.reviews) for outcome in outcomes))
    assert row.answers_per_day * days == pytest.approx(fmean(sum(outcome.answers) for outcome in outcomes))
    assert row.minutes_per_day * days * 60 == pytest.approx(seconds)
    assert row.known == pytest.approx(fmean(outcome.known for outcome in outcomes))
    assert row.introduced == 50
    model = model_for(FREE.parameters)

    def known(after: int) -> float:
        memories = ((MemoryState(card.stability, card.difficulty), card.since + after) for card in start.cards)
        return sum(model.retrievability(memory, since) for memory, since in memories)

    assert comparison.known_now == pytest.approx(known(0))
    assert comparison.known_untouched == pytest.approx(known(days))
    assert row.gained == pytest.approx(row.known - known(days))
    assert row.minutes_per_known == pytest.approx(seconds / 60 / row.gained)
    assert comparison.recommended is None  # of one there is nothing to choose


def test_the_recommended_retention_has_the_fewest_minutes_for_a_card_known() -> None:
    # Who forgets fast after the due date, and lapses dearly, does best in between.
    settings = FREE.changed({"parameters": (*DEFAULT_PARAMETERS[:20], 0.8)})
    comparison = compare(Start((), 300), settings, DEFAULT_HABITS, 200, retentions=(0.70, 0.80, 0.9))
    prices = {row.retention: row.minutes_per_known for row in comparison.rows}
    assert comparison.recommended == min(prices, key=lambda retention: prices[retention] or 0)
    assert comparison.recommended is not None


def test_where_nothing_is_gained_nothing_is_recommended() -> None:
    assert compare(Start((), 0), FREE, DEFAULT_HABITS, 10, retentions=COARSE).recommended is None
    assert (
        compare(deck(20, 20), FREE.changed({"new_per_day": 0, "reviews_per_day": 0}), DEFAULT_HABITS, 10)
        .rows[0]
        .minutes_per_known
        is None
    )


def test_of_a_large_deck_every_so_many_th_card_is_played_and_counted_for_all() -> None:
    start = deck(6000)
    comparison = compare(start, FREE, DEFAULT_HABITS, 365, retentions=(0.9,))
    assert (comparison.share, comparison.plays) == (2, 1)
    whole = run(start, FREE, DEFAULT_HABITS, 365)
    (row,) = comparison.rows
    assert row.known == pytest.approx(whole.known, rel=0.01)
    assert row.reviews_per_day * 365 == pytest.approx(sum(whole.reviews), rel=0.03)
    assert row.minutes_per_day * 365 * 60 == pytest.approx(sum(whole.seconds), rel=0.03)
