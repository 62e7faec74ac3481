"""`refresher check` and `refresher build`, as a person calls them."""

from __future__ import annotations

import json
import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.srs.cli.calling import call, edit, put_deck

GOOD = r"""
section: powers
title: Powers
symbols: {a: positive, m: integer, n: integer}
notes:
  - id: product
    kind: basic
    front: What is $a^m a^n$ as one power?
    back: $a^m a^n = a^{m+n}$
    teaches: ["1"]
  - id: root
    kind: reversed
    front: The power $a^{1/2}$
    back: The root $\sqrt{a}$
"""
DECK = 'deck: demo\ntitle: Demo\nsections: [powers]\noutline: {"1": Powers multiply.}\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return put_deck(tmp_path, monkeypatch, DECK, GOOD)


def test_check_counts_notes_claims_and_coverage(folder: Path) -> None:
    result = call("check", "deck")
    assert result.exit_code == 0
    assert "Demo: 2 notes (1 basic, 1 reversed) in 1 section." in result.stdout
    assert re.search(
        r"^Claims: [12] proved, 0 tested, 0 false, 0 unsettled, 0 unchecked, 0 given.$", result.stdout, re.M
    )
    assert "Outline: 1 of 1 point taught, coverage 100%." in result.stdout
    assert "0 errors, 0 lints." in result.stdout


def test_check_lists_every_claim_with_its_place_when_asked(folder: Path) -> None:
    result = call("check", "-v", "deck")
    assert "deck/powers.yaml:9:11: proved: $a^m a^n = a^{m+n}$" in result.stdout


def test_check_prints_all_that_is_wrong_and_exits_with_1(folder: Path) -> None:
    edit(folder, "a^{m+n}$", "a^{m-n}$")
    edit(folder, r"\sqrt{a}", r"\sqrt{a")
    edit(folder, '["1"]', "[]")
    result = call("check", "deck")
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    places = [line.split(": ")[0] for line in lines if ": error: " in line]
    assert places == ["deck/deck.yaml:4:11", "deck/powers.yaml:9:11", "deck/powers.yaml:14:28"]
    assert "3 errors, 0 lints." in lines


def test_check_speaks_json_to_programs(folder: Path) -> None:
    data = json.loads(call("check", "deck", "--json").stdout)
    assert data["ok"] is True
    assert data["notes"] == {"basic": 1, "reversed": 1}
    assert data["claims"]["proved"] >= 1
    assert data["claims"]["false"] == 0
    assert data["outline"] == {"points": 1, "percent": 100, "missing": []}
    assert "results" not in data
    assert json.loads(call("check", "deck", "--json", "-v").stdout)["results"][0]["line"] == 9
    edit(folder, "a^{m+n}$", "a^{m-n}$")
    result = call("check", "deck", "--json")
    assert result.exit_code == 1
    data = json.loads(result.stdout)
    assert data["ok"] is False
    [finding] = data["findings"]
    assert (finding["file"], finding["line"], finding["severity"]) == ("deck/powers.yaml", 9, "error")
    assert finding["message"]


def test_check_writes_nothing_into_the_deck(folder: Path) -> None:
    call("check", "deck")
    assert sorted(os.listdir(folder)) == ["deck.yaml", "powers.yaml"]  # noqa: PTH208 - hidden files too


def test_build_writes_the_package_and_then_the_lock(folder: Path) -> None:
    result = call("build", "deck", "-o", "out.apkg")
    assert result.exit_code == 0, result.output
    assert Path("out.apkg").is_file()
    assert (folder / "deck.lock.json").is_file()
    assert "There was no lock: all notes count as new." in result.stdout
    assert "Wrote out.apkg: 2 notes, 3 cards, 0 pictures." in result.stdout
    assert "Since the last build: 2 added." in result.stdout
    first = Path("out.apkg").read_bytes()
    again = call("build", "deck", "-o", "out.apkg")
    assert "no lock" not in again.stdout
    assert "Since the last build: nothing changed." in again.stdout
    assert Path("out.apkg").read_bytes() == first


def test_build_names_the_package_after_the_deck(folder: Path) -> None:
    assert call("build", "deck").exit_code == 0
    assert Path("demo.apkg").is_file()


