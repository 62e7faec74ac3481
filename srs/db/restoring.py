"""Putting a copy back: only a whole database of Refresher's that this program understands."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from srs.db.backup import put_back
from srs.db.engine import DatabaseError
from srs.db.migrating import Version, check_file


def restore(copy: Path, file: Path, aside: Path) -> Path | None:
    """Check the copy, save the present database to the file `aside`, then replace it. The copy itself is left as it is.

    Returns:
        Where the present database was saved; None if there was none.

    Raises:
        DatabaseError: the copy is missing, empty, damaged, of a newer version or of another program; or the present
            database is in use. The present database was not touched then.
    """
    if not copy.is_file():
        raise DatabaseError(f"There is no file {copy}.")
    if file.exists() and copy.samefile(file):
        raise DatabaseError(f"{copy} is the database itself; there is nothing to restore.")
    if check_file(copy) is Version.EMPTY:
        raise DatabaseError(f"{copy} is empty; there is nothing in it to restore.")
    _whole(copy)
    return put_back(copy, file, aside)


def _whole(copy: Path) -> None:
    try:
        with closing(sqlite3.connect(f"{copy.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            found = [row[0] for row in connection.execute("PRAGMA integrity_check(3)")]
            if found != ["ok"]:
                raise DatabaseError(f"{copy} is damaged ({found[0].strip()}); it was not restored.")
            if connection.execute("PRAGMA foreign_key_check").fetchone():
                raise DatabaseError(f"{copy} is damaged (rows that belong to nothing); it was not restored.")
    except sqlite3.DatabaseError as error:
        raise DatabaseError(f"{copy} is damaged ({error}); it was not restored.") from error
