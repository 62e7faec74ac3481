from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from srs import service
from srs.service.rescheduling import set_due
from tests.srs.study import Study, basic_notes, write_deck


@pytest.fixture
def study(new_study: Callable[..., Study], tmp_path: Path) -> Study:
    top = "{id: top, kind: basic, front: Top?, back: Yes., requires: [b1]}"
    notes = {"base": basic_notes(3, "a"), "more": [*basic_notes(3, "b"), top]}
    study = new_study(None, write_deck(tmp_path / "deck", notes, requires={"more": "base"}))
    for day in range(5):
        while cards := study.queue(1).cards:
            study.answer(cards[0].card_id, 4)
            study.pass_by(seconds=20)
        study.pass_by(days=10 + 20 * day)
    return study


def lapse(study: Study, card: str) -> list[str]:
    result = study.answer(f"small/{card}/forward", 1)
    return [each.card_id.split("/")[1] for each in result.shaky]


def test_a_lapse_names_the_shaky_cards_that_it_stands_on_the_weakest_first(study: Study) -> None:
    assert lapse(study, "top") == [], "all of them are well kept"
    study.pass_by(minutes=11)
    study.answer("small/top/forward", 3)
    study.pass_by(days=3000)
    recalls = {each.card_id: each.recall for each in study.answer("small/top/forward", 1).shaky}
    assert len(recalls) == 3, "b1 and all of its section's base are one step away: the weakest of them"
    assert set(recalls) < {"small/b1/forward", *(f"small/a{number}/forward" for number in range(3))}
    assert list(recalls.values()) == sorted(recalls.values())


def test_what_is_nearer_in_the_graph_comes_first(new_study: Callable[..., Study], tmp_path: Path) -> None:
    chain = [
        "{id: c0, kind: basic, front: C0?, back: Yes.}",
        *(f"{{id: c{i}, kind: basic, front: C{i}?, back: Yes., requires: [c{i - 1}]}}" for i in range(1, 6)),
    ]
    study = new_study(None, write_deck(tmp_path / "chain", {"one": chain}))
    for number in range(6):
        study.answer(f"small/c{number}/forward", 4)
        study.pass_by(seconds=20)
    study.pass_by(days=3000)
    assert lapse(study, "c5") == ["c4", "c3", "c2"]


def test_what_is_not_a_lapse_names_nothing(study: Study) -> None:
    study.pass_by(days=3000)
    assert study.answer("small/top/forward", 3).shaky == ()
    assert study.answer("small/a0/forward", 1).shaky == (), "it stands on nothing"


def test_the_same_answer_sent_twice_is_told_the_same(study: Study) -> None:
    study.pass_by(days=3000)
    request = study.request("small/top/forward", 1)
    first = service.review(study.context, study.now, request)
    again = service.review(study.context, study.now, request)
    assert again.created is False
    assert len(first.shaky) == 3
    assert again.shaky == first.shaky


def test_shaky_cards_can_be_brought_forward_to_today(study: Study) -> None:
    for name in ("a0", "b1"):
        study.answer(f"small/{name}/forward", 1)
        study.pass_by(minutes=11)
        study.answer(f"small/{name}/forward", 3)
    study.pass_by(minutes=1)
    result = study.answer("small/top/forward", 1)
    assert {each.card_id.split("/")[1] for each in result.shaky} >= {"b1"}
    assert not any(each.today for each in result.shaky)
    before = study.queue(0).counts.review
    set_due(study.context, study.now, [each.card_id for each in result.shaky], "0")
    assert study.queue(0).counts.review == before + len(result.shaky)
    study.check_laws()
