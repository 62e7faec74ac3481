"""Tables of sums: a row is inserted, or its numbers are added to those of the row with the same key."""

from __future__ import annotations

from sqlalchemy import Insert, Table
from sqlalchemy.dialects import postgresql, sqlite


def adding(table: Table) -> dict[str, Insert]:
    """The statement that adds to a table, by the name of the dialect; its parameters are named as the columns.

    Args:
        table: of what is no part of its primary key, every column is a number.
    """
    return {
        dialect: insert.on_conflict_do_update(
            index_elements=list(table.primary_key),
            set_={column.name: column + insert.excluded[column.name] for column in table.c if not column.primary_key},
        )
        for dialect, insert in (("sqlite", sqlite.insert(table)), ("postgresql", postgresql.insert(table)))
    }
