"""A database of the first version, with a learner's history in it, brought to today's."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Column, Connection, Table, insert, select

from srs import service
from srs.db import Database, migrating, open_database
from srs.db.engine import APPLICATION_ID
from srs.db.migrating import HEAD, Version, check, migrate
from srs.db.tables import decks, events, metadata, notes
from tests.srs.study import START_MS, USUAL, Study, hasty, write_deck

LATER = {notes}
"""Tables that the first version did not have."""

LATER_COLUMNS = {decks.c.loaded, events.c.typed, events.c.verdict}


def make_first_version(database: Database) -> None:
    """The tables as the first version made them."""
    config = Config()
    config.set_main_option("script_location", str(Path(migrating.__file__).with_name("migrations")))
    config.set_main_option("path_separator", "os")
    with database.writing() as connection:
        if database.is_sqlite:
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")


def contents(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
    """All rows of the tables, and those of their columns, that the first version had."""
    return {
        table.name: [tuple(row) for row in connection.execute(select(*columns(table)).order_by(*table.primary_key))]
        for table in metadata.sorted_tables
        if table not in LATER
    }


def columns(table: Table) -> list[Column[Any]]:
    return [column for column in table.columns if column not in LATER_COLUMNS]


@pytest.fixture
def lived(new_study: Callable[..., Study]) -> Study:
    """A learner with a past: reviews over some days, one taken back, a card set aside."""
    study = new_study()
    study.finish_day()
    study.pass_by(days=3)
    study.finish_day(1)
    study.undo()
    service.suspend(study.context, study.now, "small/c/forward")
    return study


@pytest.fixture
def old(empty_url: Path | str, lived: Study) -> Database:
    """The same past in a database of the first version, on SQLite and then on PostgreSQL."""
    database = hasty(open_database(empty_url))
    make_first_version(database)
    with lived.database.reading() as connection:
        rows = {
            table: [dict(row) for row in connection.execute(select(*columns(table))).mappings()]
            for table in metadata.sorted_tables
            if table not in LATER
        }
    with database.writing() as connection:
        for table, values in rows.items():
            if values:
                connection.execute(insert(table), values)
    return database


def test_a_first_versions_history_is_all_there_and_lives_on(old: Database, lived: Study, tmp_path: Path) -> None:
    try:
        with old.reading() as connection:
            before = contents(connection)
        assert len(before["events"]) > 10
        assert check(old) is Version.OLDER
        assert migrate(old, START_MS, tmp_path / "copies") is True
        assert check(old) is Version.CURRENT
        with old.reading() as connection:
            assert contents(connection) == before
        study = Study(old, tmp_path / "data", lived.folders)
        study.now = lived.now
        assert study.derived() == lived.derived()
        study.check_laws()
        (first,) = study.report.decks
        assert first.plan is not None
        assert not first.plan.notes, "what it said before was not kept, and its cards are as they were"
        edited = [USUAL["one"][0].replace("It is a.", "It is still a."), *USUAL["one"][1:]]
        (second,) = study.load(write_deck(lived.folders[0], {"one": edited, "two": USUAL["two"]})).decks
        assert second.plan is not None
        assert [(note.id, note.action.value) for note in second.plan.notes] == [("a", "change")]
        study.pass_by(days=40)
        for _ in before["events"]:
            study.next_id()  # those that the past used
        study.finish_day()
        study.check_laws()
    finally:
        old.close()


def test_before_the_change_the_database_is_copied_as_it_was(old: Database, tmp_path: Path) -> None:
    try:
        with old.reading() as connection:
            before = contents(connection)
        migrate(old, START_MS, tmp_path / "copies")
        if old.file is None:
            assert not (tmp_path / "copies").exists(), "PostgreSQL has tools of its own"
            return
    finally:
        old.close()
    (copy,) = (tmp_path / "copies").iterdir()
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
        for name, rows in before.items():
            assert connection.execute(f"SELECT count(*) FROM {name}").fetchone() == (len(rows),)  # noqa: S608 - our own names


def test_a_change_that_fails_leaves_the_first_version_as_it_was(
    old: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Unplugged(Exception):
        pass

    try:
        with old.reading() as connection:
            before = contents(connection)
        upgrade = command.upgrade

        def interrupted(config: Config, revision: str) -> None:
            upgrade(config, revision)
            raise Unplugged  # all steps were run, nothing was committed

        monkeypatch.setattr(command, "upgrade", interrupted)
        with pytest.raises(Unplugged):
            migrate(old, START_MS, tmp_path / "copies")
        monkeypatch.setattr(command, "upgrade", upgrade)
        assert check(old) is Version.OLDER
        with old.reading() as connection:
            assert contents(connection) == before
        assert migrate(old, START_MS, tmp_path / "copies") is True
        assert check(old) is Version.CURRENT
        assert HEAD == "0003"
    finally:
        old.close()
