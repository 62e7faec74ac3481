"""What a database that cannot go on says, and that nothing acknowledged is lost by it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError, ProgrammingError

from srs import service
from srs.db import Database, DatabaseError, DatabaseUnavailable, Trouble, open_database
from tests.srs.study import Study


def with_pragma(database: Database, pragma: str) -> None:
    """Let every connection be made with a pragma from now on."""

    def set_it(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(pragma).close()

    event.listen(database.engine, "connect", set_it)
    database.engine.dispose()


def test_a_full_disk_is_said_and_what_was_acknowledged_is_kept(sqlite_study: Study) -> None:
    study = sqlite_study
    with_pragma(study.database, "PRAGMA max_page_count = 1")  # as many pages as there are

    def answer_until_it_is_full() -> None:
        for _ in range(400):
            study.answer("small/a/forward")
            study.pass_by(minutes=1)

    with pytest.raises(DatabaseUnavailable, match="no room left") as caught:
        answer_until_it_is_full()
    assert caught.value.trouble is Trouble.FULL
    kept = len(service.reviews(study.context, limit=1000).reviews)
    assert study.queue().counts.total
    assert len(service.reviews(study.context, limit=1000).reviews) == kept
    study.check_laws()


def test_a_writer_who_does_not_let_go_is_said(sqlite_study: Study) -> None:
    study = sqlite_study
    with_pragma(study.database, "PRAGMA busy_timeout = 0")
    with closing(sqlite3.connect(study.database.name, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseUnavailable, match="does not let go") as caught:
            study.answer("small/a/forward")
        assert study.queue().counts.total  # reading goes on
    assert caught.value.trouble is Trouble.BUSY
    assert study.answer("small/a/forward").created


def test_a_damaged_database_is_said_with_the_way_back(sqlite_study: Study) -> None:
    study = sqlite_study
    study.database.close()
    file = Path(study.database.name)
    pages = file.read_bytes()
    file.write_bytes(pages[:4096] + b"\xa5" * (len(pages) - 4096))
    with pytest.raises(DatabaseUnavailable, match="refresher restore") as caught:
        study.queue()
    assert caught.value.trouble is Trouble.DAMAGED


def test_a_database_that_is_gone_is_said(tmp_path: Path, new_study: Callable[..., Study]) -> None:
    study = new_study()
    study.database.close()
    (tmp_path / "study.db").rename(tmp_path / "elsewhere.db")
    (tmp_path / "study.db").mkdir()
    with pytest.raises(DatabaseUnavailable, match="unable to open database file") as caught:
        study.queue()
    assert caught.value.trouble is Trouble.AWAY


def test_a_postgresql_that_is_away_is_said_without_its_password() -> None:
    database = open_database("postgresql://someone:secret@127.0.0.1:1/refresher")
    with pytest.raises(DatabaseUnavailable, match="cannot be used") as caught, database.reading():
        pytest.fail("there is nothing to read")
    assert caught.value.trouble is Trouble.AWAY
    assert "secret" not in str(caught.value)
    database.close()


def test_a_postgresql_connection_that_was_cut_is_said_and_the_next_one_serves(
    new_study: Callable[..., Study], request: pytest.FixtureRequest
) -> None:
    postgresql = request.getfixturevalue("postgresql_server")
    url = postgresql.fresh()
    study = new_study(open_database(url))

    def cut_itself() -> None:
        with study.database.writing() as connection:
            pid = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
            with study.database.writing() as other:
                other.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})
            connection.execute(text("SELECT 1"))

    with pytest.raises(DatabaseUnavailable) as caught:
        cut_itself()
    assert caught.value.trouble is Trouble.AWAY
    assert study.answer("small/a/forward").created
    study.database.close()
    postgresql.drop(url)


def test_a_wrong_statement_is_not_blamed_on_the_database(study: Study) -> None:
    with pytest.raises(IntegrityError), study.database.writing() as connection:
        connection.execute(text("INSERT INTO learners (id, created_ms) VALUES (1, 0)"))
    wrong = ProgrammingError if not study.database.is_sqlite else DatabaseError
    with pytest.raises(wrong), study.database.reading() as connection:
        connection.execute(text("SELECT * FROM nothing_of_the_kind"))
