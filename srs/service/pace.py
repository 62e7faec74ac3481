"""How long the learner's answers take."""

from __future__ import annotations

from statistics import median

from sqlalchemy import Connection

from srs.db import log, tallies

_ANSWERS = 200
_FEW_ANSWERS = 10


def usual_ms(connection: Connection, learner: int) -> float | None:
    """What an answer usually takes, in milliseconds, by the newest ones; None while there are only a few."""
    durations = [
        min(duration, tallies.LONGEST_MS)
        for duration in log.newest_durations(connection, learner, _ANSWERS)
        if duration > 0
    ]
    return median(durations) if len(durations) >= _FEW_ANSWERS else None
