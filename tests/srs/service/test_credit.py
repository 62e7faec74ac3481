from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from srs import service
from srs.service import configuring
from tests.srs.study import Study, write_deck

NOTES = {
    "one": [
        "{id: small, kind: reversed, front: The small, back: A small}",
        "{id: large, kind: basic, front: Large?, back: Yes., encompasses: {small: 0.5}}",
    ]
}


@pytest.fixture
def study(new_study: Callable[..., Study], tmp_path: Path) -> Study:
    study = new_study(None, write_deck(tmp_path / "deck", NOTES))
    for day in range(6):
        while cards := study.queue(1).cards:
            study.answer(cards[0].card_id, 3)
            study.pass_by(minutes=11)
        study.pass_by(days=1 + day)
    return study


def due(study: Study) -> dict[str, int]:
    """The study day on which each card is due."""
    from srs.db.tables import card_state  # noqa: PLC0415

    column = list(card_state.c.keys()).index("due_day")
    days = [row[column] for row in study.derived()["card_state"]]
    return {name: day for name, day in zip(["forward", "backward", "large"], days, strict=True) if isinstance(day, int)}


def switch_on(study: Study) -> None:
    configuring.change(study.context, study.now, "small", {"implicit_credit": True})


def test_it_is_off_by_default(study: Study) -> None:
    before = due(study)
    study.answer("small/large/forward")
    after = due(study)
    assert (after["forward"], after["backward"]) == (before["forward"], before["backward"])


def test_a_pass_puts_off_what_it_practises_and_undoing_it_takes_that_back(study: Study) -> None:
    switch_on(study)
    before, shown = study.derived(), due(study)
    study.answer("small/large/forward")
    after = due(study)
    assert after["forward"] > shown["forward"]
    assert after["backward"] > shown["backward"]
    study.check_laws()
    undone = study.undo()
    assert undone is not None
    assert undone.undone == "review"
    assert study.derived() == before
    study.check_laws()


@pytest.mark.parametrize("rating", [1])
def test_a_lapse_gives_nothing(study: Study, rating: int) -> None:
    switch_on(study)
    before = due(study)
    study.answer("small/large/forward", rating)
    after = due(study)
    assert (after["forward"], after["backward"]) == (before["forward"], before["backward"])


def test_a_card_that_is_suspended_keeps_its_date(study: Study) -> None:
    switch_on(study)
    service.suspend(study.context, study.now, "small/small/forward")
    before = due(study)
    study.answer("small/large/forward")
    assert due(study)["forward"] == before["forward"]
    assert due(study)["backward"] > before["backward"]
