"""Statements of SQLAlchemy Core, compiled once and then handed straight to the driver.

For the few statements that run at every answer. Seen here, for a read by key on SQLite: 35 us through
`Connection.execute`, 4 us this way, and an answer needs seven of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from sqlalchemy import ClauseElement, Connection, Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler

Values: TypeAlias = Mapping[str, object]
Rows: TypeAlias = list[tuple[Any, ...]]
_Process: TypeAlias = Callable[[Any], Any]


class Prepared:
    """A statement with named parameters. What it selects must be of types that the driver itself returns."""

    __slots__ = ("_compiled", "_statement")

    def __init__(self, statement: ClauseElement) -> None:
        self._statement = statement
        self._compiled: dict[str, _Compiled] = {}

    def rows(self, connection: Connection, values: Values) -> Rows:
        """Run it, and all its rows."""
        cursor = self._run(connection, values)
        try:
            rows: Rows = cursor.fetchall()
        finally:
            cursor.close()
        return rows

    def first(self, connection: Connection, values: Values) -> tuple[Any, ...] | None:
        """Run it, and its first row, if there is one."""
        rows = self.rows(connection, values)
        return rows[0] if rows else None

    def run(self, connection: Connection, values: Values) -> None:
        """Run it for what it changes."""
        self._run(connection, values).close()

    def _run(self, connection: Connection, values: Values) -> Any:  # noqa: ANN401 - a driver's cursor has no type
        name = connection.dialect.name
        compiled = self._compiled.get(name)
        if compiled is None:
            compiled = self._compiled[name] = _Compiled(self._statement, connection.dialect)
        cursor = connection.connection.cursor()
        try:
            cursor.execute(compiled.text, compiled.bound(values))
        except compiled.errors as error:
            raise _explained(connection, compiled, error) from error
        return cursor


def _explained(connection: Connection, compiled: _Compiled, error: Any) -> BaseException:  # noqa: ANN401 - a driver's
    """What SQLAlchemy would raise; a connection that is gone is not used again."""
    if connection.dialect.is_disconnect(error, connection.connection, None):
        connection.invalidate()
    raised = DBAPIError.instance(compiled.text, None, error, compiled.errors, dialect=connection.dialect)
    return raised if isinstance(raised, BaseException) else error


class _Compiled:
    """A statement as one driver wants it."""

    __slots__ = ("_fixed", "_names", "_processes", "errors", "text")

    def __init__(self, statement: ClauseElement, dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect)
        if not isinstance(compiled, SQLCompiler):
            raise TypeError(f"{statement} is no statement with parameters")
        self.text = str(compiled)
        self.errors: type[Exception] = dialect.loaded_dbapi.Error
        self._names: Sequence[str] | None = compiled.positiontup
        self._fixed = {name: value for name, value in compiled.params.items() if value is not None}
        self._processes: dict[str, _Process] = {}
        for name, bind in compiled.binds.items():
            process = bind.type.dialect_impl(dialect).bind_processor(dialect)
            if process is not None:
                self._processes[name] = process
                if name in self._fixed:
                    self._fixed[name] = process(self._fixed[name])

    def bound(self, values: Values) -> Mapping[str, object] | tuple[object, ...]:
        """The parameters as the driver takes them: by place or by name."""
        given: dict[str, object] = {**self._fixed, **values}
        for name, process in self._processes.items():
            if name in values:
                given[name] = process(given[name])
        if self._names is None:
            return given
        return tuple([given[name] for name in self._names])
