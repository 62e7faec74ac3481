from __future__ import annotations

from datetime import timedelta

from srs import service
from tests.srs.study import Study


def test_nothing_to_undo(study: Study) -> None:
    assert study.undo() is None
    assert not study.queue().undoable


def test_an_undone_review_never_happened_but_stays_in_the_log(study: Study) -> None:
    before = study.derived()
    done = study.answer("small/a/forward", 4)
    assert study.queue(0).undoable
    undone = study.undo()
    assert undone
    assert (undone.undone, undone.event_id, undone.card_id) == ("review", done.review.id, "small/a/forward")
    assert not undone.undoable
    assert undone.card
    assert undone.card.state == "new"
    assert undone.card == study.queue(1).cards[0]
    assert study.derived() == before
    (row,) = service.reviews(study.context).reviews
    assert row.voided
    study.check_laws()


def test_undo_goes_back_several_steps_newest_first(study: Study) -> None:
    for card in ("a", "b", "c"):
        study.answer(f"small/{card}/forward")
        study.pass_by(seconds=10)
    undone = [study.undo() for _ in range(4)]
    assert [result.card_id if result else None for result in undone] == [
        "small/c/forward",
        "small/b/forward",
        "small/a/forward",
        None,
    ]
    assert [result.undoable for result in undone if result] == [True, True, False]
    study.check_laws()


def test_after_an_undo_the_card_is_answered_anew(study: Study) -> None:
    study.answer("small/a/forward", 1)
    study.undo()
    again = study.answer("small/a/forward", 4)
    assert again.review.review_number == 1
    assert again.review.state == "new"
    undone = study.undo()
    assert undone
    assert undone.event_id == again.review.id
    study.check_laws()


def test_an_undone_lapse_gives_the_interval_back(study: Study) -> None:
    study.answer("small/a/forward", 4)
    study.pass_by(days=40)
    before = study.derived()
    study.answer("small/a/forward", 1)
    undone = study.undo()
    assert undone
    assert undone.card
    assert undone.card.state == "review"
    assert study.derived() == before


def test_a_suspension_is_undone_too(study: Study) -> None:
    study.answer("small/a/forward")
    study.pass_by(seconds=5)
    service.suspend(study.context, study.now, "small/b/forward")
    undone = study.undo()
    assert undone
    assert (undone.undone, undone.card_id, undone.undoable) == ("suspension", "small/b/forward", True)
    assert service.suspended(study.context) == ()
    second = study.undo()
    assert second
    assert second.undone == "review"
    study.check_laws()


def test_a_suspension_taken_back_in_the_settings_is_nothing_to_undo_any_more(study: Study) -> None:
    study.answer("small/c/forward")
    study.pass_by(seconds=5)
    service.suspend(study.context, study.now, "small/a/forward")
    study.pass_by(seconds=5)
    service.unsuspend(study.context, study.now, "small/a/forward")
    undone = study.undo()
    assert undone
    assert (undone.undone, undone.card_id, undone.undoable) == ("review", "small/c/forward", False)
    study.pass_by(seconds=5)
    service.suspend(study.context, study.now, "small/a/forward")
    again = study.undo()
    assert again
    assert (again.undone, again.card_id) == ("suspension", "small/a/forward")
    assert "a/forward" in study.shown()


def test_what_was_done_on_another_day_stays(study: Study) -> None:
    study.answer("small/a/forward")
    study.pass_by(days=1)
    assert study.undo() is None
    assert not study.queue().undoable


def test_the_day_of_undo_is_the_study_day_not_the_date(study: Study) -> None:
    study.now += timedelta(hours=13)  # 22:00
    study.answer("small/a/forward")
    study.pass_by(hours=5)  # 03:00 of the next date, the same study day
    assert study.queue(0).undoable
    study.pass_by(hours=1)  # 04:00
    assert study.undo() is None


def test_an_undone_review_lets_its_siblings_and_new_cards_come_again(study: Study) -> None:
    assert study.shown() == ["a/forward", "b/forward", "c/forward", "d/first", "e/problem"]
    study.answer("small/b/backward")
    assert "b/forward" not in study.shown()
    study.undo()
    assert study.shown() == ["a/forward", "b/forward", "c/forward", "d/first", "e/problem"]
    assert service.session_summary(study.context, study.now).introduced == 0
