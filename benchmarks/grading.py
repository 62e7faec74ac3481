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
NOTE = (
    "The processor's time, so that other work on the machine does not count. The hostile ones are a corpus and, of a "
    "seed, random signs and pieces of mathematics, mutated right answers, nesting, huge numbers and random formulas, "
    "to questions of every kind, with known mistakes, units and forms."
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
    yield _row("slowest, hostile", size, max(seconds), LONGEST)


def _row(what: str, size: str, seconds: float, limit: float) -> Row:
    return Row(GROUP, what, size, seconds, goals=(Goal(f"<= {1000 * limit:.0f} ms", seconds, limit),), note=NOTE)


def _seconds(typed: Iterable[tuple[Asked, str]]) -> list[float]:
    found = []
    for each, text in typed:
        begun = time.process_time()
        grade(each.question, text)
        found.append(time.process_time() - begun)
    return found
