from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from srs import service
from tests.srs.study import Study, basic_notes, write_deck

CARD = "small/a/forward"


def test_a_review_card_comes_on_the_day_said_and_remembers_as_before(study: Study) -> None:
    study.answer(CARD, 4)
    memory = _memory(study)
    study.pass_by(days=2)
    done = service.set_due(study.context, study.now, CARD, "5")
    assert done.changed == (CARD,)
    assert (done.cards[0].state, done.cards[0].due) == ("review", datetime(2026, 3, 9, 4, tzinfo=UTC))
    assert _memory(study) == memory
    study.check_laws()
    study.pass_by(days=4)
    assert "a/forward" not in study.shown()
    study.pass_by(days=1)
    assert "a/forward" in study.shown()


def test_a_new_card_goes_into_review_and_takes_no_place_of_a_new_one(study: Study) -> None:
    service.set_due(study.context, study.now, CARD, "0")
    counts = study.queue(0).counts
    assert (counts.new, counts.review) == (4, 1)
    answered = study.answer(CARD)
    assert (answered.review.state, answered.review.interval_days) == ("review", 2)
    assert service.session_summary(study.context, study.now).introduced == 0
    study.check_laws()


def test_a_learning_card_leaves_its_steps(study: Study) -> None:
    study.answer(CARD, 1)
    done = service.set_due(study.context, study.now, CARD, "1")
    assert (done.cards[0].state, done.cards[0].reviews) == ("review", 1)
    study.check_laws()
    study.pass_by(hours=2)
    assert "a/forward" not in study.shown()
    study.pass_by(days=1)
    assert "a/forward" in study.shown()


def test_a_date_is_a_day_of_the_learners_calendar(study: Study) -> None:
    service.set_time_zone(study.context, study.now, "Asia/Tokyo")
    done = service.set_due(study.context, study.now, CARD, "2026-03-05")
    assert done.cards[0].due == datetime(2026, 3, 4, 19, tzinfo=UTC)  # 04:00 in Tokyo


def test_each_card_draws_its_own_day_of_a_range(new_study: Callable[..., Study], tmp_path: Path) -> None:
    study = new_study(None, write_deck(tmp_path / "many", {"one": basic_notes(60)}))
    cards = [f"small/{card}" for card in _all_cards(study)]
    done = service.set_due(study.context, study.now, cards, "3-7")
    days = {(card.due - study.now).days + 1 for card in done.cards if card.due}
    assert days == {3, 4, 5, 6, 7}
    again = service.set_due(study.context, study.now, cards, "3-7")
    assert [card.due for card in again.cards] == [card.due for card in done.cards]
    study.check_laws()
    undone = study.undo()
    assert undone
    assert undone.cards == len(cards)
    study.undo()
    study.check_laws()


def test_a_card_that_was_set_aside_comes_on_its_new_day(study: Study) -> None:
    service.bury(study.context, study.now, CARD)
    service.suspend(study.context, study.now, CARD)
    before = study.derived()
    done = service.set_due(study.context, study.now, CARD, "0")
    assert (done.cards[0].suspended, done.cards[0].buried) == (False, False)
    assert "a/forward" in study.shown()
    undone = study.undo()
    assert undone
    assert (undone.undone, undone.cards) == ("due_date", 1)
    assert study.derived() == before


@pytest.mark.parametrize("when", ["", "soon", "2026-03-01", "2026-02-30", "36501", "9999-12-31", "-3", "3-"])
def test_a_day_that_cannot_be_is_refused_and_nothing_is_changed(study: Study, when: str) -> None:
    before = study.derived()
    with pytest.raises(service.InvalidValue) as refused:
        service.set_due(study.context, study.now, CARD, when)
    assert refused.value.problem.field == "when"
    assert study.derived() == before
    assert not study.queue(0).undoable


def test_a_forgotten_card_is_new_and_what_came_before_counts_no_more(study: Study) -> None:
    fresh = study.shown()
    study.answer(CARD, 4)
    study.pass_by(days=40)
    study.answer(CARD, 1)
    study.pass_by(minutes=1)
    done = service.forget(study.context, study.now, CARD)
    card = done.cards[0]
    assert (card.state, card.due, card.reviews, card.lapses) == ("new", None, 0, 0)
    assert study.shown() == fresh
    assert len(service.reviews(study.context, CARD).reviews) == 2
    study.check_laws()
    assert study.answer(CARD).review.review_number == 1
    study.check_laws()


def test_forgetting_calls_a_card_back_that_was_set_aside_and_ends_its_being_a_leech(study: Study) -> None:
    study.answer(CARD, 4)
    service.mark_leech(study.context, study.now, CARD)
    service.suspend(study.context, study.now, CARD)
    service.flag(study.context, study.now, CARD, "typo")
    card = service.forget(study.context, study.now, CARD).cards[0]
    assert (card.leech, card.suspended, card.flagged) == (False, False, True)
    assert "a/forward" in study.shown()
    assert not service.forget(study.context, study.now, CARD).changed


def test_an_answer_from_before_a_card_was_forgotten_arrives_and_counts_no_more(study: Study) -> None:
    study.answer(CARD, 4)
    study.pass_by(days=9)
    service.forget(study.context, study.now, CARD)
    study.pass_by(hours=1)
    late = study.answer(CARD, 3, ago=timedelta(hours=2))
    assert (late.review.state, late.review.review_number) == ("review", 2)
    assert "a/forward" in study.shown()
    assert study.queue(1).cards[0].state == "new"
    study.check_laws()


def test_an_answer_from_before_a_date_was_set_arrives_and_leaves_that_date(study: Study) -> None:
    study.answer(CARD, 4)
    study.pass_by(days=9)
    promised = service.set_due(study.context, study.now, CARD, "20").cards[0]
    study.pass_by(hours=1)
    study.answer(CARD, 3, ago=timedelta(hours=2))
    study.check_laws()
    after = service.flag(study.context, study.now, CARD).cards[0]
    assert (after.due, after.reviews) == (promised.due, 2)


def test_an_answer_of_the_very_millisecond_of_an_act_comes_after_it(study: Study) -> None:
    study.answer(CARD, 4)
    study.pass_by(days=9)
    service.forget(study.context, study.now, CARD)
    assert study.answer(CARD).review.state == "new"
    study.check_laws()


@pytest.mark.parametrize("card_id", ["small/nothing/forward", "nonsense", "other/a/forward"])
def test_an_unknown_card_can_neither_be_given_a_date_nor_be_forgotten(study: Study, card_id: str) -> None:
    with pytest.raises(service.UnknownCard):
        service.set_due(study.context, study.now, card_id, "3")
    with pytest.raises(service.UnknownCard):
        service.forget(study.context, study.now, card_id)


def test_a_card_that_left_its_deck_is_refused_by_its_own_name(study: Study, tmp_path: Path) -> None:
    study.load(write_deck(tmp_path / "less", {"one": ["{id: b, kind: basic, front: B?, back: b}"]}))
    with pytest.raises(service.RetiredCard, match="small/a/forward is no longer in its deck"):
        service.set_due(study.context, study.now, CARD, "3")


def _memory(study: Study) -> object:
    (row,) = [row for row in study.derived()["card_state"] if row[1] == 1]
    return [value for value in row if isinstance(value, float)]


def _all_cards(study: Study) -> list[str]:
    deck = study.context.library.deck("small")
    assert deck
    return [f"{note.id}/forward" for section in deck.sections for note in section.notes]
