from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from srs.cli import main
from srs.db import open_database
from srs.db.migrating import migrate
from tests.srs.study import START_MS


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with a database in it."""
    monkeypatch.delenv("REFRESHER_DATABASE_URL", raising=False)
    folder = tmp_path / "data"
    folder.mkdir()
    database = open_database(folder / "refresher.db")
    migrate(database, START_MS)
    database.close()
    learn(folder / "refresher.db", 1)
    return folder


def learn(file: Path, learner: int) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("INSERT INTO learners VALUES (?, 0)", (learner,))


def learners(file: Path) -> list[int]:
    with closing(sqlite3.connect(file)) as connection:
        return [row[0] for row in connection.execute("SELECT id FROM learners ORDER BY id")]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_a_backup_goes_to_the_file_named_and_comes_back(data: Path, tmp_path: Path) -> None:
    copy = tmp_path / "safe" / "copy.db"
    done = run("--data", data, "backup", "-o", copy)
    assert (done.exit_code, done.output) == (0, f"Copied to {copy}\n")
    learn(data / "refresher.db", 2)
    done = run("restore", "--data", data, copy)
    assert done.exit_code == 0
    first, second = done.output.splitlines()
    assert first == f"Restored {copy}"
    saved = Path(second.removeprefix("What was there before is in "))
    assert saved.parent == data / "copies"
    assert learners(data / "refresher.db") == [1]
    assert learners(saved) == [1, 2]


def test_a_backup_without_a_name_goes_to_the_folder_of_copies(data: Path) -> None:
    done = run("backup", "--data", data)
    assert done.exit_code == 0
    (copy,) = (data / "copies").iterdir()
    assert done.output == f"Copied to {copy}\n"
    assert learners(copy) == [1]


def test_an_older_copy_is_replaced_but_no_other_file(data: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    assert run("--data", data, "backup", "-o", copy).exit_code == 0
    learn(data / "refresher.db", 2)
    assert run("--data", data, "backup", "-o", copy).exit_code == 0
    assert learners(copy) == [1, 2]
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Ada")
    done = run("--data", data, "backup", "-o", letter)
    assert done.exit_code == 1
    assert "is not a SQLite database" in done.output
    assert letter.read_text() == "Dear Ada"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["backup", "-o", "."], "is a folder; name a file"),
        (["restore", "nothing.db"], "There is no file nothing.db."),
        (["restore", "."], "There is no file ."),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    data: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str
) -> None:
    monkeypatch.chdir(data)
    done = run("--data", data, *arguments)
    assert done.exit_code == 1
    assert done.output.startswith("Error: ")
    assert message in done.output
    assert len(done.output.splitlines()) == 1


def test_a_database_is_not_backed_up_onto_itself(data: Path) -> None:
    done = run("--data", data, "backup", "-o", data / "refresher.db")
    assert done.exit_code == 1
    assert "is the database itself" in done.output


def test_with_nothing_to_back_up_nothing_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REFRESHER_DATABASE_URL", raising=False)
    done = run("--data", tmp_path / "none", "backup")
    assert done.exit_code == 1
    assert "nothing to back up" in done.output
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("arguments", [["backup"], ["restore", "copy.db"]])
def test_postgresql_has_its_own_tools(data: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]) -> None:
    monkeypatch.setenv("REFRESHER_DATABASE_URL", "postgresql://user@host/name")
    done = run("--data", data, *arguments)
    assert done.exit_code == 1
    assert "pg_dump" in done.output
