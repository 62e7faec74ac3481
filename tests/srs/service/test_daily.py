from __future__ import annotations

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from srs.db import DatabaseUnavailable
from srs.service.daily import DailyCopies
from tests.conftest import Clock, program
from tests.srs.study import START, Study


def test_a_server_that_runs_on_makes_a_copy_every_day(
    open_app: Callable[..., Flask], tmp_path: Path, clock: Clock
) -> None:
    client = program(open_app())
    for _ in range(3):
        client.get("/api/v1/queue")
        client.get("/")
        clock.pass_by(days=1)
    names = sorted(path.name for path in (tmp_path / "data" / "copies").iterdir())
    assert names == ["daily-2026-05-04.db", "daily-2026-05-05.db", "daily-2026-05-06.db"]


def test_one_copy_is_made_however_many_ask_at_once(sqlite_study: Study, tmp_path: Path) -> None:
    copies = DailyCopies(sqlite_study.database, tmp_path / "copies")
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(copies.see_to, [START] * 12))
    (copy,) = (tmp_path / "copies").iterdir()
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT count(*) FROM cards").fetchone() == (8,)


def test_a_copy_that_cannot_be_written_is_said_once_a_day_and_stops_nothing(
    sqlite_study: Study, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "copies").write_text("in the way")
    copies = DailyCopies(sqlite_study.database, tmp_path / "copies")
    for hours in (0, 1, 2, 24):
        copies.see_to(START + timedelta(hours=hours))
    assert caplog.text.count("could not be copied") == 2


def test_a_damaged_database_is_not_copied_and_costs_no_older_copy(sqlite_study: Study, tmp_path: Path) -> None:
    database, folder = sqlite_study.database, tmp_path / "copies"
    assert database.file is not None
    for day in range(14):
        DailyCopies(database, folder).see_to(START + timedelta(days=day))
    kept = sorted(folder.iterdir())
    database.close()
    pages = database.file.read_bytes()
    database.file.write_bytes(pages[:4096] + b"\xa5" * (len(pages) - 4096))
    with pytest.raises(DatabaseUnavailable, match="is damaged"):
        DailyCopies(database, folder).see_to(START + timedelta(days=20))
    assert sorted(folder.iterdir()) == kept
