"""No hot question reads more of the store than its answer: SQLite's own plan for each statement is looked at."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event

from srs import service
from srs.db import Database
from tests.srs.study import Study

# Tables with a row for each deck, section or learner are read whole where that is all that is wanted.
SMALL = {"decks", "sections", "settings"}
FEW = {"ix_card_state_flagged", "ix_card_state_leech"}
"""Indexes over a few of a learner's cards."""


@contextmanager
def recorded(database: Database) -> Iterator[list[str]]:
    """Every statement that SQLite is given meanwhile, by whatever way, with its parameters written into it."""
    found: list[str] = []

    def listen(connection: sqlite3.Connection, *_: object) -> None:
        connection.set_trace_callback(found.append)

    def stop(connection: sqlite3.Connection, *_: object) -> None:
        connection.set_trace_callback(None)

    event.listen(database.engine.pool, "checkout", listen)
    event.listen(database.engine.pool, "checkin", stop)
    try:
        yield found
    finally:
        event.remove(database.engine.pool, "checkout", listen)
        event.remove(database.engine.pool, "checkin", stop)


def plans(database: Database, statements: list[str]) -> Iterator[tuple[str, list[str]]]:
    """SQLite's plan for each statement that reads or writes a table."""
    assert database.file
    with closing(sqlite3.connect(database.file)) as connection:
        for statement in dict.fromkeys(statements):
            if re.match(r"(SELECT|INSERT|UPDATE|DELETE|WITH)", statement):
                yield statement, [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}")]


def answer(study: Study) -> None:
    card = study.queue(1).cards[0]
    service.answer_and_next(study.context, study.now, study.request(card.card_id))


def answer_late(study: Study) -> None:
    card = study.queue(1).cards[0]
    study.answer(card.card_id)
    study.pass_by(minutes=5)
    study.answer(card.card_id, ago=timedelta(minutes=10))


USES: dict[str, Callable[[Study], object]] = {
    "answer and next": answer,
    "late answer": answer_late,
    "queue": lambda study: study.queue(5),
    "undo": lambda study: study.undo(),
    "suspend": lambda study: service.suspend(study.context, study.now, "small/a/forward"),
    "bury": lambda study: service.bury(study.context, study.now, "small/d/first", whole_note=True),
    "flag": lambda study: service.flag(study.context, study.now, "small/a/forward", "odd"),
    "set due": lambda study: service.set_due(study.context, study.now, "small/a/forward", "3-7"),
    "forget": lambda study: service.forget(study.context, study.now, "small/a/forward"),
    "what stands apart": lambda study: service.aside(study.context, study.now),
    "remarks": lambda study: service.remarks(study.context),
    "history": lambda study: service.reviews(study.context, limit=2),
    "history of a card": lambda study: service.reviews(study.context, "small/a/forward", limit=2),
    "summary": lambda study: service.session_summary(study.context, study.now),
}


@pytest.mark.parametrize("use", USES)
def test_every_statement_of_a_hot_use_goes_by_an_index(sqlite_study: Study, use: str) -> None:
    study = sqlite_study
    study.finish_day(rating=4)
    study.pass_by(days=30)
    study.answer("small/a/forward")
    with recorded(study.database) as statements:
        USES[use](study)
    assert statements
    for statement, steps in plans(study.database, statements):
        stops_early = " LIMIT " in statement and "USE TEMP B-TREE FOR ORDER BY" not in steps
        for step in steps:
            scanned = re.match(r"SCAN (\w+)", step)
            assert not scanned or scanned[1] in SMALL | {"picked", "first_due"}, f"{statement}\n{steps}"
            searched = re.match(r"SEARCH (\w+) USING .*?(?:INDEX (\S+)|PRIMARY KEY) \((.*)\)", step)
            if searched and searched[1] not in SMALL and searched[2] not in FEW and not stops_early:
                assert searched[3] != "learner_id=?", f"one learner's whole table is read:\n{statement}\n{steps}"


def test_the_ranking_of_a_backlog_reads_the_index_alone(sqlite_study: Study) -> None:
    study = sqlite_study
    study.finish_day(rating=4)
    study.pass_by(days=30)
    with recorded(study.database) as statements:
        study.queue(1)
    asked = [steps for statement, steps in plans(study.database, statements) if "first_due" in statement]
    assert asked
    for steps in asked:
        assert any("USING COVERING INDEX ix_card_state_queue" in step for step in steps), steps
