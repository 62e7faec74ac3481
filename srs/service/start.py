"""Everything that happens once, before the first request."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path

from srs.service.context import Context
from srs.service.types import SyncReport


def opened(
    data: Path, folders: Sequence[Path], now: datetime, *, url: str | None = None
) -> AbstractContextManager[tuple[Context, SyncReport]]:
    """The service ready for use: database opened, copied if the day's copy is missing, migrated, decks loaded.

    Args:
        data: the data folder, made if missing; the SQLite file is `refresher.db` in it, plots lie in `plots`.
        folders: deck folders, in the order in which their new cards come.
        now: the moment, aware.
        url: a PostgreSQL URL to use instead of the file.

    Raises:
        srs.db.DatabaseError: the database cannot be used (newer version, not a database, not writable); its text is
            one sentence for the person.
    """
    raise NotImplementedError
