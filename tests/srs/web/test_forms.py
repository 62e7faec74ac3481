"""Reviewing without JavaScript: plain forms, filled in as a browser would."""

from __future__ import annotations

import re
from html import unescape
from uuid import uuid4

import pytest
from werkzeug.test import TestResponse

from tests.conftest import Clock, Program


def fields(text: str, form: str) -> dict[str, str]:
    """The hidden fields of the form of that id."""
    body = text.split(f'<form id="{form}"', 1)[1].split("</form>", 1)[0]
    return {name: unescape(value) for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', body)}


def rate(client: Program, rating: int) -> TestResponse:
    """Open the review page and press a rating."""
    filled = fields(client.get("/review").text, "ratings")
    return client.post("/review", data=filled | {"rating": rating})


def test_a_rating_is_taken_and_the_next_card_shown(client: Program, clock: Clock) -> None:
    filled = fields(client.get("/review").text, "ratings")
    clock.pass_by(seconds=8)
    answer = client.post("/review", data=filled | {"rating": 3})
    assert (answer.status_code, answer.location) == (303, "/review")
    [row] = client.get("/api/v1/reviews").json["reviews"]
    assert row["card_id"] == filled["card_id"]
    assert row["rating"] == 3
    assert row["duration_ms"] == 8000
    assert fields(client.get("/review").text, "ratings")["card_id"] != filled["card_id"]


def test_a_double_click_is_one_review(client: Program, clock: Clock) -> None:
    filled = fields(client.get("/review").text, "ratings")
    for rating in ("4", "4", "2"):  # the first click counts, even if the second slips to another button
        answer = client.post("/review", data=filled | {"rating": rating})
        assert (answer.status_code, answer.location) == (303, "/review")
        clock.pass_by(seconds=0.2)
    assert [row["rating"] for row in client.get("/api/v1/reviews").json["reviews"]] == [4]
    assert "was taken already" in client.get("/review").text


def test_a_form_that_was_answered_and_undone_since_is_not_taken_again(client: Program, clock: Clock) -> None:
    filled = fields(client.get("/review").text, "ratings") | {"rating": "4"}
    client.post("/review", data=filled)
    client.post("/review/undo", data=filled)
    clock.pass_by(seconds=5)
    assert client.post("/review", data=filled).status_code == 303
    assert [row["voided"] for row in client.get("/api/v1/reviews").json["reviews"]] == [True]


def test_a_card_left_open_counts_a_minute_at_most(client: Program, clock: Clock) -> None:
    filled = fields(client.get("/review").text, "ratings")
    clock.pass_by(hours=3)
    client.post("/review", data=filled | {"rating": 3})
    assert client.get("/api/v1/reviews").json["reviews"][0]["duration_ms"] == 60_000


def test_undo_shows_the_same_card_again(client: Program) -> None:
    filled = fields(client.get("/review").text, "ratings")
    client.post("/review", data=filled | {"rating": 1})
    answer = client.post("/review/undo", data=fields(client.get("/review").text, "undo"), follow_redirects=True)
    assert "Undone: answer this card again." in answer.text
    assert fields(answer.text, "ratings")["card_id"] == filled["card_id"]
    assert client.get("/api/v1/reviews").json["reviews"][0]["voided"] is True


def test_suspending_shows_the_next_card_and_a_page_of_its_own_takes_it_back(client: Program) -> None:
    text = client.get("/review").text
    filled = fields(text, "suspend")
    answer = client.post("/review/suspend", data=filled, follow_redirects=True)
    assert "comes no more" in answer.text
    assert fields(answer.text, "ratings")["card_id"] != filled["card_id"]

    assert "/cards/aside" in client.get("/settings").text
    assert filled["card_id"] in client.get("/cards/aside").text
    back = client.post("/cards/aside/suspended", data=filled, follow_redirects=True)
    assert "comes again" in back.text
    assert "None. A suspended card" in back.text


def test_a_leech_is_told_on_the_closing_page_if_it_was_the_last_card(client: Program) -> None:
    card = client.get("/api/v1/queue?limit=1").json["cards"][0]["card_id"]
    settings = {"new_per_day": 0, "relearning_steps": "", "leech_threshold": 1, "leech_action": "suspend"}
    answer = client.patch("/api/v1/settings", json=settings)
    assert answer.status_code == 200, answer.text
    client.post("/api/v1/acts/due", json={"card_ids": [card], "when": "0"})
    rate(client, 1)
    text = client.get("/review", follow_redirects=True).text
    assert "You keep forgetting this card" in text
    assert "It is suspended now" in text
    filled = fields(text.replace('<form method="post" action="/review/unsuspend"', '<form id="back"'), "back")
    assert filled["card_id"] == card
    assert "comes again, as it stood" in client.post("/review/unsuspend", data=filled, follow_redirects=True).text
    assert "You keep forgetting" not in client.get("/review").text


@pytest.mark.parametrize(
    ("what", "form", "said"),
    [
        ("bury", {}, "comes again tomorrow"),
        ("flag", {"text": "Which one?"}, "flagged for the deck"),
        ("flag", {"text": "x" * 2001}, "has 2001 characters"),
        ("due", {"when": "3"}, "the day that you said"),
        ("due", {"when": "yesterday"}, "says no day"),
        ("forget", {}, "stands so already"),
    ],
)
def test_acts_say_what_they_did_or_why_not(client: Program, what: str, form: dict[str, str], said: str) -> None:
    filled = fields(client.get("/review").text, what)
    answer = client.post(f"/review/{what}", data=filled | form, follow_redirects=True)
    assert answer.status_code == 200
    assert said in unescape(answer.text)


def test_an_act_on_a_card_that_is_not_there_is_a_page_that_says_so(client: Program) -> None:
    filled = fields(client.get("/review").text, "bury")
    answer = client.post("/review/bury", data=filled | {"card_id": "sampler/nothing/forward"})
    assert answer.status_code == 404
    assert "sampler/nothing/forward" in answer.text
    assert client.post("/review/bury", data=filled | {"card_id": ""}).status_code == 400
    assert client.post("/cards/aside/buried", data=filled | {"card_id": ""}).status_code == 400
    assert "stands so already" in client.post("/cards/aside/buried", data=filled, follow_redirects=True).text


def test_when_all_is_done_the_closing_page_says_what_was_done(client: Program, clock: Clock) -> None:
    for _ in range(40):
        if client.get("/review").status_code == 303:
            break
        rate(client, 4)
        clock.pass_by(seconds=5)
    answer = client.get("/review")
    assert (answer.status_code, answer.location) == (303, "/done")
    text = client.get("/done").text
    assert "That is all for today." in text
    assert re.search(r"<dt>answers</dt><dd>10</dd>", text)
    assert "The next card comes" in text
    assert "Undo the last step" in text
    home = client.get("/").text
    assert "All done for today." in home


def test_the_closing_page_in_the_middle_of_a_day_says_what_is_still_to_come(client: Program) -> None:
    rate(client, 4)
    text = client.get("/done").text
    assert "9 cards still to come today." in text
    assert "The next card comes" not in text  # it is there already
    assert "Go on" in text


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"rating": "7"}, 422),
        ({"rating": "good"}, 400),
        ({"id": "x"}, 400),
        ({"shown_at": "noon"}, 400),
        ({"card_id": "sampler/never/forward"}, 404),
        ({"card_id": "\0"}, 404),
        ({"rating": ""}, 400),
    ],
)
def test_a_form_that_was_tampered_with_changes_nothing(client: Program, changed: dict[str, str], status: int) -> None:
    filled = fields(client.get("/review").text, "ratings") | {"rating": "3"} | changed
    answer = client.post("/review", data=filled)
    assert answer.status_code == status
    assert "Back to today" in answer.text
    assert client.get("/api/v1/reviews").json["reviews"] == []


