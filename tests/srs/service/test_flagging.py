from __future__ import annotations

from pathlib import Path

import pytest

from srs import service
from tests.srs.study import Study, write_deck

CARD = "small/a/forward"


def said(study: Study) -> list[tuple[str, str]]:
    return [(remark.card_id, remark.text) for remark in service.remarks(study.context)]


def test_what_is_said_about_a_card_is_found_and_the_card_goes_on_as_before(study: Study) -> None:
    shown = study.shown()
    done = service.flag(study.context, study.now, CARD, "  The sign is wrong:\r\n$-1$, not $1$. ")
    assert (done.changed, done.cards[0].flagged) == ((CARD,), True)
    (remark,) = service.remarks(study.context)
    assert (remark.card_id, remark.text, remark.said_at) == (CARD, "The sign is wrong:\n$-1$, not $1$.", study.now)
    assert (remark.settled_at, remark.retired) == (None, False)
    assert study.shown() == shown
    study.check_laws()


def test_other_words_take_the_place_of_the_first_and_the_same_ones_change_nothing(study: Study) -> None:
    service.flag(study.context, study.now, CARD, "typo")
    assert not service.flag(study.context, study.now, CARD, " typo").changed
    service.flag(study.context, study.now, CARD, "two typos")
    assert said(study) == [(CARD, "two typos")]
    study.undo()
    assert said(study) == [(CARD, "typo")]
    study.undo()
    assert said(study) == []
    study.check_laws()


def test_a_flag_may_say_nothing_and_is_settled(study: Study) -> None:
    service.flag(study.context, study.now, [CARD, "small/c/forward"])
    assert said(study) == [(CARD, ""), ("small/c/forward", "")]
    study.pass_by(minutes=5)
    assert service.unflag(study.context, study.now, CARD).changed
    assert not service.unflag(study.context, study.now, CARD).changed
    assert said(study) == [("small/c/forward", "")]
    past = service.remarks(study.context, past=True)
    assert [(remark.card_id, remark.settled_at) for remark in past] == [(CARD, study.now), ("small/c/forward", None)]
    study.check_laws()


def test_a_text_as_long_as_may_be_is_taken_and_a_longer_one_refused(study: Study) -> None:
    service.flag(study.context, study.now, CARD, " " + "ß" * 2000)
    before = study.derived()
    with pytest.raises(service.InvalidValue, match="has 2001 characters; it has to have 2000 at the most") as refused:
        service.flag(study.context, study.now, CARD, "x" * 2001)
    assert refused.value.problem.field == "text"
    assert study.derived() == before


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\ud800", "\x9b"])
def test_signs_that_are_no_text_are_refused(study: Study, sign: str) -> None:
    with pytest.raises(service.InvalidValue, match="Character 3 of the text"):
        service.flag(study.context, study.now, CARD, f"ab{sign}")
    assert said(study) == []


def test_a_card_that_left_its_deck_takes_no_flag_but_its_flag_can_be_settled(study: Study, tmp_path: Path) -> None:
    service.flag(study.context, study.now, CARD, "gone?")
    study.pass_by(minutes=5)
    study.load(write_deck(tmp_path / "less", {"one": ["{id: b, kind: basic, front: B?, back: b}"]}))
    (remark,) = service.remarks(study.context)
    assert remark.retired
    with pytest.raises(service.RetiredCard):
        service.flag(study.context, study.now, CARD, "again")
    assert service.unflag(study.context, study.now, CARD).changed
    assert said(study) == []
    study.check_laws()


@pytest.mark.parametrize("card_id", ["small/nothing/forward", "nonsense", "other/a/forward"])
def test_an_unknown_card_cannot_be_flagged(study: Study, card_id: str) -> None:
    for use in (service.flag, service.unflag):
        with pytest.raises(service.UnknownCard):
            use(study.context, study.now, card_id)
