"""Making every card's state anew from the log."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from benchmarks.figures import Watch
from benchmarks.files import Filled
from benchmarks.store import SETTINGS
from benchmarks.table import Goal, Row
from srs.db import open_database
from srs.db.rebuilding import rebuild_states

GROUP = "rebuild card states from the log"
A_MILLION = 1_000_000
ENOUGH = 100_000
"""With fewer reviews what is the same for any number of them weighs too much."""


def rows(filled: Filled) -> Iterator[Row]:
    """Measure on one collection, in a process of its own, so that its memory can be told."""
    file = filled.copy(filled.ours, "rebuilt.db")
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.rebuilding", str(file)], capture_output=True, text=True, check=True
    )
    seconds, grown, reviews = (float(value) for value in done.stdout.split())
    limit = 10.0 * reviews / A_MILLION
    goals = (Goal(f"<= 10 s a million: {limit:.2f} s", seconds, limit),) if reviews >= ENOUGH else ()
    yield Row(
        GROUP,
        f"{reviews / seconds:,.0f} reviews/s, memory grew by {grown:.0f} MB",
        f"{reviews:,.0f} reviews",
        seconds,
        goals=goals,
    )


def rebuild(file: Path) -> tuple[float, float, int]:
    """Rebuild; seconds, megabytes by which the process grew at most, and reviews read."""
    with closing(open_database(file)) as database, database.writing() as connection:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        with Watch() as watch:
            reviews = rebuild_states(connection, 1, lambda _deck: SETTINGS.parameters)
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return watch.seconds, (after - before) / 1024, reviews


if __name__ == "__main__":
    print(*rebuild(Path(sys.argv[1])))
