"""`refresher settings`, called as a person does."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from srs import service
from srs.cli import main
from srs.core.settings import FIELDS
from tests.srs.study import write_deck


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder in which the deck `small` was loaded once."""
    monkeypatch.delenv("REFRESHER_DATABASE_URL", raising=False)
    folder = tmp_path / "data"
    with service.opened(folder, (write_deck(tmp_path / "deck"),), datetime.now(UTC)):
        pass
    return folder


def call(data: Path, *arguments: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, ["settings", "--data", str(data), *arguments], catch_exceptions=False)
    return done.exit_code, done.stdout, done.stderr


def test_all_settings_are_listed_with_where_they_come_from(data: Path) -> None:
    status, out, _ = call(data)
    assert status == 0
    assert out.startswith("Settings of all decks\n")
    for name in FIELDS:
        assert f"\n  {name} " in out
    found = json.loads(call(data, "small", "--json")[1])
    assert found["deck"] == "small"
    assert list(found["settings"]) == list(FIELDS)
    assert found["settings"]["learning_steps"] == {
        "value": [60, 600],
        "source": "default",
        "general": [60, 600],
        "default": [60, 600],
    }


def test_settings_are_changed_given_back_and_taken_back(data: Path) -> None:
    status, out, _ = call(data, "new_per_day=20", "learning_steps=1m 10m 1d")
    assert (status, out) == (
        0,
        "new_per_day = 20 (set; default: 10)\nlearning_steps = 1m 10m 1d (set; default: 1m 10m)\n",
    )
    _, out, _ = call(data, "small", "new_per_day=20", "desired_retention=85%")
    assert "new_per_day = 20 (its own; all decks: 20)\n" in out
    assert "desired_retention = 0.85 (its own; all decks: 0.9)\n" in out
    assert call(data, "small", "new_per_day=20")[1] == "It was so already; nothing was changed.\n"
    assert call(data, "small", "--reset", "new_per_day")[1] == "new_per_day = 20 (set; default: 10)\n"
    assert call(data, "--undo")[1] == "Taken back of small: new_per_day is 20 again.\n"
    assert "desired_retention is what it was again" in call(data, "--undo")[1]
    assert call(data, "--undo")[1].startswith("Taken back: new_per_day is what it was again")
    assert call(data, "--undo")[1] == "There is no change to take back.\n"
    assert "new_per_day       10 " in call(data, "small")[1]


def test_what_is_wrong_is_told_line_by_line_and_changes_nothing(data: Path) -> None:
    before = call(data, "--json")[1]
    status, _, err = call(data, "new_per_day=-3", "learning_steps=10m 1m", "zone=Mars/Olympus", "colour=red")
    assert status == 1
    assert [line.split()[0] for line in err.splitlines()] == [
        "new_per_day",
        "learning_steps:",
        "zone",
        "'colour'",
        "Error:",
    ]
    assert err.endswith("Error: Nothing was changed.\n")
    assert call(data, "--json")[1] == before


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["big", "new_per_day=3"], 1, "big"),
        (["small", "zone=UTC"], 1, "zone holds for all decks"),
        (["small", "soon"], 2, "'soon' changes nothing"),
        (["new_per_day=1", "new_per_day=2"], 2, "given twice"),
        (["new_per_day=1", "--reset", "new_per_day"], 2, "both changed and reset"),
        (["new_per_day=1", "--undo"], 2, "--undo takes back the newest change"),
        (["parameters=1 2 3"], 1, "refresher optimize"),
    ],
)
def test_calls_that_make_no_sense_are_told_why(data: Path, arguments: list[str], status: int, says: str) -> None:
    found, _, err = call(data, *arguments)
    assert found == status
    assert says in err
