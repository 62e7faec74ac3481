"""A learner whose true memory is known: what is recalled is drawn from it, and no scheduler sees it.

Assumptions, each a number that a run may change:

- Memory is FSRS-6's, with parameters of the learner's own: the defaults with every first stability scaled (log-normal,
  spread 0.35), and each card easier or harder than another (log-normal on its first stability, spread 0.35; normal on
  its difficulty, spread 1).
- A card whose foundations are not known is understood badly (`dependence`, from 0 for "not at all" to 1): its first
  stability is reduced by that part of `1 - support`, where `support` is the mean chance of recall over the cards that
  it requires, and it is failed more often on its first day.
- A pass on a card exercises the cards that it makes use of (`transfer`, 0 or 1): each gets the share of a successful
  review that the deck gives as its weight.
- An answer takes longer the worse it goes, and the first look at a card takes longest.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from cards.model import CardId
from srs.core.memory import MemoryState, Model, model_for
from srs.core.rating import Rating
from srs.core.settings import DEFAULT_PARAMETERS

DAY_S = 86_400

SECONDS = {Rating.AGAIN: 24.0, Rating.HARD: 18.0, Rating.GOOD: 11.0, Rating.EASY: 7.0}
"""Of an answer, by how it went."""

FIRST_LOOK_S = 25.0
"""More for a card never seen."""

FIRST_AGAIN = 0.24
"""The chance that a first answer is Again although the foundations are known: fsrs-rs's default for its simulator."""

SAME_DAY = 0.9
"""The chance to recall what was seen some minutes ago, with known foundations."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """How the cards of a deck hang together.

    Attributes:
        requires: for each card, those that it directly stands on.
        uses: for each card, those that it exercises, with the share of a review (0 to 1) that they get by it.
    """

    requires: Mapping[CardId, Sequence[CardId]]
    uses: Mapping[CardId, Sequence[tuple[CardId, float]]]


@dataclass(slots=True)
class _Trace:
    """What is really remembered of a card: since when, in seconds, and how well."""

    memory: MemoryState
    at_s: float
    day: int


@dataclass(slots=True)
class Mind:
    """One learner.

    Attributes:
        knowledge: the deck's.
        seed: the same seed is the same learner.
        dependence: how much harder a card is without its foundations.
        transfer: how much of a review a card's use in another one is.
    """

    knowledge: Knowledge
    seed: int
    dependence: float = 0.5
    transfer: float = 0.0
    _random: Random = field(init=False)
    _model: Model = field(init=False)
    _traces: dict[CardId, _Trace] = field(init=False, default_factory=dict)
    _pace: float = field(init=False)

    def __post_init__(self) -> None:
        self._random = Random(self.seed)  # noqa: S311 - no secret
        scale = math.exp(self._random.gauss(0, 0.35))
        first = (stability * scale for stability in DEFAULT_PARAMETERS[:4])
        self._model = model_for((*first, *DEFAULT_PARAMETERS[4:]))
        self._pace = math.exp(self._random.gauss(0, 0.15))

    def recall(self, card: CardId, at_s: float) -> float:
        """The true chance to recall a card; 0 if it was never seen."""
        trace = self._traces.get(card)
        if trace is None:
            return 0.0
        return self._model.retrievability(trace.memory, (at_s - trace.at_s) / DAY_S)

    @property
    def seen(self) -> int:
        """How many cards were met."""
        return len(self._traces)

    def known(self, at_s: float) -> float:
        """How many cards would be recalled: the sum of their chances."""
        return sum(self.recall(card, at_s) for card in self._traces)

    def answer(self, card: CardId, at_s: float, day: int) -> tuple[Rating, float]:
        """Be asked a card.

        Args:
            card: the card.
            at_s: when, in seconds.
            day: the study day.

        Returns:
            The rating that the learner gives, and the seconds that it takes.
        """
        trace = self._traces.get(card)
        support = self._support(card, at_s)
        if trace is None:
            rating = self._first(support)
            memory = self._met(card, rating, support)
        else:
            same_day = day == trace.day
            chance = SAME_DAY * (1 - self.dependence * (1 - support) / 2) if same_day else self.recall(card, at_s)
            rating = self._rated(self._random.random() < chance)
            memory = self._model.next(trace.memory, max(0, day - trace.day), 0.9).of(rating).memory
        self._traces[card] = _Trace(memory, at_s, day)
        if rating is not Rating.AGAIN:
            self._exercise(card, at_s, day)
        seconds = SECONDS[rating] + (FIRST_LOOK_S if trace is None else 0)
        return rating, seconds * self._pace * math.exp(self._random.gauss(0, 0.25))

    def _support(self, card: CardId, at_s: float) -> float:
        required = self.knowledge.requires.get(card, ())
        return sum(self.recall(each, at_s) for each in required) / len(required) if required else 1.0

    def _first(self, support: float) -> Rating:
        again = FIRST_AGAIN + 0.4 * self.dependence * (1 - support)
        if self._random.random() < again:
            return Rating.AGAIN
        return self._random.choices((Rating.HARD, Rating.GOOD, Rating.EASY), (0.12, 0.66, 0.22))[0]

    def _met(self, card: CardId, rating: Rating, support: float) -> MemoryState:
        memory = self._model.next(None, 0, 0.9).of(rating).memory
        # A card is as hard as it is for this learner, whenever it comes.
        own = Random(f"{self.seed}/{card}")  # noqa: S311 - no secret
        factor = math.exp(own.gauss(0, 0.35)) * (1 - self.dependence * (1 - support))
        difficulty = min(10.0, max(1.0, memory.difficulty + own.gauss(0, 1)))
        return MemoryState(max(0.01, memory.stability * factor), difficulty)

    def _rated(self, recalled: bool) -> Rating:
        if not recalled:
            return Rating.AGAIN
        return self._random.choices((Rating.HARD, Rating.GOOD, Rating.EASY), (0.15, 0.7, 0.15))[0]

    def _exercise(self, card: CardId, at_s: float, day: int) -> None:
        for used, weight in self.knowledge.uses.get(card, ()):
            trace = self._traces.get(used)
            share = weight * self.transfer
            if trace is None or not share or trace.day == day:
                continue
            passed = self._model.next(trace.memory, max(0, day - trace.day), 0.9).good.memory
            stability = trace.memory.stability + share * (passed.stability - trace.memory.stability)
            trace.memory = MemoryState(stability, trace.memory.difficulty)
            trace.at_s += share * (at_s - trace.at_s)
