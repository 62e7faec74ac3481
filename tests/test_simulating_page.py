"""docs/simulating.md shows what a simulation prints: its command is run, and its table compared."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from srs import service
from srs.cli import main
from tests.documents import dead_links, steps
from tests.srs.study import START, basic_notes, write_deck

PAGE = "docs/simulating.md"
FIGURE = re.compile(r"\d[\d,]*\.?\d*")


def test_its_command_prints_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REFRESHER_DATABASE_URL", raising=False)
    deck = write_deck(tmp_path / "my-deck", {"s": basic_notes(300)}, deck="my-deck")
    with service.opened(tmp_path / "data", [deck], START):
        pass
    (step,) = steps(PAGE)
    program, *arguments = step.command.split()
    assert program == "refresher"
    done = CliRunner().invoke(main, [*arguments, "--data", str(tmp_path / "data")], catch_exceptions=False)
    said, printed = step.printed.strip().splitlines(), done.output.strip().splitlines()
    assert len(said) == len(printed)
    for ours, theirs in zip(said, printed, strict=True):
        # Another machine's arithmetic may turn a draw or two: the words are the same, the figures near.
        assert FIGURE.sub("#", ours).split() == FIGURE.sub("#", theirs).split()
        figures = [[float(figure.replace(",", "")) for figure in FIGURE.findall(line)] for line in (ours, theirs)]
        assert figures[0] == pytest.approx(figures[1], rel=0.03, abs=0.11)


def test_its_links_lead_somewhere() -> None:
    assert dead_links(PAGE) == []
