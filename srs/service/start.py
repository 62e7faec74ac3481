"""Everything that happens once, before the first request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from srs.db import Database, DatabaseError, open_database
from srs.db.engine import explained
from srs.db.migrating import Version, check, migrate
from srs.db.soundness import damage_of, refuse_read_only
from srs.db.trouble import damaged
from srs.library import Library
from srs.service.clock import to_ms
from srs.service.context import Context
from srs.service.daily import DailyCopies
from srs.service.sync import sync_decks
from srs.service.types import SyncReport

DATABASE = "refresher.db"
COPIES = "copies"

LOOKED_THROUGH = 32 * 1024 * 1024
"""Bytes up to which a database is looked through for damage at every start; a larger one with the day's copy."""


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
        srs.db.DatabaseError: the database cannot be used (newer version, not a database, damaged, not writable); its
            text is a sentence or two for the person.
    """
    try:
        data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseError(f"The data folder {data} cannot be made: {error.strerror or error}.") from error
    database = open_database(url if url is not None else data / DATABASE)
    try:
        with explained(database):
            _prepare(database, data / COPIES, now)
            context = Context(database, Library(data), zone=system_zone())
            report = sync_decks(context, folders, now)
        yield context, report
    finally:
        database.close()


def _prepare(database: Database, copies: Path, now: datetime) -> None:
    file = database.file
    if file is not None:
        refuse_read_only(file)
    if check(database) is not Version.EMPTY:
        damage = damage_of(file) if file is not None and file.stat().st_size <= LOOKED_THROUGH else None
        if damage is not None:
            raise damaged(database.name, damage)
        DailyCopies(database, copies).see_to(now)
    migrate(database, to_ms(now), copies)


def system_zone() -> str:
    """The IANA name of the system's time zone; UTC if it has none."""
    import tzlocal  # noqa: PLC0415 - only here

    with suppress(ZoneInfoNotFoundError, LookupError, ValueError, OSError):
        name = tzlocal.get_localzone_name()
        if name:
            ZoneInfo(name)
            return str(name)
    return "UTC"
