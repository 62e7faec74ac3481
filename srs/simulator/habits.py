"""How a learner answers: how often each button, and how long it takes.

The questions are those of fsrs-rs's simulator (`SimulatorConfig`, `extract_simulator_config`), and so are the averages
that serve while a learner has answered little: what was seen counts the more, the more there is of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

Four: TypeAlias = tuple[float, float, float, float]
"""One number for each rating, Again to Easy."""

WEIGHT = 50
"""The averages count as much as so many answers of the learner; the same number as in fsrs-rs."""


@dataclass(frozen=True, slots=True)
class Habits:
    """Chances and times. Each row of chances adds up to 1.

    Attributes:
        first: the rating of a card answered for the first time.
        passed: the rating of a card in review that was recalled: Hard, Good, Easy. Whether it is recalled is up to
            the card's memory.
        learning: on the learning steps, by the rating before (Again, Hard, Good): the next rating.
        relearning: the same on the relearning steps, where a lapse counts as Again.
        seconds: what an answer takes, by what the card was (new or learning, in review, relearning) and the rating.
    """

    first: Four
    passed: tuple[float, float, float]
    learning: tuple[Four, Four, Four]
    relearning: tuple[Four, Four, Four]
    seconds: tuple[Four, Four, Four]


DEFAULT_HABITS = Habits(
    first=(0.24, 0.094, 0.495, 0.171),
    passed=(0.224, 0.631, 0.145),
    learning=((0.3686, 0.0628, 0.5108, 0.0577), (0.0442, 0.4553, 0.4457, 0.0549), (0.0519, 0.047, 0.8462, 0.055)),
    relearning=((0.2157, 0.0643, 0.6595, 0.0604), (0.05, 0.4638, 0.4475, 0.0387), (0.1057, 0.1434, 0.7266, 0.0244)),
    seconds=((19.58, 18.79, 13.78, 10.71), (19.38, 17.59, 12.38, 8.94), (16.44, 15.25, 12.32, 8.03)),
)
"""Averages over many learners, as fsrs-rs publishes them (`SimulatorConfig::default`)."""


def _table(rows: int) -> list[list[float]]:
    return [[0.0] * 4 for _ in range(rows)]


@dataclass(slots=True)
class Counted:
    """What was counted in a learner's log. All tables have a column for each rating, Again to Easy.

    Attributes:
        first: first answers.
        review: answers of cards in review.
        learning: answers on learning steps by the rating before, on the same day: a row each for Again, Hard, Good.
        relearning: the same on relearning steps.
        timed: answers whose time is known: a row each for new or learning, in review, relearning.
        seconds: the time of those, added up.
    """

    first: list[float] = field(default_factory=lambda: [0.0] * 4)
    review: list[float] = field(default_factory=lambda: [0.0] * 4)
    learning: list[list[float]] = field(default_factory=lambda: _table(3))
    relearning: list[list[float]] = field(default_factory=lambda: _table(3))
    timed: list[list[float]] = field(default_factory=lambda: _table(3))
    seconds: list[list[float]] = field(default_factory=lambda: _table(3))

    @property
    def answers(self) -> int:
        """The answers whose time is known."""
        return round(sum(map(sum, self.timed)))


def habits_of(counted: Counted, usual: Habits = DEFAULT_HABITS) -> Habits:
    """The habits that a log shows, drawn toward what is usual the more, the less there is of it.

    Someone who answers at half the usual pace is taken to do so with every button, also with those pressed seldom.

    Args:
        counted: the learner's answers.
        usual: what to take where there are none.
    """
    timed = zip(counted.timed, usual.seconds, strict=True)
    expected = sum(n * mean for counts, row in timed for n, mean in zip(counts, row, strict=True))
    # The pace itself is drawn toward the usual one, too, by as many answers of usual length.
    average = expected / counted.answers if counted.answers else 1.0
    pace = (sum(map(sum, counted.seconds)) + WEIGHT * average) / (expected + WEIGHT * average)
    return Habits(
        first=_four(_shares(counted.first, usual.first)),
        passed=_three(_shares(counted.review[1:], usual.passed)),
        learning=_rows(counted.learning, usual.learning),
        relearning=_rows(counted.relearning, usual.relearning),
        seconds=_threefold(
            [
                [(total + WEIGHT * pace * mean) / (n + WEIGHT) for n, total, mean in zip(*columns, strict=True)]
                for columns in zip(counted.timed, counted.seconds, usual.seconds, strict=True)
            ]
        ),
    )


def _shares(counts: Sequence[float], usual: Sequence[float]) -> list[float]:
    total = sum(counts) + WEIGHT
    return [(count + WEIGHT * share) / total for count, share in zip(counts, usual, strict=True)]


def _rows(counts: Sequence[Sequence[float]], usual: Sequence[Four]) -> tuple[Four, Four, Four]:
    return _threefold([_shares(row, share) for row, share in zip(counts, usual, strict=True)])


def _four(row: Sequence[float]) -> Four:
    again, hard, good, easy = row
    return again, hard, good, easy


def _three(row: Sequence[float]) -> tuple[float, float, float]:
    hard, good, easy = row
    return hard, good, easy


def _threefold(rows: Sequence[Sequence[float]]) -> tuple[Four, Four, Four]:
    first, second, third = rows
    return _four(first), _four(second), _four(third)
