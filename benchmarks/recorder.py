"""The floor of an answer: the very writes that it makes, as bare transactions through the driver alone.

The writes are recorded at the driver (whatever layers lie above it) during a run that is not timed, and replayed on a
copy of the same database.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import psycopg
from sqlalchemy import event

from benchmarks.figures import Watch
from srs.db import Database


class Write:
    """A statement that changes something, as the driver got it."""

    __slots__ = ("many", "parameters", "sql")

    def __init__(self, sql: str, parameters: Any, *, many: bool) -> None:  # noqa: ANN401 - as each driver takes them
        self.sql = sql
        self.parameters = parameters
        self.many = many


class Recorder:
    """Collects writes; `taken` hands out those since the last time."""

    def __init__(self) -> None:
        self._writes: list[Write] = []

    def note(self, sql: object, parameters: Any, *, many: bool = False) -> None:  # noqa: ANN401 - as drivers take them
        """Keep a statement, if it writes."""
        text = str(sql)
        if text.lstrip()[:6].upper() in {"INSERT", "UPDATE", "DELETE"}:
            self._writes.append(Write(text, parameters, many=many))

    def taken(self) -> tuple[Write, ...]:
        """The writes since the last call."""
        found = tuple(self._writes)
        self._writes.clear()
        return found


def record(database: Database) -> Recorder:
    """Record what goes through a database's connections from now on; it must not have been used yet."""
    recorder = Recorder()
    key, value = ("factory", _sqlite(recorder)) if database.is_sqlite else ("cursor_factory", _postgresql(recorder))

    @event.listens_for(database.engine, "do_connect")
    def connect(_dialect: object, _record: object, _arguments: object, named: dict[str, object]) -> None:
        named[key] = value

    return recorder


def _sqlite(recorder: Recorder) -> type[sqlite3.Connection]:
    class Cursor(sqlite3.Cursor):
        def execute(self, sql: str, parameters: Any = (), /) -> Self:  # noqa: ANN401 - as the driver has it
            recorder.note(sql, parameters)
            return super().execute(sql, parameters)

        def executemany(self, sql: str, parameters: Any, /) -> Self:  # noqa: ANN401 - as the driver has it
            recorder.note(sql, parameters, many=True)
            return super().executemany(sql, parameters)

    class Connection(sqlite3.Connection):
        def cursor(self, factory: Any = Cursor) -> Any:  # noqa: ANN401 - as the driver has it
            return super().cursor(factory)

    return Connection


def _postgresql(recorder: Recorder) -> type[psycopg.Cursor[Any]]:
    class Cursor(psycopg.Cursor[Any]):
        def execute(self, query: Any, params: Any = None, **named: Any) -> Self:  # noqa: ANN401 - as the driver has it
            recorder.note(query, params)
            return super().execute(query, params, **named)

        def executemany(self, query: Any, params_seq: Any, **named: Any) -> None:  # noqa: ANN401 - as the driver has it
            recorder.note(query, params_seq, many=True)
            super().executemany(query, params_seq, **named)

    return Cursor


class BareSqlite:
    """Transactions on a SQLite file through `sqlite3` alone, as durable as Refresher's."""

    def __init__(self, file: Path) -> None:
        self._connection = sqlite3.connect(file, isolation_level=None)
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "cache_size = -32768"):
            self._connection.execute(f"PRAGMA {pragma}").close()

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def run(self, writes: Sequence[Write]) -> float:
        """Seconds for one transaction of these writes."""
        cursor = self._connection.cursor()
        with Watch() as watch:
            cursor.execute("BEGIN IMMEDIATE")
            _run(cursor, writes)
            cursor.execute("COMMIT")
        return watch.seconds


class BarePostgresql:
    """Transactions on PostgreSQL through `psycopg` alone."""

    def __init__(self, url: str) -> None:
        self._connection = psycopg.connect(url)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def run(self, writes: Sequence[Write]) -> float:
        """Seconds for one transaction of these writes."""
        cursor = self._connection.cursor()
        with Watch() as watch:
            _run(cursor, writes)
            self._connection.commit()
        return watch.seconds


def _run(cursor: sqlite3.Cursor | psycopg.Cursor[Any], writes: Sequence[Write]) -> None:
    for write in writes:
        if write.many:
            cursor.executemany(write.sql, write.parameters)
        else:
            cursor.execute(write.sql, write.parameters)
        if cursor.description is not None:
            cursor.fetchall()
