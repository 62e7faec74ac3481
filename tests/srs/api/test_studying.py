from __future__ import annotations

from uuid import uuid4

import pytest

from tests.conftest import Clock, Program

DECK = "/api/v1/decks/sampler"


def test_an_exam_is_planned_for_told_and_ended(client: Program) -> None:
    assert client.get("/api/v1/studying").json == {"backlogs": [], "exams": [], "goal": None}
    planned = client.put(f"{DECK}/exam", json={"day": "2026-05-06"}).json
    assert planned["changed"]
    assert planned["change_id"]
    [exam] = client.get("/api/v1/studying").json["exams"]
    assert (exam["day"], exam["days_ahead"], exam["new"], exam["needed"]) == ("2026-05-06", 2, 15, 8)
    assert not client.put(f"{DECK}/exam", json={"day": "2026-05-06"}).json["changed"]
    assert client.delete(f"{DECK}/exam").json["changed"]
    assert client.get("/api/v1/studying").json["exams"] == []


@pytest.mark.parametrize(
    ("path", "body", "status", "said"),
    [
        ("sampler/exam", {"day": "tomorrow"}, 422, "a date looks like 2026-06-03"),
        ("sampler/exam", {"day": "2026-05-03"}, 422, "which is past"),
        ("none/exam", {"day": "2026-06-03"}, 404, "No deck has the id 'none'"),
        ("sampler/catch-up", {"days": 0}, 422, ""),
        ("none/catch-up", {"days": 3}, 404, "No deck has the id 'none'"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    client: Program, path: str, body: dict[str, object], status: int, said: str
) -> None:
    refused = client.put(f"/api/v1/decks/{path}", json=body)
    assert refused.status_code == status
    assert said in refused.json["detail"]
    assert client.get("/api/v1/studying").json["exams"] == []


def test_a_backlog_is_spread_and_no_more(client: Program) -> None:
    assert client.put(f"{DECK}/catch-up", json={}).json["changed"]
    assert client.get("/api/v1/queue?limit=1").json["counts"]["new"], "with nothing overdue, new cards come"
    assert client.delete(f"{DECK}/catch-up").json["changed"]
    assert not client.delete(f"{DECK}/catch-up").json["changed"]


def test_a_session_goes_on_from_when_it_began(client: Program, clock: Clock) -> None:
    since = clock().strftime("%Y-%m-%dT%H:%M:%SZ")
    address = f"{DECK}/cram?since={since}&section=powers"
    assert client.get(address).json["card"] is None
    address += "&unseen=1"
    first = client.get(address).json
    assert first["left"] == first["total"] > 1
    body = {"id": str(uuid4()), "card_id": first["card"]["card_id"], "rating": 3, "duration_ms": 700}
    assert client.post("/api/v1/crammed", json=body).status_code == 201
    again = client.post("/api/v1/crammed", json=body)
    assert (again.status_code, again.json) == (200, {"created": False})
    assert client.post("/api/v1/crammed", json=body | {"rating": 1}).status_code == 409
    clock.pass_by(minutes=1)
    second = client.get(address).json
    assert second["card"]["card_id"] != body["card_id"]
    assert (second["left"], second["answers"], second["duration_ms"]) == (first["total"] - 1, 1, 700)
    assert client.get("/api/v1/reviews").json["reviews"] == [], "it is no review"
    assert client.get(f"{DECK}/cram?section=none").status_code == 404
    assert client.get("/api/v1/decks/none/cram").status_code == 404
    assert client.get(f"{DECK}/cram?since=2026-06-01T00:00:00Z").status_code == 422
