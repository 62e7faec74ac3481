"""Placement tests and the offer after a lapse, by plain forms."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask

from tests.conftest import Answer, Clock, Program, program
from tests.srs.study import basic_notes, write_deck

PLACE = "/place/small/more"


@pytest.fixture
def client(open_app: Callable[..., Flask], tmp_path: Path) -> Program:
    problem = r"{id: double, kind: problem, given: {x: 2..9}, front: 'Double $\val{x}$.', answer: 2*x, requires: [b0]}"
    notes = {"base": basic_notes(2, "a"), "more": [*basic_notes(3, "b"), problem]}
    return program(open_app(write_deck(tmp_path / "deck", notes, requires={"more": "base"})))


def fields(text: str) -> dict[str, str]:
    """The hidden fields of the question on show."""
    body = text.split("place-card", 1)[1]
    return {name: unescape(value) for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', body)}


def doubled(text: str) -> str:
    found = re.search(r"<mn>(\d+)</mn>", text)
    assert found
    return str(2 * int(found[1]))


def answer(client: Program, **given: str) -> Answer:
    """Answer the question on show; the page that comes then."""
    filled = fields(client.get(f"{PLACE}?begin=1").text)
    sent = client.post(PLACE, data=filled | given)
    assert (sent.status_code, sent.location) == (303, f"{PLACE}?begin=1")
    return client.get(sent.location)


def test_a_section_is_placed_by_answering_its_hardest_cards_right(client: Program) -> None:
    assert "choose “I know this already”" in client.get("/").text
    lesson = client.get("/lesson/small/more").text
    assert f'href="{PLACE}"' in lesson
    assert 'Stands on <a href="/lesson/small/base">' in lesson
    first = client.get(PLACE).text
    assert "answer its hardest 4 cards, all of them right" in first
    assert "2 new cards of what it stands on" in first
    question = client.get(f"{PLACE}?begin=1").text
    assert "Question 1 of at most 4" in question
    assert 'name="typed"' in question
    assert "Question 2 of at most 4" in answer(client, typed=doubled(question)).text
    for _ in range(2):
        answer(client, knew="yes")
    done = answer(client, knew="yes").text
    assert "Passed: 6 cards will come for review" in done
    assert "You know this section." in done
    home = client.get("/api/v1/home").json
    assert [(each["known"], each["total"]) for each in home["sections"]] == [(2, 2), (4, 4)]
    token = re.search(r'name="csrf_token" value="([^"]*)"', done)
    assert token
    client.post("/review/undo", data={"csrf_token": token[1]})
    assert [each["known"] for each in client.get("/api/v1/home").json["sections"]] == [0, 0]


def test_what_is_not_known_ends_the_test_and_changes_nothing_else(client: Program) -> None:
    failed = answer(client, knew="no").text
    assert "Not quite: 1 answer of 1 was wrong." in failed
    assert [each["known"] for each in client.get("/api/v1/home").json["sections"]] == [0, 0]
    [review] = client.get("/api/v1/reviews").json["reviews"]
    assert (review["card_id"], review["rating"]) == ("small/double/problem", 1)


def test_a_wrong_number_is_wrong_and_what_cannot_be_read_is_no_answer(client: Program) -> None:
    assert "cannot be read" in answer(client, typed="2 +").text
    assert "Nothing was answered" in answer(client, typed=" ").text
    assert client.get("/api/v1/reviews").json["reviews"] == []
    assert "Not quite" in answer(client, typed="1").text


def test_a_question_answered_twice_counts_once(client: Program) -> None:
    filled = fields(client.get(f"{PLACE}?begin=1").text)
    typed = doubled(client.get(f"{PLACE}?begin=1").text)
    for _ in range(2):
        client.post(PLACE, data=filled | {"typed": typed})
    page = client.get(PLACE).text
    assert "Question 2 of at most 4" in page
    assert len(client.get("/api/v1/reviews").json["reviews"]) == 1


@pytest.mark.parametrize("change", [{"id": "no id"}, {"shown_at": "now"}, {"id": ""}])
def test_a_form_that_was_tampered_with_is_refused(client: Program, change: dict[str, str]) -> None:
    filled = fields(client.get(f"{PLACE}?begin=1").text)
    assert client.post(PLACE, data=filled | {"knew": "no"} | change).status_code == 400
    assert client.get("/api/v1/reviews").json["reviews"] == []


def test_a_section_that_is_none_is_not_found(client: Program) -> None:
    for path in ("/place/small/none", "/place/none/more"):
        missing = client.get(path)
        assert missing.status_code == 404
        assert "There is no such section" in missing.text


def test_the_api_tells_how_a_test_stands_and_places(client: Program) -> None:
    path = "/api/v1/placements/small/more"
    begun = client.get(path).json
    assert (begun["outcome"], begun["total"], begun["slips"], begun["below"]) == ("open", 4, 0, 2)
    refused = client.post(path, json={})
    assert refused.status_code == 409
    assert "0 right and 0 wrong answers of 4" in refused.json["detail"]
    while (card := client.get(path).json["card"]) is not None:
        typed = {"typed": doubled(card["front_html"]), "seed": card["seed"]} if card["asks"] else {}
        sent = {"id": str(uuid4()), "card_id": card["card_id"], "rating": 3, "reviewed_at": "2026-05-04T09:00:00Z"}
        assert client.post("/api/v1/reviews", json=sent | {"duration_ms": 900} | typed).status_code == 201
    assert client.get(path).json["outcome"] == "passed"
    placed = client.post(path, json={}).json
    assert placed["cards"] == 6
    assert client.post(path, json={}).json == {"cards": 0, "event_id": None}
    assert client.get("/api/v1/placements/small/none").status_code == 404


def lapse(client: Program, clock: Clock) -> None:
    """Learn everything quickly, then forget what stands on the rest."""
    for day in (0, 1):
        clock.pass_by(days=day)
        while cards := client.get("/api/v1/queue?limit=1").json["cards"]:
            _review(client, clock, cards[0], 4)
    clock.pass_by(days=1)


def _review(client: Program, clock: Clock, card: dict[str, object], rating: int) -> dict[str, object]:
    now = clock().isoformat()
    sent = {"id": str(uuid4()), "card_id": card["card_id"], "rating": rating, "reviewed_at": now, "duration_ms": 900}
    result: dict[str, object] = client.post("/api/v1/reviews", json=sent).json
    return result


def test_after_a_lapse_the_shaky_cards_below_it_can_be_reviewed_first(client: Program, clock: Clock) -> None:
    lapse(client, clock)
    for card in ("small/a0/forward", "small/a1/forward", "small/b0/forward"):
        _review(client, clock, {"card_id": card}, 1)
        clock.pass_by(minutes=11)
        _review(client, clock, {"card_id": card}, 3)
    client.post("/api/v1/acts/due", json={"card_ids": ["small/double/problem"], "when": "0"})
    page = client.get("/review").text
    form = page.split('<form id="ratings"', 1)[1].split("</form>", 1)[0]
    filled = {name: unescape(v) for name, v in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form)}
    assert filled["card_id"] == "small/double/problem"
    client.post("/review", data=filled | {"rating": 1})
    clock.pass_by(minutes=11)
    offered = client.get("/review").text
    notice = offered.split('<div id="shaky"', 1)[1].split("</form>", 1)[0]
    assert "hidden>" not in notice.split(">", 1)[0] + ">"
    named = re.findall(r'name="card_id" value="([^"]*)"', notice)
    assert set(named) == {"small/b0/forward", "small/a0/forward", "small/a1/forward"}
    before = client.get("/api/v1/queue").json["counts"]["review"]
    token = filled["csrf_token"]
    brought = client.post("/review/first", data={"csrf_token": token, "card_id": named})
    assert (brought.status_code, brought.location) == (303, "/review")
    assert client.get("/api/v1/queue").json["counts"]["review"] == before + 3
    assert client.post("/review/first", data={"csrf_token": token}).status_code == 400
