"""What studying a deck will cost and yield, played through with a learner's own memory and habits. Pure: no clock.

`compare` plays the days ahead once for each desired retention and marks the one to recommend.
"""

from __future__ import annotations

from srs.simulator.comparing import RETENTIONS, Comparison, Row, compare
from srs.simulator.habits import DEFAULT_HABITS, Counted, Habits, habits_of
from srs.simulator.running import Outcome, run
from srs.simulator.start import Held, Start, thinned

__all__ = [
    "DEFAULT_HABITS",
    "RETENTIONS",
    "Comparison",
    "Counted",
    "Habits",
    "Held",
    "Outcome",
    "Row",
    "Start",
    "compare",
    "habits_of",
    "run",
    "thinned",
]