def test_build_takes_the_time_of_changes_from_the_environment(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    call("build", "deck")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000077")
    edit(folder, "The root", "A root")
    call("build", "deck")
    lock = (folder / "deck.lock.json").read_text()
    assert lock.count('"changed": 1700000077') == 1
    assert lock.count('"changed": 1700000000') == 1


def test_build_refuses_a_deck_with_errors_and_touches_nothing(folder: Path) -> None:
    call("build", "deck", "-o", "out.apkg")
    package, lock = Path("out.apkg").read_bytes(), (folder / "deck.lock.json").read_bytes()
    edit(folder, "a^{m+n}$", "a^{m-n}$")
    edit(folder, r"\sqrt{a}", r"\sqrt{a")
    result = call("build", "deck", "-o", "out.apkg")
    assert result.exit_code == 1
    assert result.stderr.count(": error: ") == 2
    assert "Nothing was built: 2 errors." in result.stderr
    assert result.stdout == ""
    assert (Path("out.apkg").read_bytes(), (folder / "deck.lock.json").read_bytes()) == (package, lock)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere"], "There is no folder 'nowhere'"),
        (["deck", "-o", "out.zip"], "out.zip is no name such as deck.apkg"),
        (["deck", "-o", ".apkg"], ".apkg is no name such as deck.apkg"),
        (["deck", "-o", f"{'x' * 300}.apkg"], "x.apkg cannot be written"),
        (["deck", "-o", "missing/out.apkg"], "missing/out.apkg cannot be written"),
        (["deck", "-o", "folder.apkg"], "folder.apkg is a folder"),
        (["deck", "--lock", "missing/lock.json"], "--lock FILE"),
    ],
)
def test_build_says_in_one_message_what_is_wrong_with_the_call(
    folder: Path, arguments: list[str], message: str
) -> None:
    Path("folder.apkg").mkdir()
    result = call("build", *arguments)
    assert result.exit_code == 1
    assert message in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert not (folder / "deck.lock.json").exists()
    assert not Path("demo.apkg").exists()


def test_build_refuses_a_time_that_is_none(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    result = call("build", "deck")
    assert result.exit_code == 1
    assert "SOURCE_DATE_EPOCH is 'yesterday'" in result.stderr


def test_build_keeps_the_lock_where_it_is_told(folder: Path) -> None:
    call("build", "deck")
    own = (folder / "deck.lock.json").read_bytes()
    edit(folder, "The root", "A root")
    result = call("build", "deck", "--lock", "kept.json")
    assert result.exit_code == 0, result.output
    assert "Since the last build: 1 changed." in result.stdout
    assert (folder / "deck.lock.json").read_bytes() == own
    assert "nothing changed" in call("build", "deck", "--lock", "kept.json").stdout


def test_a_cache_that_cannot_be_made_is_done_without(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("file").write_text("")
    monkeypatch.setenv("REFRESHER_CACHE", "file/cache")
    assert call("check", "deck").exit_code == 0


def test_the_default_is_the_math_refresher(folder: Path, tmp_path: Path) -> None:
    lock = tmp_path / "lock.json"
    result = call("build", "-o", "refresher.apkg", "--lock", str(lock))
    assert result.exit_code == 0, result.output
    assert "Wrote refresher.apkg: " in result.stdout
    assert lock.is_file()


def test_neither_needs_flask_or_a_database(folder: Path) -> None:
    code = (
        "import sys; from srs.cli import main\n"
        "try: main(['build', 'deck'])\n"
        "except SystemExit as end: assert not end.code\n"
        "heavy = {'flask', 'sqlalchemy', 'matplotlib'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=folder.parent, env=os.environ)


def test_a_bar_shows_the_progress_on_a_terminal_only(folder: Path) -> None:
    command = [sys.executable, "-c", "from srs.cli import main; main()", "check", "deck"]
    piped = subprocess.run(command, cwd=folder.parent, capture_output=True, check=True)
    assert piped.stderr == b""
    screen, terminal = pty.openpty()
    with os.fdopen(screen, "rb", buffering=0) as shown:
        result = subprocess.run(command, cwd=folder.parent, stdout=subprocess.PIPE, stderr=terminal, check=True)
        os.close(terminal)
        assert b"Checking claims" in shown.read(10_000)
    assert result.stdout == piped.stdout


def test_a_deck_that_vanishes_is_no_traceback(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.mkdir()
    for command in ("check", "build"):
        result = call(command, "deck")
        assert result.exit_code == 1
        assert "holds no deck.yaml" in result.stderr or "is empty" in result.stderr
