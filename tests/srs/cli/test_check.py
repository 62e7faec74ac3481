"""`refresher check --watch` as a process of its own, as an author leaves it running beside the editor."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Timer
from typing import Any

import pytest

from tests.serving import ROOT, RUN, environment, run

PATIENCE_S = 120
DECK = "deck: demo\ntitle: Demo\nsections: [powers]\n"
POWERS = r"""section: powers
title: Powers
symbols: {a: positive, m: integer, n: integer}
notes:
  - id: product
    kind: basic
    front: What is $a^m a^n$ as one power?
    back: $a^m a^n = a^{m+n}$
  - id: root
    kind: reversed
    front: The power $a^{1/2}$
    back: The root $\sqrt{a}$
"""


@dataclass
class Checker:
    """A running `check --watch`, whose output is read as it comes."""

    process: subprocess.Popen[str]
    lines: list[str] = field(default_factory=list)

    def until(self, end: str) -> list[str]:
        """The lines up to and with the next one that begins so."""
        assert self.process.stdout is not None
        found: list[str] = []
        for line in self.process.stdout:
            found.append(line.rstrip("\n"))
            if line.startswith(end):
                return found
        raise AssertionError(f"it ended before it said {end!r}: {found}")

    def line(self) -> dict[str, Any]:
        """The next line as JSON."""
        assert self.process.stdout is not None
        said: dict[str, Any] = json.loads(self.process.stdout.readline())
        return said

    def interrupted(self) -> tuple[int, str]:
        """The exit status after Ctrl+C, and what was still said."""
        self.process.send_signal(signal.SIGINT)
        said, _ = self.process.communicate(timeout=PATIENCE_S)
        return self.process.returncode, said


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    folder = tmp_path / "deck"
    folder.mkdir()
    (folder / "deck.yaml").write_text(DECK)
    (folder / "powers.yaml").write_text(POWERS)
    return folder


@pytest.fixture
def watching(tmp_path: Path, deck: Path) -> Iterator[Callable[..., Checker]]:
    """Starts `check --watch` on the deck."""
    started: list[tuple[subprocess.Popen[str], Timer]] = []

    def start(*options: str) -> Checker:
        process = subprocess.Popen(
            [sys.executable, "-c", RUN, "check", "--watch", *options, str(deck)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=environment(REFRESHER_CACHE=str(tmp_path / "cache")),
            cwd=ROOT,
        )
        timer = Timer(PATIENCE_S, process.kill)  # a test that waits for what never comes must end
        timer.start()
        started.append((process, timer))
        return Checker(process)

    yield start
    for process, timer in started:
        timer.cancel()
        process.kill()
        process.communicate()


def test_each_save_is_checked_and_told_with_its_file_and_ctrl_c_ends_with_130(
    deck: Path, watching: Callable[..., Checker]
) -> None:
    checker = watching()
    first = checker.until("Watching ")
    assert "0 errors, 0 lints." in first
    assert first[-1] == f"Watching {deck} for saves (Ctrl+C ends it)."

    (deck / "powers.yaml").write_text(POWERS.replace("a^{m+n}", "a^{m-n}"))
    said = checker.until("Watching ")
    assert said[0] == ""
    assert said[1].endswith(f" {deck}/powers.yaml changed")
    assert [line for line in said if line.startswith(f"{deck}/powers.yaml:8:11: error: ")]
    assert "1 error, 0 lints." in said

    (deck / "powers.yaml").write_text(POWERS)
    assert "0 errors, 0 lints." in checker.until("Watching ")
    code, rest = checker.interrupted()
    assert code == 130
    assert rest == ""


def test_a_deck_that_vanishes_and_comes_back_is_survived(deck: Path, watching: Callable[..., Checker]) -> None:
    checker = watching()
    checker.until("Watching ")
    kept = deck.rename(deck.with_name("kept"))
    said = checker.until("Watching ")
    assert said[1].endswith(f" {deck} is gone")
    assert "There is no such folder." in said[2]
    kept.rename(deck)
    said = checker.until("Watching ")
    assert said[1].endswith("powers.yaml is new")
    assert "0 errors, 0 lints." in said


def test_programs_get_one_json_object_a_line(deck: Path, watching: Callable[..., Checker]) -> None:
    checker = watching("--json")
    first = checker.line()
    assert first["ok"] is True
    assert first["changed"] == []
    (deck / "powers.yaml").write_text(POWERS.replace("kind: basic", "kind: basics"))
    second = checker.line()
    assert second["ok"] is False
    assert second["changed"] == ["powers.yaml"]
    assert [(found["line"], found["code"]) for found in second["findings"]] == [(6, "unknown-kind")]
    assert second["at"] >= first["at"]
    assert checker.interrupted() == (130, "")


def test_nothing_is_written_into_the_deck_and_no_screen_is_cleared(
    deck: Path, watching: Callable[..., Checker]
) -> None:
    checker = watching("-v")
    said = checker.until("Watching ")
    assert [line for line in said if ": proved: $a^m a^n = a^{m+n}$" in line]
    (deck / "deck.yaml").write_text(DECK.replace("Demo", "Demonstration"))
    said += checker.until("Watching ")
    assert not [line for line in said if "\x1b" in line or "\r" in line]
    assert sorted(path.name for path in deck.iterdir()) == ["deck.yaml", "powers.yaml"]


def test_a_deck_that_is_not_there_at_the_start_is_said(deck: Path) -> None:
    shutil.rmtree(deck)
    ended = run("check", "--watch", str(deck))
    assert ended.returncode == 1
    assert "There is no folder" in ended.stderr
