"""The cards to show next."""

from __future__ import annotations

from datetime import datetime

from srs.service.context import Context
from srs.service.types import Queue


def queue(context: Context, now: datetime, limit: int = 10) -> Queue:
    """The next `limit` cards with both faces and what each rating would do, and how many wait today."""
    raise NotImplementedError
