"""Putting a copy back: only a whole database of Refresher's that this program understands."""

from __future__ import annotations

from pathlib import Path

from srs.db.backup import put_back
from srs.db.migrating import Version, check_file
from srs.db.soundness import damage_of
from srs.db.trouble import DatabaseError


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
    damage = damage_of(copy, thorough=True)
    if damage is not None:
        raise DatabaseError(f"{copy} is damaged ({damage}); it was not restored.")
    return put_back(copy, file, aside)