DRILL = "sampler/product-drill/problem"


def drill(client: Program, clock: Clock) -> tuple[dict[str, str], str]:
    """The form of the problem once its turn has come, and the right answer."""
    for _ in range(20):
        page = client.get(f"/review?card={DRILL}").text
        if f'data-card-id="{DRILL}"' in page:
            question = page.split('<div id="question"', 1)[1].split("</div>", 1)[0]
            base, first, _, second = re.findall(r"<mn>(\d+)</mn>", question)
            return fields(page, "typed"), f"{base}^{int(first) + int(second)}"
        rate(client, 4)
        clock.pass_by(seconds=5)
    raise AssertionError("the problem never comes")


def test_an_answer_is_graded_and_then_rated(client: Program, clock: Clock) -> None:
    about, right = drill(client, clock)
    done = len(client.get("/api/v1/reviews").json["reviews"])
    clock.pass_by(seconds=30)
    page = client.post("/review/answer", data=about | {"typed": right}).text
    assert re.search(r'id="outcome-title">Right<', page)
    assert re.search(r"<details id=\"reveal\" open>", page)
    assert re.search(r'class="rating r3 is-suggested"[^>]* autofocus', page)
    assert len(client.get("/api/v1/reviews").json["reviews"]) == done  # nothing is kept before it is rated
    filled = fields(page, "ratings")
    assert (filled["typed"], filled["seed"], filled["id"]) == (right, about["seed"], about["id"])
    clock.pass_by(seconds=70)
    for _ in range(2):
        assert client.post("/review", data=filled | {"rating": "3"}).status_code == 303
        clock.pass_by(seconds=1)
    *_, row = client.get("/api/v1/reviews").json["reviews"]
    assert (row["card_id"], row["rating"], row["typed"], row["verdict"]) == (DRILL, 3, right, "right")
    assert row["duration_ms"] == 100_000  # a problem may take more than a minute
    assert len(client.get("/api/v1/reviews").json["reviews"]) == done + 1


