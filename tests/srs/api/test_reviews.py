from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from srs.api.runtime import EXTENSION, Runtime
from tests.conftest import Clock, Program

Body = dict[str, Any]
ReviewOf = Callable[..., Body]


def test_a_review_is_taken_once_and_then_only_confirmed(client: Program, first_card: str, review_of: ReviewOf) -> None:
    body = review_of(first_card)
    first = client.post("/api/v1/reviews", json=body)
    again = client.post("/api/v1/reviews", json=body)

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json["created"] is True
    assert again.json["created"] is False
    assert again.json["review"] == first.json["review"]
    assert first.json["review"]["reviewed_at"] == "2026-05-04T08:59:50.000Z"
    assert len(client.get("/api/v1/reviews").json["reviews"]) == 1


def test_a_review_moves_the_card_on(client: Program, first_card: str, review_of: ReviewOf) -> None:
    before = client.get("/api/v1/queue").json
    client.post("/api/v1/reviews", json=review_of(first_card, rating=3))
    after = client.get("/api/v1/queue").json
    assert after["counts"]["new"] == before["counts"]["new"] - 1
    assert after["counts"]["learning"] == 1
    assert after["cards"][0]["card_id"] != first_card
    assert after["undoable"] is True


def test_the_next_card_can_come_with_the_answer(client: Program, first_card: str, review_of: ReviewOf) -> None:
    body = review_of(first_card)
    said = client.post("/api/v1/reviews?next=1", json=body)
    assert said.status_code == 201
    assert said.json["queue"] == client.get("/api/v1/queue?limit=1").json
    assert client.post("/api/v1/reviews?next=1", json=body).status_code == 200
    assert "queue" not in client.post("/api/v1/reviews", json=body).json
    assert client.post("/api/v1/reviews?next=2", json=body).status_code == 400


def test_an_id_used_for_another_review_is_a_conflict(client: Program, first_card: str, review_of: ReviewOf) -> None:
    body = review_of(first_card)
    client.post("/api/v1/reviews", json=body)
    other = client.post("/api/v1/reviews", json=body | {"rating": 1})
    assert other.status_code == 409
    assert other.content_type == "application/problem+json"
    assert len(client.get("/api/v1/reviews").json["reviews"]) == 1


NO_CARDS = ["sampler/no-such-note/forward", "no-such-card", "", "sampler/meaning", "sampler/meaning/what\0",
            "SAMPLER/MEANING/WHAT", "../../etc/passwd", "x" * 50_000]  # fmt: skip


@pytest.mark.parametrize("card_id", NO_CARDS, ids=lambda card_id: repr(card_id[:30]))
def test_a_review_of_an_unknown_card_is_not_found(client: Program, review_of: ReviewOf, card_id: str) -> None:
    answer = client.post("/api/v1/reviews", json=review_of(card_id))
    assert answer.status_code == 404
    assert answer.json["type"] == "urn:refresher:problem:unknown-card"
    assert answer.json["field"] == "card_id"
    assert repr(card_id[:200])[:-1] in answer.json["detail"]
    assert len(answer.json["detail"]) < 300


WRONG: list[tuple[str, Body, str, str]] = [
    ("a rating of 7", {"rating": 7}, "rating", "7"),
    ("a rating of 0", {"rating": 0}, "rating", "0"),
    ("a rating in words", {"rating": "good"}, "rating", "'good'"),
    ("a rating that is true", {"rating": True}, "rating", "True"),
    ("half a rating", {"rating": 2.5}, "rating", "2.5"),
    ("no rating", {"rating": None}, "rating", "None"),
    ("a time without offset", {"reviewed_at": "2026-05-04T08:59:50"}, "reviewed_at", "offset"),
    ("a date alone", {"reviewed_at": "2026-05-04"}, "reviewed_at", "RFC 3339"),
    ("a time as a number", {"reviewed_at": 1777885190}, "reviewed_at", "RFC 3339"),
    ("a day that does not exist", {"reviewed_at": "2026-02-30T08:59:50Z"}, "reviewed_at", "exists"),
    ("a time long to come", {"reviewed_at": "2031-05-04T08:59:50Z"}, "reviewed_at", "2031"),
    ("a time at the end of all years", {"reviewed_at": "9999-12-31T23:59:59-23:59"}, "reviewed_at", "years"),
    ("an id that is no UUID", {"id": "42"}, "id", "UUID"),
    ("an id without hyphens", {"id": "7c9e6679742540de944be07fc1f90ae7"}, "id", "UUID"),
    ("a card id as a list", {"card_id": ["a"]}, "card_id", "string"),
    ("a negative duration", {"duration_ms": -1}, "duration_ms", "-1"),
    ("a duration of a month", {"duration_ms": 10**10}, "duration_ms", "86400000"),
    ("a field too many", {"colour": "red"}, "colour", "not a field"),
]


