"""The day's copy of the database: at the start, and on every later day of a server that runs on."""

from __future__ import annotations

import logging
import threading
from datetime import UTC, date, datetime
from pathlib import Path

from srs.db import Database, DatabaseError, DatabaseUnavailable
from srs.db.backup import daily_copy
from srs.service.clock import to_ms

_log = logging.getLogger(__name__)


class DailyCopies:
    """Sees to one copy a day (by UTC). Safe to share between threads.

    Args:
        database: what to copy; on PostgreSQL there is nothing to do.
        folder: where the copies lie.
    """

    def __init__(self, database: Database, folder: Path) -> None:
        self._database = database
        self._folder = folder
        self._seen_to: date | None = None
        self._lock = threading.Lock()

    def see_to(self, now: datetime) -> None:
        """Make the day's copy unless it was made. That it cannot be written is logged: no reason not to review today.

        Raises:
            DatabaseUnavailable: the database is damaged; it was not copied.
        """
        today = now.astimezone(UTC).date()
        if today == self._seen_to:
            return
        with self._lock:
            if today == self._seen_to:
                return
            self._seen_to = today  # one try a day: what fails would fail at every request
            try:
                daily_copy(self._database, self._folder, to_ms(now))
            except DatabaseUnavailable:
                raise
            except DatabaseError as error:
                _log.warning("%s", error)
