"""A database of an older version, with a learner's history in it, brought to today's."""

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

from cards.answers.types import Verdict
from srs import service
from srs.db import Database, migrating, open_database
from srs.db.engine import APPLICATION_ID
from srs.db.migrating import HEAD, Version, check, migrate
from srs.db.tables import (
    card_state,
    decks,
    events,
    metadata,
    notes,
    rollup_cards,
    rollup_marks,
    rollups,
    section_counts,
)
from tests.srs.study import START_MS, USUAL, Study, hasty, write_deck

_IN_0004: set[Table | Column[Any]] = {
    *(events.c.interval_before, events.c.cause_id),
    *(card_state.c.flagged, card_state.c.leech),
}
_IN_0005: set[Table | Column[Any]] = {rollups, rollup_cards, rollup_marks}
_IN_0006: set[Table | Column[Any]] = {section_counts}
LATER: dict[str, set[Table | Column[Any]]] = {
    "0001": {notes, decks.c.loaded, events.c.typed, events.c.verdict, *_IN_0004, *_IN_0005, *_IN_0006},
    "0002": {events.c.typed, events.c.verdict, *_IN_0004, *_IN_0005, *_IN_0006},
    "0003": _IN_0004 | _IN_0005 | _IN_0006,
    "0004": _IN_0005 | _IN_0006,
    "0005": _IN_0006,
}
"""Versions that there were, and the tables and columns that they did not have."""


def make_version(database: Database, version: str) -> None:
    """The tables as that version made them."""
    config = Config()
    config.set_main_option("script_location", str(Path(migrating.__file__).with_name("migrations")))
    config.set_main_option("path_separator", "os")
    with database.writing() as connection:
        if database.is_sqlite:
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        config.attributes["connection"] = connection
        command.upgrade(config, version)


def had(version: str) -> dict[Table, list[Column[Any]]]:
    """The tables that a version had, and those of their columns that it had."""
    return {
        table: [column for column in table.columns if column not in LATER[version]]
        for table in metadata.sorted_tables
        if table not in LATER[version]
    }


def contents(connection: Connection, version: str) -> dict[str, list[tuple[object, ...]]]:
    """All rows of the tables, and those of their columns, that a version had."""
    return {
        table.name: [tuple(row) for row in connection.execute(select(*columns).order_by(*table.primary_key))]
        for table, columns in had(version).items()
    }


@pytest.fixture
def lived(new_study: Callable[..., Study]) -> Study:
    """A learner with a past: reviews over some days, one taken back, a card set aside."""
    study = new_study()
    study.finish_day()
    study.pass_by(days=3)
    for card in study.shown():
        study.answer(f"small/{card}", 1)
    study.undo()
    service.suspend(study.context, study.now, "small/c/forward")
    return study


@pytest.fixture(params=LATER)
def version(request: pytest.FixtureRequest) -> str:
    """Each version that there was."""
    found: str = request.param
    return found


@pytest.fixture
def old(empty_url: Path | str, lived: Study, version: str) -> Database:
    """The same past in a database of an older version, on SQLite and then on PostgreSQL."""
    database = hasty(open_database(empty_url))
    make_version(database, version)
    with lived.database.reading() as connection:
        rows = {
            table: [dict(row) for row in connection.execute(select(*columns)).mappings()]
            for table, columns in had(version).items()
        }
    with database.writing() as connection:
        for table, values in rows.items():
            if values:
                connection.execute(insert(table), values)
    return database


def test_an_older_versions_history_is_all_there_and_lives_on(
    old: Database, version: str, lived: Study, tmp_path: Path
) -> None:
    try:
        with old.reading() as connection:
            before = contents(connection, version)
        assert len(before["events"]) > 10
        assert check(old) is Version.OLDER
        assert migrate(old, START_MS, tmp_path / "copies") is True
        assert check(old) is Version.CURRENT
        with old.reading() as connection:
            assert contents(connection, version) == before
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
        rows = service.reviews(study.context, limit=1000).reviews
        assert {(row.typed, row.verdict) for row in rows} == {(None, None)}
        study.answer_typed("small/e/problem", "not a number", seed=1)
        newest = service.reviews(study.context, card_id="small/e/problem", since=study.now).reviews[-1]
        assert (newest.typed, newest.verdict, newest.seed) == ("not a number", Verdict.UNREADABLE, 1)
        study.check_laws()
    finally:
        old.close()


def test_before_the_change_the_database_is_copied_as_it_was(old: Database, version: str, tmp_path: Path) -> None:
    try:
        with old.reading() as connection:
            before = contents(connection, version)
        migrate(old, START_MS, tmp_path / "copies")
        if old.file is None:
            assert not (tmp_path / "copies").exists(), "PostgreSQL has tools of its own"
            return
    finally:
        old.close()
    (copy,) = (tmp_path / "copies").iterdir()
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (version,)
        for name, rows in before.items():
            assert connection.execute(f"SELECT count(*) FROM {name}").fetchone() == (len(rows),)  # noqa: S608 - our own names


def test_a_change_that_fails_leaves_the_older_version_as_it_was(
    old: Database, version: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Unplugged(Exception):
        pass

    try:
        with old.reading() as connection:
            before = contents(connection, version)
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
            assert contents(connection, version) == before
        assert migrate(old, START_MS, tmp_path / "copies") is True
        assert check(old) is Version.CURRENT
        assert HEAD == "0006"
    finally:
        old.close()
