from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from srs import service
from srs.service import cramming
from srs.service.cramming import CramAnswer, CramRequest, CramSession
from srs.service.errors import UnknownSection
from tests.srs.study import Study

TWO = ("d/first", "d/second", "d/third", "e/problem")


def seen(study: Study) -> None:
    """All cards of section two were answered some weeks ago, one day after the other."""
    for number, card in enumerate(TWO):
        study.answer(f"small/{card}", 4, ago=timedelta(days=40 - number))


def session(study: Study, request: CramRequest) -> CramSession:
    return cramming.cram(study.context, study.now, request)


def answer(study: Study, found: CramSession, rating: int) -> None:
    assert found.card is not None
    cramming.answer_crammed(study.context, study.now, CramAnswer(uuid4(), found.card.card_id, rating, 4000))
    study.pass_by(seconds=20)


def test_a_session_ends_when_each_card_was_passed_and_no_schedule_moved(study: Study) -> None:
    seen(study)
    before = study.derived()
    plan = study.queue(100)
    asked = CramRequest("small", study.now, "two")
    ratings = [1, 3, 2, 4, 1, 3]
    shown = []
    for rating in ratings:
        found = session(study, asked)
        assert found.card is not None
        assert found.card.next == {}
        shown.append(found.card.card_id.partition("/")[2])
        answer(study, found, rating)
        study.check_plan()
    assert shown[:4] == list(TWO), "the least remembered first"
    assert shown[4:] == ["d/first", "d/first"], "what failed comes again"
    done = session(study, asked)
    assert (done.card, done.total, done.left, done.answers, done.again) == (None, 4, 0, 6, 2)
    assert done.duration_ms == 6 * 4000
    assert study.derived() == before == study.rebuilt()
    assert [card.card_id for card in study.queue(100).cards] == [card.card_id for card in plan.cards]


def test_unseen_cards_come_last_and_only_on_wish(study: Study) -> None:
    study.answer("small/d/third", 4, ago=timedelta(days=30))
    assert session(study, CramRequest("small", study.now, "two")).total == 1
    asked = CramRequest("small", study.now, "two", unseen=True)
    shown = []
    while (found := session(study, asked)).card is not None:
        shown.append(found.card.card_id)
        answer(study, found, 3)
    assert shown == [f"small/{card}" for card in ("d/third", "d/first", "d/second", "e/problem")]
    assert session(study, CramRequest("small", study.now)).total == 1, "the whole deck"
    service.suspend(study.context, study.now, "small/d/third")
    assert session(study, CramRequest("small", study.now)).total == 0


def test_only_what_was_failed_today(study: Study) -> None:
    seen(study)
    study.answer("small/a/forward", 1, ago=timedelta(days=2))
    study.answer("small/d/second", 1)
    study.pass_by(seconds=5)
    study.answer("small/d/first", 1)
    study.pass_by(seconds=5)
    study.answer("small/d/second", 3)
    asked = CramRequest("small", study.now, failed=True)
    found = session(study, asked)
    assert found.card is not None
    assert (found.card.card_id, found.total) == ("small/d/second", 2)
    study.undo()
    study.undo()
    assert session(study, asked).total == 1
    study.pass_by(days=1)
    assert session(study, CramRequest("small", study.now, failed=True)).total == 0


def test_a_problem_has_other_numbers_each_time_and_keeps_them_while_it_is_shown(study: Study) -> None:
    study.answer("small/e/problem", 4, ago=timedelta(days=30))
    asked = CramRequest("small", study.now, "two")
    seeds = []
    for _ in range(4):
        found = session(study, asked)
        assert found.card is not None
        assert found.card == session(study, asked).card
        seeds.append(found.card.seed)
        answer(study, found, 1)
    assert len(set(seeds)) == 4
    study.pass_by(minutes=1)
    other = session(study, CramRequest("small", study.now, "two"))
    assert other.card is not None
    assert other.card.seed not in seeds


def test_an_answer_is_kept_once_and_can_be_undone(study: Study) -> None:
    seen(study)
    asked = CramRequest("small", study.now, "two")
    given = CramAnswer(uuid4(), "small/d/first", 3, 100)
    assert cramming.answer_crammed(study.context, study.now, given)
    assert not cramming.answer_crammed(study.context, study.now, given)
    assert session(study, asked).left == 3
    with pytest.raises(service.Conflict):
        cramming.answer_crammed(study.context, study.now, CramAnswer(given.id, "small/d/first", 1))
    assert service.undo(study.context, study.now) is not None
    assert session(study, asked).left == 4
    study.check_laws()


def test_a_request_that_cannot_be_is_refused(study: Study) -> None:
    with pytest.raises(service.UnknownDeck):
        session(study, CramRequest("none", study.now))
    with pytest.raises(UnknownSection):
        session(study, CramRequest("small", study.now, "three"))
    for since in (study.now + timedelta(seconds=1), datetime(2020, 1, 1, tzinfo=UTC)):
        with pytest.raises(service.InvalidValue, match="seven days"):
            session(study, CramRequest("small", since))
    for given in (CramAnswer(uuid4(), "small/d/first", 5), CramAnswer(uuid4(), "small/d/first", 3, -1)):
        with pytest.raises(service.InvalidReview):
            cramming.answer_crammed(study.context, study.now, given)
    with pytest.raises(service.UnknownCard):
        cramming.answer_crammed(study.context, study.now, CramAnswer(uuid4(), "small/x/forward", 3))
