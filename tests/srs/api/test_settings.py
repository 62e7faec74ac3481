"""Settings over the API."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from srs.core.settings import FIELDS
from tests.conftest import Program


def value(client: Program, name: str, deck: str = "") -> tuple[Any, str]:
    rows = client.get(f"/api/v1/settings?deck={deck}").json["settings"]
    row = next(row for row in rows if row["name"] == name)
    return row["value"], row["source"]


def patch(client: Program, body: object, deck: str = "") -> tuple[int, Any]:
    answer = client.patch(f"/api/v1/settings?deck={deck}", json=body)
    return answer.status_code, answer.get_json()


def test_every_setting_is_told_with_what_it_does(client: Program) -> None:
    found = client.get("/api/v1/settings").json
    assert found["deck"] is None
    assert [row["name"] for row in found["settings"]] == list(FIELDS)
    assert all(row["title"] and row["effect"] for row in found["settings"])
    assert client.get("/api/v1/settings?deck=sampler").json["deck"] == "sampler"


def test_a_change_holds_for_the_deck_until_it_is_given_back(client: Program) -> None:
    status, done = patch(client, {"new_per_day": 3, "learning_steps": [60, 600], "desired_retention": "85%"}, "sampler")
    assert (status, done["changed"]) == (200, ["new_per_day", "learning_steps", "desired_retention"])
    assert value(client, "new_per_day", "sampler") == (3, "deck")
    assert value(client, "new_per_day") == (10, "default")
    assert client.get("/api/v1/queue").json["counts"]["new"] == 3
    assert patch(client, {"new_per_day": 3}, "sampler") == (200, {"changed": [], "change_id": None})
    assert patch(client, {"new_per_day": None, "learning_steps": "none"}, "sampler")[1]["changed"] == [
        "learning_steps",
        "new_per_day",
    ]
    assert value(client, "new_per_day", "sampler") == (10, "default")
    assert value(client, "learning_steps", "sampler") == ([], "deck")


def test_changes_are_listed_and_taken_back(client: Program) -> None:
    first = patch(client, {"new_per_day": 3})[1]["change_id"]
    patch(client, {"new_per_day": 5, "gate": False})
    newest, oldest = client.get("/api/v1/settings/changes").json["changes"]
    assert (oldest["id"], oldest["deck"]) == (first, None)
    assert newest["settings"] == [
        {"name": "new_per_day", "before": 3, "after": 5},
        {"name": "gate", "before": None, "after": False},
    ]
    assert client.post("/api/v1/settings/undo", json={"id": first}).json["undone"]["id"] == first
    assert value(client, "new_per_day") == (5, "all_decks")
    assert client.post("/api/v1/settings/undo", json={}).json["undone"]["id"] == newest["id"]
    assert client.post("/api/v1/settings/undo", json={}).json == {"undone": None}
    assert value(client, "new_per_day") == (10, "default")
    refused = client.post("/api/v1/settings/undo", json={"id": str(uuid4())})
    assert (refused.status_code, refused.json["field"]) == (422, "id")


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({"new_per_day": -1, "learning_steps": "10m 1m", "zone": "Mars/Olympus"}, "new_per_day learning_steps zone"),
        ({"desired_retention": 1.5}, "desired_retention"),
        ({"new_per_day": 2.5}, "new_per_day"),
        ({"bury_new": 1}, "bury_new"),
        ({"easy_days": [1, 1, 1, 1, 1, 0.7, 0]}, "easy_days"),
        ({"colour": "red"}, "colour"),
        ({"parameters": [1.0] * 21}, "parameters"),
    ],
)
def test_whatever_cannot_be_is_refused_by_field_and_nothing_is_changed(
    client: Program, body: dict[str, object], fields: str
) -> None:
    status, problem = patch(client, body)
    assert status == 422
    found = [error["field"] for error in problem.get("errors", [problem])]
    assert list(dict.fromkeys(name.partition(".")[0] for name in found)) == fields.split()
    assert client.get("/api/v1/settings/changes").json == {"changes": []}


def test_a_deck_that_is_not_there_and_a_setting_that_is_for_all_are_refused(client: Program) -> None:
    assert client.get("/api/v1/settings?deck=big").status_code == 404
    assert patch(client, {"new_per_day": 1}, "big")[0] == 404
    status, problem = patch(client, {"rollover_hour": 3}, "sampler")
    assert (status, problem["field"]) == (422, "rollover_hour")
