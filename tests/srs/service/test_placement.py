from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from srs import service
from srs.core.placement import Outcome
from srs.service.placement import place, placement
from tests.srs.study import Study, basic_notes, write_deck

DOUBLE = r"{id: double, kind: problem, given: {x: 2..9}, front: 'Double $\val{x}$.', answer: 2*x, requires: [b0]}"


@pytest.fixture
def study(new_study: Callable[..., Study], tmp_path: Path) -> Study:
    notes = {
        "base": basic_notes(4, "a"),
        "more": [*basic_notes(11, "b"), DOUBLE],
        "next": basic_notes(2, "c"),
        "apart": basic_notes(2, "d"),
    }
    return new_study(None, write_deck(tmp_path / "deck", notes, requires={"more": "base", "next": "more"}))


def take(study: Study, wrong: int = 0) -> list[str]:
    """Take the test of the section `more` to its end; the cards asked."""
    asked: list[str] = []
    while (card := placement(study.context, study.now, "small", "more").card) is not None:
        rating = 1 if len(asked) < wrong else 3
        if card.asks is None:
            study.answer(card.card_id, rating)
        else:
            shown = re.search(r"<mn>(\d+)</mn>", card.front_html)
            assert shown
            study.answer_typed(card.card_id, str(2 * int(shown[1])), rating, seed=card.seed)
        asked.append(card.card_id.split("/")[1])
        study.pass_by(seconds=30)
    return asked


def test_passing_takes_the_section_and_what_it_stands_on_for_known_and_opens_what_requires_it(study: Study) -> None:
    assert {card.split("/")[0][0] for card in study.shown()} == {"a", "d"}
    before = placement(study.context, study.now, "small", "more")
    assert (before.outcome, before.total, before.slips, before.here, before.below) == (Outcome.OPEN, 8, 1, 4, 4)
    asked = take(study)
    assert asked[0] == "double", "it stands on another, and its answer is typed"
    assert len(asked) == 7, "the eighth can change nothing"
    assert placement(study.context, study.now, "small", "more").outcome is Outcome.PASSED
    placed = place(study.context, study.now, "small", "more")
    assert placed.cards == 16
    assert {card.split("/")[0][0] for card in study.shown()} == {"c", "d"}
    sections = {each.section_id: each for each in service.home(study.context, study.now).sections}
    assert [(sections[name].known, sections[name].total) for name in ("base", "more")] == [(4, 4), (12, 12)]
    assert place(study.context, study.now, "small", "more").cards == 0
    study.check_laws()


def test_one_undo_takes_all_of_it_back_and_leaves_the_answers(study: Study) -> None:
    take(study)
    before, shown = study.derived(), study.shown()
    place(study.context, study.now, "small", "more")
    assert study.derived() != before
    undone = study.undo()
    assert undone is not None
    assert undone.undone == "placement"
    assert study.derived() == before
    assert study.shown() == shown
    study.check_laws()


def test_one_slip_is_allowed_and_its_card_has_to_be_learned(study: Study) -> None:
    asked = take(study, wrong=1)
    assert len(asked) == 8
    assert place(study.context, study.now, "small", "more").cards == 15
    home = {each.section_id: each for each in service.home(study.context, study.now).sections}
    assert (home["more"].known, home["more"].learning) == (11, 1)


def test_failing_changes_nothing_but_the_answers(study: Study) -> None:
    asked = take(study, wrong=2)
    assert len(asked) == 2
    before = study.derived()
    failed = placement(study.context, study.now, "small", "more")
    assert (failed.outcome, failed.wrong, failed.card) == (Outcome.FAILED, 2, None)
    with pytest.raises(service.Conflict, match="is not passed: 0 right and 2 wrong answers of 8"):
        place(study.context, study.now, "small", "more")
    assert study.derived() == before
    study.pass_by(days=1)
    again = placement(study.context, study.now, "small", "more")
    assert (again.outcome, again.total, again.wrong) == (Outcome.OPEN, 8, 0), "tomorrow it may be tried again"


def test_before_it_is_decided_nothing_is_taken_for_known(study: Study) -> None:
    with pytest.raises(service.Conflict, match="is not passed"):
        place(study.context, study.now, "small", "more")


def test_a_section_without_new_cards_has_nothing_to_test(study: Study) -> None:
    for number in range(2):
        study.answer(f"small/d{number}/forward")
    study.pass_by(days=1)
    done = placement(study.context, study.now, "small", "apart")
    assert (done.total, done.card, done.here) == (0, None, 0)
    assert place(study.context, study.now, "small", "apart").cards == 0


def test_suspended_cards_are_neither_asked_nor_marked(study: Study) -> None:
    service.suspend(study.context, study.now, ["small/double/problem", "small/a0/forward"])
    found = placement(study.context, study.now, "small", "more")
    assert (found.total, found.here, found.below) == (8, 3, 3)
    assert "double" not in take(study)


def test_an_unknown_section_is_said_to_be_none(study: Study) -> None:
    for deck, section in (("small", "none"), ("none", "more")):
        with pytest.raises(service.ServiceError, match=f"No loaded deck '{deck}' has a section '{section}'"):
            placement(study.context, study.now, deck, section)
