"""Grading typed answers: such as learners type, and such as nobody should have to grade."""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Iterator

from benchmarks.figures import percentile
from benchmarks.hostile import Asked, answers, questions
from benchmarks.table import Goal, Row
from cards.answers import grade

GROUP = "grade one typed answer"
SEED = 20261125
LIMIT, LONGEST = 0.005, 0.050
ROUNDS = 40
AGAIN = 50
NOTE = (
    "The processor's time, so that other work on the machine does not count. The hostile ones are a corpus and, of a "
    "seed, random signs and pieces of mathematics, mutated right answers, nesting, huge numbers and random formulas, "
    "to questions of every kind, with known mistakes, units and forms. The slowest ones are graded once more, since a "
    "single figure may be a burst of something else, and the lesser one counts."
)


def rows(hostile: int) -> Iterator[Row]:
    """Measure both kinds.

    Args:
        hostile: how many hostile answers.
    """
    asked = questions()
    typical = [(each, typed) for each in asked for typed in each.right] * ROUNDS
    random.Random(SEED).shuffle(typical)  # noqa: S311 - nothing secret
    _seconds(typical[: len(typical) // 10])  # what is read and worked out once for all answers
    seconds = _seconds(typical)
    size = f"{len(seconds):,} answers"
    yield Row(GROUP, "p50, as learners type", size, percentile(seconds, 0.5), note=NOTE)
    yield _row("p99, as learners type", size, percentile(seconds, 0.99), LIMIT)
    seconds = _seconds(answers(SEED, hostile, asked))
    size = f"{len(seconds):,} answers"
    yield Row(GROUP, "p50, hostile", size, percentile(seconds, 0.5), note=NOTE)
    yield _row("p99, hostile", size, percentile(seconds, 0.99), LIMIT)
    yield _row("slowest, hostile", size, _slowest(seconds, answers(SEED, hostile, asked)), LONGEST)


def _row(what: str, size: str, seconds: float, limit: float) -> Row:
    return Row(GROUP, what, size, seconds, goals=(Goal(f"<= {1000 * limit:.0f} ms", seconds, limit),), note=NOTE)


def _slowest(seconds: list[float], graded: Iterable[tuple[Asked, str]]) -> float:
    """The most that an answer takes in the better of two tries."""
    bound = sorted(seconds)[-min(AGAIN, len(seconds))]
    slow = [(first, typed) for first, typed in zip(seconds, graded, strict=True) if first >= bound]
    return max(map(min, (first for first, _ in slow), _seconds(typed for _, typed in slow)))


def _seconds(typed: Iterable[tuple[Asked, str]]) -> list[float]:
    found = []
    for each, text in typed:
        begun = time.process_time()
        grade(each.question, text)
        found.append(time.process_time() - begun)
    return found
