"""No hot question reads more of the store than its answer: SQLite's own plan for each statement is looked at."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, event

from srs import service
from srs.db import Database
from tests.srs.study import Study

Statements = list[tuple[str, Any]]

# Tables with a row for each deck, section or learner are read whole where that is all that is wanted.
SMALL = {"decks", "sections", "settings"}


@contextmanager
def recorded(database: Database) -> Iterator[Statements]:
    """Every statement that is run meanwhile, with its parameters."""
    found: Statements = []

    def record(_connection: Connection, _cursor: object, statement: str, values: object, *_rest: object) -> None:
        found.append((statement, values))

    event.listen(database.engine, "before_cursor_execute", record)
    try:
        yield found
    finally:
        event.remove(database.engine, "before_cursor_execute", record)


def plans(database: Database, statements: Statements) -> Iterator[tuple[str, list[str]]]:
    """SQLite's plan for each statement that reads or writes a table."""
    with database.reading() as connection:
        for statement, values in dict.fromkeys((text, repr(values)) for text, values in statements):
            if not re.match(r"(SELECT|INSERT|UPDATE|DELETE|WITH)", statement):
                continue
            asked = next(v for text, v in statements if text == statement and repr(v) == values)
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", asked)
            yield statement, [row[3] for row in rows]


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
            assert not scanned or scanned[1] in SMALL | {"picked", "longest_due"}, f"{statement}\n{steps}"
            searched = re.match(r"SEARCH (\w+) USING .*?(?:INDEX \S+|PRIMARY KEY) \((.*)\)", step)
            if searched and searched[1] not in SMALL and not stops_early:
                assert searched[2] != "learner_id=?", f"one learner's whole table is read:\n{statement}\n{steps}"
