"""The first card of the day: today's plan made anew, beside Anki's queue."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from random import Random

from benchmarks import anki_peer
from benchmarks.anki_peer import AnkiSide
from benchmarks.figures import Blocks, timed
from benchmarks.files import Filled
from benchmarks.store import limit_reviews, moment
from benchmarks.table import Figure, Goal, Row
from srs.core.settings import DeckSettings
from srs.core.study_day import DAY_MS
from srs.db import open_database
from srs.service import Context, queue

GROUP = "first queue of the day"
SHIPPED = DeckSettings().reviews_per_day
BREAK_DAYS = 30


@dataclass(frozen=True, slots=True)
class Case:
    """Days after the collection was filled, and the limit of reviews (None for none that matters)."""

    days: int
    limit: int | None


CASES = (Case(0, SHIPPED), Case(0, None), Case(BREAK_DAYS, None))


@dataclass
class Measured:
    """What one case gave, and how many reviews Anki's queue then has."""

    case: Case
    ours: Blocks = field(default_factory=Blocks)
    anki: Blocks = field(default_factory=Blocks)
    reviews: int = 0


def measure(filled: Filled, repeats: int) -> list[Measured]:
    """Measure one size, both sides in turns."""
    return [_measure(filled, repeats, case) for case in CASES]


def rows(sizes: Sequence[int], measured: Sequence[Sequence[Measured]]) -> Iterator[Row]:
    """The rows for the sizes."""
    for size, cases in zip(sizes, measured, strict=True):
        for one in cases:
            what = "limit" if one.case.limit is not None else "due"
            when = f", after {one.case.days} days away" if one.case.days else ""
            goals = (Goal("<= 5 ms", one.ours.p50 * 1e3, 5.0),) if one.case.limit is not None else ()
            yield Row(
                GROUP,
                f"{one.reviews:,} reviews ({what}){when}",
                f"{size:,} cards",
                one.ours.p50,
                peer=Figure("Anki", one.anki.p50),
                goals=goals,
                note=_NOTE,
            )


_NOTE = (
    "A running program whose day begins: nothing of the day is remembered, statements and pages are warm. One card is "
    f"asked for, ours with its two sides. {SHIPPED} reviews a day are the limit as shipped; else all that is due is "
    "ranked."
)


def _measure(filled: Filled, repeats: int, case: Case) -> Measured:
    found = Measured(case)
    file, anki_file = filled.copy(filled.ours, "first.db"), filled.copy(filled.anki, "first.anki2")
    anki_peer.pass_days(anki_file, case.days)
    if case.limit is not None:
        with closing(open_database(file)) as database:
            limit_reviews(database, case.limit)
        anki_peer.limit_reviews(anki_file, case.limit)
    now = moment(filled.now_ms + case.days * DAY_MS)
    with (
        filled.opened(file) as context,
        closing(AnkiSide(anki_file, Random(1))) as anki,  # noqa: S311 - no secret
    ):
        for place in range(repeats + 1):
            # A context of its own remembers nothing of the day.
            fresh = Context(context.database, context.library, context.learner_id, context.zone)
            gc.collect()
            figures = timed(lambda: queue(fresh, now, 1)), anki.first_queue()  # noqa: B023 - called at once
            if place:  # the first warms up
                found.ours.add([figures[0]])
                found.anki.add([figures[1]])
        found.reviews = anki.due
    return found
