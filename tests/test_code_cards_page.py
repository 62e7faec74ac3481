"""docs/code-cards.md is held to what it says: its examples are checked and run, its commands print what it shows."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from cards.check import check_deck
from cards.loader import load_deck
from cards.running import Bounds, run_snippets
from tests.documents import Example, dead_links, examples, steps
from tests.serving import ROOT, environment

PAGE = "docs/code-cards.md"
EXAMPLES = examples(PAGE, "yaml")


def folder_of(example: Example, folder: Path) -> Path:
    """A deck made of the example."""
    folder.mkdir()
    (folder / "deck.yaml").write_text("deck: example\ntitle: Example\nsections: [example]\n")
    (folder / "section.yaml").write_text(f"section: example\ntitle: Example\n{example.text}")
    return folder


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.place)
def test_an_example_is_checked_and_run(example: Example, tmp_path: Path) -> None:
    folder = folder_of(example, tmp_path / "deck")
    wanted = [example.told("error")] if example.told("error") else []
    assert [finding.code for finding in check_deck(folder).findings] == wanted
    assert run_snippets(load_deck(folder), Bounds(seconds=60)).findings == ()


def test_its_commands_print_what_it_says(tmp_path: Path) -> None:
    folder_of(EXAMPLES[0], tmp_path / "means")
    own = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache"), "COLUMNS": "120"}
    path = f"{Path(sys.prefix) / 'bin'}{os.pathsep}{os.environ['PATH']}"
    found = steps(PAGE)
    assert len(found) == 5
    for step in found:
        step.run(tmp_path, environment(**own, PATH=path))


def test_it_names_the_bounds_that_hold() -> None:
    page = " ".join((ROOT / PAGE).read_text(encoding="utf-8").split())
    bounds = Bounds()
    assert f"after {bounds.seconds:g} seconds" in page
    assert f"more than {bounds.output // 1024} KiB" in page
    assert f"{bounds.cpu_seconds} s of computing, {bounds.memory // 2**20} MiB of address space" in page
    assert f"{bounds.files} open files" in page
    assert {bound.name for bound in fields(Bounds)} == {"seconds", "cpu_seconds", "memory", "output", "files"}


def test_its_links_lead_somewhere() -> None:
    assert dead_links(PAGE) == []
    assert re.search(r"^\| what \| bound by \|", (ROOT / PAGE).read_text(encoding="utf-8"), re.MULTILINE)
