"""What the days ahead will bring: expected numbers by FSRS, computed and not drawn.

Cards are followed not one by one but in cells: steps on a logarithmic scale of stability, for easier and for harder
cards, of which each cell knows the mean difficulty on each day. A cell's cards that come due are passed as often as
FSRS expects at their interval, go where the buttons lead, and come again when their interval is over. What is assumed:

- A card is answered on the day it comes due or, if the limit of reviews holds it back, on a later one; waiting changes
  neither its chance of recall nor what it gains. The limit lets the same share of all cards wait.
- Intervals are FSRS's own, without fuzz, load balancing, siblings or easy days: those move cards by days, not in sum.
- A lapse ends with one Good on the same day where there are relearning steps, a new card's steps with Good each.
- The learner presses the buttons as so far, and every day.

A test follows each card by itself, with chance: over a year the sums of a month agree to about 5 to 10%.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import exp, log
from typing import TypeAlias

from srs.core.memory import MemoryState, Model, model_for
from srs.core.rating import Rating
from srs.core.settings import DeckSettings

_LOWEST, _STEP, _STABILITIES = log(0.1), 0.4, 34  # up to a hundred years
_HARDER = 7.0  # from this difficulty on a card counts among the harder ones
_CELLS = 2 * _STABILITIES
_FEW = 1e-4  # of a day's cards: not followed further
_NOTHING = 1e-9
_RARE = 0.15  # what happens so seldom goes to the nearest cell alone

_Way: TypeAlias = tuple[int, int, complex]
"""After how many days a card comes again, in which cell, and with which probability.

That is a complex number, as are the cards in a cell: its real part is their number, its imaginary part the sum of their
difficulties, so that one addition does for both. Of the cells there are two sets: the first for cards that are no
longer new today, the second for those that are introduced later.
"""


@dataclass(frozen=True, slots=True)
class Due:
    """Cards that come due on one day, taken together.

    Attributes:
        day: from today on; 0 for today and before.
        cards: how many.
        stability: in days; the geometric mean of theirs.
        difficulty: the mean of theirs.
    """

    day: int
    cards: float
    stability: float
    difficulty: float


@dataclass(frozen=True, slots=True)
class Habits:
    """How the learner answers.

    Attributes:
        first: shares of Again, Hard, Good and Easy among first answers; they sum to 1.
        passed: shares of Hard, Good and Easy among answers in review that are no Again; they sum to 1.
    """

    first: tuple[float, float, float, float]
    passed: tuple[float, float, float]


USUAL = Habits(first=(0.24, 0.1, 0.6, 0.06), passed=(0.1, 0.82, 0.08))
"""Of learners in general, roughly as fsrs-rs's simulator takes them (`SimulatorConfig`): for who has no habits yet."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How much the learner does a day.

    Attributes:
        new: new cards, on average.
        left: new cards that there are.
        reviews: the limit of reviews, which new cards use up, too.
        done: how much of that limit is used up today.
        new_done: new cards introduced today.
    """

    new: float
    left: int
    reviews: int
    done: int = 0
    new_done: int = 0


@dataclass(frozen=True, slots=True)
class Ahead:
    """What one day is expected to bring.

    Attributes:
        reviews: reviews of cards that are no longer new today.
        added: reviews of cards that are introduced from today on, after their first day.
        new: cards introduced.
        left: cards due that the limit leaves for the next day.
    """

    reviews: float
    added: float
    new: float
    left: float


def forecast(
    due: Iterable[Due], pace: Pace, settings: DeckSettings, days: int, habits: Habits = USUAL
) -> tuple[Ahead, ...]:
    """What each of the next days is expected to bring, today first.

    Args:
        due: when which cards come due; those after the last day are not looked at.
        pace: how much is done a day.
        settings: the deck's.
        days: how many days.
        habits: how the learner answers.
    """
    ways = _ways(settings.parameters, _Aims.of(settings), habits)
    coming = [[0j] * (2 * _CELLS) for _ in range(days)]
    for each in due:
        if each.day < days:
            for cell, part in _cells(MemoryState(each.stability, each.difficulty)):
                coming[max(0, each.day)][cell] += each.cards * part
    return tuple(_days(coming, ways, pace))


def _days(coming: list[list[complex]], ways: _Ways, pace: Pace) -> Iterator[Ahead]:
    days, new_left = len(coming), float(pace.left)
    entering = [(wait, _CELLS + cell, part) for wait, cell, part in ways.of_new]
    known = ways.known
    for day, cells in enumerate(coming):
        ahead = days - day
        old, added = sum(cells[:_CELLS]).real, sum(cells[_CELLS:]).real
        limit = max(0, pace.reviews - pace.done) if day == 0 else pace.reviews
        answered = min(old + added, limit)
        share = answered / (old + added) if old + added > 0 else 1.0
        if share < 1 and ahead > 1:
            later = coming[day + 1]
            for cell, cards in enumerate(cells):
                later[cell] += cards * (1 - share)
        few = (old + added) * _FEW
        for cell, cards in enumerate(cells):
            number = cards.real
            if number <= few:
                continue
            number *= share
            begin = _CELLS if cell >= _CELLS else 0
            place = cell % _STABILITIES, round(2 * cards.imag / cards.real)
            for wait, to, part in known.get(place) or ways.of_cell(*place):
                if wait >= ahead:
                    break  # the others come later still
                coming[day + wait][begin + to] += number * part
        new = min(new_left, max(0.0, pace.new - pace.new_done) if day == 0 else pace.new, limit - answered)
        new_left -= new
        for wait, cell, part in entering:
            if wait < ahead:
                coming[day + wait][cell] += new * part
        yield Ahead(old * share, added * share, new, old + added - answered)


@dataclass(frozen=True, slots=True)
class _Aims:
    """What of the settings decides where cards go, beside FSRS's parameters."""

    retention: float
    maximum: int
    steps: int
    relearning: bool

    @classmethod
    def of(cls, settings: DeckSettings) -> _Aims:
        return cls(
            settings.desired_retention,
            settings.maximum_interval,
            len(settings.learning_steps),
            bool(settings.relearning_steps),
        )


