"""Whether a SQLite file is whole, and can be written."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from srs.db.trouble import DatabaseError


def damage_of(file: Path, *, thorough: bool = False) -> str | None:
    """What is broken in a database file, in SQLite's words; None if it is whole.

    Args:
        file: the database, also while it is in use; it is only read.
        thorough: compare the indexes with their tables too, and look for rows that belong to nothing.
    """
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            check = "integrity_check" if thorough else "quick_check"
            found = [row[0] for row in connection.execute(f"PRAGMA {check}(3)")]
            if found != ["ok"]:
                # SQLite begins with the database's name on a line of its own.
                lines = [line.strip() for line in str(found[0]).splitlines() if not line.startswith("***")]
                return lines[0] if lines else "a check found it broken"
            if thorough and connection.execute("PRAGMA foreign_key_check").fetchone():
                return "rows that belong to nothing"
    except sqlite3.DatabaseError as error:
        return str(error)
    return None


def refuse_read_only(file: Path) -> None:
    """See to it that a database file can be written, or made.

    Raises:
        DatabaseError: the file or its folder is read-only.
    """
    for path, what in ((file.parent, "the folder"), (file, "the file")):
        if path.exists() and not os.access(path, os.W_OK):
            raise DatabaseError(
                f"The database {file} cannot be written: {what} is read-only. "
                "Make it writable, or choose another data folder with --data DIR or REFRESHER_DATA."
            )
