from __future__ import annotations

import pytest

from srs import service
from tests.srs.study import Study


def test_a_buried_card_comes_again_when_the_next_study_day_begins(study: Study) -> None:
    done = service.bury(study.context, study.now, "small/a/forward")
    assert (done.changed, done.cards[0].buried) == (("small/a/forward",), True)
    assert "a/forward" not in study.shown()
    study.check_laws()
    study.pass_by(hours=18, minutes=59)  # 03:59 of the next date
    assert "a/forward" not in study.shown()
    study.pass_by(minutes=1)
    assert "a/forward" in study.shown()
    study.check_laws()


@pytest.mark.parametrize("rating", [1, 4])
def test_cards_on_steps_and_reviews_are_buried_too(study: Study, rating: int) -> None:
    study.answer("small/a/forward", rating)
    study.pass_by(days=30 if rating == 4 else 0, minutes=2)
    assert "a/forward" in study.shown()
    service.bury(study.context, study.now, "small/a/forward")
    assert "a/forward" not in study.shown()
    study.check_laws()
    study.pass_by(days=1)
    assert "a/forward" in study.shown()


def test_a_whole_note_is_buried_and_comes_back_by_one_undo(study: Study) -> None:
    before = study.derived()
    done = service.bury(study.context, study.now, "small/d/second", whole_note=True)
    assert set(done.changed) == {"small/d/first", "small/d/second", "small/d/third"}
    assert not any(card.startswith("d/") for card in study.shown())
    undone = study.undo()
    assert undone
    assert (undone.undone, undone.card_id, undone.cards) == ("burial", "small/d/second", 3)
    assert study.derived() == before
    study.check_laws()


def test_a_buried_card_can_come_today_after_all(study: Study) -> None:
    service.bury(study.context, study.now, "small/a/forward")
    assert service.unbury(study.context, study.now, "small/a/forward").changed
    assert "a/forward" in study.shown()
    study.check_laws()


def test_asking_for_what_is_so_already_changes_nothing(study: Study) -> None:
    assert not service.unbury(study.context, study.now, "small/a/forward").changed
    assert service.bury(study.context, study.now, "small/a/forward").changed
    assert not service.bury(study.context, study.now, "small/a/forward").changed
    study.pass_by(days=1)
    assert not service.unbury(study.context, study.now, "small/a/forward").changed
    assert service.bury(study.context, study.now, "small/a/forward").changed


def test_a_suspended_card_is_not_buried_as_it_does_not_come_anyway(study: Study) -> None:
    service.suspend(study.context, study.now, "small/a/forward")
    done = service.bury(study.context, study.now, "small/a/forward")
    assert (done.changed, done.cards[0].suspended, done.cards[0].buried) == ((), True, False)


@pytest.mark.parametrize("card_id", ["small/nothing/forward", "nonsense", "other/a/forward"])
def test_an_unknown_card_cannot_be_buried(study: Study, card_id: str) -> None:
    for use in (service.bury, service.unbury):
        with pytest.raises(service.UnknownCard):
            use(study.context, study.now, card_id)
