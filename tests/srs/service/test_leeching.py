from __future__ import annotations

from datetime import timedelta

import pytest

from srs import service
from srs.service import leeching
from srs.service.configuring import change
from tests.srs.study import Study

CARD = "small/a/forward"


def lapse(study: Study, times: int) -> list[str | None]:
    """Forget a card so many times; what each answer made of it."""
    found = []
    for _ in range(times):
        study.answer(CARD, 4)
        study.pass_by(days=40)
        found.append(study.answer(CARD, 1).leech)
        study.pass_by(minutes=1)
    return found


def test_a_card_becomes_a_leech_at_the_threshold_and_after_every_half_of_it(study: Study) -> None:
    change(study.context, study.now, None, {"leech_threshold": 4})
    assert lapse(study, 8) == [None, None, None, "mark", None, "mark", None, "mark"]
    card = service.flag(study.context, study.now, CARD).cards[0]
    assert (card.leech, card.suspended, card.lapses) == (True, False, 8)
    study.check_laws()


def test_a_leech_is_suspended_if_the_settings_say_so_and_undo_takes_all_of_it_back(study: Study) -> None:
    change(study.context, study.now, None, {"leech_threshold": 2, "leech_action": "suspend"})
    lapse(study, 1)
    study.answer(CARD, 4)
    study.pass_by(days=40)
    before = study.derived()
    request = study.request(CARD, 1)
    done, queue = service.answer_and_next(study.context, study.now, request)
    assert done.leech == "suspend"
    assert all(card.card_id != CARD for card in queue.cards)
    assert [row.card_id for row in service.suspended(study.context, study.now)] == [CARD]
    study.check_laws()
    again = service.review(study.context, study.now, request)
    assert (again.created, again.leech) == (False, "suspend")
    undone = study.undo()
    assert undone
    assert (undone.undone, undone.event_id, undone.cards) == ("review", request.id, 1)
    assert study.derived() == before
    assert service.review(study.context, study.now, request).leech is None
    study.check_laws()


def test_a_suspended_leech_can_be_taken_back_and_undo_goes_through_both(study: Study) -> None:
    change(study.context, study.now, None, {"leech_threshold": 1, "leech_action": "suspend"})
    lapse(study, 1)
    study.pass_by(seconds=9)
    service.unsuspend(study.context, study.now, CARD)
    names = [undone.undone if undone else None for undone in (study.undo(), study.undo())]
    assert names == ["unsuspension", "review"]
    assert service.suspended(study.context, study.now) == ()
    study.check_laws()


def test_a_threshold_of_0_makes_no_leeches(study: Study) -> None:
    change(study.context, study.now, None, {"leech_threshold": 0})
    assert lapse(study, 10) == [None] * 10


def test_other_answers_than_lapses_make_no_leeches(study: Study) -> None:
    change(study.context, study.now, None, {"leech_threshold": 1})
    assert [study.answer(CARD, 1).leech for _ in range(3)] == [None] * 3
    assert lapse(study, 1) == ["mark"]
    assert study.answer(CARD, 1).leech is None


def test_a_lapse_that_arrives_late_counts(study: Study) -> None:
    change(study.context, study.now, None, {"leech_threshold": 2, "leech_action": "suspend"})
    study.answer(CARD, 4)
    study.pass_by(days=60)
    study.answer(CARD, 1)
    assert study.answer(CARD, 1, ago=timedelta(days=20)).leech == "suspend"
    assert [row.stands.lapses for row in service.suspended(study.context, study.now)] == [2]
    study.check_laws()


def test_a_lapse_from_before_a_card_was_forgotten_makes_no_leech(study: Study) -> None:
    change(study.context, study.now, None, {"leech_threshold": 1})
    study.answer(CARD, 4)
    study.pass_by(days=60)
    service.forget(study.context, study.now, CARD)
    assert study.answer(CARD, 1, ago=timedelta(days=20)).leech is None
    study.check_laws()


def test_a_card_is_marked_and_unmarked_by_hand(study: Study) -> None:
    assert service.mark_leech(study.context, study.now, CARD).cards[0].leech
    assert not service.mark_leech(study.context, study.now, CARD).changed
    assert not service.unmark_leech(study.context, study.now, CARD).cards[0].leech
    assert not service.unmark_leech(study.context, study.now, CARD).changed
    undone = study.undo()
    assert undone
    assert undone.undone == "unleeching"
    with pytest.raises(service.UnknownCard):
        service.mark_leech(study.context, study.now, "small/x/forward")


def test_what_an_answer_without_consequences_came_to_is_nothing() -> None:
    assert leeching.action_of([]) is None
