"""The page of settings, as a browser without scripts uses it."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest

from tests.conftest import Answer, Program

GROUPS = ("day", "new", "steps", "reviews", "load", "leeches", "answers")


def form(page: str, name: str) -> dict[str, Any]:
    """What a form would send if its button were pressed: a name sent several times has a list of values."""
    inner = re.search(rf'<form id="{name}".*?</form>', page, re.DOTALL)
    assert inner is not None, name
    sent: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>|<select.*?</select>", inner[0], re.DOTALL):
        key = re.search(r'name="([^"]*)"', tag)
        assert key is not None
        if tag.startswith("<select"):
            chosen = re.search(r'value="([^"]*)" selected', tag)
        elif re.search(r'type="(radio|checkbox)"', tag) and " checked" not in tag:
            continue
        else:
            chosen = re.search(r'value="([^"]*)"', tag)
        assert chosen is not None, tag
        sent.setdefault(key[1], []).append(unescape(chosen[1]))
    return sent


def save(client: Program, group: str, deck: str = "", **changes: object) -> Answer:
    filled = form(client.get(f"/settings?deck={deck}").text, group)
    return client.post("/settings", data=filled | changes, follow_redirects=True)


def value(client: Program, name: str, deck: str = "") -> tuple[Any, str]:
    rows = client.get(f"/api/v1/settings?deck={deck}").json["settings"]
    row = next(row for row in rows if row["name"] == name)
    return row["value"], row["source"]


@pytest.mark.parametrize("group", GROUPS)
def test_a_form_sent_as_it_came_changes_nothing(client: Program, group: str) -> None:
    assert "Nothing was changed." in save(client, group).text
    assert client.get("/api/v1/settings/changes").json == {"changes": []}


def test_settings_of_every_kind_are_saved_and_shown(client: Program) -> None:
    answer = save(client, "new", new_per_day="7", new_order="author", gate=["no"], known_share="85")
    assert "Saved." in answer.text
    assert 'name="new_per_day" inputmode="numeric" autocomplete="off" value="7"' in answer.text
    save(client, "reviews", desired_retention="92,5", implicit_credit=["no", "yes"])
    save(client, "steps", learning_steps="30s 10m 1d", relearning_steps="", learn_ahead_s="1h")
    save(client, "load", easy_days=["1", "1", "1", "1", "1", "0.5", "0"])
    save(client, "day", rollover_hour="0")
    expected = {
        "new_per_day": 7,
        "new_order": "author",
        "gate": False,
        "known_share": 0.85,
        "desired_retention": 0.925,
        "implicit_credit": True,
        "learning_steps": [30, 600, 86_400],
        "relearning_steps": [],
        "learn_ahead_s": 3600,
        "easy_days": [1.0, 1.0, 1.0, 1.0, 1.0, 0.5, 0.0],
        "rollover_hour": 0,
    }
    assert {name: value(client, name) for name in expected} == {
        name: (held, "all_decks") for name, held in expected.items()
    }
    for group in GROUPS:
        assert "Nothing was changed." in save(client, group).text


def test_a_decks_own_value_is_marked_and_given_back(client: Program) -> None:
    answer = save(client, "new", "sampler", new_per_day="3")
    assert "Its own value.</b> All decks: 10 cards." in answer.text
    assert value(client, "new_per_day") == (10, "default")
    assert client.get("/api/v1/queue").json["counts"]["new"] == 3
    assert "Has a value of its own:" in client.get("/settings").text
    save(client, "leeches", leech_threshold="4")
    assert client.get("/settings?deck=sampler").text.count("Its own value.") == 1
    filled = form(answer.text, "reset-new_per_day")
    answer = client.post("/settings/reset", data=filled, follow_redirects=True)
    assert "Its own value." not in answer.text
    assert value(client, "new_per_day", "sampler") == (10, "default")


def test_what_holds_for_all_decks_alone_has_no_field_on_a_decks_page(client: Program) -> None:
    page = client.get("/settings?deck=sampler").text
    assert 'name="rollover_hour"' not in page
    assert 'name="zone"' not in page
    assert client.get("/settings?deck=nowhere").status_code == 404


def test_mistakes_stand_beside_their_fields_and_nothing_is_saved(client: Program) -> None:
    answer = save(client, "steps", learning_steps="10m 1m", relearning_steps="soon", bury_learning=["no", "yes"])
    assert answer.status_code == 422
    for name, given, says in (
        ("learning_steps", "10m 1m", "Steps of a new card: a step of 60 seconds after one of 600"),
        ("relearning_steps", "soon", "Steps after forgetting: &#39;soon&#39; is not a step"),
    ):
        assert re.search(rf'name="{name}"[^>]*value="{given}"[^>]*wrong-{name}"[^>]*aria-invalid="true"', answer.text)
        assert re.search(rf'id="wrong-{name}"[^>]*>{says}', answer.text)
    assert client.get("/api/v1/settings/changes").json == {"changes": []}


@pytest.mark.parametrize(
    ("group", "name", "given", "says"),
    [
        ("answers", "slow_after_s", "3", "from 5 to 3600"),
        ("answers", "slow_after_s", "", "whole seconds"),
        ("answers", "slow_after_s", "1e3", "whole seconds"),
        ("answers", "decimal_comma", "dot", "auto or comma or point"),
        ("reviews", "desired_retention", "99.5", "from 0.70 to 0.99"),
        ("reviews", "desired_retention", "0.9", "from 0.70 to 0.99"),
        ("reviews", "reviews_per_day", "-1", "from 0 to 9999"),
        ("day", "zone", "Europe/Atlantis", "IANA time zone"),
        ("day", "rollover_hour", "24", "from 0 to 23"),
        ("load", "easy_days", "2", "seven of 1, 0.5 and 0"),
        ("leeches", "leech_threshold", "<b>", "a whole number"),
    ],
)
def test_a_value_that_cannot_be_is_refused_with_what_would_be_right(
    client: Program, group: str, name: str, given: str, says: str
) -> None:
    answer = save(client, group, **{name: given})
    assert answer.status_code == 422
    assert says in answer.text
    assert "<b></b>" not in answer.text
    assert client.get("/api/v1/settings/changes").json == {"changes": []}


def test_changes_are_listed_and_taken_back_one_by_one(client: Program) -> None:
    save(client, "new", new_per_day="20")
    save(client, "new", "sampler", new_per_day="5")
    page = client.get("/settings").text
    assert re.search(r"New cards a day: unset → 5 cards</p>\s*<p class=\"soft small\">Sampler", page)
    assert page.index("→ 5 cards") < page.index("→ 20 cards")
    ids = [change["id"] for change in client.get("/api/v1/settings/changes").json["changes"]]
    filled = form(page, "new")
    answer = client.post("/settings/undo", data={**filled, "id": ids[1]}, follow_redirects=True)
    assert "Taken back" in answer.text
    assert value(client, "new_per_day") == (10, "default")
    assert value(client, "new_per_day", "sampler") == (5, "deck")


def test_a_zone_given_by_hand_stays_when_the_browser_is_elsewhere(client: Program) -> None:
    assert 'data-zone-source="system"' in client.get("/").text
    save(client, "day", zone="Asia/Kathmandu")
    assert value(client, "follow_zone") == (False, "all_decks")
    assert 'data-zone="Asia/Kathmandu" data-zone-source="fixed"' in client.get("/").text
    save(client, "day", follow_zone=["no", "yes"])
    assert 'data-zone-source="learner"' in client.get("/").text


@pytest.mark.parametrize(
    ("address", "data", "status"),
    [
        ("/settings", {"group": "colours"}, 400),
        ("/settings", {"group": "new"}, 400),
        ("/settings", {"group": "new", "deck": "nowhere"}, 404),
        ("/settings/reset", {"name": "colour"}, 422),
        ("/settings/undo", {"id": "the last one"}, 400),
        ("/settings/undo", {"id": "7c9e6679-7425-40de-944b-e07fc1f90ae7"}, 422),
    ],
)
def test_forms_that_the_page_did_not_make_are_refused(
    client: Program, address: str, data: dict[str, str], status: int
) -> None:
    token = form(client.get("/settings").text, "new")["csrf_token"]
    assert client.post(address, data=data | {"csrf_token": token}).status_code == status
    assert client.post(address, data=data).status_code == 400
    assert client.get("/api/v1/settings/changes").json == {"changes": []}


def test_figures_are_those_of_the_learner(client: Program) -> None:
    page = client.get("/settings").text
    assert "A card that you always know comes" in page
    assert re.search(r"\d+ cards are not begun: at 10 a day", page)
