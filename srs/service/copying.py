"""A copy of the learner's database, and putting one back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from srs.db import DatabaseError
from srs.db.backup import copy_database
from srs.db.migrating import check_file
from srs.db.restoring import restore as put_back
from srs.service.start import COPIES, DATABASE


def back_up(data: Path, now: datetime, target: Path | None = None) -> Path:
    """Copy the database of a data folder, also while it is in use; where the copy is.

    Args:
        data: the data folder.
        now: names the copy.
        target: the file to write, replaced if it is a Refresher's database already; None for the folder of copies.

    Raises:
        DatabaseError: there is no database, or the copy cannot be written; its text is for the person.
    """
    source = data / DATABASE
    if not source.is_file():
        raise DatabaseError(f"There is no database {source}, so there is nothing to back up.")
    if target is None:
        target = data / COPIES / f"backup-{_stamp(now)}.db"
    elif target.exists():
        if target.is_dir():
            raise DatabaseError(f"{target} is a folder; name a file to write, such as {target / 'refresher-copy.db'}.")
        if target.samefile(source):
            raise DatabaseError(f"{target} is the database itself; name another file.")
        check_file(target)  # raises for anything that is not ours to replace
    return copy_database(source, target)


def restore(data: Path, now: datetime, copy: Path) -> Path | None:
    """Replace the database of a data folder by a copy; the present one is saved first.

    Returns:
        Where the present database was saved; None if there was none.

    Raises:
        DatabaseError: the copy is missing, empty, damaged, of a newer version or of another program, or the present
            database is in use. Nothing was changed then; its text is for the person.
    """
    return put_back(copy, data / DATABASE, data / COPIES / f"before-restore-{_stamp(now)}.db")


def _stamp(now: datetime) -> str:
    return now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
