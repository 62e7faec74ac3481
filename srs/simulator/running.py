"""A deck played through day by day: what falls due is answered within the limits, as the learner usually answers.

Memory changes by fsrs-rs, the engine that schedules the real cards, and a card in review is recalled with just the
chance that its memory gives. The rules of the days are those of the queue: reviews go first, new cards use up their
limit, too, and what the limit leaves over waits.
"""

from __future__ import annotations

import itertools
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from random import Random

import fsrs_rs_python as fsrs_rs

from srs.core.memory import model_for
from srs.core.rating import Rating
from srs.core.settings import DeckSettings, LeechAction
from srs.simulator.backlog import Backlog
from srs.simulator.habits import Habits
from srs.simulator.start import Start
from srs.simulator.waits import REST_S, Waits, passed

_MOST_A_DAY = 20
"""A card that is on its steps after so many answers of one day waits for the next."""

_CHANCES = 1 << 18
_APART = 61
"""Each card draws from its own stretch of the chances, whatever becomes of the others: so two retentions differ by what
they do, not by luck. Of odd length, so that no two stretches begin at the same place."""

_AGAIN = int(Rating.AGAIN)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of the days, each list with an entry a day. Cards are counted as the start's `scale` says.

    Attributes:
        reviews: cards answered that had waited for their day; the limit of reviews counts these.
        introduced: new cards answered for the first time.
        answers: all answers, those on steps among them.
        seconds: the time that they took.
        waiting: cards due that the limit left over for the day after.
        known: cards that would be recalled on the morning after the last day: the sum of their chances.
    """

    reviews: list[float]
    introduced: list[float]
    answers: list[float]
    seconds: list[float]
    waiting: list[float]
    known: float


class _Card:
    """A card on its way. `last` is the day of its last answer; `left` its steps left, None in review; `drawn` where in
    the chances its next one stands.
    """

    __slots__ = ("drawn", "interval", "lapses", "last", "left", "memory", "relearning", "stability")

    def __init__(self, memory: fsrs_rs.MemoryState | None, last: int, number: int) -> None:
        self.drawn = number * _APART
        self.memory = memory
        self.stability = 0.0 if memory is None else memory.stability
        self.last = last
        self.interval = 0
        self.left: int | None = None
        self.relearning = False
        self.lapses = 0


def run(start: Start, settings: DeckSettings, habits: Habits, days: int, seed: int = 1) -> Outcome:
    """Play the days through, with the settings' desired retention.

    Args:
        start: the deck today.
        settings: the learner's settings for it.
        habits: how the learner answers.
        days: how many days, today the first of them.
        seed: equal seeds give equal outcomes.
    """
    return _Play(start, settings, habits, days, seed).all()


@lru_cache(maxsize=1)
def _chances(seed: int) -> array[float]:
    rng = Random(seed)  # noqa: S311 - a simulation keeps no secrets
    return array("d", (rng.random() for _ in range(_CHANCES)))


class _Play:
    def __init__(self, start: Start, settings: DeckSettings, habits: Habits, days: int, seed: int) -> None:
        model = model_for(settings.parameters)
        maximum = settings.maximum_interval
        self._settings = settings
        self._start = start
        self._days = days
        self._chances = _chances(seed)
        self._next = fsrs_rs.FSRS(settings.parameters).next_states
        self._retention = settings.desired_retention
        self._decay = model.decay
        self._factor = model.factor
        self._maximum = maximum
        self._first = self._next(None, self._retention, 0)
        self._learning = Waits(settings.learning_steps, maximum, short_term=model.short_term)
        self._relearning = Waits(settings.relearning_steps, maximum, short_term=model.short_term)
        self._first_chances = _edges(habits.first)
        self._passed_chances = _edges(habits.passed)
        self._learning_chances = [_edges(row) for row in habits.learning]
        self._relearning_chances = [_edges(row) for row in habits.relearning]
        self._costs = habits.seconds
        suspends = settings.leech_threshold and settings.leech_action == LeechAction.SUSPEND
        self._most_lapses = settings.leech_threshold if suspends else None
        self._answers, self._seconds = 0, 0.0
        self._new_left = start.new if settings.new_per_day else 0
        self._cards: list[_Card] = []
        self._due: list[list[_Card]] = [[] for _ in range(days)]
        self._backlog: Backlog[_Card] = Backlog(
            settings.review_order,
            Random(seed),  # noqa: S311 - a simulation keeps no secrets
        )
        self._on_steps_today: list[_Card] = []
        self._take_in(start)

    def _take_in(self, start: Start) -> None:
        for number, held in enumerate(start.cards):
            card = _Card(fsrs_rs.MemoryState(held.stability, held.difficulty), -held.since, number)
            card.interval, card.left, card.lapses = held.interval, held.steps_left, held.lapses
            card.relearning = held.relearning
            self._cards.append(card)
            if held.since == 0 and held.due <= 0 and held.steps_left is not None:
                self._on_steps_today.append(card)
            elif held.due < self._days:
                self._due[max(0, held.due)].append(card)

    def all(self) -> Outcome:
        """Play every day."""
        scale, days = self._start.scale, self._days
        reviews, introduced, answers, seconds, waiting = ([0.0] * days for _ in range(5))
        for today in range(days):
            if not (self._due[today] or self._backlog or self._on_steps_today or self._new_left):
                continue  # long after the last new card many days are empty
            answered, spent = self._answers, self._seconds
            reviewed, fresh = self._day(today)
            reviews[today], introduced[today] = reviewed * scale, fresh * scale
            answers[today], seconds[today] = (self._answers - answered) * scale, (self._seconds - spent) * scale
            waiting[today] = len(self._backlog) * scale
        factor, decay = self._factor, self._decay
        known = sum((1 + factor * (days - card.last) / card.stability) ** decay for card in self._cards)
        return Outcome(reviews, introduced, answers, seconds, waiting, known * scale)

    def _day(self, today: int) -> tuple[int, int]:
        for card in self._on_steps_today:
            self._again_today(card, today, REST_S)
        self._on_steps_today = []
        start, settings = self._start, self._settings
        done_new, done_reviews = (start.done_new, start.done_reviews) if today == 0 else (0, 0)
        limit = max(0, self._of_day(settings.reviews_per_day, today) - done_new - done_reviews)
        self._backlog.add(self._due[today])
        self._due[today] = []
        waiting = self._backlog.take(limit, today)
        for card in waiting:
            self._answer(card, today)
        room = limit - len(waiting) - len(self._backlog)
        fresh = max(0, min(self._of_day(settings.new_per_day, today) - done_new, room, self._new_left))
        self._new_left -= fresh
        for _ in range(fresh):
            card = _Card(None, today, len(self._cards))
            card.left = self._learning.count
            self._cards.append(card)
            self._learn(card, today, self._draw(card, self._first_chances), self._first)
        return len(waiting), fresh

    def _of_day(self, limit: int, today: int) -> int:
        """A day's limit in cards that stand for several: what a day cannot give is given on a later one."""
        scale = self._start.scale
        return int((today + 1) * limit / scale) - int(today * limit / scale)

    def _draw(self, card: _Card, edges: Sequence[float]) -> int:
        return _placed(self._chance(card), edges)

    def _chance(self, card: _Card) -> float:
        at = card.drawn
        card.drawn = at + 1
        return self._chances[at & (_CHANCES - 1)]

    def _answer(self, card: _Card, today: int) -> None:
        """Answer a card that had waited for its day."""
        elapsed = today - card.last
        chance, recall = self._chance(card), (1 + self._factor * elapsed / card.stability) ** self._decay
        # Below the chance of recall the draw is as even as it was between 0 and 1: it settles the button, too.
        rating = 1 + _placed(chance / recall, self._passed_chances) if chance < recall else _AGAIN
        states = self._next(card.memory, self._retention, elapsed)
        if card.left is not None:
            self._learn(card, today, rating, states)
            return
        self._answers += 1
        self._seconds += self._costs[1][rating - 1]
        if rating == _AGAIN:
            self._lapse(card, today, states.again)
            return
        given = (states.hard, states.good, states.easy)[: rating - 1]
        card.memory = given[-1].memory
        self._wait(card, today, passed([state.interval for state in given], card.interval, self._maximum))

    def _lapse(self, card: _Card, today: int, state: fsrs_rs.ItemState) -> None:
        card.memory = state.memory
        card.lapses += 1
        days, card.left, later = self._relearning.lapsed(state.interval)
        card.relearning = card.left is not None
        if self._most_lapses is not None and card.lapses >= self._most_lapses:
            self._rest(card, today)
        elif days:
            self._wait(card, today, days)
        else:
            self._again_today(card, today, REST_S - later)

    def _again_today(self, card: _Card, today: int, rest: int) -> None:
        """Answer a card on its steps that comes again on the day on which it was answered Again."""
        chances = self._relearning_chances if card.relearning else self._learning_chances
        states = self._next(card.memory, self._retention, 0)
        self._learn(card, today, self._draw(card, chances[_AGAIN - 1]), states, rest)

    def _learn(self, card: _Card, today: int, rating: int, states: fsrs_rs.NextStates, rest: int = REST_S) -> None:
        """Answer a card on its steps until it waits for another day; `rest` is what is left of this one."""
        if card.relearning:
            waits, chances, costs = self._relearning, self._relearning_chances, self._costs[2]
        else:
            waits, chances, costs = self._learning, self._learning_chances, self._costs[0]
        for _ in range(_MOST_A_DAY):
            self._answers += 1
            self._seconds += costs[rating - 1]
            given = (states.again, states.hard, states.good, states.easy)[rating - 1]
            card.memory = given.memory
            days, card.left, later = waits.after(
                rating, card.left or 0, given.interval, states.good.interval, rest=rest
            )
            if days:
                break
            rest -= later
            rating = self._draw(card, chances[rating - 1])
            states = self._next(card.memory, self._retention, 0)
        else:
            days = 1
        card.relearning = card.relearning and card.left is not None
        self._wait(card, today, days)

    def _rest(self, card: _Card, today: int) -> None:
        if card.memory is not None:
            card.stability = card.memory.stability
        card.last = today

    def _wait(self, card: _Card, today: int, days: int) -> None:
        self._rest(card, today)
        card.interval = days if card.left is None else 0
        if today + days < self._days:
            self._due[today + days].append(card)


def _edges(chances: Sequence[float]) -> list[float]:
    """Where each chance ends between 0 and 1; the last one takes what is left."""
    return list(itertools.accumulate(chances))[:-1]


def _placed(chance: float, edges: Sequence[float]) -> int:
    """Between which edges a draw falls, counted from 1."""
    number = 1
    for edge in edges:
        if chance < edge:
            return number
        number += 1
    return number
