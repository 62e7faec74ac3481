"""Catching up, exams and cramming, used as a browser without scripts would."""

from __future__ import annotations

import re
from html import unescape
from uuid import uuid4

import pytest

from tests.conftest import Clock, Program


def fields(text: str, action: str) -> dict[str, str]:
    """The hidden fields of the form that goes to that address."""
    body = unescape(text).split(f'action="{action}', 1)[1].split("</form>", 1)[0]
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', body))


def learn(client: Program, clock: Clock) -> None:
    """Answer every card that comes today, then let some weeks pass."""
    while cards := client.get("/api/v1/queue?limit=1").json["cards"]:
        body = {"id": str(uuid4()), "card_id": cards[0]["card_id"], "rating": 4, "duration_ms": 3000}
        assert client.post("/api/v1/reviews", json=body | {"reviewed_at": clock().isoformat()}).status_code == 201
        clock.pass_by(seconds=5)
    clock.pass_by(days=60)


def crammed(client: Program, clock: Clock, address: str, rating: int) -> str:
    """Rate the card that a session shows; its id."""
    text = client.get(address).text
    filled = fields(text, address.replace("/cram-check", "/cram"))
    clock.pass_by(seconds=4)
    answer = client.post(address, data=filled | {"rating": str(rating)})
    assert (answer.status_code, answer.location) == (303, address)
    again = client.post(address, data=filled | {"rating": "1"})
    assert again.status_code == 303, "a double click is one answer"
    return filled["card_id"]


def begun(client: Program, place: str, **more: str) -> str:
    """The address of a session that begins now."""
    page = client.get(f"/cram/{place}")
    assert page.status_code == 200
    since = fields(page.text, f"/cram/{place}")["since"]
    return "&".join([f"/cram/{place}?since={since}", *(f"{name}={value}" for name, value in more.items())])


def test_a_section_is_crammed_to_its_end_and_its_schedule_stays(client: Program, clock: Clock) -> None:
    learn(client, clock)
    before = client.get("/api/v1/queue?limit=100").json
    assert 'href="/cram/sampler/powers"' in client.get("/lesson/sampler/powers").text
    address = begun(client, "sampler/powers")
    shown = [crammed(client, clock, address, 1)]
    while "Show the answer" in client.get(address).text:
        shown.append(crammed(client, clock, address, 3))
        assert len(shown) < 20
    assert len(shown) == len(set(shown)) + 1
    done = client.get(address).text
    assert "known once" in done
    assert f"<dd>{len(shown)}</dd>" in done
    after = client.get("/api/v1/queue?limit=100").json
    assert [card["card_id"] for card in after["cards"]] == [card["card_id"] for card in before["cards"]]
    assert after["counts"] == before["counts"]


def test_an_answer_is_undone(client: Program, clock: Clock) -> None:
    learn(client, clock)
    address = begun(client, "sampler")
    card = crammed(client, clock, address, 4)
    left = re.search(r"<b>(\d+)</b> to go", client.get(address).text)
    token = {"csrf_token": fields(client.get(address).text, "/cram-undo/sampler")["csrf_token"]}
    client.post(address.replace("/cram/", "/cram-undo/"), data=token)
    text = client.get(address).text
    assert fields(text, "/cram/sampler")["card_id"] == card
    assert left
    assert f"<b>{int(left[1]) + 1}</b> to go" in text


def test_what_is_typed_is_graded_with_the_numbers_shown(client: Program, clock: Clock) -> None:
    learn(client, clock)
    address = begun(client, "sampler/powers")
    for _ in range(12):
        text = client.get(address).text
        if 'data-asks="typed"' in text:
            break
        crammed(client, clock, address, 3)
    check = address.replace("/cram/", "/cram-check/")
    filled = fields(text, "/cram-check/sampler/powers")
    told = client.post(check, data=filled | {"typed": "0"})
    assert told.status_code == 200
    assert "Not right" in told.text
    empty = client.post(check, data=filled | {"typed": " "})
    assert (empty.status_code, empty.location) == (303, address)
    rating = fields(told.text, "/cram/sampler/powers")
    assert rating["id"] == filled["id"]
    assert client.post(address, data=rating | {"rating": "1"}).status_code == 303


@pytest.mark.parametrize(
    "address",
    ["/cram/none", "/cram/sampler/none", *(f"/cram/sampler?since={since}" for since in ("x", "9" * 20, "9" * 13, "5"))],
)
def test_a_place_that_is_none_is_not_found(client: Program, address: str) -> None:
    assert client.get(address).status_code == 404


def test_nothing_to_cram_is_said_so(client: Program) -> None:
    assert "No card here was seen yet" in client.get(begun(client, "sampler")).text
    assert "Nothing was failed today" in client.get(begun(client, "sampler", failed="1")).text
    assert "Show the answer" in client.get(begun(client, "sampler", unseen="1")).text


def test_an_exam_is_planned_for_on_the_home_page_and_ended(client: Program) -> None:
    text = client.get("/").text
    filled = fields(text, "/exam")
    assert "Exam on" not in text
    assert client.post("/exam", data=filled | {"day": "2026-06-20"}).status_code == 303
    text = client.get("/").text
    assert "comes first. 1 new card a day to see all before then" in " ".join(text.split())
    assert "Exam on" in text
    assert "1 new card a day to see all before then" in text
    client.post("/exam", data=filled | {"day": "2026-05-05"})
    assert "Too many to see all" in client.get("/").text
    client.post("/exam", data=filled | {"day": "2026-05-04"})
    assert "No new card comes today" in client.get("/").text
    assert (
        client.post("/exam", data=filled | {"day": "12 March"}, follow_redirects=True).text.count("a date looks like")
        == 1
    )
    assert "which is past" in client.post("/exam", data=filled | {"day": "2026-05-03"}, follow_redirects=True).text
    assert client.post("/exam/end", data=filled).status_code == 303
    assert "Exam on" not in client.get("/").text


def test_catching_up_is_told_and_stopped(client: Program, clock: Clock) -> None:
    learn(client, clock)
    text = client.get("/").text
    assert "overdue" not in text, "so few are no more than a day's worth"
    filled = fields(text, "/exam")
    client.post("/catch-up", data=filled | {"days": "3"})
    text = client.get("/").text
    assert "Catching up" in text
    assert "share is" in text
    client.post("/catch-up/stop", data=filled)
    assert "Catching up" not in client.get("/").text
    refused = client.post("/catch-up", data=filled | {"days": "99"}, follow_redirects=True)
    assert "from 1 to 60" in refused.text
    assert client.post("/catch-up", data=filled | {"days": "x"}).status_code == 400


def test_goals_are_told_only_where_there_are_some(client: Program, clock: Clock) -> None:
    assert "Goal for today" not in client.get("/").text
    assert client.patch("/api/v1/settings", json={"goal_reviews": 12, "goal_minutes": 5}).status_code == 200
    learn(client, clock)
    assert "0 of 5 minutes, 0 of 12 answers" in re.sub(r"\s+", " ", client.get("/").text)


def test_the_beginning_of_a_session_leads_into_it_for_a_deck_and_for_a_section(client: Program) -> None:
    for path in ("/cram/sampler", "/cram/sampler/powers"):
        assert set(re.findall(r'method="get" action="([^"]*)"', client.get(path).text)) == {path}
