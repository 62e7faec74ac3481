"""Connections to SQLite and PostgreSQL, set up so that an acknowledged write is on the disk."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.engine import URL, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from srs.db.trouble import DatabaseError, cause, unavailable

if TYPE_CHECKING:
    from sqlalchemy.engine.interfaces import DBAPIConnection
    from sqlalchemy.pool import ConnectionPoolEntry

APPLICATION_ID = 0x52465253
"""What SQLite's `application_id` says in a database of ours ("RFRS")."""

BUSY_TIMEOUT_MS = 10_000
"""How long a writer waits for another one before it gives up."""


class Database:
    """An open database. Safe to share between threads; close it at the end.

    Attributes:
        file: the SQLite file, or None on PostgreSQL.
        name: what to call it in a message (without a password).
    """

    def __init__(self, engine: Engine, file: Path | None) -> None:
        self.engine = engine
        self.file = file
        self.name = str(file) if file else engine.url.render_as_string(hide_password=True)
        self._reading = engine if file else engine.execution_options(isolation_level="REPEATABLE READ")
        self._writing = engine.execution_options(refresher_writes=True)

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a SQLite file."""
        return self.file is not None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the database throughout, and should write nothing.

        Raises:
            DatabaseUnavailable: the database could not do it, through no fault of what was asked.
        """
        try:
            with self._reading.begin() as connection:
                yield connection
        except DBAPIError as error:
            raise self._said(error) from error.orig

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is committed at the end, or undone if an exception leaves it.

        On SQLite it has the write lock from the start, so that what was read is still so when it writes. On PostgreSQL
        lock the learner's row first (`srs.db.learners.locked`).

        Raises:
            DatabaseUnavailable: the database could not do it, through no fault of what was asked; nothing was kept.
        """
        try:
            with self._writing.begin() as connection:
                yield connection
        except DBAPIError as error:
            raise self._said(error) from error.orig

    def _said(self, error: DBAPIError) -> Exception:
        return unavailable(error, self.name) or error

    def close(self) -> None:
        """Close every connection. The object must not be used afterwards."""
        self.engine.dispose()


def open_database(where: Path | str) -> Database:
    """Open the SQLite file at a path, or the database at a URL. A missing file (not its folder) is made when written.

    What is in it is looked at by `srs.db.migrating`, not here.

    Raises:
        DatabaseError: the URL cannot be read, or is of a database that Refresher does not know.
    """
    if isinstance(where, Path):
        return _sqlite(where)
    try:
        url = make_url(where)
    except (ArgumentError, ValueError) as error:  # a port that is no number is a bare ValueError
        shown = re.sub(r"(?<=:)[^:@/]+(?=@)", "***", where)
        raise DatabaseError(
            f"The database URL {shown!r} cannot be read; one looks like postgresql://user@host/name."
        ) from error
    backend = url.get_backend_name()
    if backend == "sqlite" and url.database:
        return _sqlite(Path(url.database))
    if backend in {"postgresql", "postgres"}:
        return _postgresql(url)
    raise DatabaseError(
        f"A database of the kind {url.drivername!r} is not supported; use a file, or postgresql://user@host/name."
    )


def _sqlite(file: Path) -> Database:
    file = file.absolute()
    engine = create_engine(
        URL.create("sqlite", database=f"file:{quote(str(file))}", query={"uri": "true"}),
        connect_args={"timeout": BUSY_TIMEOUT_MS / 1000},
    )
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return Database(engine, file)


def _set_up_sqlite(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    if not isinstance(connection, sqlite3.Connection):  # pragma: no cover - there is no other driver
        raise TypeError(connection)
    connection.isolation_level = None  # the driver's own BEGINs come too late and are never IMMEDIATE
    connection.execute("PRAGMA journal_mode = WAL").close()
    connection.execute("PRAGMA synchronous = FULL").close()  # an acknowledged review survives a power cut
    connection.execute("PRAGMA foreign_keys = ON").close()
    connection.execute("PRAGMA cache_size = -32768").close()  # KiB


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("refresher_writes", False)
    cursor = connection.connection.cursor()
    try:
        cursor.execute("BEGIN IMMEDIATE" if writes else "BEGIN")
    except sqlite3.Error as error:
        raise DBAPIError.instance("BEGIN", None, error, sqlite3.Error) from error
    finally:
        cursor.close()


def _postgresql(url: URL) -> Database:
    try:
        engine = create_engine(url.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
    except (NoSuchModuleError, ImportError) as error:
        raise DatabaseError("PostgreSQL needs the package psycopg, which is not installed.") from error
    return Database(engine, None)


@contextmanager
def explained(database: Database) -> Iterator[None]:
    """Turn a driver's error into a sentence about this database."""
    try:
        yield
    except DBAPIError as error:
        raise unavailable(error, database.name) or DatabaseError(
            f"The database {database.name} cannot be used: {cause(error)}."
        ) from error
