from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from tests.conftest import Program

Json = dict[str, Any]


@pytest.fixture
def document(client: Program) -> Json:
    found: Json = client.get("/api/v1/openapi.json").json
    return found


def test_every_route_is_described_and_nothing_else(app: Flask, document: Json) -> None:
    routed = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule.removeprefix("/api/v1")), method)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    described = {(path, method.upper()) for path, methods in document["paths"].items() for method in methods}
    assert described == routed


def test_the_parameters_of_a_path_are_described(document: Json) -> None:
    for path, methods in document["paths"].items():
        for operation in methods.values():
            in_path = {p["name"] for p in operation.get("parameters", []) if p["in"] == "path"}
            assert in_path == set(re.findall(r"{(\w+)}", path))


def test_every_operation_says_what_it_does_and_how_it_refuses(document: Json) -> None:
    for methods in document["paths"].values():
        for operation in methods.values():
            assert operation["summary"]
            for status, response in operation["responses"].items():
                assert response["description"]
                kind = "application/json" if status.startswith("2") else "application/problem+json"
                assert list(response["content"]) == [kind]


def references(value: object) -> Iterator[str]:
    """Every `$ref` within a JSON value."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "$ref":
                yield inner
            else:
                yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


def test_every_reference_leads_somewhere(document: Json) -> None:
    found = set(references(document))
    assert found
    for reference in found:
        place: Any = document
        for step in reference.removeprefix("#/").split("/"):
            place = place[step]
        assert place


def test_the_names_of_the_design_stand_in_the_schemas(document: Json) -> None:
    schemas = document["components"]["schemas"]
    assert {"counts", "cards"} <= set(schemas["QueueOut"]["required"])
    assert {"new", "learning", "review"} == set(schemas["CountsOut"]["required"])
    assert {"card_id", "note_id", "kind", "front_html", "back_html", "next"} <= set(schemas["CardOut"]["required"])
    assert {"due", "interval_days"} <= set(schemas["NextOut"]["required"])
    needed = {"id", "card_id", "rating", "reviewed_at"}
    assert set(schemas["ReviewIn"]["required"]) == needed
    assert set(schemas["ReviewIn"]["properties"]) == needed | {"duration_ms", "typed", "seed"}
    assert schemas["ReviewIn"]["properties"]["reviewed_at"]["format"] == "date-time"
    assert schemas["ReviewIn"]["properties"]["rating"]["maximum"] == 4
    assert schemas["ReviewIn"]["properties"]["id"]["format"] == "uuid"
    assert set(schemas["ReviewPageOut"]["required"]) == {"reviews", "next_cursor"}


def test_an_unknown_address_below_the_api_is_a_problem(client: Program) -> None:
    answer = client.get("/api/v1/nothing")
    assert answer.status_code == 404
    assert answer.content_type == "application/problem+json"
    assert answer.json["type"] == "urn:refresher:problem:no-such-address"


def test_a_method_that_is_not_taken_is_a_problem_that_names_those_that_are(client: Program) -> None:
    answer = client.delete("/api/v1/reviews")
    assert answer.status_code == 405
    assert answer.content_type == "application/problem+json"
    assert "POST" in answer.headers["Allow"]
