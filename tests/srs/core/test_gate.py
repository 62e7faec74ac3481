from __future__ import annotations

from pathlib import Path

import pytest

from cards.loader import load_deck
from srs.core.card import CardState, Learning, NewCard, Relearning, Review, ReviewedCard
from srs.core.gate import Gate, Needed, Needs, Tally, is_known, needs_of, reach_of
from srs.core.memory import MemoryState, model_for
from srs.core.settings import DeckSettings
from tests.srs.study import write_deck

TODAY = 20_000
SETTINGS = DeckSettings()
REACH = reach_of(SETTINGS)


def in_review(*, due_in: int, last: int, stability: float) -> ReviewedCard:
    return ReviewedCard(
        memory=MemoryState(stability, 5.0),
        place=Review(due_in + last, 0, TODAY + due_in),
        last_review_ms=0,
        last_study_day=TODAY - last,
        reps=3,
        lapses=0,
    )


def on_steps(kind: type[Learning] | type[Relearning]) -> ReviewedCard:
    return ReviewedCard(MemoryState(1.0, 5.0), kind(1, 0), 0, TODAY, reps=1, lapses=0)


@pytest.mark.parametrize(
    ("what", "state", "known"),
    [
        ("new", NewCard(), False),
        ("learning", on_steps(Learning), False),
        ("relearning", on_steps(Relearning), False),
        ("in review, not due", in_review(due_in=3, last=1, stability=4), True),
        ("not due, though hardly recalled any more", in_review(due_in=1, last=90, stability=4), True),
        ("due today, as it should be", in_review(due_in=0, last=4, stability=4), True),
        ("overdue, but well kept", in_review(due_in=-1, last=5, stability=4), True),
        ("overdue and likely forgotten", in_review(due_in=-40, last=44, stability=4), False),
    ],
)
def test_a_card_is_known_in_review_until_it_is_likely_forgotten(what: str, state: CardState, known: bool) -> None:
    assert is_known(state, TODAY, REACH) is known, what


@pytest.mark.parametrize("recall", [0.5, 0.8, 0.95])
def test_the_reach_ends_where_recall_falls_to_the_threshold(recall: float) -> None:
    settings = DeckSettings(known_recall=recall)
    days = reach_of(settings) * 50
    assert model_for(settings.parameters).retrievability(MemoryState(50, 5), days) == pytest.approx(recall, abs=1e-9)


@pytest.mark.parametrize(
    ("active", "known", "share", "suffices"),
    [
        (0, 0, 0.9, True),
        (10, 9, 0.9, True),
        (10, 8, 0.9, False),
        (11, 9, 0.9, False),
        (11, 10, 0.9, True),
        (100, 55, 0.55, True),  # 0.55 * 100 is more than 55 to a computer
        (1, 1, 1.0, True),
        (3, 2, 1.0, False),
    ],
)
def test_a_share_is_known_or_not(active: int, known: int, share: float, suffices: bool) -> None:
    assert Tally(active, known).suffices(share) is suffices


def test_what_a_deck_requires_is_read_by_sections_and_by_notes_first_ids(tmp_path: Path) -> None:
    folder = write_deck(
        tmp_path,
        {
            "one": [
                "{id: b, was: [a], kind: basic, front: A?, back: Yes.}",
                "{id: c, kind: basic, front: C?, back: D.}",
            ],
            "two": ["{id: d, kind: basic, front: D?, back: E., requires: [b, one]}"],
        },
        requires={"two": "one, c"},
    )
    deck = load_deck(folder)
    assert needs_of(deck) == Needs(
        of_section={"two": Needed(frozenset({"one"}), frozenset({"c"}))},
        of_note={"d": Needed(frozenset({"one"}), frozenset({"a"}))},
        sections=frozenset({"one"}),
        notes=frozenset({"a", "c"}),
    )


NEEDS = Needs({"two": Needed(frozenset({"one"}))}, {}, frozenset({"one"}), frozenset({"key"}))


def gate(active: int, known: int) -> Gate:
    return Gate(TODAY, 0.9, REACH, {"one": Tally(active, known)}, NEEDS)


def test_an_answer_that_changes_nothing_leaves_the_gate_as_it_is() -> None:
    before = gate(10, 8)
    passed = in_review(due_in=0, last=4, stability=4)
    assert before.after("one", "n", passed, in_review=True) is before
    assert before.after("one", "n", NewCard(), in_review=False) is before
    assert before.after("two", "n", NewCard(), in_review=True) is before, "nothing requires its section"


def test_the_gate_counts_along_as_long_as_nothing_opens_or_closes() -> None:
    assert gate(10, 6).after("one", "n", on_steps(Learning), in_review=True) == gate(10, 7)
    assert gate(10, 8).after("one", "n", in_review(due_in=0, last=4, stability=4), in_review=False) == gate(10, 7)
    assert gate(10, 6).after("one", "n", in_review(due_in=-40, last=44, stability=4), in_review=True) == gate(10, 7)


def test_an_answer_that_may_open_or_close_something_asks_for_a_new_look() -> None:
    assert gate(10, 8).after("one", "n", NewCard(), in_review=True) is None
    assert gate(10, 9).after("one", "n", in_review(due_in=0, last=4, stability=4), in_review=False) is None
    assert gate(10, 5).after("one", "key", NewCard(), in_review=True) is None, "a note requires this note"
