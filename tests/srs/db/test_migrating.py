from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from srs.db import Database, DatabaseError, migrating, open_database
from srs.db.engine import APPLICATION_ID
from srs.db.migrating import HEAD, Version, check, migrate
from srs.db.tables import metadata
from tests.srs.study import START_MS


def test_the_migrated_tables_are_the_tables_of_the_program(database: Database) -> None:
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []


def test_the_migrated_primary_keys_and_partial_indexes_are_those_of_the_program(database: Database) -> None:
    with database.reading() as connection:
        found = inspect(connection)
        for table in metadata.sorted_tables:
            key = found.get_pk_constraint(table.name)["constrained_columns"]
            assert key == [column.name for column in table.primary_key.columns]
        (target,) = (index for index in found.get_indexes("events") if index["name"] == "ix_events_target")
        (condition,) = (value for name, value in target["dialect_options"].items() if name.endswith("_where"))
        assert "IS NOT NULL" in str(condition)


def test_a_learners_tables_lead_every_key_and_index_with_the_learner() -> None:
    for table in metadata.sorted_tables:
        if "learner_id" not in table.c:
            continue
        assert next(iter(table.primary_key.columns)).name == "learner_id"
        for index in table.indexes:
            assert next(iter(index.columns)).name == "learner_id"


def test_the_newest_step_is_the_version_that_the_program_knows() -> None:
    scripts = ScriptDirectory(str(Path(migrating.__file__).with_name("migrations")))
    assert scripts.get_current_head() == HEAD
    assert [step.revision for step in scripts.walk_revisions()] == [
        f"{number:04}" for number in range(int(HEAD), 0, -1)
    ]


def test_migrating_an_empty_database_and_then_again(empty_url: Path | str) -> None:
    database = open_database(empty_url)
    try:
        assert check(database) is Version.EMPTY
        assert migrate(database, START_MS) is True
        assert check(database) is Version.CURRENT
        assert migrate(database, START_MS) is False
    finally:
        database.close()


def test_a_database_of_a_newer_version_is_refused_and_not_touched(where: Path | str, tmp_path: Path) -> None:
    database = open_database(where)
    with database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()
    before = where.read_bytes() if isinstance(where, Path) else b""
    again = open_database(where)
    try:
        with pytest.raises(DatabaseError, match=r"newer Refresher .*9999.*It was not touched"):
            migrate(again, START_MS, tmp_path / "copies")
    finally:
        again.close()
    assert not (tmp_path / "copies").exists()
    if isinstance(where, Path):
        assert where.read_bytes() == before


def test_a_database_without_a_way_to_today_is_copied_and_left_as_it_is(tmp_path: Path) -> None:
    database = open_database(tmp_path / "old.db")
    try:
        migrate(database, START_MS)
        with database.writing() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
        with pytest.raises(DatabaseError, match="cannot be migrated"):
            migrate(database, START_MS, tmp_path / "copies")
        assert check(database) is Version.OLDER
    finally:
        database.close()
    (copy,) = (tmp_path / "copies").iterdir()
    assert copy.name == "before-migration-20260302T090000Z.db"
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("0000",)


@pytest.mark.parametrize("content", [b"This is a text.\n" * 10, b"PK\x03\x04", b"\x00" * 4096])
def test_a_file_that_is_no_database_is_refused_and_not_touched(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "refresher.db"
    file.write_bytes(content)
    database = open_database(file)
    try:
        with pytest.raises(DatabaseError, match=r"refresher\.db is not a SQLite database"):
            migrate(database, START_MS)
    finally:
        database.close()
    assert file.read_bytes() == content
    assert [path.name for path in tmp_path.iterdir()] == ["refresher.db"]


def test_a_database_of_another_program_is_refused_and_not_touched(tmp_path: Path) -> None:
    file = tmp_path / "refresher.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE col (id INTEGER)").close()
    before = file.read_bytes()
    database = open_database(file)
    try:
        with pytest.raises(DatabaseError, match="of another program"):
            migrate(database, START_MS)
    finally:
        database.close()
    assert file.read_bytes() == before


