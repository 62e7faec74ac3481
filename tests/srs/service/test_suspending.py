from __future__ import annotations

import pytest

from srs import service
from tests.srs.study import Study


def test_a_suspended_card_is_not_shown_until_it_is_unsuspended_as_it_stood(study: Study) -> None:
    study.answer("small/a/forward", 4)
    study.pass_by(days=60)
    assert "a/forward" in study.shown()
    done = service.suspend(study.context, study.now, "small/a/forward")
    assert (done.changed, [card.suspended for card in done.cards]) == (("small/a/forward",), [True])
    assert "a/forward" not in study.shown()
    (row,) = service.suspended(study.context, study.now)
    assert (row.card_id, row.kind, row.section_id) == ("small/a/forward", "basic", "one")
    assert (row.stands.state, row.stands.suspended, row.stands.reviews) == ("review", True, 1)
    study.check_laws()
    assert service.unsuspend(study.context, study.now, "small/a/forward").changed
    assert "a/forward" in study.shown()
    assert service.suspended(study.context, study.now) == ()
    study.check_laws()


def test_asking_for_what_is_so_already_changes_nothing(study: Study) -> None:
    assert not service.unsuspend(study.context, study.now, "small/a/forward").changed
    assert service.suspend(study.context, study.now, "small/a/forward").changed
    assert not service.suspend(study.context, study.now, "small/a/forward").changed
    assert not service.unsuspend(study.context, study.now, "small/b/forward").changed


def test_back_and_forth_within_one_millisecond_ends_as_it_was_asked(study: Study) -> None:
    for _ in range(5):
        service.suspend(study.context, study.now, "small/a/forward")
        service.unsuspend(study.context, study.now, "small/a/forward")
    assert service.suspended(study.context, study.now) == ()
    study.check_laws()


def test_a_suspended_new_card_makes_room_for_the_next(study: Study) -> None:
    service.suspend(study.context, study.now, "small/b/forward")
    assert study.shown() == ["a/forward", "b/backward", "c/forward", "d/first", "e/problem"]
    (row,) = service.suspended(study.context, study.now)
    assert (row.stands.state, row.stands.due, row.stands.reviews) == ("new", None, 0)


@pytest.mark.parametrize("card_id", ["small/nothing/forward", "nonsense", "other/a/forward"])
def test_an_unknown_card_cannot_be_suspended(study: Study, card_id: str) -> None:
    for use in (service.suspend, service.unsuspend):
        with pytest.raises(service.UnknownCard):
            use(study.context, study.now, card_id)


def test_suspended_cards_come_in_the_order_of_their_decks(study: Study) -> None:
    for card in ("e/problem", "a/forward", "c/forward"):
        service.suspend(study.context, study.now, f"small/{card}")
    assert [row.card_id for row in service.suspended(study.context, study.now)] == [
        "small/a/forward",
        "small/c/forward",
        "small/e/problem",
    ]


def test_several_cards_are_set_aside_and_taken_back_together(study: Study) -> None:
    cards = ["small/a/forward", "small/c/forward"]
    service.suspend(study.context, study.now, cards[0])
    done = service.suspend(study.context, study.now, [*cards, cards[1]])
    assert done.changed == ("small/c/forward",)
    assert [(card.card_id, card.suspended) for card in done.cards] == [(card, True) for card in cards]
    service.unsuspend(study.context, study.now, cards)
    assert study.undo()
    assert len(service.suspended(study.context, study.now)) == 2
    study.check_laws()


def test_one_unknown_card_among_several_lets_nothing_happen(study: Study) -> None:
    with pytest.raises(service.UnknownCard, match="small/x/forward"):
        service.suspend(study.context, study.now, ["small/a/forward", "small/x/forward"])
    assert service.suspended(study.context, study.now) == ()


@pytest.mark.parametrize("count", [0, 1001])
def test_no_cards_and_too_many_are_refused(study: Study, count: int) -> None:
    with pytest.raises(service.InvalidValue, match="from 1 to 1000") as refused:
        service.suspend(study.context, study.now, ["small/a/forward"] * count)
    assert refused.value.problem.field == "card_ids"
