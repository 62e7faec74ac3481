"""`refresher simulate`, as a person and as a program call it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from srs import service
from srs.cli import main
from tests.srs.study import START, basic_notes, write_deck


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder into which a deck of thirty cards was loaded once."""
    monkeypatch.delenv("REFRESHER_DATABASE_URL", raising=False)
    deck = write_deck(tmp_path / "thirty", {"s": basic_notes(30)}, deck="thirty")
    with service.opened(tmp_path / "data", [deck], START):
        pass
    return tmp_path / "data"


def simulate(data: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["simulate", "--data", str(data), *arguments], catch_exceptions=False)


def test_the_table_has_a_line_for_each_retention_and_marks_two(data: Path) -> None:
    done = simulate(data, "thirty", "--days", "30")
    assert done.exit_code == 0
    lines = done.output.splitlines()
    assert lines[0] == "thirty: 30 days from today, up to 10 new cards and 200 reviews a day"
    assert lines[1].startswith("0 cards met so far, 30 new; known today: 0; after 30 days without study: 0")
    table = lines[4 : 4 + 28]
    assert [line.split()[0] for line in table] == [f"{percent}%" for percent in range(70, 98)]
    assert [line for line in table if "yours" in line] == [line for line in table if line.startswith("90%")]
    assert sum("recommended" in line for line in table) == 1
    assert "is recommended: a card known costs the least time there" in done.output
    assert "There are no answers of yours in this deck yet" in done.output


def test_a_folder_names_its_deck_too(data: Path) -> None:
    done = simulate(data, str(data.parent / "thirty"), "--days", "2", "--retention", "0.9")
    assert done.output.startswith("thirty: 2 days")


def test_retentions_can_be_chosen_as_numbers_and_percentages(data: Path) -> None:
    done = simulate(data, "thirty", "--days", "20", "--retention", "0.8", "--retention", "92.5%", "--new-per-day", "3")
    assert "up to 3 new cards" in done.output
    assert [line.split()[0] for line in done.output.splitlines()[4:6]] == ["80%", "92.5%"]


def test_a_program_reads_json(data: Path) -> None:
    done = simulate(data, "thirty", "--days", "30", "--retention", "0.9", "--json")
    found = json.loads(done.stdout)
    assert (found["deck"], found["days"], found["new"], found["current"]) == ("thirty", 30, 30, 0.9)
    (row,) = found["rows"]
    assert row["retention"] == 0.9
    assert 0 < row["known"] <= row["introduced"] == 30
    assert row["minutes_per_known"] == pytest.approx(30 * row["minutes_per_day"] / row["gained"], rel=1e-2)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["thirty", "--retention", "0.69"],
            "A desired retention of 0.69 cannot be simulated; it has to be a number from",
        ),
        (["thirty", "--retention", "100%"], "A desired retention of 1 cannot be simulated"),
        (["thirty", "--retention", "much"], "'much' is not a share; one looks like 0.9 or 90%."),
        (["thirty", "--days", "0"], "0 days cannot be simulated; it has to be a whole number from 1 to 3,650."),
        (["thirty", "--days", "100000"], "100,000 days cannot be simulated"),
        (["thirty", "--new-per-day", "-3"], "-3 new cards a day cannot be simulated"),
        (["forty"], "forty"),
        ([], "No deck has the id 'math-refresher'; there is thirty."),
    ],
)
def test_what_cannot_be_is_one_clear_message(data: Path, arguments: list[str], said: str) -> None:
    done = simulate(data, *arguments)
    assert done.exit_code != 0
    assert said in done.stderr
    assert done.stdout == ""
