from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.model import CardId
from srs.core.gate import Needed, Needs
from srs.core.memory import model_for
from srs.core.placement import (
    QUESTIONS,
    Outcome,
    Question,
    below,
    chance,
    depths,
    hardest,
    memory_of_known,
    outcome,
    place_of_known,
    slips,
)
from srs.core.settings import DeckSettings


@pytest.mark.parametrize(
    ("total", "right", "wrong", "expected"),
    [
        (0, 0, 0, Outcome.OPEN),
        (3, 2, 0, Outcome.OPEN),
        (3, 3, 0, Outcome.PASSED),
        (3, 0, 1, Outcome.FAILED),
        (7, 6, 1, Outcome.FAILED),
        (8, 6, 1, Outcome.OPEN),
        (8, 7, 0, Outcome.PASSED),
        (8, 7, 1, Outcome.PASSED),
        (8, 0, 2, Outcome.FAILED),
    ],
)
def test_a_test_is_decided_as_soon_as_nothing_can_change_it(
    total: int, right: int, wrong: int, expected: Outcome
) -> None:
    assert outcome(total, right, wrong) is expected


@pytest.mark.parametrize(
    ("total", "knows", "passes"), [(8, 0.6, 0.11), (8, 0.9, 0.81), (8, 0.95, 0.94), (3, 0.6, 0.22)]
)
def test_who_knows_too_little_seldom_passes(total: int, knows: float, passes: float) -> None:
    assert chance(total, knows) == pytest.approx(passes, abs=0.005)
    seeded = random.Random(1)  # noqa: S311 - learners, not secrets
    passed = 0
    for _ in range(2000):
        right = wrong = 0
        while outcome(total, right, wrong) is Outcome.OPEN:
            known = seeded.random() < knows
            right, wrong = right + known, wrong + (not known)
        passed += outcome(total, right, wrong) is Outcome.PASSED
    assert passed / 2000 == pytest.approx(passes, abs=0.03)


def question(note: str, slot: str = "forward", **more: int) -> Question:
    return Question(CardId("d", note, slot), **more)  # type: ignore[arg-type] # flags are whole numbers


def test_the_hardest_stand_on_most_others_and_typed_ones_come_before_those_only_recognised() -> None:
    questions = [
        question("easy", depth=1),
        question("choice", depth=2, chosen=True),
        question("deep", depth=3),
        question("basic", depth=2),
        question("typed", depth=2, typed=True),
    ]
    assert [each.card.note for each in hardest(questions, 4)] == ["deep", "typed", "basic", "choice"]


def test_a_second_card_of_a_note_is_asked_when_no_other_note_is_left() -> None:
    gaps = [question("gaps", slot, depth=5) for slot in ("one", "two", "three")]
    asked = hardest([*gaps, question("other", depth=1)], 3)
    assert [(each.card.note, each.card.slot) for each in asked] == [
        ("gaps", "one"),
        ("other", "forward"),
        ("gaps", "two"),
    ]
    assert len(hardest([question(f"n{i}", depth=1) for i in range(30)])) == QUESTIONS


NEEDS = Needs(
    of_section={"top": Needed(frozenset({"middle"}), frozenset({"lone"})), "middle": Needed(frozenset({"base"}))},
    of_note={"t2": Needed(notes=frozenset({"t1"})), "t3": Needed(notes=frozenset({"t2", "lone"}))},
    sections=frozenset({"middle", "base"}),
    notes=frozenset({"lone", "t1", "t2"}),
)
NOTES = {"top": ["t1", "t2", "t3"], "middle": ["m"], "base": ["b"], "apart": ["lone", "other"]}


def test_depths_count_the_notes_below() -> None:
    assert depths(["lone", "t1", "t2", "t3"], NEEDS) == {"lone": 1, "t1": 1, "t2": 2, "t3": 3}


def test_what_a_section_stands_on_is_found_through_the_whole_graph() -> None:
    found = below("top", NEEDS, NOTES)
    assert (found.sections, found.notes) == (frozenset({"middle", "base"}), frozenset({"lone"}))
    assert below("apart", NEEDS, NOTES).sections == frozenset()


@given(
    note=st.text("abc", min_size=1, max_size=8),
    stability=st.floats(0.01, 3000),
    retention=st.floats(0.7, 0.99),
    recall=st.floats(0.5, 0.95),
    maximum=st.integers(1, 36_500),
)
def test_what_is_taken_for_known_comes_again_while_it_is_likely_known(
    note: str, stability: float, retention: float, recall: float, maximum: int
) -> None:
    settings = DeckSettings(desired_retention=retention, known_recall=recall, maximum_interval=maximum)
    place = place_of_known(CardId("d", note, "forward"), stability, 20_000, settings)
    assert 1 <= place.interval_days <= maximum
    assert place.due_day == 20_000 + place.interval_days
    memory = memory_of_known(settings).__class__(stability, 5.0)
    recalled = model_for(settings.parameters).retrievability(memory, place.interval_days)
    assert place.interval_days == 1 or recalled >= recall - 1e-9


def test_the_first_reviews_of_a_section_taken_for_known_are_spread_over_days() -> None:
    settings = DeckSettings()
    stability = memory_of_known(settings).stability
    days = [place_of_known(CardId("d", f"n{i}", "forward"), stability, 0, settings).due_day for i in range(140)]
    assert (min(days), max(days)) == (4, 17)
    assert max(days.count(day) for day in days) <= 25
    assert slips(len(days)) == 1