class _Ways:
    """Where cards go; the soonest first. Found once and kept, since it takes longer than to follow the cards."""

    def __init__(self, model: Model, aims: _Aims, habits: Habits) -> None:
        self._model = model
        self._aims = aims
        self._habits = habits
        some = model.next(None, 0, aims.retention).good
        self._wait = some.interval / some.memory.stability  # FSRS's interval is so many times the stability
        self.known: dict[tuple[int, int], tuple[_Way, ...]] = {}
        self.of_new = self._new()

    def of_cell(self, stability: int, difficulty: int) -> tuple[_Way, ...]:
        """Where cards of one step of stability, and of so many halves of difficulty, go when they are answered."""
        found = self.known.get((stability, difficulty))
        if found is None:
            memory = MemoryState(exp(_LOWEST + _STEP * stability), difficulty / 2)
            found = self.known[stability, difficulty] = self._answered(memory)
        return found

    def _answered(self, memory: MemoryState) -> tuple[_Way, ...]:
        interval = self._whole(memory.stability * self._wait)
        chance = self._model.retrievability(memory, interval)
        following = self._model.next(memory, interval, self._aims.retention)
        outcomes = []
        least = 1
        for rating, share in zip((Rating.HARD, Rating.GOOD, Rating.EASY), self._habits.passed, strict=True):
            after = following.of(rating)
            wait = min(max(least, self._whole(after.interval)), self._aims.maximum)
            least = wait + 1
            outcomes.append((wait, after.memory, chance * share))
        lapsed = following.again
        if self._aims.relearning:
            lapsed = self._model.next(lapsed.memory, 0, self._aims.retention).good
        outcomes.append((self._whole(lapsed.interval), lapsed.memory, 1 - chance))
        return _spread(outcomes)

    def _new(self) -> tuple[_Way, ...]:
        first = self._model.next(None, 0, self._aims.retention)
        outcomes = []
        for rating, share in zip(Rating, self._habits.first, strict=True):
            after = first.of(rating)
            for _ in range(self._goods(rating)):
                after = self._model.next(after.memory, 0, self._aims.retention).good
            outcomes.append((self._whole(after.interval), after.memory, share))
        return _spread(outcomes)

    def _goods(self, rating: Rating) -> int:
        """How often a new card is answered Good after its first answer, until its steps are over."""
        if rating is Rating.EASY or not self._aims.steps:
            return 0
        return self._aims.steps - (rating is Rating.GOOD)

    def _whole(self, interval: float) -> int:
        return max(1, min(round(interval), self._aims.maximum))


@lru_cache(maxsize=32)
def _ways(parameters: tuple[float, ...], aims: _Aims, habits: Habits) -> _Ways:
    return _Ways(model_for(parameters), aims, habits)


def _spread(outcomes: Iterable[tuple[int, MemoryState, float]]) -> tuple[_Way, ...]:
    """The outcomes as ways to cells, those that are the same taken together."""
    found: dict[tuple[int, int], complex] = {}
    for wait, memory, share in outcomes:
        cells = _cells(memory)
        if share < _RARE:
            nearest = max(cells, key=lambda cell: cell[1].real)[0]
            cells = ((nearest, complex(1, memory.difficulty)),)
        for cell, part in cells:
            found[wait, cell] = found.get((wait, cell), 0j) + share * part
    return tuple((wait, cell, part) for (wait, cell), part in sorted(found.items()) if abs(part) > _NOTHING)


def _cells(memory: MemoryState) -> tuple[tuple[int, complex], ...]:
    """The two cells between which a memory lies, and what one card of it is in each."""
    place = min(max((log(max(memory.stability, 0.1)) - _LOWEST) / _STEP, 0.0), _STABILITIES - 1.001)
    below = int(place)
    begin = _STABILITIES if memory.difficulty >= _HARDER else 0
    card = complex(1, memory.difficulty)
    return (begin + below, card * (below + 1 - place)), (begin + below + 1, card * (place - below))
