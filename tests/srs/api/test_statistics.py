"""Statistics over the API."""

from __future__ import annotations

import pytest

from tests.conftest import Program


def test_statistics_come_in_one_answer(client: Program) -> None:
    found = client.get("/api/v1/statistics").json
    assert (found["deck"], found["range"]) == (None, "month")
    assert len(found["done"]) == len(found["known"]) == len(found["forecast"]["days"]) == 30
    assert found["forecast"]["days"][0]["new"] > 0
    assert len(found["hours"]) == 24
    assert found["total"]["answers"] == 0
    assert found["times"]["median_s"] is None
    year = client.get("/api/v1/statistics?range=year&deck=sampler").json
    assert (year["deck"], year["range"], len(year["forecast"]["days"])) == ("sampler", "year", 365)
    assert client.get("/api/v1/statistics?deck=").json == found


@pytest.mark.parametrize(
    ("query", "status", "field"),
    [
        ("range=week", 400, "range"),
        ("range=", 400, "range"),
        ("range=year&range=all", 400, "range"),
        ("weeks=3", 400, "weeks"),
        ("deck=none", 404, "deck"),
        ("deck=%00", 404, "deck"),
    ],
)
def test_what_cannot_be_is_refused_by_name(client: Program, query: str, status: int, field: str) -> None:
    answer = client.get(f"/api/v1/statistics?{query}")
    assert answer.status_code == status
    assert answer.json["field"] == field
