from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from srs import service
from srs.cli import main
from srs.db import open_database
from srs.db.migrating import migrate
from tests.srs.study import START_MS, Study, write_deck

CARD = "small/c/forward"


@pytest.fixture
def learner(new_study: Callable[..., Study], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Study]:
    """A learner whose data folder is `data`, beside the folder `deck`."""
    monkeypatch.delenv("REFRESHER_DATABASE_URL", raising=False)
    monkeypatch.setenv("REFRESHER_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir()
    with closing(open_database(tmp_path / "data" / "refresher.db")) as database:
        migrate(database, START_MS)
        yield new_study(database, write_deck(tmp_path / "deck"))


def call(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["flags", *arguments], catch_exceptions=False)


def test_a_flag_is_shown_with_the_place_of_its_note_and_settled(learner: Study) -> None:
    assert call("deck").output == "No card of small is flagged.\n"
    service.flag(learner.context, learner.now, CARD, "The sign is wrong.\nTwice.")
    done = call("deck")
    assert done.exit_code == 0
    where, *said, count = done.output.splitlines()
    file, line = where.split(": ")[0].split(":")
    assert "{id: c, kind: basic" in Path("deck", Path(file).name).read_text("utf-8").splitlines()[int(line) - 1]
    assert where.endswith(f": {CARD}, flagged 2026-03-02 09:00")
    assert said == ["    The sign is wrong.", "    Twice."]
    assert count == f"1 card of small is flagged. When one is mended: refresher flags --settle {CARD}"
    settled = call("deck", "--settle", CARD, "--settle", "small/a/forward")
    assert settled.output.splitlines() == [
        f"{CARD}: settled.",
        "small/a/forward: was not flagged.",
        "No card of small is flagged.",
    ]
    assert service.remarks(learner.context) == ()
    past = call("deck", "--all")
    assert f"{CARD}, flagged 2026-03-02 09:00, settled " in past.output
    learner.check_laws()


def test_programs_read_the_same(learner: Study) -> None:
    service.flag(learner.context, learner.now, ["small/a/forward", CARD])
    found = json.loads(call("deck", "--json").output)
    assert [each["card_id"] for each in found] == ["small/a/forward", CARD]
    assert found[1] | {"file": Path(found[1]["file"]).name} == {
        "card_id": CARD,
        "text": "",
        "said_at": "2026-03-02T09:00:00+00:00",
        "settled_at": None,
        "retired": False,
        "file": "01_one.yaml",
        "line": found[0]["line"] + 2,
    }


def test_a_card_that_left_the_deck_is_shown_among_all_of_them_alone(learner: Study, tmp_path: Path) -> None:
    service.flag(learner.context, learner.now, CARD, "old")
    learner.load(write_deck(tmp_path / "deck", {"one": ["{id: a, kind: basic, front: A?, back: a}"]}))
    assert call("deck").output == "No card of small is flagged.\n"
    assert f"not in the deck any more: {CARD}" in call("deck", "--all").output


def test_flags_of_other_decks_are_mentioned(learner: Study) -> None:
    service.flag(learner.context, learner.now, CARD)
    done = call()
    assert done.output.splitlines() == [
        "No card of math-refresher is flagged.",
        "There are flags in other decks, too: small. Name a deck to see them.",
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("deck", "--settle", "small/x/forward"), "No card has the id 'small/x/forward'"),
        (("deck", "--settle", "nonsense"), "No card has the id 'nonsense'"),
        (("nowhere",), "nowhere"),
        (("empty",), "cannot be read as a deck"),
    ],
)
def test_what_is_not_there_is_refused(learner: Study, arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "deck.yaml").write_text("{", "utf-8")
    done = call(*arguments)
    assert done.exit_code == 1
    assert said in done.output
    assert "Traceback" not in done.output
    learner.check_laws()
