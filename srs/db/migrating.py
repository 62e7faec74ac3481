"""Bringing a database to today's version, or saying in one sentence why that cannot be."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from srs.db.backup import before_migration
from srs.db.engine import APPLICATION_ID, Database, explained
from srs.db.planning import tell_planner
from srs.db.trouble import DatabaseError

HEAD = "0006"
"""The version of `srs.db.tables`. Versions are numbers, so that a newer one is known to be newer."""

_SQLITE_HEADER = b"SQLite format 3\x00"
_LOCK = 0x52465253  # any number that no other program on the same PostgreSQL database would lock


class Version(Enum):
    """How a database stands to this program."""

    EMPTY = "nothing is in it yet"
    OLDER = "an older Refresher made it"
    CURRENT = "it is today's"


@dataclass(frozen=True, slots=True)
class _Found:
    """What a look at a database showed: its Alembic version and whether it has tables."""

    version: str | None
    tables: bool


def migrate(database: Database, now_ms: int, copies: Path | None = None) -> bool:
    """Bring the database to today's version, in one transaction; False if it was there already.

    Args:
        database: SQLite or PostgreSQL.
        now_ms: names the copy.
        copies: the folder into which a SQLite database is copied before it is changed.

    Raises:
        DatabaseError: it is of a newer version, of another program, no database at all, or cannot be written.
            It was not touched then.
    """
    with explained(database):
        version = check(database)
        if version is Version.CURRENT:
            return False
        if version is Version.OLDER and copies is not None:
            before_migration(database, copies, now_ms)
        _upgrade(database)
    return True


def check(database: Database) -> Version:
    """Look at the database without changing it.

    Raises:
        DatabaseError: it is of a newer version, of another program, no database at all, or cannot be reached.
    """
    with explained(database):
        if database.file is not None:
            return check_file(database.file)
        with database.reading() as connection:
            return _judge(_look(connection), database.name)


def check_file(file: Path) -> Version:
    """`check` for a SQLite file, which is opened for reading only."""
    try:
        with file.open("rb") as stream:
            header = stream.read(len(_SQLITE_HEADER))
    except FileNotFoundError:
        return Version.EMPTY
    except OSError as error:
        raise DatabaseError(f"The database {file} cannot be read: {error.strerror or error}.") from error
    if not header:
        return Version.EMPTY
    if header != _SQLITE_HEADER:
        raise DatabaseError(f"{file} is not a SQLite database, so it is not one of Refresher's. It was not touched.")
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            found = _look_sqlite(connection)
            application = connection.execute("PRAGMA application_id").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise DatabaseError(f"The database {file} cannot be read: {error}.") from error
    if application != APPLICATION_ID and found.tables:
        raise DatabaseError(f"{file} is a database of another program, not of Refresher. It was not touched.")
    return _judge(found, str(file))


def _look_sqlite(connection: sqlite3.Connection) -> _Found:
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if "alembic_version" not in names:
        return _Found(None, bool(names))
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return _Found(row[0] if row else None, True)


def _look(connection: Connection) -> _Found:
    names = inspect(connection).get_table_names()
    if "alembic_version" not in names:
        return _Found(None, bool(names))
    version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return _Found(version, True)


def _judge(found: _Found, name: str) -> Version:
    version = found.version
    if version is None:
        if found.tables:
            raise DatabaseError(f"The database {name} has tables, but not Refresher's. It was not touched.")
        return Version.EMPTY
    if version == HEAD:
        return Version.CURRENT
    if not version.isdecimal():
        raise DatabaseError(f"The database {name} is of another program ({version!r}). It was not touched.")
    if int(version) > int(HEAD):
        raise DatabaseError(
            f"The database {name} was made by a newer Refresher (its version is {version}, this program knows {HEAD}). "
            "It was not touched; install the newer Refresher, or restore an older copy with `refresher restore`."
        )
    return Version.OLDER


def _upgrade(database: Database) -> None:
    from alembic import command  # noqa: PLC0415 - a server that is up to date starts without it
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    with database.engine.connect().execution_options(refresher_writes=True) as connection:
        if database.is_sqlite:
            _foreign_keys(connection, enforced=False)  # tables may be rebuilt; checked as a whole below
        try:
            with connection.begin():
                if database.is_sqlite:
                    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
                else:
                    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
                config.attributes["connection"] = connection
                _run(database, lambda: command.upgrade(config, "head"))
                if database.is_sqlite:
                    tell_planner(connection)
                if database.is_sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise DatabaseError(f"The database {database.name} has rows that belong to nothing; not migrated.")
        finally:
            if database.is_sqlite:
                _foreign_keys(connection, enforced=True)


def _run(database: Database, upgrade: Callable[[], None]) -> None:
    from alembic.util import CommandError  # noqa: PLC0415

    try:
        upgrade()
    except CommandError as error:
        raise DatabaseError(f"The database {database.name} cannot be migrated: {error}. It was not touched.") from error


def _foreign_keys(connection: Connection, *, enforced: bool) -> None:
    # SQLite ignores the pragma inside a transaction, and SQLAlchemy would begin one: so past SQLAlchemy.
    cursor = connection.connection.cursor()
    cursor.execute(f"PRAGMA foreign_keys = {'ON' if enforced else 'OFF'}")
    cursor.close()
