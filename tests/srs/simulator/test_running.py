"""A year played through: against the scheduler's own answers, against fsrs-rs's simulator, and its rules of the day."""

from __future__ import annotations

import statistics
from dataclasses import replace
from typing import Any

import fsrs_rs_python as fsrs_rs
import pytest

from srs.core.settings import DEFAULT_PARAMETERS, DeckSettings
from srs.simulator import DEFAULT_HABITS, Habits, Held, Start, run, thinned
from tests.srs.simulator.brute import Lived, lives
from tests.srs.simulator.decks import deck, held

FREE = DeckSettings(zone="UTC", new_per_day=9999, reviews_per_day=9999)
SURE = replace(DEFAULT_HABITS, first=(0, 0, 1, 0), learning=((0, 0, 1, 0),) * 3, passed=(0, 1, 0))
"""A learner who always presses Good, as far as memory serves."""


def near(found: float, lived: list[float]) -> bool:
    """Whether a mean agrees with one that was lived, within four times what chance alone leaves of it."""
    error = statistics.stdev(lived) / len(lived) ** 0.5
    return bool(abs(found - statistics.mean(lived)) < 4 * error)


@pytest.mark.parametrize(
    ("changes", "days"),
    [
        ({}, 120),
        ({"desired_retention": 0.97}, 30),
        ({"learning_steps": "", "relearning_steps": ""}, 90),
        ({"learning_steps": "10m 1d", "relearning_steps": "10m 2d", "maximum_interval": 20}, 60),
        ({"parameters": (*DEFAULT_PARAMETERS[:20], 0.5), "desired_retention": 0.8}, 200),
    ],
    ids=["defaults", "high retention", "no steps", "steps of days", "fast forgetting"],
)
def test_the_figures_are_those_of_answering_card_by_card(changes: dict[str, Any], days: int) -> None:
    settings = FREE.changed(changes)
    cards, new = held(300), 100
    alone = list(lives(cards, [0] * new, settings, DEFAULT_HABITS, days=days, seed=7))
    # Every card ten times over: what chance leaves is then the brute force's alone.
    outcome = run(Start(cards * 10, new * 10), settings, DEFAULT_HABITS, days)
    count = 10 * len(alone)

    def lived(name: str) -> list[float]:
        return [getattr(life, name) for life in alone]

    assert isinstance(alone[0], Lived)
    assert near(sum(outcome.reviews) / count, lived("reviews"))
    assert near(sum(outcome.answers) / count, lived("answers"))
    assert near(sum(outcome.seconds) / count, lived("seconds"))
    assert near(outcome.known / count, lived("known"))


@pytest.mark.parametrize("retention", [0.75, 0.9])
def test_a_new_deck_comes_to_what_the_simulator_of_fsrs_rs_says(retention: float) -> None:
    config = fsrs_rs.default_simulator_config()
    config.deck_size, config.learn_limit, config.learn_span = 5000, 50, 100
    config.max_cost_perday, config.review_limit = 1e9, 9999
    theirs = fsrs_rs.simulate(list(DEFAULT_PARAMETERS), retention, config, 42)
    settings = FREE.changed({"new_per_day": 50, "desired_retention": retention})
    ours = run(Start((), 5000), settings, DEFAULT_HABITS, 100)
    assert sum(ours.introduced) == sum(theirs.learn_cnt_per_day) == 5000
    # Theirs knows no rule that Good waits a day longer than Hard, and Easy than Good: it asks a little more often.
    assert sum(ours.reviews) == pytest.approx(0.95 * sum(theirs.review_cnt_per_day), rel=0.05)
    assert sum(ours.seconds) == pytest.approx(sum(theirs.cost_per_day), rel=0.05)
    assert ours.known == pytest.approx(theirs.memorized_cnt_per_day[-1], rel=0.02)


def test_the_same_seed_gives_the_same_figures_and_another_seed_gives_others() -> None:
    start = deck(50, 50)
    once, again = (run(start, FREE, DEFAULT_HABITS, 60, seed=5) for _ in range(2))
    assert once == again != run(start, FREE, DEFAULT_HABITS, 60, seed=6)


