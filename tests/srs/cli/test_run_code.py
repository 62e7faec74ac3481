"""Code in a deck is data: nothing runs it but `refresher check --run-code`, which says what it ran."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import Program, program
from tests.srs.cli.calling import call

DECK = "deck: coded\ntitle: Coded\nsections: [powers]\n"
PLAIN = """section: powers
title: Powers
notes:
  - id: meaning
    kind: basic
    front: What does an exponent count?
    back: Factors.
"""
CODED = r"""section: powers
title: Powers
notes:
  - id: printed
    kind: problem
    front: What does the last line print?
    snippet:
      code: |
        import pathlib
        pathlib.Path({marker!r}).touch()
        print(2 ** 3)
      prints: "8"
    answer: "8"
  - id: completed
    kind: problem
    symbols: {{x: positive}}
    front: Complete the line, so that it prints the root of `x`.
    snippet:
      code: |
        x = 49
        print(\answer)
      prints: "7.0"
    answer: x ** 0.5
    takes: python
    mistakes:
      - answer: x ** 2
        hint: That is the square.
"""
_started: list[str] = []
_hooked: list[bool] = []


def _record(event: str, args: tuple[object, ...]) -> None:
    if event == "subprocess.Popen":
        _started.append(str(args[1]))


@pytest.fixture
def started() -> list[str]:
    """The command lines of the snippets' processes that this process starts from now on."""
    if not _hooked:
        sys.addaudithook(_record)  # which stays for good, so it is asked for once
        _hooked.append(True)
    _started.clear()
    return _started


@pytest.fixture
def marker(tmp_path: Path) -> Path:
    """The file that the deck's snippet would make if anything ran it."""
    return tmp_path / "touched"


@pytest.fixture
def deck(tmp_path: Path, marker: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("REFRESHER_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "deck"
    folder.mkdir()
    (folder / "deck.yaml").write_text(DECK)
    (folder / "powers.yaml").write_text(CODED.format(marker=str(marker)))
    return folder


def snippets(started: list[str]) -> list[str]:
    return [line for line in started if "child.py" in line]


@pytest.mark.parametrize(
    "command",
    [
        ("check", "deck"),
        ("check", "-v", "deck"),
        ("check", "--json", "deck"),
        ("build", "deck", "-o", "deck.apkg"),
        ("plan", "deck"),
        ("export", "deck", "-o", "deck.html"),
        ("export", "deck", "-o", "deck.md"),
        ("export", "deck", "-o", "deck.csv"),
        ("export", "deck", "-o", "deck.json"),
    ],
    ids=" ".join,
)
def test_no_command_without_the_flag_runs_a_snippet(
    deck: Path, marker: Path, started: list[str], command: tuple[str, ...]
) -> None:
    result = call(*command)
    assert result.exit_code in (0, 2), result.output
    assert snippets(started) == []
    assert not marker.exists()


def test_a_draft_of_a_page_with_code_runs_none_of_it(tmp_path: Path, marker: Path, started: list[str]) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"# Powers\n\nPowers count factors.\n\n```python\nopen({str(marker)!r}, 'w')\n```\n")
    assert call("draft", str(page), "-o", str(tmp_path / "drafted")).exit_code == 0
    assert snippets(started) == []
    assert not marker.exists()


def test_the_server_shows_and_grades_code_cards_and_runs_nothing(
    deck: Path, marker: Path, started: list[str], open_app: Callable[..., Flask]
) -> None:
    client: Program = program(open_app(deck))
    cards = client.get("/api/v1/queue?limit=10").json["cards"]
    assert {card["note_id"] for card in cards} >= {"printed"}
    assert "pathlib" in next(card["front_html"] for card in cards if card["note_id"] == "printed")
    assert client.get("/review").status_code == 200
    assert client.get("/").status_code == 200
    for card in cards:
        typed = {"card_id": card["card_id"], "seed": card["seed"], "typed": f"open({str(marker)!r}, 'w')"}
        assert client.post("/api/v1/read", json=typed).status_code == 200
        answer = client.post("/api/v1/grade", json={**typed, "duration_ms": 1000})
        assert answer.json["verdict"] in ("unreadable", "wrong")
    assert snippets(started) == []
    assert not marker.exists()


def test_with_the_flag_each_snippet_is_run_in_a_process_of_its_own_and_may_still_not_touch_a_file(
    deck: Path, marker: Path, started: list[str]
) -> None:
    result = call("check", "--run-code", "deck")
    assert result.exit_code == 1
    assert "powers.yaml:10:9: error: Line 2 of the snippet raises PermissionError: a snippet may not" in result.output
    assert "Code: 2 snippets, run 3 times." in result.output
    assert len(snippets(started)) == 3
    assert not marker.exists()


def test_programs_are_told_what_was_run(deck: Path) -> None:
    said = json.loads(call("check", "--run-code", "--json", "deck").stdout)
    assert said["ok"] is False
    assert said["code"] == {"snippets": 2, "runs": 3, "missing": ""}
    assert [(found["line"], found["code"]) for found in said["findings"]] == [(10, "code-error")]
    assert "code" not in json.loads(call("check", "--json", "deck").stdout)


def test_a_deck_without_snippets_has_nothing_to_run(deck: Path) -> None:
    (deck / "powers.yaml").write_text(PLAIN)
    result = call("check", "--run-code", "deck")
    assert result.exit_code == 0
    assert "Code: there was nothing to run, since no note has a snippet." in result.stdout


def test_a_deck_that_cannot_be_read_runs_nothing(deck: Path, started: list[str]) -> None:
    (deck / "powers.yaml").write_text("section: [")
    assert call("check", "--run-code", "deck").exit_code == 1
    assert snippets(started) == []
