"""The store: SQLite or PostgreSQL. Rows never leave this package."""

from __future__ import annotations

from srs.db.engine import Database, DatabaseError, open_database

__all__ = ["Database", "DatabaseError", "open_database"]
