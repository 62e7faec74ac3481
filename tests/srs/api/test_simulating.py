"""The simulation as programs get it."""

from __future__ import annotations

import pytest

from tests.conftest import Program

ADDRESS = "/api/v1/decks/sampler/simulation"


def test_a_simulation_has_a_row_for_each_retention(client: Program) -> None:
    found = client.get(ADDRESS, query_string={"days": "20"})
    assert found.status_code == 200
    assert [row["retention"] for row in found.json["rows"]] == [percent / 100 for percent in range(70, 98)]
    assert (found.json["deck"], found.json["current"], found.json["held"]) == ("sampler", 0.9, 0)
    assert found.json["recommended"] in [row["retention"] for row in found.json["rows"]]
    assert found.json["said"]


def test_retentions_days_and_new_cards_can_be_asked_for(client: Program) -> None:
    found = client.get(ADDRESS, query_string={"days": "3", "new_per_day": "2", "retention": "0.95,0.8"}).json
    assert [(row["retention"], row["introduced"]) for row in found["rows"]] == [(0.8, 6), (0.95, 6)]


@pytest.mark.parametrize(
    ("query", "status", "field"),
    [
        ({"days": "0"}, 400, "days"),
        ({"days": "100000"}, 400, "days"),
        ({"new_per_day": "-1"}, 400, "new_per_day"),
        ({"retention": "much"}, 400, "retention"),
        ({"retention": "nan"}, 422, "retention"),
        ({"retention": "0.9,1"}, 422, "retention"),
        ({"seed": "1"}, 400, "seed"),
    ],
)
def test_what_cannot_be_is_refused(client: Program, query: dict[str, str], status: int, field: str) -> None:
    refused = client.get(ADDRESS, query_string=query)
    assert (refused.status_code, refused.json["field"]) == (status, field)


def test_an_unknown_deck_is_not_found(client: Program) -> None:
    refused = client.get("/api/v1/decks/nothing/simulation")
    assert (refused.status_code, refused.json["type"]) == (404, "urn:refresher:problem:unknown-deck")
