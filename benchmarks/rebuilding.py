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
        note="In one transaction, daily roll-up included; about three reviews a card, so that writing the cards' rows "
        "weighs more than it would with ten.",
    )


def rebuild(file: Path) -> tuple[float, float, int]:
    """Rebuild; seconds, megabytes by which the process grew at most, and reviews read."""
    with closing(open_database(file)) as database, database.writing() as connection:
        before = most_memory()
        with Watch() as watch:
            reviews = rebuild_states(connection, 1, lambda _deck: SETTINGS.parameters)
        after = most_memory()
    return watch.seconds, after - before, reviews


def most_memory() -> float:
    """The most memory that this process ever had, in megabytes."""
    status = Path("/proc/self/status")  # getrusage would count what the parent had before this program was loaded
    if status.exists():
        for line in status.read_text(encoding="utf-8").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    print(*rebuild(Path(sys.argv[1])))
