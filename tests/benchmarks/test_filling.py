"""What the measurements stand on: both stores hold the same past, and Refresher's is one that could have been lived."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table, select

from benchmarks.files import Filled, make_files
from benchmarks.histories import collection
from benchmarks.learner import Learner
from benchmarks.recorder import BareSqlite, record
from benchmarks.store import SETTINGS, moment, today
from srs.db import Database, open_database
from srs.db.rebuilding import rebuild_states
from srs.db.tables import card_state, day_stats, events
from srs.service import queue

NOW_MS = 1_780_000_000_000
DUE = 60


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Filled:
    folder = tmp_path_factory.mktemp("filled")
    return make_files(folder, collection(300, today(NOW_MS), DUE, folder), NOW_MS)


def rows(database: Database, table: Table) -> list[dict[str, Any]]:
    with database.reading() as connection:
        return [dict(row) for row in connection.execute(select(table).order_by(*table.primary_key)).mappings()]


def test_the_states_are_those_that_the_log_amounts_to(filled: Filled, tmp_path: Path) -> None:
    file = filled.copy(filled.ours, "rebuilt.db")
    with closing(open_database(file)) as database:
        before = rows(database, card_state)
        with database.writing() as connection:
            rebuild_states(connection, 1, lambda _deck: SETTINGS.parameters)
        after = rows(database, card_state)
    unlike = {"sibling_until"}  # left at 0: it only says who may come today, and nobody answered today
    assert [{k: row[k] for k in row if k not in unlike} for row in before] == [
        {k: row[k] for k in row if k not in unlike} for row in after
    ]


def test_as_many_notes_are_due_as_asked_for_and_ten_new_cards(filled: Filled) -> None:
    with filled.opened(filled.ours) as context:
        counts = queue(context, moment(NOW_MS), 1).counts
    assert (counts.new, counts.learning, counts.review) == (10, 0, DUE)


def test_anki_has_the_same_cards_due_and_the_same_answers(filled: Filled) -> None:
    with closing(open_database(filled.ours)) as database:
        states = [row for row in rows(database, card_state) if row["phase"] is not None]
        answers = [row for row in rows(database, events) if row["rating"] is not None]
    with closing(sqlite3.connect(filled.anki)) as anki:
        day = {due - ours for due, ours in zip(*_dues(anki, states), strict=True)}
        assert len(day) == 1
        assert anki.execute("SELECT count(*) FROM cards").fetchone() == (300,)
        found = anki.execute("SELECT ease, time FROM revlog").fetchall()
    assert sorted(found) == sorted((row["rating"], row["duration_ms"]) for row in answers)


def _dues(anki: sqlite3.Connection, states: list[dict[str, Any]]) -> tuple[list[int], list[int]]:
    theirs = [due for (due,) in anki.execute("SELECT due FROM cards WHERE queue = 2 ORDER BY due")]
    return theirs, sorted(row["due"] for row in states)


def test_recorded_writes_replayed_make_the_same_database(filled: Filled) -> None:
    lived, bare = filled.copy(filled.ours, "lived.db"), filled.copy(filled.ours, "bare.db")
    with filled.opened(lived) as context:
        recorder = record(context.database)
        learner = Learner(context, NOW_MS, seed=3)
        assert recorder.taken() == ()  # asking writes nothing
        recorded = []
        for _ in range(30):
            learner.answer()
            recorded.append(recorder.taken())
    assert all(recorded)
    with closing(BareSqlite(bare)) as side:
        for writes in recorded:
            side.run(writes)
    with closing(open_database(lived)) as one, closing(open_database(bare)) as other:
        for table in (events, card_state, day_stats):
            assert rows(one, table) == rows(other, table)
