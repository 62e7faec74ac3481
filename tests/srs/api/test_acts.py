from __future__ import annotations

import pytest

from tests.conftest import Program

ACTS = ("suspend", "unsuspend", "bury", "unbury", "flag", "unflag", "due", "forget", "leech", "unleech")


def test_each_act_answers_with_how_the_card_stands(client: Program, first_card: str) -> None:
    cards = [first_card]
    for act, further, name in (
        ("flag", {"text": "The sign is wrong."}, "flagged"),
        ("leech", {}, "leech"),
        ("bury", {}, "buried"),
        ("suspend", {}, "suspended"),
    ):
        answer = client.post(f"/api/v1/acts/{act}", json={"card_ids": cards, **further})
        assert answer.status_code == 200
        assert (answer.json["changed"], answer.json["cards"][0][name]) == (cards, True)
        again = client.post(f"/api/v1/acts/{act}", json={"card_ids": cards, **further})
        assert (again.json["changed"], again.json["event_id"]) == ([], None)
    listed = client.get("/api/v1/aside").json
    assert {name: [row["stands"]["card_id"] for row in rows] for name, rows in listed.items()} == {
        "suspended": cards,
        "buried": cards,
        "flagged": cards,
        "leeches": cards,
    }
    assert listed["flagged"][0]["said"] == "The sign is wrong."
    for act, name in (("unflag", "flagged"), ("unleech", "leech"), ("unbury", "buried"), ("unsuspend", "suspended")):
        answer = client.post(f"/api/v1/acts/{act}", json={"card_ids": cards})
        assert answer.json["cards"][0][name] is False
    undone = [client.post("/api/v1/undo", json={}).json["undone"] for _ in range(9)]
    assert undone == [
        *("unsuspension", "unburial", "unleeching", "unflagging"),
        *("suspension", "burial", "leech", "flag"),
        None,
    ]


def test_due_dates_are_set_for_many_and_undone_at_once(client: Program) -> None:
    cards = [card["card_id"] for card in client.get("/api/v1/queue?limit=5").json["cards"]]
    answer = client.post("/api/v1/acts/due", json={"card_ids": cards, "when": "2-4"})
    assert answer.json["changed"] == cards
    assert {card["state"] for card in answer.json["cards"]} == {"review"}
    undone = client.post("/api/v1/undo", json={}).json
    assert (undone["undone"], undone["event_id"], undone["cards"]) == ("due_date", answer.json["event_id"], len(cards))
    forgotten = client.post("/api/v1/acts/forget", json={"card_ids": cards}).json
    assert (forgotten["changed"], {card["state"] for card in forgotten["cards"]}) == ([], {"new"})


def test_the_whole_note_is_buried(client: Program, first_card: str) -> None:
    answer = client.post("/api/v1/acts/bury", json={"card_ids": [first_card], "whole_note": True})
    note = first_card.rpartition("/")[0]
    assert {card["card_id"].rpartition("/")[0] for card in answer.json["cards"]} == {note}


@pytest.mark.parametrize("act", ACTS)
def test_a_card_that_is_not_there_is_a_problem_that_names_it(client: Program, act: str) -> None:
    body = {"card_ids": ["math-refresher/nothing/forward"]} | ({"when": "1"} if act == "due" else {})
    answer = client.post(f"/api/v1/acts/{act}", json=body)
    assert (answer.status_code, answer.json["type"]) == (404, "urn:refresher:problem:unknown-card")
    assert "math-refresher/nothing/forward" in answer.json["detail"]


@pytest.mark.parametrize(
    ("act", "fields", "field"),
    [
        ("suspend", {"card_ids": []}, "card_ids"),
        ("suspend", {"card_ids": "a/b/forward"}, "card_ids"),
        ("suspend", {}, "card_ids"),
        ("bury", {"whole_note": 1}, "whole_note"),
        ("flag", {"text": "x" * 2001}, "text"),
        ("flag", {"text": "\x00"}, "text"),
        ("due", {}, "when"),
        ("due", {"when": "soon"}, "when"),
        ("due", {"when": "2020-01-01"}, "when"),
        ("due", {"when": "99999"}, "when"),
        ("forget", {"text": "?"}, "text"),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(
    client: Program, first_card: str, act: str, fields: dict[str, object], field: str
) -> None:
    body = ({} if act == "suspend" else {"card_ids": [first_card]}) | fields
    answer = client.post(f"/api/v1/acts/{act}", json=body)
    assert (answer.status_code, answer.json["field"]) == (422, field)
    assert client.post("/api/v1/undo", json={}).json["undone"] is None


def test_a_leech_is_told_with_the_answer_that_made_it_one(client: Program, first_card: str, review_of: object) -> None:
    assert callable(review_of)
    client.patch("/api/v1/settings", json={"leech_threshold": 1, "leech_action": "suspend"})
    client.post("/api/v1/acts/due", json={"card_ids": [first_card], "when": "0"})
    body = review_of(first_card, rating=1, reviewed_at="2026-05-04T09:00:30Z")
    answer = client.post("/api/v1/reviews", json=body)
    assert (answer.status_code, answer.json["leech"]) == (201, "suspend")
    assert client.post("/api/v1/reviews", json=body).json["leech"] == "suspend"
    assert [card["card_id"] for card in client.get("/api/v1/suspended").json["cards"]] == [first_card]
