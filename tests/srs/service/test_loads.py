from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from cards.model import CardId
from srs import service
from srs.core.card import ReviewedCard
from srs.core.settings import DeckSettings
from srs.db import learners, states
from srs.service.loads import Loads
from tests.srs.study import Study, basic_notes, write_deck

EASY = 4


@pytest.fixture
def many(new_study: Callable[..., Study], tmp_path: Path) -> Callable[..., Study]:
    """A learner with 60 cards in review phase after one day, all known equally well."""

    def made(**changes: object) -> Study:
        study = new_study(None, write_deck(tmp_path / "many", {"one": basic_notes(60)}, deck="many"))
        settings = DeckSettings(zone="UTC").changed({"learning_steps": (), "new_per_day": 60, **changes})
        with study.database.writing() as connection:
            learners.keep_settings(connection, 1, {learners.ALL_DECKS: settings.to_plain()})
        study.finish_day(EASY)
        return study

    return made


def due_days(study: Study) -> Counter[int]:
    """How many cards were sent to each study day by their newest answers."""
    newest = {row.card_id: row for row in reversed(service.reviews(study.context, limit=1000).reviews)}
    return Counter((row.due.date() - study.now.date()).days for row in newest.values())


def test_cards_learned_together_come_back_in_equal_parts(many: Callable[..., Study]) -> None:
    study = many()
    counts = due_days(study)
    assert sum(counts.values()) == 60
    assert len(counts) >= 3
    assert max(counts.values()) - min(counts.values()) <= 2
    study.check_laws()


def test_without_balance_chance_spreads_them(many: Callable[..., Study]) -> None:
    counts = due_days(many(load_balance=False))
    assert max(counts.values()) - min(counts.values()) > 2


def test_days_off_stay_free_where_the_range_allows(many: Callable[..., Study]) -> None:
    study = many(easy_days=(0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0))
    assert study.now.weekday() == 0
    assert due_days(study) == {6: 30, 10: 30}  # Sunday and Thursday, out of a range from 6 to 10


def test_a_button_keeps_its_promise_through_days_of_study(many: Callable[..., Study]) -> None:
    study = many()
    for _ in range(6):
        study.pass_by(days=4)
        for rating in (3, 4, 2, 3):
            while cards := study.queue(1).cards:
                request = study.request(cards[0].card_id, rating)
                result, following = service.answer_and_next(study.context, study.now, request)
                assert result.review.due == cards[0].next[rating].due
                assert following.cards == study.queue(1).cards
                study.pass_by(seconds=7)
                rating = rating % 4 + 1  # noqa: PLW2901 - every button in turn
        study.check_laws()


def test_undoing_shows_what_the_card_then_gets(many: Callable[..., Study]) -> None:
    study = many()
    study.pass_by(days=9)
    for _ in range(5):
        card = study.queue(1).cards[0]
        study.answer(card.card_id)
    undone = study.undo()
    assert undone is not None
    assert undone.card is not None
    assert study.answer(undone.card.card_id).review.due == undone.card.next[3].due


def test_loads_do_not_outlive_what_they_were_counted_from(many: Callable[..., Study]) -> None:
    study = many()
    study.pass_by(days=9)
    study.answer(study.queue(1).cards[0].card_id)
    study.queue(1)
    service.suspend(study.context, study.now, "many/n3/forward")
    study.queue(1)
    study.check_laws()
    plan = study.context.plans.get(1)
    assert plan is not None
    assert plan.known.loads.counts["many"]


def test_siblings_are_sent_to_different_days(new_study: Callable[..., Study], tmp_path: Path) -> None:
    notes = [f"{{id: r{i}, kind: reversed, front: Front {i}, back: Back {i}}}" for i in range(30)]
    study = new_study(None, write_deck(tmp_path / "pairs", {"one": notes}, deck="pairs"))
    with study.database.writing() as connection:
        changed = {"learning_steps": (), "new_per_day": 60, "bury_new": False}
        learners.keep_settings(
            connection, 1, {learners.ALL_DECKS: DeckSettings(zone="UTC").changed(changed).to_plain()}
        )
    for number in range(30):
        days = {study.answer(f"pairs/r{number}/{slot}", EASY).review.due for slot in ("forward", "backward")}
        assert len(days) == 2
    study.check_laws()


def test_a_card_does_not_stand_in_its_own_way(study: Study) -> None:
    for card in ("small/a/forward", "small/c/forward"):
        study.answer(card, EASY)
    with study.database.reading() as connection:
        found = [states.find(connection, 1, CardId.parse(f"small/{note}/forward")) for note in ("a", "c", "b")]
        first, second, other = (standing for standing in found if standing is not None)
        assert isinstance(first.state, ReviewedCard)
        assert isinstance(second.state, ReviewedCard)
        loads, days = Loads(), {first.state.due_day: 1, second.state.due_day: 1}
        for day in (day for day in days if day is not None):
            of = {standing.pk: loads.on(connection, 1, standing)(day) for standing in (first, second, other)}
            everything = (day == first.state.due_day) + (day == second.state.due_day)
            assert of[other.pk] == everything
            assert of[first.pk] == everything - (day == first.state.due_day)
