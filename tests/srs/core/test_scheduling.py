from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.model import CardId
from srs.core.balance import Loads
from srs.core.card import CardState, Learning, NewCard, Phase, Relearning, Review, ReviewedCard
from srs.core.fuzz import reach
from srs.core.rating import Rating
from srs.core.scheduling import answer, next_states
from srs.core.settings import DeckSettings
from srs.core.study_day import day_start_ms, study_day

CARD = CardId("math-refresher", "exp-zero", "forward")
ID = UUID(int=7)
MINUTE, DAY = 60_000, 86_400_000
START = 1_750_000_000_000
AGAIN, HARD, GOOD, EASY = Rating
PARAMETERS = DeckSettings().parameters

STEPS = st.lists(st.sampled_from([30, 60, 600, 3600, 43_200, 86_400, 200_000]), max_size=3).map(
    lambda steps: tuple(sorted(steps))
)
SETTINGS = st.builds(
    DeckSettings,
    learning_steps=STEPS,
    relearning_steps=STEPS,
    desired_retention=st.sampled_from([0.70, 0.8, 0.9, 0.97, 0.99]),
    maximum_interval=st.sampled_from([1, 2, 5, 30, 365, 36_500]),
    rollover_hour=st.sampled_from([0, 2, 4, 23]),
    zone=st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"]),
    parameters=st.sampled_from([PARAMETERS, PARAMETERS[:19], PARAMETERS[:17]]),
    load_balance=st.booleans(),
    easy_days=st.tuples(*[st.sampled_from([1.0, 1.0, 0.5, 0.0])] * 7),
)
LOADS = st.one_of(
    st.none(), st.lists(st.integers(0, 30), min_size=1, max_size=9).map(lambda n: lambda day: n[day % len(n)])
)
SIBLINGS = st.sets(st.integers(study_day(1_750_000_000_000, "UTC", 4), 20_400), max_size=3)
GAPS = st.one_of(
    st.integers(0, 3600),
    st.integers(0, 10 * 86_400),
    st.integers(0, 3 * 365 * 86_400),
).map(lambda seconds: seconds * 1000)
TURNS = st.lists(st.tuples(st.sampled_from(Rating), GAPS), max_size=12)
CARDS = st.builds(CardId, st.just("deck"), st.sampled_from(["a", "b", "c", "d"]), st.just("forward"))


def played(
    turns: list[tuple[Rating, int]], settings: DeckSettings, card: CardId = CARD, loads: Loads | None = None
) -> tuple[CardState, int]:
    state: CardState = NewCard()
    at = START
    for rating, gap in turns:
        at += gap
        state = answer(state, rating, at, settings, card=card, event_id=ID, loads=loads).state
    return state, at


@given(TURNS, GAPS, SETTINGS, CARDS, st.sampled_from(Rating), st.booleans(), LOADS, SIBLINGS)
def test_a_button_does_exactly_what_it_says(  # noqa: PLR0917 - Hypothesis gives them
    turns: list[tuple[Rating, int]],
    gap: int,
    settings: DeckSettings,
    card: CardId,
    rating: Rating,
    fuzz: bool,
    loads: Loads | None,
    siblings: set[int],
) -> None:
    state, at = played(turns, settings, card, loads)
    at += gap
    preview = next_states(state, at, settings, card=card, fuzz=fuzz, loads=loads, siblings=siblings)[rating]
    answered = answer(state, rating, at, settings, card=card, event_id=ID, fuzz=fuzz, loads=loads, siblings=siblings)
    assert preview.due_ms == answered.state.due_ms == answered.event.due_ms
    assert preview.place == answered.state.place == answered.event.place
    assert preview.memory == answered.state.memory
    if isinstance(preview.place, Review):
        assert preview.interval_days == answered.state.interval_days


@given(TURNS, GAPS, SETTINGS, CARDS, LOADS, SIBLINGS)
def test_better_answers_come_back_later(  # noqa: PLR0917 - Hypothesis gives them
    turns: list[tuple[Rating, int]],
    gap: int,
    settings: DeckSettings,
    card: CardId,
    loads: Loads | None,
    siblings: set[int],
) -> None:
    state, at = played(turns, settings, card, loads)
    previews = next_states(state, at + gap, settings, card=card, loads=loads, siblings=siblings)
    hard, good, easy = (previews[rating].place for rating in (HARD, GOOD, EASY))
    most = settings.maximum_interval
    in_review = isinstance(state, ReviewedCard) and state.phase is Phase.REVIEW
    if in_review and isinstance(hard, Review) and isinstance(good, Review):
        assert hard.interval_days < good.interval_days or good.interval_days == most
    if isinstance(good, Review) and isinstance(easy, Review):
        assert good.interval_days < easy.interval_days or easy.interval_days == most
    assert isinstance(easy, Review)


