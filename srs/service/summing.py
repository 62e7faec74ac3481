"""What was done today."""

from __future__ import annotations

from datetime import datetime

from srs.service.context import Context
from srs.service.types import Summary


def session_summary(context: Context, now: datetime) -> Summary:
    """What was done in this study day, and when the next cards are due."""
    raise NotImplementedError
