"""The page of a deck's parameters, used as a browser without scripts would."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

from srs import service
from srs.core.settings import DEFAULT_PARAMETERS
from srs.service import configuring
from srs.service.optimizing import optimize
from tests.conftest import Program
from tests.srs.lived import lived, served
from tests.srs.study import Study

PAGE = "/settings/parameters?deck_id=many"


@pytest.fixture
def learner(new_study: Callable[..., Study], tmp_path: Path) -> Study:
    return lived(new_study, tmp_path)


@pytest.fixture
def client(learner: Study, tmp_path: Path) -> Program:
    return served(learner, tmp_path / "data")


def _form(text: str, action: str) -> dict[str, str]:
    """The hidden fields of the form that goes to that address."""
    body = text.split(f'action="{action}"', 1)[1].split("</form>", 1)[0]
    return {name: unescape(value) for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', body)}


def _computed(client: Program) -> str:
    return client.get(f"{PAGE}&compute=1").text


def _in_force(learner: Study) -> tuple[float, ...]:
    return service.settings(learner.context, "many").parameters


def test_the_page_says_what_is_in_use_and_computes_nothing_unasked(client: Program) -> None:
    text = client.get(PAGE).text
    assert "FSRS's defaults." in unescape(text)
    assert "8.2956" in text
    assert "Compute from my reviews" in text
    assert "held out" not in text
    assert "/settings/parameters/adopt" not in text


def test_computing_shows_both_sides_and_changes_nothing(client: Program, learner: Study) -> None:
    before = learner.derived()
    text = _computed(client)
    found = optimize(learner.context, "many")
    weighed = found.weighing.weighed
    assert weighed is not None
    for figure in (weighed.before.log_loss, weighed.after.log_loss):
        assert f"<td>{figure:.4f}</td>" in text
    assert "more than chance would make" in text
    assert text.count('<g class="fitted">') == len(weighed.bins_after) + 1  # one in the legend
    rows = text.split('id="calibration-table"')[1].split("<tbody>")[1].count("<tr>")
    assert rows == max(len(weighed.bins_before), len(weighed.bins_after))
    assert learner.derived() == before
    assert _in_force(learner) == DEFAULT_PARAMETERS


def test_they_can_be_adopted_and_that_be_undone(client: Program, learner: Study) -> None:
    before = learner.derived()
    proposed = optimize(learner.context, "many").proposed
    filled = _form(_computed(client), "/settings/parameters/adopt")
    answer = client.post("/settings/parameters/adopt", data=filled)
    assert (answer.status_code, answer.location) == (303, PAGE)
    assert _in_force(learner) == proposed
    text = client.get(PAGE).text
    assert "Your own parameters serve from now on." in text
    day = learner.now
    assert f"Parameters of your own, set on {day.day} {day:%B} {day.year}." in text
    learner.check_laws()

    undone = _form(text, "/settings/parameters/undo")
    assert client.post("/settings/parameters/undo", data=undone).status_code == 303
    assert "Taken back" in client.get(PAGE).text
    assert _in_force(learner) == DEFAULT_PARAMETERS
    assert learner.derived() == before
    client.post("/settings/parameters/undo", data=undone)
    assert "It was taken back already." in client.get(PAGE).text


def test_a_second_click_adopts_nothing_twice(client: Program, learner: Study) -> None:
    filled = _form(_computed(client), "/settings/parameters/adopt")
    client.post("/settings/parameters/adopt", data=filled)
    assert client.post("/settings/parameters/adopt", data=filled).status_code == 303
    assert "They serve already." in client.get(PAGE).text


def test_a_form_from_before_other_settings_is_refused_in_words(client: Program, learner: Study) -> None:
    filled = _form(_computed(client), "/settings/parameters/adopt")
    configuring.change(learner.context, learner.now, "many", {"new_per_day": 3})
    answer = client.post("/settings/parameters/adopt", data=filled)
    assert answer.status_code == 409
    assert "They were not adopted." in answer.text
    assert "settings were changed" in answer.text
    assert _in_force(learner) == DEFAULT_PARAMETERS


def test_worse_parameters_are_refused_with_both_figures(client: Program, learner: Study) -> None:
    filled = _form(_computed(client), "/settings/parameters/adopt")
    filled["parameters"] = " ".join(map(str, (50.0, 60.0, 70.0, 80.0, *DEFAULT_PARAMETERS[4:])))
    answer = client.post("/settings/parameters/adopt", data=filled)
    assert answer.status_code == 409
    assert re.search(r"log-loss is \d\.\d{4}, that of those in use \d\.\d{4}", answer.text)
    assert _in_force(learner) == DEFAULT_PARAMETERS


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"parameters": "much"}, 400),
        ({"parameters": "1 2 3"}, 422),
        ({"parameters": "nan " * 21}, 422),
        ({"parameters": "1.5 " * 5000}, 422),
        ({"parameters": ""}, 400),
        ({"settings_version": ""}, 400),
        ({"deck_id": "other"}, 404),
        ({"csrf_token": "x"}, 400),
    ],
)
def test_a_form_that_the_page_did_not_make_is_a_page_that_says_so(
    client: Program, learner: Study, change: dict[str, str], status: int
) -> None:
    filled = _form(_computed(client), "/settings/parameters/adopt")
    answer = client.post("/settings/parameters/adopt", data=filled | change)
    assert answer.status_code == status
    assert "<main" in answer.text
    assert _in_force(learner) == DEFAULT_PARAMETERS


@pytest.mark.parametrize(("event_id", "status"), [("x", 400), ("0b0a3c1e-0b6f-4c7e-9d6f-3a9a1a7f5f10", 422)])
def test_only_an_adoption_can_be_undone(client: Program, event_id: str, status: int) -> None:
    filled = _form(_computed(client), "/settings/parameters/adopt")
    data = {"csrf_token": filled["csrf_token"], "deck_id": "many", "event_id": event_id}
    assert client.post("/settings/parameters/undo", data=data).status_code == status


def test_too_few_reviews_are_counted(new_study: Callable[..., Study], tmp_path: Path) -> None:
    client = served(new_study(), tmp_path / "data")
    text = client.get("/settings/parameters?compute=1").text
    assert "This deck has 0 reviews; 100 are needed" in text
    assert "/settings/parameters/adopt" not in text
    assert '<svg class="calibration"' not in text


def test_without_a_name_it_is_the_first_deck_and_an_unknown_one_is_said(client: Program) -> None:
    assert 'name="deck_id" value="many"' in client.get("/settings/parameters").text
    for query in ("?deck_id=other", "?deck_id=other&compute=1"):
        answer = client.get(f"/settings/parameters{query}")
        assert answer.status_code == 404
        assert "&#39;other&#39;" in answer.text
