"""What a browser and a program are told when the database cannot go on."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import event

from srs.api.runtime import EXTENSION, Runtime
from tests.conftest import Program


@pytest.fixture
def with_pragma(app: Flask) -> Callable[[str], None]:
    """Lets every connection of the application be made with a pragma from now on."""
    runtime: Runtime = app.extensions[EXTENSION]
    engine = runtime.context.database.engine

    def use(pragma: str) -> None:
        def set_it(connection: sqlite3.Connection, _record: object) -> None:
            connection.execute(pragma).close()

        event.listen(engine, "connect", set_it)
        engine.dispose()

    return use


def test_a_full_disk_is_a_507_that_names_it_and_everything_confirmed_is_kept(
    client: Program, with_pragma: Callable[[str], None]
) -> None:
    cards = [card["card_id"] for card in client.get("/api/v1/queue").json["cards"]]
    with_pragma("PRAGMA max_page_count = 1")  # as many pages as there are
    confirmed = set()
    for turn in range(400):
        body = {"id": str(uuid4()), "card_id": cards[turn % 9], "rating": 3, "reviewed_at": "2026-05-04T08:59:50Z"}
        answer = client.post("/api/v1/reviews", json=body)
        if answer.status_code != 201:
            break
        confirmed.add(body["id"])
    assert answer.status_code == 507
    assert answer.content_type == "application/problem+json"
    assert answer.json["type"] == "urn:refresher:problem:no-space"
    assert "Free some space" in answer.json["detail"]
    assert "refresher.db" in answer.json["detail"]
    log = client.get("/api/v1/reviews?limit=1000").json["reviews"]
    assert {row["id"] for row in log} == confirmed
    assert client.get("/review").status_code == 200


def test_a_database_in_use_is_a_503_and_then_serves_again(
    app: Flask, client: Program, with_pragma: Callable[[str], None]
) -> None:
    runtime: Runtime = app.extensions[EXTENSION]
    with_pragma("PRAGMA busy_timeout = 0")
    with closing(sqlite3.connect(runtime.context.database.name, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        refused = client.put("/api/v1/time-zone", json={"zone": "Asia/Tokyo"})
        assert refused.status_code == 503
        assert refused.json["type"] == "urn:refresher:problem:database-busy"
    assert client.put("/api/v1/time-zone", json={"zone": "Asia/Tokyo"}).status_code == 200


def test_a_damaged_database_is_said_on_a_page_with_the_way_back(app: Flask, client: Program) -> None:
    runtime: Runtime = app.extensions[EXTENSION]
    database = runtime.context.database
    database.close()
    assert database.file is not None
    pages = database.file.read_bytes()
    database.file.write_bytes(pages[:4096] + b"\xa5" * (len(pages) - 4096))
    for path in ("/", "/review", "/done", "/settings"):
        page = client.get(path)
        assert page.status_code == 503
        assert "The database is damaged" in page.text
        assert "refresher restore" in page.text
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert client.get("/api/v1/home").json["status"] == 503


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/v2/queue"])
def test_below_the_api_every_refusal_is_a_problem_document(client: Program, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.content_type == "application/problem+json"
