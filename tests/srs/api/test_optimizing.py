from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from srs.core.settings import DEFAULT_PARAMETERS
from tests.conftest import Program
from tests.srs.lived import lived, served
from tests.srs.study import Study

MANY = "/api/v1/decks/many/optimization"


@pytest.fixture
def learner(new_study: Callable[..., Study], tmp_path: Path) -> Study:
    return lived(new_study, tmp_path)


@pytest.fixture
def client(learner: Study, tmp_path: Path) -> Program:
    return served(learner, tmp_path / "data")


def _adoption(found: dict[str, Any], **more: object) -> dict[str, object]:
    return {
        "parameters": found["proposed"],
        "settings_version": found["in_use"]["settings_version"],
        **more,
    }


def test_parameters_are_shown_adopted_and_taken_back(client: Program, learner: Study) -> None:
    found = client.get(MANY).json
    assert found["decision"] == "better"
    assert found["adoptable"] is True
    assert found["in_use"]["parameters"] == list(DEFAULT_PARAMETERS)
    assert (found["in_use"]["default"], found["in_use"]["set_at"], found["in_use"]["undoable"]) == (True, None, None)
    held_out = found["held_out"]
    assert held_out["fitted"]["log_loss"] < held_out["in_use"]["log_loss"]
    assert held_out["gain"] == pytest.approx(held_out["in_use"]["log_loss"] - held_out["fitted"]["log_loss"])
    for series in ("calibration_in_use", "calibration_fitted"):
        assert sum(each["reviews"] for each in held_out[series]) == held_out["reviews"]

    done = client.post(f"{MANY}/adoption", json=_adoption(found))
    assert done.status_code == 200
    assert done.json["changed"] is True
    assert done.json["parameters"] == found["proposed"]
    assert done.json["cards"] > 0
    assert client.post(f"{MANY}/adoption", json=_adoption(found)).json["changed"] is False
    now = client.get(MANY).json
    assert (now["decision"], now["proposed"], now["held_out"]) == ("few_since", None, None)
    assert now["in_use"]["undoable"] == done.json["event_id"]
    assert now["in_use"]["set_at"] == learner.now.isoformat(timespec="milliseconds").replace("+00:00", "Z")

    event_id = done.json["event_id"]
    back = client.post(f"{MANY}/undo", json={"event_id": event_id}).json
    assert (back["changed"], back["event_id"], back["parameters"]) == (True, event_id, list(DEFAULT_PARAMETERS))
    assert client.post(f"{MANY}/undo", json={"event_id": event_id}).json["changed"] is False
    assert client.post(f"{MANY}/undo", json={}).json["changed"] is False
    assert client.get(MANY).json == found
    learner.check_laws()


@pytest.mark.parametrize(
    ("fields", "status", "said"),
    [
        ({"parameters": [0.5] * 18}, 422, "there are 18 parameters"),
        ({"parameters": [0.5] * 16}, 422, "at least 17"),
        ({"parameters": [0.5] * 22}, 422, "at most 21"),
        ({"parameters": [*DEFAULT_PARAMETERS[:20], "much"]}, 422, "parameters.20"),
        ({"parameters": [*DEFAULT_PARAMETERS[:20], 1e300]}, 422, r"parameter 20 is 1e+300"),
        ({"parameters": None}, 422, "parameters"),
        ({"settings_version": "another"}, 409, "Compute them again"),
        ({"parameters": [50.0, 60.0, 70.0, 80.0, *DEFAULT_PARAMETERS[4:]]}, 409, "that of those in use"),
    ],
)
def test_what_cannot_be_adopted_is_refused_and_changes_nothing(
    client: Program, learner: Study, fields: dict[str, object], status: int, said: str
) -> None:
    before = learner.derived()
    refused = client.post(f"{MANY}/adoption", json=_adoption(client.get(MANY).json, **fields))
    assert refused.status_code == status
    assert said in refused.json["detail"]
    assert learner.derived() == before


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e999", "9" * 400])
def test_numbers_that_are_not_finite_are_refused(client: Program, number: str) -> None:
    body = f'{{"parameters": [{", ".join(["1.5"] * 20)}, {number}], "settings_version": "x"}}'
    refused = client.post(f"{MANY}/adoption", data=body, content_type="application/json")
    assert refused.status_code in {400, 422}


def test_too_few_reviews_are_counted(new_study: Callable[..., Study], tmp_path: Path) -> None:
    client = served(new_study(), tmp_path / "data")
    found = client.get("/api/v1/decks/small/optimization").json
    assert (found["decision"], found["reviews"], found["adoptable"]) == ("few_answers", 0, False)
    assert "has 0 reviews; 100 are needed" in found["said"]


def test_unknown_decks_events_and_parameters_are_named(client: Program) -> None:
    for found in (
        client.get("/api/v1/decks/other/optimization"),
        client.post("/api/v1/decks/other/optimization/undo", json={}),
        client.post(
            "/api/v1/decks/other/optimization/adoption", json={"parameters": [1.0] * 21, "settings_version": ""}
        ),
    ):
        assert found.status_code == 404
        assert "'other'" in found.json["detail"]
    refused = client.post(f"{MANY}/undo", json={"event_id": str(uuid4())})
    assert (refused.status_code, refused.json["field"]) == (422, "event_id")
    assert client.get(f"{MANY}?quick=1").status_code == 400