def test_reviews_go_first_and_new_cards_use_up_their_limit_too() -> None:
    waiting = [Held(30.0, 5.0, 40, -10, 30)] * 25
    settings = FREE.changed({"new_per_day": 4, "reviews_per_day": 10})
    outcome = run(Start(waiting, 100), settings, SURE, 4)
    assert outcome.reviews[:2] == [10, 10]
    assert outcome.introduced[:2] == [0, 0]
    assert outcome.reviews[2] + outcome.introduced[2] <= 10
    assert outcome.waiting[:2] == [15, 5]


def test_what_was_done_today_counts_for_todays_limits() -> None:
    settings = FREE.changed({"new_per_day": 4, "reviews_per_day": 10})
    waiting = [Held(30.0, 5.0, 40, -10, 30)] * 9
    outcome = run(Start(waiting, 100, done_new=3, done_reviews=2), settings, SURE, 2)
    assert (outcome.reviews[0], outcome.introduced[0]) == (5, 0)
    alone = run(Start((), 100, done_new=3, done_reviews=2), settings, SURE, 2)
    assert alone.introduced == [1, 4]


def test_the_least_likely_to_be_recalled_goes_first_unless_the_settings_say_otherwise() -> None:
    fading, steady = Held(3.0, 5.0, 30, -1, 3), Held(300.0, 5.0, 330, -30, 300)
    start = Start([steady, fading], 0)
    by_recall = run(start, FREE.changed({"reviews_per_day": 1}), SURE, 1)
    by_date = run(start, FREE.changed({"reviews_per_day": 1, "review_order": "due"}), SURE, 1)
    assert by_recall.known == pytest.approx(run(Start([fading], 0), FREE, SURE, 1).known + 0.9, abs=0.02)
    assert by_date.known == pytest.approx(run(Start([steady], 0), FREE, SURE, 1).known + 0.67, abs=0.05)


def test_no_day_asks_for_more_than_its_limit_and_a_backlog_is_worked_off() -> None:
    for order in ("retrievability", "due", "random", "section"):
        settings = FREE.changed({"reviews_per_day": 20, "review_order": order})
        waiting = [replace(card, since=card.since + 30, due=card.due - 30) for card in held(300)]
        outcome = run(Start(waiting, 0), settings, DEFAULT_HABITS, 200)
        assert max(outcome.reviews) == 20
        assert outcome.waiting[0] > 200
        assert outcome.waiting[-1] == 0


def test_a_leech_that_is_to_be_suspended_costs_nothing_more() -> None:
    hard = [Held(1.0, 10.0, 10, 0, 1, lapses=7)] * 200
    kept = run(Start(hard, 0), FREE, DEFAULT_HABITS, 60)
    suspended = run(Start(hard, 0), FREE.changed({"leech_action": "suspend"}), DEFAULT_HABITS, 60)
    assert sum(suspended.answers) < sum(kept.answers)


def test_a_card_on_its_steps_today_goes_on_and_counts_as_no_review() -> None:
    on_steps = [Held(0.5, 7.0, 0, 0, 0, steps_left=2), Held(0.5, 7.0, 0, 0, 0, steps_left=1, relearning=True)]
    outcome = run(Start(on_steps, 0), FREE.changed({"reviews_per_day": 0}), DEFAULT_HABITS, 1)
    assert outcome.reviews == [0]
    assert outcome.answers[0] >= 2


def test_answers_take_as_long_as_the_learners_do() -> None:
    def with_seconds(seconds: float) -> Habits:
        return replace(DEFAULT_HABITS, seconds=((seconds,) * 4,) * 3)

    start = deck(100, 50)
    slow, quick = (run(start, FREE, with_seconds(seconds), 60) for seconds in (30.0, 10.0))
    assert sum(slow.seconds) == pytest.approx(3 * sum(quick.seconds))
    assert sum(slow.seconds) == pytest.approx(30 * sum(slow.answers))
    assert (slow.answers, slow.known) == (quick.answers, quick.known)


def test_every_third_card_stands_for_three() -> None:
    start = deck(3000, 900)
    settings = FREE.changed({"new_per_day": 10, "reviews_per_day": 250})
    whole = run(start, settings, DEFAULT_HABITS, 90)
    third = run(thinned(start, 3), settings, DEFAULT_HABITS, 90)
    assert sum(third.introduced) == pytest.approx(sum(whole.introduced), rel=0.05)
    assert sum(third.reviews) == pytest.approx(sum(whole.reviews), rel=0.05)
    assert sum(third.seconds) == pytest.approx(sum(whole.seconds), rel=0.05)
    assert third.known == pytest.approx(whole.known, rel=0.02)
