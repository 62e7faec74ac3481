"""`refresher stats` over a learner's own data."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from srs.db import open_database
from srs.db.migrating import migrate
from tests.srs.cli.calling import call
from tests.srs.study import START_MS, Study


@pytest.fixture
def data(tmp_path: Path, new_study: Callable[..., Study]) -> Path:
    """A data folder in which somebody studied up to this moment."""
    folder = tmp_path / "data"
    folder.mkdir()
    database = open_database(folder / "refresher.db")
    migrate(database, START_MS)
    study = new_study(database)
    study.now = datetime.now(UTC)
    study.finish_day()
    for _ in range(3):
        study.answer("small/c/forward", 1)
    database.close()
    return folder


def test_it_tells_what_was_done_and_what_comes(data: Path) -> None:
    done = call("--data", str(data), "stats")
    assert done.exit_code == 0, done.output
    assert "Statistics of all decks" in done.output
    assert "13 answers in 1 min, 5 new, on 1 days" in done.output
    assert "chance of recall today" in done.output
    assert done.output.count("\n  20") == 7, "a line for each of the next days"
    assert call("--data", str(data), "stats", "small", "--days", "40").output.count("\n  20") == 40


def test_a_program_gets_the_same_as_over_the_api(data: Path) -> None:
    found = json.loads(call("--data", str(data), "stats", "--json", "--range", "all", "--days", "90").output)
    assert (found["range"], found["total"]["answers"], len(found["forecast"]["days"])) == ("all", 13, 90)
    assert found["memories"]["cards"] == 5


def test_with_nothing_done_it_says_so(tmp_path: Path) -> None:
    done = call("--data", str(tmp_path / "data"), "stats")
    assert done.exit_code == 0
    assert "Nothing was answered yet." in done.output


@pytest.mark.parametrize("arguments", [["no-such-deck"], ["--days", "0"], ["--range", "week"]])
def test_what_cannot_be_is_one_message(tmp_path: Path, arguments: list[str]) -> None:
    done = call("--data", str(tmp_path / "data"), "stats", *arguments)
    assert done.exit_code != 0
    assert "Traceback" not in done.output
