"""A deck's days ahead, from what the store has of the deck, its settings and its learner."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from srs import service
from srs.service.configuring import change
from srs.service.errors import InvalidValue, UnknownDeck
from srs.service.simulating import simulate
from srs.simulator import RETENTIONS
from tests.srs.study import Study, basic_notes, write_deck


@pytest.fixture
def large(new_study: Callable[..., Study], tmp_path: Path) -> Study:
    """Sixty cards, some of them answered for a week."""
    study = new_study(None, write_deck(tmp_path / "sixty", {"s": basic_notes(60)}))
    for _ in range(5):
        study.finish_day()
        study.pass_by(days=1)
    return study


def test_there_is_a_row_for_each_retention_and_for_the_decks_own(large: Study) -> None:
    change(large.context, large.now, "small", {"desired_retention": 0.985})
    found = simulate(large.context, large.now, "small", days=30)
    assert [row.retention for row in found.rows] == [*RETENTIONS, 0.985]
    assert found.current == 0.985
    assert found.row(found.current) == found.rows[-1]
    prices = [row.minutes_per_known for row in found.rows]
    assert None not in prices
    assert found.row(found.recommended) == min(found.rows, key=lambda row: row.minutes_per_known or math.inf)


def test_it_starts_from_the_cards_as_they_stand_today(large: Study) -> None:
    found = simulate(large.context, large.now, "small", days=20, retentions=[0.9])
    assert (found.held, found.new) == (50, 10)
    assert 40 < found.known_now <= 50
    assert found.known_untouched < found.known_now
    assert found.rows[0].introduced == 10
    assert found.known_untouched < found.rows[0].known <= 60


def test_the_learners_limits_hold_unless_other_new_cards_are_asked_for(large: Study) -> None:
    change(large.context, large.now, "small", {"new_per_day": 1, "reviews_per_day": 30})
    one = simulate(large.context, large.now, "small", days=5, retentions=[0.9])
    assert (one.new_per_day, one.reviews_per_day, one.rows[0].introduced) == (1, 30, 5)
    other = simulate(large.context, large.now, "small", days=5, retentions=[0.9], new_per_day=2)
    assert (other.new_per_day, other.rows[0].introduced) == (2, 10)
    assert service.settings(large.context, "small").new_per_day == 1


def test_what_was_done_today_counts_for_todays_limits(large: Study) -> None:
    large.finish_day()
    after = simulate(large.context, large.now, "small", days=1, retentions=[0.9])
    assert (after.rows[0].introduced, after.rows[0].reviews_per_day) == (0, 0)


def test_minutes_are_those_of_the_learners_own_answers(large: Study) -> None:
    def per_answer(study: Study) -> float:
        row = simulate(study.context, study.now, "small", days=60, retentions=[0.9]).rows[0]
        return row.minutes_per_day * 60 / row.answers_per_day

    quick = per_answer(large)  # 5 seconds an answer, while there are few of them
    for _ in range(300):
        large.pass_by(seconds=100)
        request = replace(large.request("small/n1/forward", 3), duration_ms=50_000)
        service.review(large.context, large.now, request)
    assert 5 < quick < 13
    assert per_answer(large) > 2 * quick


def test_suspended_cards_take_no_part(large: Study) -> None:
    before = simulate(large.context, large.now, "small", days=30, retentions=[0.9])
    for number in range(20):
        service.suspend(large.context, large.now, f"small/n{number}/forward")
    after = simulate(large.context, large.now, "small", days=30, retentions=[0.9])
    assert after.held == before.held - 20
    assert after.rows[0].reviews_per_day < before.rows[0].reviews_per_day


def test_asked_twice_it_says_the_same_and_changes_nothing(large: Study) -> None:
    derived = large.derived()
    assert simulate(large.context, large.now, "small", days=30) == simulate(large.context, large.now, "small", days=30)
    assert large.derived() == derived


@pytest.mark.parametrize(
    ("asked", "field", "said"),
    [
        ({"days": 0}, "days", "0 days cannot be simulated; it has to be a whole number from 1 to 3,650."),
        ({"days": 100_000}, "days", "100,000 days cannot be simulated; it has to be a whole number from 1 to 3,650."),
        ({"new_per_day": -1}, "new_per_day", "-1 new cards a day cannot be simulated"),
        ({"new_per_day": 10_000}, "new_per_day", "10,000 new cards a day cannot be simulated"),
        ({"retentions": [0.9, 0.699]}, "retention", "A desired retention of 0.699 cannot be simulated; it has to be"),
        ({"retentions": [0.991]}, "retention", "a number from 0.70 to 0.99"),
        ({"retentions": [math.nan]}, "retention", "A desired retention of nan"),
        ({"retentions": []}, "retention", "There are 0 retentions; 1 to 40 can be compared."),
        ({"retentions": [0.7 + n / 1000 for n in range(50)]}, "retention", "There are 50 retentions"),
    ],
)
def test_what_cannot_be_simulated_is_said(sqlite_study: Study, asked: dict[str, object], field: str, said: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        simulate(sqlite_study.context, sqlite_study.now, "small", **asked)  # type: ignore[arg-type] # as the table says
    assert refused.value.problem.field == field
    assert said in refused.value.problem.detail


def test_an_unknown_deck_is_said_with_those_that_there_are(sqlite_study: Study) -> None:
    with pytest.raises(UnknownDeck, match="No deck has the id 'smal'; there is small"):
        simulate(sqlite_study.context, sqlite_study.now, "smal")
