from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import Clock, Program

ReviewOf = Callable[..., dict[str, Any]]


def test_the_queue_has_what_a_reviewer_needs(client: Program) -> None:
    answer = client.get("/api/v1/queue?limit=3")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    queue = answer.json
    assert queue["counts"] == {"new": 10, "learning": 0, "review": 0}
    assert len(queue["cards"]) == 3
    card = queue["cards"][0]
    assert card["card_id"] == "sampler/meaning/what"
    assert card["note_id"] == "meaning"
    assert card["kind"] == "cloze"
    assert card["state"] == "new"
    assert card["section_title"] == "Powers"
    assert card["opens_section"] is True
    assert "<math" in card["front_html"]
    assert "base" in card["back_html"]
    assert sorted(card["next"]) == ["1", "2", "3", "4"]
    assert card["next"]["1"]["label"] == "1 min"
    assert card["next"]["3"]["due"].startswith("2026-05-04T09:1")
    assert 10 / 1440 <= card["next"]["3"]["interval_days"] < 15 / 1440
    assert card["next"]["4"]["interval_days"] >= 1


def test_the_limit_bounds_the_cards_and_not_the_counts(client: Program) -> None:
    one, many = (client.get(f"/api/v1/queue?limit={limit}").json for limit in (1, 100))
    assert len(one["cards"]) == 1
    assert len(many["cards"]) > 1
    assert one["counts"] == many["counts"]


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=-1", "limit=1.0", "limit=", "limit=%00", "cards=3"])
def test_a_wrong_limit_is_one_clear_refusal(client: Program, query: str) -> None:
    answer = client.get(f"/api/v1/queue?{query}")
    assert answer.status_code == 400
    assert answer.content_type == "application/problem+json"
    assert answer.json["field"] == query.partition("=")[0]


def test_home_and_summary_agree_with_what_was_done(client: Program, clock: Clock, review_of: ReviewOf) -> None:
    for rating in (1, 3, 4):
        card_id = client.get("/api/v1/queue?limit=1").json["cards"][0]["card_id"]
        now = clock.now.isoformat()
        posted = client.post("/api/v1/reviews", json=review_of(card_id, rating=rating, reviewed_at=now))
        assert posted.status_code == 201
        clock.pass_by(seconds=10)

    home = client.get("/api/v1/home").json
    assert home["done_today"] == 3
    assert sum(section["introduced"] for section in home["sections"]) == 3
    assert [section["section_id"] for section in home["sections"]] == ["powers", "logs", "shapes"]
    assert sum(section["total"] for section in home["sections"]) == 15
    summary = client.get("/api/v1/summary").json
    assert summary["reviews"] == 3
    assert summary["introduced"] == 3
    assert summary["by_rating"] == {"1": 1, "2": 0, "3": 1, "4": 1}
    assert summary["duration_ms"] == 3 * 4200


def test_a_suspended_card_is_shown_no_more_until_it_is_taken_back(client: Program, first_card: str) -> None:
    def shown() -> list[str]:
        return [card["card_id"] for card in client.get("/api/v1/queue?limit=100").json["cards"]]

    assert client.post(f"/api/v1/cards/{first_card}/suspend", json={}).json == {
        "card_id": first_card, "suspended": True, "changed": True,
    }  # fmt: skip
    assert client.post(f"/api/v1/cards/{first_card}/suspend", json={}).json["changed"] is False
    assert first_card not in shown()
    assert [card["card_id"] for card in client.get("/api/v1/suspended").json["cards"]] == [first_card]
    assert client.post(f"/api/v1/cards/{first_card}/unsuspend", json={}).json["suspended"] is False
    assert first_card in shown()
    assert client.get("/api/v1/suspended").json["cards"] == []


def test_undo_takes_a_suspension_back(client: Program, first_card: str) -> None:
    client.post(f"/api/v1/cards/{first_card}/suspend", json={})
    undone = client.post("/api/v1/undo", json={}).json
    assert (undone["undone"], undone["card_id"]) == ("suspension", first_card)
    assert client.get("/api/v1/suspended").json["cards"] == []


@pytest.mark.parametrize("act", ["suspend", "unsuspend"])
def test_a_card_that_is_not_there_cannot_be_suspended(client: Program, act: str) -> None:
    answer = client.post(f"/api/v1/cards/sampler/never/forward/{act}", json={})
    assert answer.status_code == 404
    assert answer.json["title"] == "There is no such card"


def test_the_time_zone_is_the_systems_until_a_browser_says_its_own(client: Program) -> None:
    assert client.get("/api/v1/time-zone").json == {"zone": "Europe/Berlin", "source": "system"}
    said = client.put("/api/v1/time-zone", json={"zone": "Asia/Tokyo"})
    assert said.json == {"zone": "Asia/Tokyo", "source": "learner"}
    assert client.get("/api/v1/time-zone").json == said.json


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../../etc/passwd", "", "Europe", "CET-1CEST", "a" * 101, 3, None])
def test_a_zone_that_does_not_exist_is_refused(client: Program, zone: object) -> None:
    answer = client.put("/api/v1/time-zone", json={"zone": zone})
    assert answer.status_code == 422
    assert answer.json["field"] == "zone"
    assert client.get("/api/v1/time-zone").json["source"] == "system"
