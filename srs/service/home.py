"""What is due today."""

from __future__ import annotations

from datetime import datetime

from srs.service.context import Context
from srs.service.types import Home


def home(context: Context, now: datetime) -> Home:
    """What is due by section, how much of each section is known, and about how long today will take."""
    raise NotImplementedError
