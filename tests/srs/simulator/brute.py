"""The days ahead played through the long way: each card alone, by the scheduler's own answers on the real calendar.

Nothing of `srs.simulator` serves here. It knows no limits of a day, which have tests of their own.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from cards.model import CardId
from srs.core.card import CardState, NewCard, Phase, Relearning, Review, ReviewedCard
from srs.core.memory import MemoryState, model_for
from srs.core.rating import Rating
from srs.core.scheduling import answer
from srs.core.settings import DeckSettings
from srs.core.study_day import DAY_MS, day_start_ms
from srs.simulator import Habits, Held

FIRST = 20_000
"""Today's study day."""

_EVENT = UUID(int=1)


@dataclass(frozen=True, slots=True)
class Lived:
    """What came of one card: reviews that it waited for, answers, seconds, and the chance to recall it in the end."""

    reviews: int
    answers: int
    seconds: float
    known: float


def _noon(day: int, settings: DeckSettings) -> int:
    return day_start_ms(day, settings.zone, settings.rollover_hour) + DAY_MS // 3


def _drawn(rng: random.Random, chances: Sequence[float], *ratings: Rating) -> Rating:
    return rng.choices(ratings, chances)[0]


class Life:
    """One card and its learner."""

    def __init__(self, name: str, settings: DeckSettings, habits: Habits, rng: random.Random) -> None:
        self.card = CardId("deck", name, "forward")
        self.settings, self.habits, self.rng = settings, habits, rng

    def _rating(self, state: CardState, before: Rating | None, day: int) -> Rating:
        habits, rng = self.habits, self.rng
        if isinstance(state, NewCard):
            return _drawn(rng, habits.first, *Rating)
        elapsed = day - state.last_study_day
        if elapsed:
            recall = model_for(self.settings.parameters).retrievability(state.memory, elapsed)
            if rng.random() >= recall:
                return Rating.AGAIN
            return _drawn(rng, habits.passed, Rating.HARD, Rating.GOOD, Rating.EASY)
        chances = habits.relearning if isinstance(state.place, Relearning) else habits.learning
        return _drawn(rng, chances[(before or Rating.AGAIN) - 1], *Rating)

    def lived(self, state: CardState, day: int, end: int) -> Lived:
        """Answer the card from a day on until the end."""
        at_ms, before = _noon(day, self.settings), None
        reviews, answers, seconds = 0, 0, 0.0
        while day < end:
            rating = self._rating(state, before, day)
            phase = 0
            if isinstance(state, ReviewedCard):
                phase = {Phase.LEARNING: 0, Phase.REVIEW: 1, Phase.RELEARNING: 2}[state.phase]
                reviews += day > state.last_study_day
            answers += 1
            seconds += self.habits.seconds[phase][rating - 1]
            state = answer(state, rating, at_ms, self.settings, card=self.card, event_id=_EVENT, fuzz=False).state
            before = rating
            if state.due_day is None:
                at_ms = state.due_ms
            else:
                day, at_ms = state.due_day, _noon(state.due_day, self.settings)
        assert isinstance(state, ReviewedCard)
        elapsed = end - state.last_study_day
        recall = model_for(self.settings.parameters).retrievability(state.memory, elapsed)
        return Lived(reviews, answers, seconds, recall)


def held_state(held: Held) -> ReviewedCard:
    """A card in review as the store would have it."""
    due = FIRST + held.due
    place = Review(held.interval, due * DAY_MS, due)
    last = FIRST - held.since
    return ReviewedCard(
        memory=MemoryState(held.stability, held.difficulty),
        place=place,
        last_review_ms=last * DAY_MS,
        last_study_day=last,
        reps=3,
        lapses=held.lapses,
    )


def lives(
    held: Sequence[Held], new_days: Sequence[int], settings: DeckSettings, habits: Habits, *, days: int, seed: int
) -> Iterator[Lived]:
    """Every card's life: those held, then the new ones, each introduced on its day (today is 0)."""
    rng = random.Random(seed)  # noqa: S311 - a simulation keeps no secrets
    end = FIRST + days
    for number, card in enumerate(held):
        yield Life(f"h{number}", settings, habits, rng).lived(held_state(card), FIRST + max(0, card.due), end)
    for number, day in enumerate(new_days):
        yield Life(f"n{number}", settings, habits, rng).lived(NewCard(), FIRST + day, end)