def test_a_right_answer_that_took_long_suggests_hard(client: Program, clock: Clock) -> None:
    about, right = drill(client, clock)
    clock.pass_by(seconds=61)
    page = client.post("/review/answer", data=about | {"typed": right}).text
    assert "Right, and it took a while" in page
    assert 'class="rating r2 is-suggested"' in page


def test_what_cannot_be_read_comes_back_to_be_mended(client: Program, clock: Clock) -> None:
    about, _ = drill(client, clock)
    page = client.post("/review/answer", data=about | {"typed": "<b>2^"}).text
    assert "This cannot be read" in page
    assert 'value="&lt;b&gt;2^"' in page
    assert "<b>2" not in page
    assert "<mark>" in page
    assert '<details id="reveal">' in page  # the answer stays folded
    filled = fields(page, "ratings")
    assert filled["id"] == about["id"]
    assert 'class="rating r1 is-suggested"' in page
    client.post("/review", data=filled | {"rating": "1"})
    *_, row = client.get("/api/v1/reviews").json["reviews"]
    assert (row["typed"], row["verdict"]) == ("<b>2^", "unreadable")


def test_an_answer_to_a_card_that_was_answered_meanwhile_is_not_graded_as_another(
    client: Program, clock: Clock
) -> None:
    about, right = drill(client, clock)
    client.post("/review", data=fields(client.get(f"/review?card={DRILL}").text, "ratings") | {"rating": "4"})
    answer = client.post("/review/answer", data=about | {"typed": right})
    assert (answer.status_code, answer.location) == (303, "/review")
    assert "was answered already" in client.get("/review").text


def test_an_empty_answer_is_asked_again(client: Program, clock: Clock) -> None:
    about, _ = drill(client, clock)
    answer = client.post("/review/answer", data=about | {"typed": "  "}, follow_redirects=True)
    assert "Nothing was typed" in answer.text
    assert f'data-card-id="{DRILL}"' in answer.text
    assert client.get("/review/answer").location == "/review"


@pytest.mark.parametrize(
    ("changed", "status"),
    [({"seed": "x"}, 400), ({"id": ""}, 400), ({"typed": "1" * 6000}, 422), ({"seed": "7"}, 303)],
)
def test_an_answer_that_was_tampered_with_changes_nothing(
    client: Program, clock: Clock, changed: dict[str, str], status: int
) -> None:
    about, right = drill(client, clock)
    before = client.get("/api/v1/reviews").json
    assert client.post("/review/answer", data=about | {"typed": right} | changed).status_code == status
    assert client.get("/api/v1/reviews").json == before


def test_a_form_too_large_is_refused_with_a_page(client: Program) -> None:
    filled = fields(client.get("/review").text, "ratings") | {"rating": "3", "id": str(uuid4()), "more": "x" * 70_000}
    answer = client.post("/review", data=filled)
    assert answer.status_code == 413
    assert "too much at once" in answer.text
