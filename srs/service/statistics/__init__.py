"""Statistics of a learner: what was done, what is known, how it stands, and what comes."""

from __future__ import annotations

from srs.service.statistics.asking import statistics
from srs.service.statistics.types import (
    STAGES,
    Age,
    Answers,
    Bucket,
    ComingDay,
    Day,
    Done,
    Forecast,
    Known,
    Memories,
    Range,
    Retention,
    Statistics,
    Streak,
    Times,
)

__all__ = [
    "STAGES",
    "Age",
    "Answers",
    "Bucket",
    "ComingDay",
    "Day",
    "Done",
    "Forecast",
    "Known",
    "Memories",
    "Range",
    "Retention",
    "Statistics",
    "Streak",
    "Times",
    "statistics",
]
