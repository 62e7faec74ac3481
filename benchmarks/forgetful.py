"""Learners whose memory is known: they forget as FSRS says with parameters of their own, and by chance from a seed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import TypeAlias
from uuid import UUID, uuid5

from cards.model import CardId
from srs.core.card import Learning, Phase, Place, Relearning, Review
from srs.core.events import Reviewed
from srs.core.memory import MemoryState, model_for
from srs.core.rating import Rating
from srs.core.settings import DEFAULT_PARAMETERS
from srs.core.study_day import DAY_MS

QUICK_TO_FORGET: tuple[float, ...] = (
    *(0.05, 0.4, 0.9, 3.0, 7.0, 0.9, 2.5, 0.01, 1.4, 0.25, 0.7),
    *(1.3, 0.08, 0.3, 1.3, 0.5, 2.0, 0.4, 0.1, 0.1, 0.25),
)
"""Parameters of somebody who forgets sooner than the defaults expect."""

FIRST_DAY = 20_000
RETENTION = 0.9
_SECOND = 1000
_IDS = UUID("2b9d7a54-0f55-4d0e-9a83-5b1f1c0b6a11")
_FIRST = (24, 9, 57, 10)  # of a hundred first answers, as fsrs-rs's simulator has them
_RECALLED = (10, 75, 15)  # Hard, Good, Easy

Answer: TypeAlias = tuple[int, int, int, bool]
"""When (milliseconds), on which study day, the rating, and whether the card was new or on its learning steps."""


@dataclass(slots=True)
class Forgetful:
    """One learner.

    Attributes:
        parameters: how they forget.
        chance: their luck.
    """

    parameters: tuple[float, ...]
    chance: Random
    _memories: dict[Hashable, tuple[MemoryState, int]] = field(default_factory=dict)

    def rate(self, card: Hashable, day: int) -> Rating:
        """How they answer a card on a study day. It leaves its mark on their memory."""
        model = model_for(self.parameters)
        memory, last = self._memories.get(card, (None, day))
        gap = day - last
        if memory is None:
            rating = Rating(self.chance.choices((1, 2, 3, 4), _FIRST)[0])
        elif not gap or self.chance.random() < model.retrievability(memory, gap):
            rating = Rating(self.chance.choices((2, 3, 4), _RECALLED)[0])
        else:
            rating = Rating.AGAIN
        self._memories[card] = (model.next(memory, gap, RETENTION).of(rating).memory, day)
        return rating


def histories(
    parameters: tuple[float, ...], answers: int, seed: int, *, new_per_day: int = 20, first_day: int = FIRST_DAY
) -> list[list[Answer]]:
    """What such a learner answers to cards scheduled by the defaults, card by card.

    Args:
        parameters: how they forget.
        answers: how many answers at least; the last day is finished.
        seed: of their luck, and of the fuzz of 10% on each interval.
        new_per_day: new cards a day.
        first_day: the study day of the first answer.
    """
    luck = Random(seed)  # noqa: S311 - nothing here is secret
    learner = Forgetful(parameters, luck)
    scheduler = model_for(DEFAULT_PARAMETERS)
    cards: list[list[Answer]] = []
    known: list[tuple[MemoryState, int] | None] = []
    due: defaultdict[int, list[int]] = defaultdict(list)
    day, given = first_day, 0
    while given < answers:
        waiting = [*due.pop(day, ()), *range(len(cards), len(cards) + new_per_day)]
        cards += ([] for _ in range(new_per_day))
        known += [None] * new_per_day
        luck.shuffle(waiting)
        at_ms = day * DAY_MS + 36_000_000  # ten in the morning
        for card in waiting:
            new = known[card] is None
            rating = Rating.AGAIN
            while rating is Rating.AGAIN or not cards[card]:
                memory, last = known[card] or (None, day)
                rating = learner.rate(card, day)
                step = scheduler.next(memory, day - last, RETENTION).of(rating)
                known[card] = (step.memory, day)
                cards[card].append((at_ms, day, int(rating), new))
                at_ms += 20 * _SECOND
                given += 1
            due[day + max(1, round(step.interval * luck.uniform(0.9, 1.1)))].append(card)
        day += 1
    return [card for card in cards if card]


def reviews(card: CardId, history: Sequence[Answer], zone: str = "UTC") -> Iterator[Reviewed]:
    """A card's answers as events of the log."""
    before: Phase | None = None
    for place, (at_ms, day, rating, new) in enumerate(history):
        to_come = [after[1] for after in history[place + 1 :] if after[1] > day]
        interval = max(1, to_come[0] - day) if to_come else 1
        went: Place = Review(interval, (day + interval) * DAY_MS, day + interval)
        if rating == Rating.AGAIN:
            went = (Learning if new else Relearning)(1, at_ms + 600 * _SECOND)
        event = Reviewed(
            id=uuid5(_IDS, f"{card} {place}"),
            card=card,
            at_ms=at_ms,
            review_number=place + 1,
            rating=Rating(rating),
            duration_ms=8 * _SECOND,
            study_day=day,
            zone=zone,
            phase_before=before,
            steps_left_before=1 if before in {Phase.LEARNING, Phase.RELEARNING} else None,
            due_day_before=day if before is Phase.REVIEW else None,
            place=went,
            desired_retention=RETENTION,
            parameters_version="",
        )
        before = event.phase
        yield event
