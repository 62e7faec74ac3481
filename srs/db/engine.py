"""Connections to SQLite and PostgreSQL, set up so that an acknowledged write is on the disk."""

from __future__ import annotations

from pathlib import Path


class DatabaseError(Exception):
    """The database cannot be used; the text is one sentence for the person who started the program."""


class Database:
    """An open database."""

    def close(self) -> None:
        """Close every connection."""


def open_database(where: Path | str) -> Database:
    """Open the SQLite file at a path, or the PostgreSQL database at a URL, without touching what is in it."""
    raise NotImplementedError