@given(TURNS, SETTINGS, CARDS)
def test_what_is_promised_can_be_kept(turns: list[tuple[Rating, int]], settings: DeckSettings, card: CardId) -> None:
    state: CardState = NewCard()
    at = START
    for rating, gap in turns:
        at += gap
        event, after = (a := answer(state, rating, at, settings, card=card, event_id=ID)).event, a.state
        assert event.study_day == study_day(at, settings.zone, settings.rollover_hour)
        assert after.due_ms > at
        if after.due_day is not None:
            assert after.due_day > event.study_day
            assert after.due_ms == day_start_ms(after.due_day, settings.zone, settings.rollover_hour)
        if isinstance(after.place, Review):
            assert 1 <= after.place.interval_days <= settings.maximum_interval
            assert after.due_day == event.study_day + after.place.interval_days
        assert after.memory.stability > 0
        assert 1 <= after.memory.difficulty <= 10
        assert (after.reps, after.last_review_ms) == (event.review_number, at)
        state = after


@given(TURNS, GAPS, SETTINGS, CARDS, LOADS, SIBLINGS)
def test_balance_moves_a_card_within_its_fuzz_range_alone(  # noqa: PLR0917 - Hypothesis gives them
    turns: list[tuple[Rating, int]],
    gap: int,
    settings: DeckSettings,
    card: CardId,
    loads: Loads | None,
    siblings: set[int],
) -> None:
    state, at = played(turns, settings, card)
    plain = next_states(state, at + gap, settings, card=card)
    balanced = next_states(state, at + gap, settings, card=card, loads=loads, siblings=siblings)
    if loads is None or not settings.load_balance:
        assert balanced == plain
    for rating, preview in balanced.items():
        assert preview.memory == plain[rating].memory
        if not isinstance(preview.place, Review):
            assert preview == plain[rating]
        elif rating is HARD:  # better answers come at least a day after it, wherever it went
            other = plain[rating].place
            assert isinstance(other, Review)
            width = 2 * reach(max(preview.place.interval_days, other.interval_days) + 1) + 2
            assert abs(preview.place.interval_days - other.interval_days) <= width


def test_a_new_card_goes_through_its_steps_to_review() -> None:
    settings = DeckSettings()
    first = answer(NewCard(), GOOD, START, settings, card=CARD, event_id=ID)
    assert isinstance(first.state.place, Learning)
    assert first.state.steps_left == 1
    assert 10 * MINUTE <= first.state.due_ms - START < 12.5 * MINUTE
    assert first.event.phase_before is None
    second = answer(first.state, GOOD, START + 10 * MINUTE, settings, card=CARD, event_id=ID)
    assert second.state.phase is Phase.REVIEW
    assert second.state.interval_days == 2
    assert (second.event.phase_before, second.event.steps_left_before) == (Phase.LEARNING, 1)


def test_buttons_of_a_new_card_show_whole_steps() -> None:
    previews = next_states(NewCard(), START, DeckSettings(), card=CARD)
    assert [round(preview.interval_days * 86_400) for preview in previews.values()][:3] == [60, 330, 600]
    easy = previews[EASY].place
    assert isinstance(easy, Review)
    assert previews[EASY].interval_days == easy.interval_days == easy.due_day - study_day(START, "Europe/Berlin", 4)


def test_forgetting_in_review_is_a_lapse_and_relearns() -> None:
    settings = DeckSettings()
    state, at = played([(EASY, 0)], settings)
    lapsed = answer(state, AGAIN, at + 8 * DAY, settings, card=CARD, event_id=ID)
    assert isinstance(lapsed.state.place, Relearning)
    assert (lapsed.state.lapses, lapsed.state.steps_left) == (1, 1)
    assert isinstance(state, ReviewedCard)
    assert lapsed.event.due_day_before == state.due_day
    again = answer(lapsed.state, AGAIN, at + 8 * DAY + MINUTE, settings, card=CARD, event_id=ID)
    assert again.state.lapses == 1
    passed = answer(again.state, GOOD, at + 8 * DAY + 11 * MINUTE, settings, card=CARD, event_id=ID)
    assert passed.state.phase is Phase.REVIEW


def test_without_relearning_steps_a_lapse_goes_straight_back_to_review() -> None:
    settings = DeckSettings(relearning_steps=())
    state, at = played([(EASY, 0), (GOOD, 8 * DAY), (GOOD, 60 * DAY)], settings)
    lapsed = answer(state, AGAIN, at + 300 * DAY, settings, card=CARD, event_id=ID).state
    assert lapsed.phase is Phase.REVIEW
    assert lapsed.interval_days == max(1, round(lapsed.memory.stability))


