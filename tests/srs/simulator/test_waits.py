"""The waits of the simulator are the scheduler's own, for every answer and every setting."""

from __future__ import annotations

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from cards.model import CardId
from srs.core.card import CardState, Learning, NewCard, Relearning, Review, ReviewedCard
from srs.core.memory import MemoryState, model_for
from srs.core.rating import Rating
from srs.core.scheduling import answer
from srs.core.settings import DeckSettings
from srs.core.study_day import DAY_MS, day_start_ms
from srs.simulator.waits import Waits, passed

TODAY = 20_000
CARD = CardId("deck", "note", "forward")

stabilities = st.floats(0.01, 3000)
steps = st.sampled_from([(), (60,), (600,), (60, 600), (600, 86_400), (60, 86_400, 3 * 86_400)])


def state(place: Learning | Relearning | Review, memory: MemoryState, since: int) -> ReviewedCard:
    last = TODAY - since
    return ReviewedCard(memory=memory, place=place, last_review_ms=last * DAY_MS, last_study_day=last, reps=1, lapses=0)


def scheduled(card: CardState, rating: Rating, settings: DeckSettings) -> tuple[int, int | None]:
    """What the scheduler says: the days to wait (0 for later today) and the steps left."""
    noon = day_start_ms(TODAY, "UTC", 4) + DAY_MS // 3
    after = answer(card, rating, noon, settings, card=CARD, event_id=UUID(int=1), fuzz=False).state
    return (0 if after.due_day is None else after.due_day - TODAY), after.steps_left


@given(
    stability=stabilities,
    difficulty=st.floats(1, 10),
    since=st.integers(1, 400),
    previous=st.integers(1, 500),
    retention=st.sampled_from([0.7, 0.8, 0.9, 0.97, 0.99]),
    maximum=st.sampled_from([1, 2, 5, 30, 36_500]),
    rating=st.sampled_from(list(Rating)),
    relearning=steps,
)
def test_a_card_in_review_waits_as_long_as_the_scheduler_says(
    *,
    stability: float,
    difficulty: float,
    since: int,
    previous: int,
    retention: float,
    maximum: int,
    rating: Rating,
    relearning: tuple[int, ...],
) -> None:
    settings = DeckSettings(
        zone="UTC", desired_retention=retention, maximum_interval=maximum, relearning_steps=relearning
    )
    memory = MemoryState(stability, difficulty)
    model = model_for(settings.parameters)
    states = model.next(memory, since, retention)
    wanted = scheduled(state(Review(previous, TODAY * DAY_MS, TODAY), memory, since), rating, settings)
    if rating is Rating.AGAIN:
        waits = Waits(relearning, maximum, short_term=model.short_term)
        assert waits.lapsed(states.again.interval)[:2] == wanted
    else:
        intervals = [state.interval for state in (states.hard, states.good, states.easy)[: rating - 1]]
        assert (passed(intervals, previous, maximum), None) == wanted


@given(
    memory=st.none() | st.builds(MemoryState, stabilities, st.floats(1, 10)),
    taken=st.integers(0, 3),
    since=st.integers(0, 3),
    maximum=st.sampled_from([1, 2, 36_500]),
    rating=st.sampled_from(list(Rating)),
    learning=steps,
)
def test_a_card_on_its_steps_waits_as_long_as_the_scheduler_says(
    *, memory: MemoryState | None, taken: int, since: int, maximum: int, rating: Rating, learning: tuple[int, ...]
) -> None:
    settings = DeckSettings(zone="UTC", maximum_interval=maximum, learning_steps=learning)
    left = len(learning)
    card: CardState = NewCard()
    if memory is None:
        since = 0
    else:
        left = max(0, left - taken)
        card = state(Learning(left, TODAY * DAY_MS), memory, since)
    model = model_for(settings.parameters)
    states = model.next(memory, since, settings.desired_retention)
    waits = Waits(learning, maximum, short_term=model.short_term)
    given_days = states.of(rating).interval
    assert waits.after(rating, left, given_days, states.good.interval)[:2] == scheduled(card, rating, settings)