@pytest.mark.parametrize("case", WRONG, ids=lambda case: str(case[0]))
def test_a_wrong_field_is_named_and_nothing_is_written(
    client: Program, first_card: str, review_of: ReviewOf, case: tuple[str, Body, str, str]
) -> None:
    _, fields, field, said = case
    answer = client.post("/api/v1/reviews", json=review_of(first_card, **fields))
    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"
    assert answer.json["field"] == field
    assert said in answer.json["detail"]
    assert answer.json["status"] == 422
    assert client.get("/api/v1/reviews").json["reviews"] == []


def test_all_wrong_fields_are_said_at_once(client: Program) -> None:
    answer = client.post("/api/v1/reviews", json={"id": "x", "rating": 9})
    assert {error["field"] for error in answer.json["errors"]} == {"id", "card_id", "rating", "reviewed_at"}


@pytest.mark.parametrize("text", ["", "{", "{'id': 1}", "\x00", "[" * 10_000, "\ufeff{}", '{"a": 1} trailing'])
def test_a_body_that_is_not_json_is_said_to_be_so(client: Program, text: str) -> None:
    answer = client.post("/api/v1/reviews", data=text.encode(), content_type="application/json")
    assert answer.status_code == 400
    assert answer.json["title"] == "The body is not JSON"


def test_bytes_that_are_not_utf8_are_not_json(client: Program) -> None:
    answer = client.post("/api/v1/reviews", data=b'{"id": "\xff\xfe"}', content_type="application/json")
    assert answer.status_code == 400


@pytest.mark.parametrize("text", ["[]", "3", "null", '"text"'])
def test_json_that_is_no_object_is_a_wrong_body(client: Program, text: str) -> None:
    answer = client.post("/api/v1/reviews", data=text, content_type="application/json")
    assert answer.status_code == 422
    assert answer.json["field"] == "body"


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "", None])
def test_another_content_type_is_refused(
    client: Program, first_card: str, review_of: ReviewOf, content_type: str | None
) -> None:
    text = json.dumps(review_of(first_card))
    answer = client.post("/api/v1/reviews", data=text, content_type=content_type)
    assert answer.status_code == 415
    assert "application/json" in answer.json["detail"]
    assert client.get("/api/v1/reviews").json["reviews"] == []


def test_a_call_that_says_everything_by_its_address_needs_no_body(
    client: Program, first_card: str, review_of: ReviewOf
) -> None:
    client.post("/api/v1/reviews", json=review_of(first_card))
    assert client.post("/api/v1/undo").json["undone"] == "review"
    assert client.post(f"/api/v1/cards/{first_card}/suspend").json["suspended"] is True
    assert client.post("/api/v1/undo", data="undo=1", content_type="text/plain").status_code == 415
    assert client.post("/api/v1/undo", data="{}").status_code == 415
    assert client.post("/api/v1/undo", data="", content_type="application/x-www-form-urlencoded").status_code == 415
    assert client.post("/api/v1/reviews").status_code == 415


def test_a_body_too_large_is_refused(client: Program) -> None:
    answer = client.post("/api/v1/reviews", data=b" " * 65_537, content_type="application/json")
    assert answer.status_code == 413
    assert answer.content_type == "application/problem+json"


def test_the_log_is_read_page_by_page(client: Program, review_of: ReviewOf) -> None:
    posted = []
    for second, card in enumerate(client.get("/api/v1/queue?limit=5").json["cards"]):
        body = review_of(card["card_id"], reviewed_at=f"2026-05-04T08:59:{second:02}Z")
        assert client.post("/api/v1/reviews", json=body).status_code == 201
        posted.append(body["id"])

    read: list[str] = []
    cursor = None
    for _ in range(3):
        page = client.get("/api/v1/reviews", query_string={"limit": 2} | ({"cursor": cursor} if cursor else {})).json
        read += [row["id"] for row in page["reviews"]]
        cursor = page["next_cursor"]
    assert read == posted
    assert cursor is None


