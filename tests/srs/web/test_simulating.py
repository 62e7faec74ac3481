"""The page that says what a retention costs."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from srs.web.simulated import ticks
from tests.conftest import Clock, Program, program


def rows(text: str) -> dict[str, list[str]]:
    """The table's figures, by retention as it is shown."""
    body = text.split("<tbody>", 1)[1].split("</tbody>", 1)[0]
    found = {}
    for row in body.split("</tr>")[:-1]:
        name = re.search(r'name="retention" value="[^"]*"[^>]*> ([\d.]+%)', row)
        assert name is not None
        found[name[1]] = re.findall(r"<td>([^<]*)</td>", row)
    return found


def form(client: Program) -> dict[str, str]:
    """The hidden fields of the form below the table."""
    text = client.get("/simulate?days=15&new=4").text
    body = text.split('<form id="use"', 1)[1]
    return {name: unescape(value) for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', body)}


def test_the_table_and_the_charts_show_every_retention(client: Program) -> None:
    text = client.get("/simulate?deck=sampler&days=15").text
    found = rows(text)
    assert [*found] == [f"{percent}%" for percent in range(70, 98)]
    assert all(len(figures) == 4 for figures in found.values())
    assert text.count('<span class="mark">recom&shy;mended</span>') == 1
    assert text.count('<span class="mark">yours</span>') == 1
    drawings = re.findall(r'<svg class="simulated" viewBox="0 0 320 190".*?</svg>', text, re.DOTALL)
    assert len(drawings) == 2
    for drawing in drawings:
        curve = ElementTree.fromstring(drawing).find("polyline")  # noqa: S314 - of our own making
        assert curve is not None
        assert len(curve.attrib["points"].split()) == 28
    assert "style=" not in text


def test_without_an_address_it_is_about_the_first_deck_and_a_year(client: Program) -> None:
    text = client.get("/simulate").text
    assert "365 days from today" in text
    assert "Sampler" in text or "sampler" in text


def test_the_settings_lead_to_it(client: Program) -> None:
    assert '<a href="/simulate?deck=sampler">' in client.get("/settings").text


def test_other_days_and_new_cards_can_be_tried_without_changing_anything(client: Program) -> None:
    text = client.get("/simulate?days=3&new=2").text
    assert "3 days from today" in text
    assert 'name="new" type="number" inputmode="numeric" min="0" max="9999" step="1" value="2"' in text
    again = client.get("/simulate").text
    assert 'step="1" value="10"' in again


def test_a_retention_is_chosen_and_holds_for_the_deck(client: Program) -> None:
    sent = form(client)
    assert (sent["deck"], sent["days"], sent["new"]) == ("sampler", "15", "4")
    answer = client.post("/simulate/use", data=sent | {"retention": "0.85"})
    assert (answer.status_code, answer.location) == (303, "/simulate?deck=sampler&days=15&new=4")
    text = client.get(answer.location).text
    assert "85% is your desired retention for this deck now." in text
    assert re.search(
        r'value="0.85" checked> 85%(?: <span class="mark">recom&shy;mended</span>)? <span class="mark">yours', text
    )
    again = client.post("/simulate/use", data=sent | {"retention": "0.85"}, follow_redirects=True)
    assert "85% was your desired retention already." in again.text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("days=0", "Say it in whole numbers, from 1 to 3,650."),
        ("days=100000", "Say it in whole numbers, from 1 to 3,650."),
        ("days=soon", "Say it in whole numbers, from 1 to 3,650."),
        ("new=-1", "Say it in whole numbers, from 0 to 9,999."),
        ("new=1.5", "Say it in whole numbers, from 0 to 9,999."),
    ],
)
def test_what_cannot_be_simulated_is_said_beside_the_form(client: Program, query: str, said: str) -> None:
    refused = client.get(f"/simulate?{query}")
    assert refused.status_code == 422
    assert said in refused.text
    assert refused.text.count("aria-invalid") == 1
    assert "<table" not in refused.text


def test_an_unknown_deck_is_not_found(client: Program) -> None:
    refused = client.get("/simulate?deck=nothing")
    assert refused.status_code == 404
    assert "No deck has the id" in refused.text


@pytest.mark.parametrize(
    ("sent", "status"), [({"retention": "2"}, 422), ({"retention": "much"}, 400), ({}, 400), ({"deck": ""}, 400)]
)
def test_a_form_that_was_tampered_with_changes_nothing(client: Program, sent: dict[str, str], status: int) -> None:
    assert client.post("/simulate/use", data=form(client) | sent).status_code == status
    assert '<span class="mark">yours' in client.get("/simulate?days=2").text.split("> 90%")[1].split("</label>")[0]


def test_without_the_token_nothing_is_changed(client: Program) -> None:
    sent = form(client) | {"retention": "0.8"}
    del sent["csrf_token"]
    assert client.post("/simulate/use", data=sent).status_code == 400


def test_without_a_deck_the_page_says_so(open_app: Callable[..., Flask], tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "empty").mkdir()
    client = program(open_app(tmp_path / "empty", data=tmp_path / "other"))
    answer = client.get("/simulate")
    assert answer.status_code == 200
    assert "There is no deck here yet." in answer.text


@given(most=st.floats(0, 1e7))
def test_the_axis_has_a_few_round_steps_and_reaches_the_highest_point(most: float) -> None:
    marks = ticks(most)
    assert marks[0] == 0
    assert marks[-1] >= most * (1 - 1e-6)
    assert marks[-1] <= max(2 * most, 1)
    assert 2 <= len(marks) <= 6
