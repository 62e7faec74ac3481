from __future__ import annotations

from collections.abc import Callable
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
    assert service.suspended(study.context, study.now) == ()
    second = study.undo()
    assert second
    assert second.undone == "review"
    study.check_laws()


def test_taking_a_card_back_is_undone_as_well_and_then_what_had_set_it_aside(study: Study) -> None:
    study.answer("small/c/forward")
    study.pass_by(seconds=5)
    before = study.derived()
    service.suspend(study.context, study.now, "small/a/forward")
    set_aside = study.derived()
    study.pass_by(seconds=5)
    service.unsuspend(study.context, study.now, "small/a/forward")
    undone = study.undo()
    assert undone
    assert (undone.undone, undone.card_id, undone.card, undone.undoable) == (
        "unsuspension",
        "small/a/forward",
        None,
        True,
    )
    assert study.derived() == set_aside
    undone = study.undo()
    assert undone
    assert (undone.undone, undone.card is not None) == ("suspension", True)
    assert study.derived() == before
    undone = study.undo()
    assert undone
    assert (undone.undone, undone.undoable) == ("review", False)


def test_what_was_done_the_day_before_can_be_undone_and_what_was_done_before_that_stays(study: Study) -> None:
    study.answer("small/a/forward")
    study.pass_by(days=1)
    assert study.queue().undoable
    study.pass_by(days=1)
    assert study.undo() is None
    assert not study.queue().undoable


def test_nobody_loses_the_way_back_at_the_rollover(study: Study) -> None:
    study.now += timedelta(hours=13)  # 22:00
    study.answer("small/a/forward")
    study.pass_by(hours=6, minutes=1)  # 04:01 of the next study day
    assert study.queue(0).undoable
    undone = study.undo()
    assert undone
    assert undone.undone == "review"
    study.check_laws()


def test_undo_takes_everything_back_step_by_step_across_restarts(study: Study) -> None:
    card = "small/c/forward"
    stages = [study.derived()]
    acts: list[Callable[[], object]] = [
        lambda: study.answer(card, 4),
        lambda: service.set_due(study.context, study.now, [card, "small/a/forward"], "3"),
        lambda: service.suspend(study.context, study.now, card),
        lambda: service.set_due(study.context, study.now, card, "0"),
        lambda: study.answer(card, 1),
        lambda: service.mark_leech(study.context, study.now, card),
        lambda: service.flag(study.context, study.now, card, "the sign is wrong"),
        lambda: service.bury(study.context, study.now, card),
        lambda: service.unbury(study.context, study.now, card),
        lambda: service.forget(study.context, study.now, card),
        lambda: service.unflag(study.context, study.now, card),
        lambda: service.unmark_leech(study.context, study.now, card),
    ]
    for done in acts:
        study.pass_by(seconds=3)
        done()
        stages.append(study.derived())
    assert stages[-1] == stages[-2]  # a card that is new again is no leech
    stages.pop()
    names = []
    for expected in stages[-2::-1]:
        study.context.plans.forget(1)  # as after a restart
        study.pass_by(seconds=3)
        undone = study.undo()
        assert undone
        names.append(undone.undone)
        assert study.derived() == expected
        study.check_laws()
    assert names == [
        "unflagging",
        "forgetting",
        "unburial",
        "burial",
        "flag",
        "leech",
        "review",
        "due_date",
        "suspension",
        "due_date",
        "review",
    ]
    assert study.undo() is None


def test_what_was_done_to_several_cards_at_once_is_undone_at_once(study: Study) -> None:
    before = study.derived()
    service.set_due(study.context, study.now, ["small/a/forward", "small/c/forward", "small/e/problem"], "2-9")
    undone = study.undo()
    assert undone
    assert (undone.undone, undone.card_id, undone.cards) == ("due_date", "small/a/forward", 3)
    assert study.derived() == before
    assert study.undo() is None


def test_a_card_that_does_not_come_today_is_not_put_up_when_something_of_it_is_undone(study: Study) -> None:
    study.answer("small/a/forward", 4)
    study.pass_by(days=3)
    service.flag(study.context, study.now, "small/a/forward", "?")
    undone = study.undo()
    assert undone
    assert undone.card is None
    service.flag(study.context, study.now, "small/b/forward", "?")
    undone = study.undo()
    assert undone
    assert undone.card is not None


def test_an_undone_review_lets_its_siblings_and_new_cards_come_again(study: Study) -> None:
    assert study.shown() == ["a/forward", "b/forward", "c/forward", "d/first", "e/problem"]
    study.answer("small/b/backward")
    assert "b/forward" not in study.shown()
    study.undo()
    assert study.shown() == ["a/forward", "b/forward", "c/forward", "d/first", "e/problem"]
    assert service.session_summary(study.context, study.now).introduced == 0