def test_the_log_can_be_narrowed_to_a_card_and_to_a_time(client: Program, review_of: ReviewOf) -> None:
    first, second = (card["card_id"] for card in client.get("/api/v1/queue?limit=2").json["cards"])
    client.post("/api/v1/reviews", json=review_of(first, reviewed_at="2026-05-04T08:00:00Z"))
    client.post("/api/v1/reviews", json=review_of(second, reviewed_at="2026-05-04T10:30:00+02:00"))

    def read(**narrowed: str) -> list[str]:
        return [row["card_id"] for row in client.get("/api/v1/reviews", query_string=narrowed).json["reviews"]]

    assert read(card_id=first) == [first]
    assert read(since="2026-05-04T08:30:00Z") == [second]
    assert read(since="2026-05-04T10:30:00.001+02:00") == []
    assert read(since="0001-01-01T00:00:00Z") == [first, second]
    assert read(card_id="", since="", cursor="") == [first, second]
    unescaped = client.get("/api/v1/reviews?since=2026-05-04T10:30:00+02:00").json["reviews"]
    assert [row["card_id"] for row in unescaped] == [second]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"),
        ("limit=1001", "limit"),
        ("limit=ten", "limit"),
        ("limit=" + "9" * 5000, "limit"),
        ("limit=1&limit=2", "limit"),
        ("since=yesterday", "since"),
        ("since=2026-05-04T08:30:00", "since"),
        ("since=2026-05-04T08:30:00 noon", "since"),
        ("since=2026-02-30T08:30:00Z", "since"),
        ("page=2", "page"),
    ],
)
def test_a_wrong_parameter_is_named(client: Program, query: str, field: str) -> None:
    answer = client.get(f"/api/v1/reviews?{query}")
    assert answer.status_code == 400
    assert answer.json["field"] == field


@pytest.mark.parametrize("cursor", ["x", "%00", "AAAA", "9" * 300, "%F0%9F%8C%8D"])
def test_a_made_up_cursor_is_refused(client: Program, cursor: str) -> None:
    answer = client.get(f"/api/v1/reviews?cursor={cursor}")
    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"


def test_the_log_of_a_card_that_never_was_is_not_found(client: Program) -> None:
    for card_id in ("sampler/never/forward", "nope", "%00"):
        assert client.get(f"/api/v1/reviews?card_id={card_id}").status_code == 404


def test_a_review_undone_stays_in_the_log_as_voided(client: Program, first_card: str, review_of: ReviewOf) -> None:
    body = review_of(first_card)
    client.post("/api/v1/reviews", json=body)
    undone = client.post("/api/v1/undo", json={}).json
    assert (undone["undone"], undone["card_id"]) == ("review", first_card)
    assert undone["card"]["card_id"] == first_card
    [row] = client.get("/api/v1/reviews").json["reviews"]
    assert row["id"] == body["id"]
    assert row["voided"] is True
    assert client.post("/api/v1/undo", json={}).json == {
        "undone": None, "label": "There is nothing to undo.", "event_id": None, "card_id": None, "card": None,
        "undoable": False, "cards": 0,
    }  # fmt: skip


def test_a_late_review_is_taken_in_its_place(client: Program, first_card: str, review_of: ReviewOf) -> None:
    late = review_of(first_card, reviewed_at="2026-05-04T06:00:00Z", id=str(uuid4()))
    client.post("/api/v1/reviews", json=review_of(first_card))
    assert client.post("/api/v1/reviews", json=late).status_code == 201
    rows = client.get(f"/api/v1/reviews?card_id={first_card}").json["reviews"]
    assert [datetime.fromisoformat(row["reviewed_at"]) for row in rows] == [
        datetime(2026, 5, 4, 6, 0, tzinfo=UTC),
        datetime(2026, 5, 4, 8, 59, 50, tzinfo=UTC),
    ]


def test_the_golden_vector_of_fsrs_through_the_api(
    app: Flask, client: Program, clock: Clock, review_of: ReviewOf, first_card: str
) -> None:
    for rating, days in zip((1, 3, 3, 3, 3, 3), (0, 0, 1, 3, 8, 21), strict=True):
        clock.pass_by(days=days, minutes=10)
        body = review_of(first_card, rating=rating, reviewed_at=clock().isoformat())
        answer = client.post("/api/v1/reviews", json=body)
        assert answer.status_code == 201
    promised = answer.json["review"]["interval_days"]
    assert 54 - 5 <= promised <= 54 + 5  # FSRS says 53.6, and the fuzz of so long an interval is 4.7 days
    assert answer.json["review"]["due"][:10] == (clock() + timedelta(days=promised)).date().isoformat()
    runtime: Runtime = app.extensions[EXTENSION]
    with closing(sqlite3.connect(runtime.context.database.name)) as connection:
        [memory] = connection.execute("SELECT stability, difficulty FROM card_state WHERE reps = 6")
    assert memory == pytest.approx((53.62691, 6.3574867), rel=1e-5)
