from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from srs import service
from srs.cli import main
from srs.core.settings import DEFAULT_PARAMETERS
from srs.db import open_database
from srs.db.migrating import migrate
from tests.srs.lived import lived
from tests.srs.study import START_MS, Study


@pytest.fixture
def learner(new_study: Callable[..., Study], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Study]:
    """A learner whose data folder is `data`, beside which commands are run."""
    monkeypatch.delenv("REFRESHER_DATABASE_URL", raising=False)
    monkeypatch.setenv("REFRESHER_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir()
    with closing(open_database(tmp_path / "data" / "refresher.db")) as database:
        migrate(database, START_MS)
        yield lived(new_study, tmp_path, database)


def _call(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["optimize", *arguments], catch_exceptions=False)


def _in_force(learner: Study) -> tuple[float, ...]:
    return service.settings(learner.context, "many").parameters


def test_it_says_what_would_be_and_changes_nothing(learner: Study) -> None:
    before = learner.derived()
    done = _call("many")
    assert done.exit_code == 0, done.output
    assert "log-loss" in done.output
    assert "RMSE (bins)" in done.output
    assert "more than chance would make" in done.output
    assert "Nothing was changed. To adopt them: refresher optimize many --adopt" in done.output
    assert learner.derived() == before
    assert _in_force(learner) == DEFAULT_PARAMETERS


def test_they_are_adopted_and_taken_back(learner: Study) -> None:
    before = learner.derived()
    done = _call("many", "--adopt")
    assert done.exit_code == 0, done.output
    assert "These parameters serve now" in done.output
    assert "To take it back: refresher optimize many --undo" in done.output
    assert _in_force(learner) != DEFAULT_PARAMETERS
    assert learner.derived() == learner.rebuilt() != before

    again = _call("many", "--adopt")
    assert again.exit_code == 1
    assert "Since the parameters in use were set there were 0 reviews" in again.output

    undone = _call("many", "--undo")
    assert (undone.exit_code, undone.output.splitlines()[0]) == (0, "many: taken back.")
    assert _in_force(learner) == DEFAULT_PARAMETERS
    assert learner.derived() == before
    assert _call("many", "--undo").output == "many: there is nothing to take back. Nothing was changed.\n"


def test_json_says_the_same_to_a_program(learner: Study) -> None:
    found = json.loads(_call("many", "--json").output)
    assert (found["deck"], found["decision"], found["adoptable"], found["adoption"]) == ("many", "better", True, None)
    adopted = json.loads(_call("many", "--json", "--adopt").output)
    assert adopted["adoption"]["parameters"] == found["proposed"] == list(_in_force(learner))
    undone = json.loads(_call("many", "--json", "--undo").output)
    assert (undone["changed"], undone["event_id"]) == (True, adopted["adoption"]["event_id"])


def test_a_deck_is_named_by_its_folder_too(learner: Study) -> None:
    assert _call("./many").output == _call("many").output


def test_too_few_reviews_are_counted_and_not_adopted(
    new_study: Callable[..., Study], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REFRESHER_DATABASE_URL", raising=False)
    data = tmp_path / "data"
    data.mkdir()
    with closing(open_database(data / "refresher.db")) as database:
        migrate(database, START_MS)
        new_study(database).finish_day()
        done = _call("small", "--data", str(data))
        assert done.exit_code == 0
        assert "reviews; 100 are needed before parameters can be fitted.\nNothing was changed." in done.output
        assert _call("small", "--data", str(data), "--adopt").exit_code == 1


def test_a_deck_that_there_is_not_and_two_wishes_at_once_are_refused(learner: Study) -> None:
    missing = _call("nowhere")
    assert missing.exit_code == 1
    assert "There is no folder 'nowhere'" in missing.output
    never = _call()  # the Math Refresher, which this learner never loaded
    assert never.exit_code == 1
    assert "No deck has the id 'math-refresher'; there is many." in never.output
    both = _call("many", "--adopt", "--undo")
    assert both.exit_code == 2
    assert "--adopt and --undo" in both.output
