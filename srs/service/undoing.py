"""Taking back the last thing done."""

from __future__ import annotations

from datetime import datetime

from srs.service.context import Context
from srs.service.types import UndoResult


def undo(context: Context, now: datetime) -> UndoResult | None:
    """Void the newest review or suspension of this study day that still stands; None if there is none.

    Called again it takes back the one before. Nothing is deleted: undoing is an event too.
    """
    raise NotImplementedError
