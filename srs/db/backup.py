"""Copies of a SQLite database: before each migration, once a day, and when asked for; and putting one back.

Copies are made by SQLite's own backup, which sees one state of a database that is in use, and are put in place in one
step, so that there is never half a file. PostgreSQL has its own tools (`pg_dump`).
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from srs.db.engine import Database
from srs.db.soundness import damage_of
from srs.db.trouble import DatabaseError, damaged

DAILY_COPIES = 14
"""How many daily copies are kept."""

_DAILY = "daily-"


def copy_database(source: Path, target: Path) -> Path:
    """Write the database as it is now to `target`, replacing a file there only once the copy is whole.

    Raises:
        DatabaseError: the source cannot be read or the target cannot be written.
    """
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with (
            closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as before,
            closing(sqlite3.connect(part)) as after,
        ):
            before.backup(after)
            after.execute("PRAGMA journal_mode = DELETE").close()  # one file that can be carried about
        _to_disk(part)
        part.replace(target)
        _to_disk(target.parent)
    except (OSError, sqlite3.Error) as error:
        raise DatabaseError(f"The database {source} could not be copied to {target}: {_reason(error)}.") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return target


def before_migration(database: Database, copies: Path, now_ms: int) -> Path | None:
    """A copy to go back to, named after the moment; None on PostgreSQL."""
    if database.file is None:
        return None
    moment = datetime.fromtimestamp(now_ms / 1000, UTC).strftime("%Y%m%dT%H%M%SZ")
    return copy_database(database.file, copies / f"before-migration-{moment}.db")


def daily_copy(database: Database, copies: Path, now_ms: int, keep: int = DAILY_COPIES) -> Path | None:
    """The day's copy, if it was not made yet; the oldest beyond `keep` are removed. None if there was nothing to do.

    Raises:
        DatabaseUnavailable: the database is damaged. It is not copied then, and no older copy is given up for it.
        DatabaseError: the copy cannot be written.
    """
    if database.file is None or not database.file.exists():
        return None
    target = copies / f"{_DAILY}{datetime.fromtimestamp(now_ms / 1000, UTC):%Y-%m-%d}.db"
    if target.exists():
        return None
    damage = damage_of(database.file)
    if damage is not None:
        raise damaged(database.name, damage)
    copy_database(database.file, target)
    for old in sorted(copies.glob(f"{_DAILY}*.db"))[:-keep]:
        with suppress(OSError):
            old.unlink()
    return target


def put_back(copy: Path, file: Path, aside: Path) -> Path | None:
    """Replace the database by a copy that was checked before (`srs.db.restoring.restore`).

    Args:
        copy: the file to put back; it is left as it is.
        file: the database to replace.
        aside: the file to which the present database is saved first (as it is, if SQLite cannot read it).

    Returns:
        Where the present database was saved; None if there was none.

    Raises:
        DatabaseError: something could not be read or written, or another program has the database open.
    """
    saved = None
    if file.exists() and file.stat().st_size:
        saved = _save(file, aside)
    copy_database(copy, file)
    return saved


def _save(file: Path, aside: Path) -> Path:
    try:
        copy_database(file, aside)
    except DatabaseError:
        _save_damaged(file, aside)
    else:
        _close_log(file)
    return aside


def _save_damaged(file: Path, aside: Path) -> None:
    # What SQLite cannot read may still be worth something to somebody: byte for byte, its log too.
    try:
        for suffix in ("", "-wal"):
            source = file.with_name(file.name + suffix)
            if source.exists():
                shutil.copy2(source, aside.with_name(aside.name + suffix))
        for suffix in ("-wal", "-shm"):
            file.with_name(file.name + suffix).unlink(missing_ok=True)
    except OSError as error:
        raise DatabaseError(f"The database {file} could not be saved to {aside}: {_reason(error)}.") from error


def _close_log(file: Path) -> None:
    # A write-ahead log left beside the file would be played into the one that takes its place.
    try:
        with closing(sqlite3.connect(file, timeout=1, isolation_level=None)) as connection:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE").close()
            mode = connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
    except sqlite3.Error as error:
        raise DatabaseError(f"The database {file} is in use ({error}); stop `refresher serve` first.") from error
    if mode != "delete":
        raise DatabaseError(f"The database {file} is in use; stop `refresher serve` first.")


def _to_disk(path: Path) -> None:
    if os.name == "nt" and path.is_dir():  # pragma: no cover - Windows has no such thing as a folder's fsync
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return error.strerror or str(error)
    return str(error).rstrip(".")
