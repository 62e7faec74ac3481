"""Sums for statistics: kept in tables, and caught up with the log when they are asked for, so that no answer pays.

What the sums say is a function of the log and of `card_state` alone. Whoever reads them sees those of the table
together with what is still missing there (`Sums`), in one transaction that writes nothing; the missing part is then
kept by a short transaction of its own (`keep`), which does nothing if another one was quicker.
"""

from __future__ import annotations

from srs.db.rollups.catching_up import CaughtUp, catch_up, keep
from srs.db.rollups.measure import Measure
from srs.db.rollups.sums import Sums, forget, forget_memories

__all__ = ["CaughtUp", "Measure", "Sums", "catch_up", "forget", "forget_memories", "keep"]
