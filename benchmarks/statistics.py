"""What the statistics page asks of the server, after a long history."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from statistics import median
from uuid import uuid4

from sqlalchemy import Connection

from benchmarks.figures import Watch
from benchmarks.filling import fill
from benchmarks.histories import Collection, collection
from benchmarks.rebuilding import most_memory
from benchmarks.store import SETTINGS, moment, opened, today
from benchmarks.table import Goal, Row
from srs import service
from srs.core.settings import DeckSettings
from srs.db import catalogue, open_database, rollups
from srs.service.statistics import Range, statistics

GROUP = "statistics page"
A_CARD = (8, 11)
"""Answers of a card: so that 100,000 cards have a million."""
GOAL_CARDS = 100_000
"""The design's bound speaks of so many, with a million reviews."""
GOAL_REVIEWS = 800_000
"""With fewer the goal says nothing."""
_DUE = 6_000
_ANSWERS = 200
_COLD_S = 10.0
_PAGE_S = 0.060
_NOTE = (
    "Everything that the page shows, in one call. 'After a day' is a look after 200 answers, which are added up for "
    "it; the longer ranges foretell 365 days, the shortest 30."
)


def rows(folder: Path, cards: int, now_ms: int, repeats: int) -> Iterator[Row]:
    """Measure on a collection of so many cards with about ten reviews each."""
    made = collection(cards, today(now_ms), min(_DUE, cards // 4), folder, answers=A_CARD)
    file = folder / "statistics.db"
    with closing(open_database(file)) as database:
        fill(database, made, [1], now_ms)
    size = f"{made.reviews:,} reviews"
    yield _first(file, made.reviews, size)
    with opened(file, made.deck, made.cards, folder) as context:
        for looked_at in Range:
            again, after = _looks(context, made, now_ms, looked_at, repeats)
            goal = (Goal(f"<= {_PAGE_S * 1000:.0f} ms", after, _PAGE_S),) if made.reviews >= GOAL_REVIEWS else ()
            yield Row(GROUP, f"range {looked_at.value}, nothing new", size, again, note=_NOTE)
            yield Row(GROUP, f"range {looked_at.value}, after a day", size, after, goals=goal, note=_NOTE)


def _first(file: Path, reviews: int, size: str) -> Row:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.statistics", str(file)], capture_output=True, text=True, check=True
    )
    seconds, grown = (float(value) for value in done.stdout.split())
    limit = _COLD_S * reviews / 1_000_000
    return Row(
        GROUP,
        f"the first look ever, memory grew by {grown:.0f} MB",
        size,
        seconds,
        goals=(Goal(f"<= 10 s a million: {limit:.2f} s", seconds, limit),) if reviews >= GOAL_REVIEWS else (),
        note="Once for a history, in a transaction that reads; keeping it included.",
    )


def _looks(
    context: service.Context, made: Collection, now_ms: int, looked_at: Range, repeats: int
) -> tuple[float, float]:
    """Seconds of a look when nothing is new, and of the first one after a day's answers."""
    again, after = [], []
    now = moment(now_ms)
    _write_down(context)
    statistics(context, now, None, looked_at)
    for _ in range(repeats):
        with Watch() as watch:
            statistics(context, now, None, looked_at)
        again.append(watch.seconds)
    for _ in range(max(3, repeats // 2)):
        for _ in range(min(_ANSWERS, len(made.cards) // 50)):
            (card,) = service.queue(context, now, 1).cards
            service.review(context, now, service.ReviewRequest(uuid4(), card.card_id, 3, now, 4_000))
        with Watch() as watch:
            statistics(context, now, None, looked_at)
        after.append(watch.seconds)
        _write_down(context)
    return median(again), median(after)


def _write_down(context: service.Context) -> None:
    """Let nothing be left to add up, so that each look has the same before it."""
    with context.database.writing() as connection:
        rollups.keep(connection, rollups.catch_up(connection, 1, _decks(connection)))


def _decks(connection: Connection) -> dict[int, DeckSettings]:
    return dict.fromkeys(catalogue.deck_pks(connection).values(), SETTINGS)


def catch_up(file: Path) -> tuple[float, float]:
    """Add everything up for the first time; seconds, and megabytes by which the process grew at most."""
    with closing(open_database(file)) as database:
        before = most_memory()
        begun = time.perf_counter()
        with database.reading() as connection:
            found = rollups.catch_up(connection, 1, _decks(connection))
        with database.writing() as connection:
            rollups.keep(connection, found)
        return time.perf_counter() - begun, most_memory() - before


if __name__ == "__main__":
    print(*catch_up(Path(sys.argv[1])))
