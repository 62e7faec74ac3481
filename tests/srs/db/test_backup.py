from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import insert

from srs.db import Database, DatabaseError, open_database, tables
from srs.db.backup import copy_database, daily_copy
from srs.db.migrating import check_file, migrate
from srs.db.restoring import restore
from tests.srs.study import START_MS, Study

DAY_MS = 86_400_000


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Database]:
    """A database file with a learner's row in it."""
    database = open_database(tmp_path / "refresher.db")
    migrate(database, START_MS)
    yield database
    database.close()


def mark(database: Database, learner: int) -> None:
    with database.writing() as connection:
        connection.execute(insert(tables.learners).values(id=learner, created_ms=0))


def learners(file: Path) -> list[int]:
    with closing(sqlite3.connect(file)) as connection:
        return [row[0] for row in connection.execute("SELECT id FROM learners ORDER BY id")]


def test_a_copy_has_what_was_committed_while_the_database_is_open(kept: Database, tmp_path: Path) -> None:
    assert kept.file
    mark(kept, 7)
    copy = copy_database(kept.file, tmp_path / "there" / "copy.db")
    mark(kept, 8)
    assert learners(copy) == [7]
    check_file(copy)
    assert [path.name for path in copy.parent.iterdir()] == ["copy.db"]


def test_a_copy_that_cannot_be_written_leaves_what_was_there(kept: Database, tmp_path: Path) -> None:
    assert kept.file
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(DatabaseError, match=r"could not be copied to .*copy\.db: "):
        copy_database(kept.file, tmp_path / "file" / "copy.db")
    assert (tmp_path / "file").read_text() == "not a folder"


def test_there_is_one_copy_a_day_and_a_bounded_number_of_them(kept: Database, tmp_path: Path) -> None:
    copies = tmp_path / "copies"
    for day in range(6):
        for hour in (0, 9):
            made = daily_copy(kept, copies, START_MS + day * DAY_MS + hour * 3_600_000, keep=3)
            assert (made is not None) == (hour == 0)
    assert sorted(path.name for path in copies.iterdir()) == [
        "daily-2026-03-05.db",
        "daily-2026-03-06.db",
        "daily-2026-03-07.db",
    ]


def test_a_restored_copy_takes_the_place_of_the_database_which_is_saved(kept: Database, tmp_path: Path) -> None:
    assert kept.file
    mark(kept, 1)
    copy = copy_database(kept.file, tmp_path / "copy.db")
    mark(kept, 2)
    kept.close()
    before = copy.read_bytes()
    saved = restore(copy, kept.file, tmp_path / "copies" / "aside.db")
    assert saved == tmp_path / "copies" / "aside.db"
    assert learners(kept.file) == [1]
    assert learners(saved) == [1, 2]
    assert copy.read_bytes() == before


def test_restoring_where_there_is_no_database_yet(kept: Database, tmp_path: Path) -> None:
    assert kept.file
    mark(kept, 3)
    copy = copy_database(kept.file, tmp_path / "copy.db")
    new = tmp_path / "elsewhere" / "refresher.db"
    assert restore(copy, new, tmp_path / "aside.db") is None
    assert learners(new) == [3]


def test_a_database_that_sqlite_cannot_read_is_saved_byte_for_byte(kept: Database, tmp_path: Path) -> None:
    assert kept.file
    copy = copy_database(kept.file, tmp_path / "copy.db")
    broken = tmp_path / "broken" / "refresher.db"
    broken.parent.mkdir()
    broken.write_bytes(b"no database at all")
    saved = restore(copy, broken, tmp_path / "aside" / "before.db")
    assert saved
    assert saved.read_bytes() == b"no database at all"
    assert learners(broken) == []


def damaged(copy: Path) -> Path:
    content = bytearray(copy.read_bytes())
    content[4096:12288] = b"\xff" * 8192
    copy.write_bytes(content)
    return copy


def newer(copy: Path) -> Path:
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '0999'")
    return copy


def foreign(copy: Path) -> Path:
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("PRAGMA application_id = 7")
    return copy


def text(copy: Path) -> Path:
    copy.write_text("Dear diary")
    return copy


def empty(copy: Path) -> Path:
    copy.write_bytes(b"")
    return copy


def missing(copy: Path) -> Path:
    copy.unlink()
    return copy


def folder(copy: Path) -> Path:
    return copy.parent


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (damaged, "is damaged|is malformed"),
        (newer, "newer Refresher"),
        (foreign, "another program"),
        (text, "not a SQLite database"),
        (empty, "is empty"),
        (missing, "There is no file"),
        (folder, "There is no file"),
    ],
)
def test_a_copy_that_cannot_be_used_changes_nothing(
    kept: Database, tmp_path: Path, spoil: Callable[[Path], Path], message: str
) -> None:
    assert kept.file
    mark(kept, 5)
    copy = spoil(copy_database(kept.file, tmp_path / "copy.db"))
    kept.close()
    before = kept.file.read_bytes()
    with pytest.raises(DatabaseError, match=message):
        restore(copy, kept.file, tmp_path / "aside.db")
    assert kept.file.read_bytes() == before
    assert not (tmp_path / "aside.db").exists()


def test_a_database_is_not_restored_from_itself(kept: Database, tmp_path: Path) -> None:
    assert kept.file
    with pytest.raises(DatabaseError, match="is the database itself"):
        restore(kept.file, kept.file, tmp_path / "aside.db")


def test_a_database_in_use_is_not_replaced(kept: Database, tmp_path: Path) -> None:
    assert kept.file
    mark(kept, 1)
    copy = copy_database(kept.file, tmp_path / "copy.db")
    mark(kept, 2)
    with kept.reading() as connection:
        connection.exec_driver_sql("SELECT * FROM learners").all()
        with pytest.raises(DatabaseError, match="is in use"):
            restore(copy, kept.file, tmp_path / "aside.db")
    kept.close()
    assert learners(kept.file) == [1, 2]


def test_history_goes_on_from_where_the_copy_was(sqlite_study: Study, tmp_path: Path) -> None:
    study = sqlite_study
    study.finish_day()
    assert study.database.file
    copy = copy_database(study.database.file, tmp_path / "copy.db")
    then = study.derived()
    study.pass_by(days=3)
    study.finish_day()
    study.database.close()
    restore(copy, study.database.file, tmp_path / "aside.db")
    assert study.derived() == then
    study.finish_day()
    study.check_laws()
