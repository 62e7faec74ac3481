"""Real Anki's optimiser over the same answers.

Run as a process of its own: histories as JSON on standard input; what Anki found, as JSON, on standard output. A rating
of 0 stands for a card that was forgotten on purpose.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.figures import Watch
from benchmarks.forgetful import Answer

_FIRST_CARD = 1_500_000_000_000
_LEARN, _REVIEW, _RELEARN, _MANUAL = 0, 1, 2, 4


@dataclass(frozen=True, slots=True)
class Found:
    """What Anki made of it.

    Attributes:
        parameters: those fitted to all answers.
        items: how many answers were to be predicted.
        log_loss: of predictions from what came before each, as Anki evaluates.
        rmse_bins: likewise.
        seconds: what fitting took, the check of health included, which evaluates.
    """

    parameters: tuple[float, ...]
    items: int
    log_loss: float
    rmse_bins: float
    seconds: float


def found_by_anki(histories: Sequence[Sequence[Answer]], relearning_steps: int = 1) -> Found:
    """Let Anki fit parameters to the histories, in a process of its own."""
    asked = json.dumps({"histories": histories, "steps": relearning_steps})
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.anki_optimizer"],
        input=asked,
        capture_output=True,
        text=True,
        check=True,
        # Study days here are UTC's.
        env={**os.environ, "TZ": "UTC"},
    )
    found = json.loads(done.stdout)
    return Found(tuple(found.pop("parameters")), **found)


def _fill(file: Path, histories: Sequence[Sequence[Answer]]) -> None:
    cards, answers = [], []
    for place, history in enumerate(histories):
        card = _FIRST_CARD + place
        cards.append((card, card, 1, 0, 0, -1, 2, 2, 0, 1, 2500, len(history), 0, 0, 0, 0, 0, "{}"))
        before = 0
        for at_ms, _, rating, new in history:
            if not rating:  # forgotten on purpose
                answers.append([at_ms, card, -1, 0, 0, 0, 0, 0, _MANUAL])
                continue
            kind = _LEARN if new else _RELEARN if before == 1 else _REVIEW
            answers.append([at_ms, card, -1, rating, 1, 1, 2500, 8000, kind])
            before = rating
    # Anki numbers answers by their time in milliseconds: one that is taken moves on.
    answers.sort()
    last = 0
    for row in answers:
        last = row[0] = max(row[0], last + 1)
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        connection.executemany("INSERT INTO cards VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", cards)
        connection.executemany("INSERT INTO revlog VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", answers)
        connection.execute("COMMIT")


def _main() -> None:
    import anki.collection  # noqa: PLC0415 - whoever only asks this process's question need not load Anki

    asked = json.load(sys.stdin)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "collection.anki2"
        anki.collection.Collection(str(file)).close()
        _fill(file, asked["histories"])
        with closing(anki.collection.Collection(str(file))) as col:
            with Watch() as watch:
                found = col._backend.compute_fsrs_params(
                    search="deck:Default",
                    current_params=[],
                    ignore_revlogs_before_ms=0,
                    num_of_relearning_steps=asked["steps"],
                    health_check=True,
                )
            scored = col._backend.evaluate_params(
                search="deck:Default", ignore_revlogs_before_ms=0, num_of_relearning_steps=asked["steps"]
            )
    print(
        json.dumps(
            {
                "parameters": list(found.params),
                "items": found.fsrs_items,
                "log_loss": scored.log_loss,
                "rmse_bins": scored.rmse_bins,
                "seconds": watch.seconds,
            }
        )
    )


if __name__ == "__main__":
    _main()
