from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.model import CardId
from srs.core.card import CardState, Learning, NewCard, Phase, Relearning, Review, ReviewedCard
from srs.core.due_date import Span, memory_on, place_on, read_when
from srs.core.memory import MemoryState
from srs.core.rating import Rating
from srs.core.scheduling import answer
from srs.core.settings import DeckSettings
from srs.core.study_day import day_start_ms

SETTINGS = DeckSettings(zone="UTC")
CARD = CardId("deck", "a", "forward")
TODAY = 20_514  # 2026-03-02


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("5", (5, 5)),
        (" 0 ", (0, 0)),
        ("3-7", (3, 7)),
        ("7-3", (3, 7)),
        ("3 \u2013 7", (3, 7)),
        ("2026-03-02", (0, 0)),
        ("2026-12-24", (297, 297)),
        ("2028-02-29", (729, 729)),
        ("36500", (36_500, 36_500)),
    ],
)
def test_days_ranges_and_dates_are_read(text: str, span: tuple[int, int]) -> None:
    assert read_when(text, TODAY) == Span(*span)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "'' says no day; it has to be a number of days such as 5, two such as 3-7, or a date"),
        ("tomorrow", "'tomorrow' says no day"),
        ("-5", "'-5' says no day"),
        ("5!", "'5!' says no day"),
        ("5.5", "'5.5' says no day"),
        ("\u0665", "says no day"),
        ("2026-03-01", "'2026-03-01' is over"),
        ("1999-12-31", "'1999-12-31' is over"),
        ("2027-02-29", "'2027-02-29' is no day of the calendar"),
        ("0000-01-01", "is no day of the calendar"),
        ("36501", "'36501' is too far away"),
        ("1-99999", "'1-99999' is too far away"),
        ("9999-12-31", "'9999-12-31' is too far away"),
        ("9" * 70, "says no day"),
    ],
)
def test_what_says_no_day_or_none_that_can_be_is_refused_with_a_sentence(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=r"^'") as refused:
        read_when(text, TODAY)
    assert said in str(refused.value)
    assert len(str(refused.value)) < 250


@given(st.integers(0, 400), st.integers(0, 400), st.floats(0, 1, exclude_max=True))
def test_every_day_of_a_range_can_be_drawn_and_none_outside(first: int, more: int, fraction: float) -> None:
    span = Span(first, first + more)
    assert span.first <= span.pick(fraction) <= span.last
    assert {span.pick((day + 0.5) / (more + 1)) for day in range(more + 1)} == set(range(first, first + more + 1))


def reviewed(place: Learning | Relearning | Review, *, day: int = TODAY - 4, reps: int = 3) -> ReviewedCard:
    last_ms = day_start_ms(day, "UTC", 4) + 3_600_000
    return ReviewedCard(MemoryState(9.0, 5.0), place, last_ms, day, reps=reps, lapses=0)


@pytest.mark.parametrize(
    ("state", "interval"),
    [
        (NewCard(), 0),
        (reviewed(Learning(1, 0)), 0),
        (reviewed(Relearning(1, 0)), 14),
        (reviewed(Review(30, 0, TODAY + 26)), 14),
        (reviewed(Review(0, 0, TODAY + 26)), 0),
        (reviewed(Review(30, 0, TODAY + 26), reps=0), 14),
    ],
)
def test_the_interval_counts_from_the_last_answer_if_one_was_promised(state: CardState, interval: int) -> None:
    place = place_on(state, TODAY, 10, SETTINGS)
    assert place == Review(interval, day_start_ms(TODAY + 10, "UTC", 4), TODAY + 10)


def test_a_card_with_answers_keeps_its_memory_and_one_without_is_supposed_to_be_due_when_it_is() -> None:
    assert memory_on(reviewed(Review(30, 0, TODAY + 26)), 10, SETTINGS) is None
    supposed = memory_on(NewCard(), 10, SETTINGS)
    assert supposed
    assert supposed.stability == pytest.approx(10)
    assert memory_on(NewCard(), 0, SETTINGS) == memory_on(NewCard(), 1, SETTINGS)


def test_the_first_answer_of_a_card_that_was_only_given_a_date_counts_as_its_first() -> None:
    untried = ReviewedCard(MemoryState(30.0, 5.0), place_on(NewCard(), TODAY, 30, SETTINGS), 0, TODAY, reps=0, lapses=0)
    at_ms = day_start_ms(TODAY + 30, "UTC", 4)
    new = answer(NewCard(), Rating.GOOD, at_ms, SETTINGS, card=CARD, event_id=UUID(int=1), fuzz=False)
    given = answer(untried, Rating.GOOD, at_ms, SETTINGS, card=CARD, event_id=UUID(int=1), fuzz=False)
    assert given.state.memory == new.state.memory
    assert (given.event.phase_before, given.state.phase) == (Phase.REVIEW, Phase.REVIEW)
    known = replace(untried, place=Review(30, 0, TODAY + 30))
    after = answer(known, Rating.GOOD, at_ms, SETTINGS, card=CARD, event_id=UUID(int=1), fuzz=False)
    assert after.state.memory.stability > 30


def test_cards_with_another_due_date_go_on_as_in_anki() -> None:
    """Real Anki, in a process of its own, does the same to a new, a learning and a review card."""
    peer = Path(__file__).parent / "anki_due_dates.py"
    run = subprocess.run(
        [sys.executable, str(peer)],
        env={**os.environ, "ANKI_TEST_MODE": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    cases = json.loads(run.stdout)
    assert len(cases) == 10
    for was in cases:
        moved = _after(was["before"])
        for days in map(int, was["days"]):
            place, memory = place_on(moved, TODAY, days, SETTINGS), memory_on(moved, days, SETTINGS)
            if isinstance(moved, ReviewedCard):
                moved = replace(moved, place=place, memory=memory or moved.memory)
            else:
                assert memory is not None
                moved = ReviewedCard(memory, place, last_review_ms=0, last_study_day=TODAY, reps=0, lapses=0)
        assert isinstance(moved, ReviewedCard)
        assert moved.interval_days == was["interval"], was
        at_ms = day_start_ms(TODAY, "UTC", 4) + 3_600_000  # Anki was asked at once, though the card was not due
        for rating in (Rating.HARD, Rating.GOOD, Rating.EASY):
            given = answer(moved, rating, at_ms, SETTINGS, card=CARD, event_id=UUID(int=1), fuzz=False)
            theirs = was["next"][str(int(rating))]
            assert given.state.memory.stability == pytest.approx(theirs["stability"], rel=1e-3), (was, rating)
            assert given.state.memory.difficulty == pytest.approx(theirs["difficulty"], rel=1e-3), (was, rating)
            assert given.state.interval_days == theirs["days"], (was, rating)


def _after(ratings: list[int]) -> CardState:
    state: CardState = NewCard()
    at_ms = day_start_ms(TODAY, "UTC", 4)
    for rating in ratings:
        given = answer(state, Rating(rating), at_ms, SETTINGS, card=CARD, event_id=UUID(int=1), fuzz=False)
        state = given.state
        at_ms += 60_000
    return state
