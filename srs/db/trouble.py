"""When the database cannot do what was asked, through no fault of who asked: what it is, in a sentence for a person."""

from __future__ import annotations

import sqlite3
from enum import Enum
from typing import Any

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, NotSupportedError, ProgrammingError

_OUR_FAULT = (DataError, IntegrityError, NotSupportedError, ProgrammingError)
_PRIMARY = 0xFF  # SQLite's extended codes carry the primary one in their last byte
_FULL = {sqlite3.SQLITE_FULL}
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_DISK_FULL_IN_POSTGRESQL = "53100"


class DatabaseError(Exception):
    """The database cannot be used; the text is one sentence or two for the person who started the program."""


class Trouble(Enum):
    """What is the matter with a database."""

    FULL = "there is no room left"
    BUSY = "another program holds it"
    DAMAGED = "its file is damaged"
    AWAY = "it cannot be reached, read or written"


class DatabaseUnavailable(DatabaseError):
    """A transaction that the database could not carry out; nothing of it was kept.

    Attributes:
        trouble: what is the matter.
    """

    def __init__(self, trouble: Trouble, message: str) -> None:
        super().__init__(message)
        self.trouble = trouble


def unavailable(error: DBAPIError, name: str) -> DatabaseUnavailable | None:
    """What a driver's error says of the database of that name; None if the statement was wrong, not the database."""
    if isinstance(error, _OUR_FAULT):
        return None
    trouble = _trouble_of(error.orig)
    if trouble is Trouble.DAMAGED:
        return damaged(name, cause(error))
    match trouble:
        case Trouble.FULL:
            message = f"There is no room left for the database {name}. Free some space on its disk, then try again."
        case Trouble.BUSY:
            message = f"Another program is using the database {name} and does not let go. Try again in a moment."
        case _:
            message = f"The database {name} cannot be used: {cause(error)}."
    return DatabaseUnavailable(trouble, message)


def damaged(name: str, what: str) -> DatabaseUnavailable:
    """A database file that is broken, and the way back; `what` is broken in SQLite's words."""
    message = (
        f"The database {name} is damaged ({what}). Stop the server and put a copy back with "
        "`refresher restore FILE`; the daily ones are in the folder `copies` beside the database."
    )
    return DatabaseUnavailable(Trouble.DAMAGED, message)


def _trouble_of(error: Any) -> Trouble:  # noqa: ANN401 - a driver's error has what its driver gives it
    code = getattr(error, "sqlite_errorcode", None)
    if code is not None:
        primary = code & _PRIMARY
        kinds = ((_FULL, Trouble.FULL), (_BUSY, Trouble.BUSY), (_DAMAGED, Trouble.DAMAGED))
        return next((kind for codes, kind in kinds if primary in codes), Trouble.AWAY)
    return Trouble.FULL if getattr(error, "sqlstate", None) == _DISK_FULL_IN_POSTGRESQL else Trouble.AWAY


def cause(error: DBAPIError) -> str:
    """The first line of what the driver says."""
    text = str(error.orig).strip()
    return text.splitlines()[0].rstrip(".") if text else type(error.orig).__name__
