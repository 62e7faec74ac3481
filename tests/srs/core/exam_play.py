"""A learner and an exam, played through by FSRS: the queue before an exam against the ordinary one, minute for minute.

Chance decides who passes, by the seed alone; what is known on the day is the sum of the chances of recall.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from srs.core.exam import EARLY_DAYS, EARLY_RECALL, FAIL_S, PASS_S, pace, prospect
from srs.core.fuzz import fuzzed
from srs.core.memory import MemoryState, Next, model_for
from srs.core.rating import Rating
from srs.core.settings import DEFAULT_PARAMETERS

MODEL = model_for(DEFAULT_PARAMETERS)
NEW_S = 45.0
BEFORE = 100
RETENTION = 0.9


@dataclass
class _Card:
    memory: MemoryState
    last: int
    due: int

    def recall(self, day: int) -> float:
        return MODEL.retrievability(self.memory, day - self.last)


@dataclass(frozen=True)
class Play:
    """The days before the exam, the deck, and the learner's minutes a day.

    Attributes:
        seen: cards introduced, evenly, over the hundred days before.
    """

    days: int
    cards: int
    seen: int
    minutes: float
    new_per_day: int = 10
    reviews_per_day: int = 200


@dataclass(frozen=True)
class Result:
    """What was known on the day, and the minutes that it took."""

    known: float
    minutes: float


def play(setting: Play, seed: int, *, planned: bool) -> Result:
    """Study until the day of the exam, with its plan or as on any other day."""
    learner = _Learner(Random(seed))  # noqa: S311 - a play, no secret
    for day in range(-BEFORE, 0):
        for card in learner.cards:
            if card.due <= day:
                learner.review(card, day)
        for _ in range(setting.seen // BEFORE):
            learner.introduce(day)
    learner.seconds = 0.0
    for day in range(setting.days):
        _study(learner, setting, day, planned=planned)
    known = sum(card.recall(setting.days) for card in learner.cards)
    return Result(known, learner.seconds / 60)


def _study(learner: _Learner, setting: Play, day: int, *, planned: bool) -> None:
    ahead, enough = setting.days - day, learner.seconds + setting.minutes * 60
    due = [card for card in learner.cards if card.due <= day]
    unseen = setting.cards - len(learner.cards)
    new, early = setting.new_per_day, list[_Card]()
    if planned:
        due.sort(key=lambda card: card.recall(setting.days))
        del due[setting.reviews_per_day :]
        due.sort(key=lambda card: -prospect(MODEL, card.memory, day - card.last, ahead).gain)
        new = pace(unseen, ahead, new).today
        if ahead <= EARLY_DAYS and not unseen:
            early = [c for c in learner.cards if c.due > day > c.last and c.recall(setting.days) < EARLY_RECALL]
            early.sort(key=lambda card: card.recall(setting.days))
    else:
        due.sort(key=lambda card: card.recall(day))
    new = min(new, unseen, max(0, setting.reviews_per_day - len(due)))
    reviews = [*due, *early[: max(0, setting.reviews_per_day - len(due) - new)]]
    for number in range(len(reviews) + new):
        if learner.seconds >= enough:
            return
        if (number + 1) * new // (len(reviews) + new) > number * new // (len(reviews) + new):
            learner.introduce(day)
        else:
            learner.review(reviews.pop(0), day)


class _Learner:
    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self.cards: list[_Card] = []
        self.seconds = 0.0

    def introduce(self, day: int) -> None:
        rating = self._chance.choices([Rating.AGAIN, Rating.GOOD, Rating.EASY], [25, 65, 10])[0]
        first = MODEL.next(None, 0, RETENTION).of(rating)
        found = first if rating is Rating.EASY else MODEL.next(first.memory, 0, RETENTION).good
        self.cards.append(_Card(found.memory, day, 0))
        self._schedule(self.cards[-1], found, day)
        self.seconds += NEW_S

    def review(self, card: _Card, day: int) -> None:
        after = MODEL.next(card.memory, day - card.last, RETENTION)
        if self._chance.random() < card.recall(day):
            found, took = after.good, PASS_S
        else:
            found, took = MODEL.next(after.again.memory, 0, RETENTION).good, FAIL_S
        self._schedule(card, found, day)
        self.seconds += took

    def _schedule(self, card: _Card, found: Next, day: int) -> None:
        interval = max(1, fuzzed(found.interval, 1, 36_500, self._chance.random()))
        card.memory, card.last, card.due = found.memory, day, day + interval
