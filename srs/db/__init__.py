"""The store: SQLite or PostgreSQL. Rows never leave this package."""

from __future__ import annotations

from srs.db.engine import Database, open_database
from srs.db.trouble import DatabaseError, DatabaseUnavailable, Trouble

__all__ = ["Database", "DatabaseError", "DatabaseUnavailable", "Trouble", "open_database"]