def test_without_steps_fsrs_may_ask_for_part_of_a_day() -> None:
    settings = DeckSettings(learning_steps=())
    again = answer(NewCard(), AGAIN, START, settings, card=CARD, event_id=ID, fuzz=False).state
    assert isinstance(again.place, Learning)
    assert again.steps_left == 0
    assert again.due_ms - START == int(0.212 * 86_400) * 1000
    assert answer(NewCard(), GOOD, START, settings, card=CARD, event_id=ID).state.phase is Phase.REVIEW


def test_a_step_that_ends_tomorrow_waits_for_the_day_not_the_hour() -> None:
    settings = DeckSettings(learning_steps=(60, 3 * 3600), zone="Europe/Berlin", rollover_hour=4)
    evening, night = (at_berlin(f"2025-06-{t}") for t in ("01T22:00", "02T02:30"))
    same_day = answer(NewCard(), GOOD, evening, settings, card=CARD, event_id=ID).state
    assert same_day.due_day is None
    tomorrow = answer(NewCard(), GOOD, night, settings, card=CARD, event_id=ID).state
    assert tomorrow.phase is Phase.LEARNING
    assert tomorrow.due_day == study_day(night, "Europe/Berlin", 4) + 1
    assert tomorrow.due_ms == at_berlin("2025-06-02T04:00")


def test_midnight_does_not_make_a_day_but_the_rollover_does() -> None:
    settings = DeckSettings(zone="Europe/Berlin", rollover_hour=4, learning_steps=(60,))
    first = answer(NewCard(), GOOD, at_berlin("2025-06-01T23:50"), settings, card=CARD, event_id=ID).state
    past_midnight = answer(first, GOOD, at_berlin("2025-06-02T00:10"), settings, card=CARD, event_id=ID)
    morning = answer(first, GOOD, at_berlin("2025-06-02T09:00"), settings, card=CARD, event_id=ID)
    assert past_midnight.state.memory.stability == pytest.approx(2.31, abs=0.01)
    assert morning.state.memory.stability == pytest.approx(7.32, abs=0.01)


def test_the_same_review_gets_the_same_fuzz_and_another_card_another() -> None:
    settings = DeckSettings()
    turns = [(EASY, 0), (GOOD, 8 * DAY), (GOOD, 60 * DAY)]
    assert played(turns, settings) == played(turns, settings)
    others = [played(turns, settings, CardId("d", str(n), "forward"))[0] for n in range(50)]
    assert len({state.due_day for state in others if isinstance(state, ReviewedCard)}) > 10


def test_an_answer_dated_before_the_last_counts_as_of_the_same_day() -> None:
    settings = DeckSettings()
    state, at = played([(EASY, 0), (GOOD, 8 * DAY)], settings)
    assert isinstance(state, ReviewedCard)
    a_year_back = next_states(state, at - 365 * DAY, settings, card=CARD)
    same_day = next_states(state, at, settings, card=CARD)
    assert [p.memory for p in a_year_back.values()] == [p.memory for p in same_day.values()]


@given(st.booleans(), st.one_of(st.none(), st.integers(20_000, 21_000)))
def test_answering_leaves_suspension_and_burial_as_they_were(suspended: bool, buried_until: int | None) -> None:
    state = NewCard(suspended, buried_until)
    first = answer(state, GOOD, START, DeckSettings(), card=CARD, event_id=ID).state
    second = answer(first, GOOD, START + DAY, DeckSettings(), card=CARD, event_id=ID).state
    for after in (first, second):
        assert (after.suspended, after.buried_until) == (suspended, buried_until)


def test_the_event_records_what_was_decided() -> None:
    settings = DeckSettings(desired_retention=0.85)
    event = answer(NewCard(), HARD, START, settings, card=CARD, event_id=ID, duration_ms=4200, seed=99).event
    assert (event.id, event.card, event.at_ms, event.rating) == (ID, CARD, START, HARD)
    assert (event.duration_ms, event.seed, event.review_number) == (4200, 99, 1)
    assert (event.zone, event.desired_retention) == ("Europe/Berlin", 0.85)
    assert event.parameters_version == settings.parameters_version
    assert (event.phase, event.steps_left, event.interval_days) == (Phase.LEARNING, 2, 0)


def test_a_shorter_retention_or_maximum_applies_at_the_next_answer() -> None:
    state, at = played([(EASY, 0), (GOOD, 8 * DAY), (GOOD, 60 * DAY)], DeckSettings())
    short = replace(DeckSettings(), maximum_interval=20)
    assert answer(state, EASY, at + 300 * DAY, short, card=CARD, event_id=ID).state.interval_days == 20


def at_berlin(text: str) -> int:
    return round(datetime.fromisoformat(f"{text}+02:00").timestamp() * 1000)
