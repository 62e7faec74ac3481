"""Everything that happens once, before the first request."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from srs.db import Database, DatabaseError, open_database
from srs.db.backup import daily_copy
from srs.db.migrating import Version, check, migrate
from srs.library import Library
from srs.service.clock import to_ms
from srs.service.context import Context
from srs.service.sync import sync_decks
from srs.service.types import SyncReport

DATABASE = "refresher.db"
COPIES = "copies"

_log = logging.getLogger(__name__)


@contextmanager
def opened(
    data: Path, folders: Sequence[Path], now: datetime, *, url: str | None = None
) -> Iterator[tuple[Context, SyncReport]]:
    """The service ready for use: database opened, copied if the day's copy is missing, migrated, decks loaded.

    Args:
        data: the data folder, made if missing; the SQLite file is `refresher.db` in it, copies of it lie in `copies`,
            plots in `plots`.
        folders: deck folders, in the order in which their new cards come.
        now: the moment, aware.
        url: a PostgreSQL URL to use instead of the file.

    Raises:
        srs.db.DatabaseError: the database cannot be used (newer version, not a database, not writable); its text is
            a sentence or two for the person.
    """
    try:
        data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseError(f"The data folder {data} cannot be made: {error.strerror or error}.") from error
    now_ms = to_ms(now)
    database = open_database(url if url is not None else data / DATABASE)
    try:
        if check(database) is not Version.EMPTY:
            _copy(database, data / COPIES, now_ms)
        migrate(database, now_ms, data / COPIES)
        context = Context(database, Library(data), zone=system_zone())
        yield context, sync_decks(context, folders, now)
    finally:
        database.close()


def _copy(database: Database, copies: Path, now_ms: int) -> None:
    try:
        daily_copy(database, copies, now_ms)
    except DatabaseError as error:
        _log.warning("%s", error)  # no reason not to review today


def system_zone() -> str:
    """The IANA name of the system's time zone; UTC if it has none."""
    import tzlocal  # noqa: PLC0415 - only here

    with suppress(ZoneInfoNotFoundError, LookupError, ValueError, OSError):
        name = tzlocal.get_localzone_name()
        if name:
            ZoneInfo(name)
            return str(name)
    return "UTC"
