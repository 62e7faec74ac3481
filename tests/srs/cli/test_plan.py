"""`refresher plan`, as a person and as a program call it."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.srs.cli.calling import call, edit, put_deck

NOTES = r"""
section: powers
title: Powers
lesson: Read this about powers.
notes:
  - id: product
    kind: basic
    front: How are two powers of one base multiplied?
    back: Their exponents are added.
  - id: root
    kind: reversed
    front: The square root
    back: The power one half
  - id: gap
    kind: cloze
    text: The \cloze{what}{base} is multiplied as often as the \cloze{how}{exponent} says.
"""
DECK = "deck: demo\ntitle: Demo\nsections: [powers]\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return put_deck(tmp_path, monkeypatch, DECK, NOTES)


def built(folder: Path) -> None:
    assert call("build", str(folder), "-o", "demo.apkg").exit_code == 0


def test_before_the_first_build_all_is_new_and_nothing_is_written(folder: Path) -> None:
    result = call("plan", "deck")
    assert result.exit_code == 2
    assert result.stdout == (
        "There is no lock yet: all notes are new.\n"
        "  + product  basic in powers  deck/powers.yaml:6:9\n"
        "  + root  reversed in powers  deck/powers.yaml:10:9\n"
        "  + gap  cloze in powers  deck/powers.yaml:14:9\n"
        "\n"
        "Plan: 3 to add.\n"
        "Cards: 5 new.\n"
    )
    assert sorted(os.listdir(folder)) == ["deck.yaml", "powers.yaml"]  # noqa: PTH208 - hidden files too


def test_after_a_build_nothing_changes(folder: Path) -> None:
    built(folder)
    result = call("plan", "deck")
    assert (result.exit_code, result.stdout) == (0, "Plan: nothing changes.\n")


def test_each_change_is_told_with_its_words_and_what_it_does(folder: Path) -> None:
    built(folder)
    edit(folder, "are added", "are summed")
    edit(folder, "id: root\n", "id: square-root\n    was: [root]\n")
    edit(folder, r"the \cloze{how}{exponent} says", "the exponent says")
    edit(folder, "about powers", "about all powers")
    result = call("plan", "deck")
    assert result.exit_code == 2
    assert result.stdout.splitlines() == [
        "  ~ section powers",
        "      lesson: Read this about {+all +}powers.",
        "  ~ product  basic in powers  deck/powers.yaml:6:9",
        "      back: Their exponents are [-added-]{+summed+}.",
        "      Server: the history stays.",
        "      Anki: updated, the history stays.",
        "  > square-root  was root  reversed in powers  deck/powers.yaml:10:9",
        "      Server: the history stays.",
        "      Anki: nothing changes.",
        "  ~ gap  cloze in powers  deck/powers.yaml:15:9",
        r"      text: ...at}{base} is multiplied as often as the [-\cloze{how}{-]exponent[-}-] says.",
        "      Server: 1 card (how) retired, the history kept; all else keeps its history.",
        "      Anki: updated, the history stays; 1 card (how) left empty, for Tools > Empty Cards to remove.",
        "",
        "Plan: 2 to change, 1 to rename.",
        "Cards: 1 retired.",
    ]


def test_what_is_retired_comes_with_its_search_and_what_waits_with_its_reason(folder: Path) -> None:
    built(folder)
    edit(folder, "  - id: root\n    kind: reversed\n    front: The square root\n    back: The power one half\n", "")
    edit(folder, "id: gap\n", "id: gap\n    todo: Which base?\n")
    result = call("plan", "deck")
    assert '"Spare1:re:^demo/(gap/cloze|root/basic)$"' in result.stdout
    assert "      waits for its author: Which base?\n" in result.stdout
    assert "Plan: 2 to retire." in result.stdout
    assert "  ? " not in result.stdout


def test_a_rename_without_was_is_noticed_before_and_after_the_build(folder: Path) -> None:
    built(folder)
    edit(folder, "id: product", "id: product-of-powers")
    told = "product-of-powers says what product said, which is gone, and begins anew. If it is the same note, "
    assert f"{told}write `was: [product]` in it at deck/powers.yaml:6:9." in call("plan", "deck").stdout
    result = call("build", "deck", "-o", "demo.apkg")
    assert f"{told}take the lock back from git, write `was: [product]` in it" in result.stderr
    assert "Since the last build: 1 added, 1 retired." in result.stdout
    assert '"Spare1:demo/product/basic"' in result.stdout


def test_what_the_plan_says_is_what_the_build_says(folder: Path) -> None:
    built(folder)
    edit(folder, "are added", "are summed")
    edit(folder, "kind: reversed", "kind: basic")
    assert "Plan: 2 to change." in call("plan", "deck").stdout
    assert "Since the last build: 2 changed." in call("build", "deck", "-o", "demo.apkg").stdout
    assert call("plan", "deck").exit_code == 0


def test_errors_are_shown_as_a_build_shows_them(folder: Path) -> None:
    edit(folder, "Their exponents are added.", "$a^2 a^3 = a^6$")
    planned, tried = call("plan", "deck"), call("build", "deck", "-o", "demo.apkg")
    assert (planned.exit_code, tried.exit_code) == (1, 1)
    assert planned.stderr.splitlines()[:-1] == tried.stderr.splitlines()[:-1]
    assert planned.stderr.splitlines()[-1] == "Nothing can be built: 1 error."
    assert planned.stdout == ""
    data = json.loads(call("plan", "deck", "--json").stdout)
    assert data["ok"] is False
    assert [finding["line"] for finding in data["findings"]] == [9]


def test_a_deck_that_lost_its_notes_has_no_plan(folder: Path) -> None:
    built(folder)
    (folder / "powers.yaml").write_text("section: powers\ntitle: Powers\n")
    result = call("plan", "deck")
    assert result.exit_code == 1
    assert "no notes" in result.stderr


def test_a_program_reads_the_plan_as_json(folder: Path) -> None:
    built(folder)
    edit(folder, "are added", "are summed")
    result = call("plan", "deck", "--json")
    assert result.exit_code == 2
    data = json.loads(result.stdout)
    assert (data["ok"], data["changes"], data["first"], data["deck"]) == (True, True, False, "demo")
    assert data["summary"] == "1 to change."
    assert data["counts"] == {"change": 1}
    assert data["cards"] == {"new": 0, "retired": 0, "restored": 0}
    [note] = data["notes"]
    assert (note["action"], note["id"], note["file"], note["line"]) == ("change", "product", "deck/powers.yaml", 6)
    assert note["texts"] == [
        {"name": "back", "diff": [["=", "Their exponents are "], ["-", "added"], ["+", "summed"], ["=", "."]]}
    ]
    assert note["anki"] == {"new": None, "updated": True, "retired": None, "says": "updated, the history stays."}
    built(folder)
    again = call("plan", "deck", "--json")
    assert again.exit_code == 0
    assert json.loads(again.stdout)["notes"] == []


def test_all_that_was_ever_retired_is_shown_when_asked(folder: Path) -> None:
    built(folder)
    assert call("plan", "deck", "--retired").stdout == "0 notes ever retired.\n"
    edit(folder, "id: gap\n", "id: gap\n    todo: Which base?\n")
    built(folder)
    edit(folder, "kind: basic\n    front: How are two powers of one base multiplied?", "kind: basic\n    front: How?")
    edit(folder, "id: product", "id: other")
    built(folder)
    result = call("plan", "deck", "--retired")
    assert result.exit_code == 0
    assert result.stdout == (
        r"  - gap  cloze: The \cloze{what}{base} is multiplied as often as the \cloze{..." + "\n"
        "  - product  basic: How are two powers of one base multiplied?\n"
        "\nSearch Anki's browser for all of them with:\n\n"
        '"Spare1:re:^demo/(gap/cloze|product/basic)$"\n\n'
        "2 notes ever retired.\n"
    )
    data = json.loads(call("plan", "deck", "--retired", "--json").stdout)
    assert data["search"] == '"Spare1:re:^demo/(gap/cloze|product/basic)$"'
    assert [(note["id"], note["type"]) for note in data["retired"]] == [("gap", "cloze"), ("product", "basic")]


def test_another_id_of_the_deck_is_told_for_what_it_is(folder: Path) -> None:
    built(folder)
    (folder / "deck.yaml").write_text(DECK.replace("deck: demo", "deck: other"))
    result = call("plan", "deck")
    assert (
        "The deck's id was demo and is other: so all notes are new everywhere, and the old ones stay." in result.stdout
    )
    assert '"Spare1:demo/*"' in result.stdout
    assert "Plan: 3 to add.\nCards: 5 new.\n" in result.stdout
    assert "Since the last build: 3 added." in call("build", "deck", "-o", "demo.apkg").stdout
    assert call("plan", "deck").exit_code == 0


def test_a_bar_shows_how_far_the_work_is_on_a_terminal_only(folder: Path) -> None:
    command = [sys.executable, "-c", "from srs.cli import main; main()", "build", "deck"]
    assert subprocess.run(command, capture_output=True, check=True).stderr == b""
    edit(folder, "id: root", "id: square-root")
    screen, terminal = pty.openpty()
    with os.fdopen(screen, "rb", buffering=0) as shown:
        subprocess.run(command, stdout=subprocess.PIPE, stderr=terminal, check=True)
        os.close(terminal)
        text = shown.read(10_000)
    assert b"Checking claims" in text
    assert b"Building" in text


def test_a_lock_kept_elsewhere_is_planned_from(folder: Path) -> None:
    built(folder)
    edit(folder, "are added", "are summed")
    assert call("build", "deck", "-o", "demo.apkg", "--lock", "kept.json").exit_code == 0
    assert call("plan", "deck", "--lock", "kept.json").exit_code == 0
    assert call("plan", "deck").exit_code == 2


def test_what_a_lock_from_elsewhere_says_moves_no_cursor(folder: Path) -> None:
    built(folder)
    lock = folder / "deck.lock.json"
    lock.write_text(lock.read_text().replace("exponents are added", r"exponents are \u001b[2Jadded"))
    result = call("plan", "deck")
    assert "\x1b" not in result.stdout
    assert "\ufffd[2J" in result.stdout


def test_a_broken_lock_is_one_clear_error(folder: Path) -> None:
    built(folder)
    lock = folder / "deck.lock.json"
    lock.write_text("<<<<<<< ours\n" + lock.read_text())
    for more in ([], ["--retired"]):
        result = call("plan", "deck", *more)
        assert result.exit_code == 1
        assert "conflict marker" in result.stderr


def test_a_fresh_clone_shows_the_words_too(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built(folder)
    monkeypatch.setenv("REFRESHER_CACHE", str(tmp_path / "another"))
    edit(folder, "are added", "are summed")
    assert "[-added-]{+summed+}" in call("plan", "deck").stdout


@pytest.mark.parametrize("no_color", [False, True])
def test_on_a_terminal_colours_stand_for_the_brackets(folder: Path, no_color: bool) -> None:
    built(folder)
    edit(folder, "are added", "are summed")
    code = "from srs.cli import main; main()"
    environment = {**os.environ, **({"NO_COLOR": "1"} if no_color else {})}
    screen, terminal = pty.openpty()
    with os.fdopen(screen, "rb", buffering=0) as shown:
        done = subprocess.run(
            [sys.executable, "-c", code, "plan", "deck"], stdout=terminal, env=environment, check=False
        )
        os.close(terminal)
        text = shown.read(10_000).decode()
    assert done.returncode == 2
    if no_color:
        assert "[-added-]{+summed+}" in text
        assert "\x1b" not in text
    else:
        assert "\x1b[31madded\x1b[0m\x1b[32msummed\x1b[0m" in text


def test_the_documented_keys_are_those_that_there_are(folder: Path) -> None:
    built(folder)
    edit(folder, "are added", "are summed")
    data = json.loads(call("plan", "deck", "--json").stdout)
    page = (Path(__file__).parents[3] / "docs" / "plan.md").read_text(encoding="utf-8")
    table = page[page.index("| key | holds |") :]
    keys = [key for line in table.splitlines()[2:] if line.startswith("| `") for key in line.split("|")[1].split(",")]
    assert sorted(key.strip(" `") for key in keys) == sorted(data)
    described = page[page.index("A note has `action`") :]
    assert [key for key in data["notes"][0] if f"`{key}`" not in described] == []


def test_a_named_lock_that_does_not_exist_is_told_since_it_may_be_a_slip(folder: Path) -> None:
    built(folder)
    result = call("plan", "deck", "--lock", "typo.json")
    assert result.exit_code == 0
    assert result.stderr == (
        "typo.json does not exist yet: this is the plan by deck/deck.lock.json, as a build would begin it.\n"
    )
    assert "typo.json" not in call("plan", "deck", "--lock", "typo.json", "--json").stdout
    refused = call("build", "deck", "-o", "demo.apkg", "--lock", "missing/x.json")
    assert refused.exit_code == 1
    assert "there is no such lock yet" in refused.stderr