def test_a_truncated_database_is_refused_with_one_sentence(tmp_path: Path) -> None:
    whole = open_database(tmp_path / "whole.db")
    migrate(whole, START_MS)
    whole.close()
    file = tmp_path / "refresher.db"
    file.write_bytes((tmp_path / "whole.db").read_bytes()[:5000])
    database = open_database(file)
    try:
        with pytest.raises(DatabaseError, match=r"refresher\.db cannot be read: "):
            migrate(database, START_MS)
    finally:
        database.close()


def test_a_folder_in_the_place_of_the_database_is_refused(tmp_path: Path) -> None:
    database = open_database(tmp_path)
    try:
        with pytest.raises(DatabaseError, match="cannot be read: Is a directory"):
            migrate(database, START_MS)
    finally:
        database.close()


def test_a_file_of_no_bytes_counts_as_no_database_yet(tmp_path: Path) -> None:
    file = tmp_path / "refresher.db"
    file.touch()
    database = open_database(file)
    try:
        assert migrate(database, START_MS) is True
    finally:
        database.close()


def test_postgresql_with_tables_of_another_program_is_refused(empty_url: Path | str) -> None:
    if isinstance(empty_url, Path):
        return
    database = open_database(empty_url)
    try:
        with database.writing() as connection:
            connection.execute(text("CREATE TABLE other (id INTEGER)"))
        with pytest.raises(DatabaseError, match="has tables, but not Refresher's"):
            migrate(database, START_MS)
    finally:
        database.close()


def test_a_postgresql_that_is_not_there_is_said_in_one_sentence_without_the_password() -> None:
    database = open_database("postgresql://someone:secret@127.0.0.1:9/nothing")
    try:
        with pytest.raises(DatabaseError, match="cannot be used: connection") as error:
            migrate(database, START_MS)
    finally:
        database.close()
    assert "secret" not in str(error.value)


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("no url", "cannot be read; one looks like"),
        ("postgresql://user:hidden@host:port/name", r"user:\*\*\*@host:port.* cannot be read"),
        ("postgresql:/user:hidden@host/name", "cannot be read"),
        ("mysql://user@host/name", "'mysql' is not supported"),
        ("sqlite://", "'sqlite' is not supported"),
    ],
)
def test_a_url_that_cannot_be_used_is_said_in_one_sentence(url: str, message: str) -> None:
    with pytest.raises(DatabaseError, match=message) as error:
        open_database(url)
    assert "hidden" not in str(error.value)


def test_sqlite_is_set_up_to_keep_what_it_acknowledged(tmp_path: Path) -> None:
    database = open_database(tmp_path / "odd name % ? #.db")
    try:
        migrate(database, START_MS)
        with database.reading() as connection:
            found = {
                name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                for name in ("journal_mode", "synchronous", "foreign_keys", "application_id", "busy_timeout")
            }
    finally:
        database.close()
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "application_id": APPLICATION_ID,
        "busy_timeout": 10_000,
    }
    assert (tmp_path / "odd name % ? #.db").exists()


def test_sqlite_is_told_of_every_index_of_the_large_tables_and_gathers_nothing_itself(tmp_path: Path) -> None:
    database = open_database(tmp_path / "refresher.db")
    try:
        migrate(database, START_MS)
        with database.reading() as connection:
            told = {
                (table, index): rows
                for table, index, rows in connection.exec_driver_sql("SELECT tbl, idx, stat FROM sqlite_stat1")
            }
            for table in ("cards", "card_state", "events"):
                for index in connection.exec_driver_sql(f"PRAGMA index_list({table})"):
                    columns = connection.exec_driver_sql(f"PRAGMA index_info({index.name})").all()
                    assert len(told.pop((table, index.name)).split()) == len(columns) + 1
    finally:
        database.close()
    assert told == {}
