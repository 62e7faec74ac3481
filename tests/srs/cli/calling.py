"""Commands called as a person does, on a small deck in the working folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from srs.cli import main


def put_deck(folder: Path, monkeypatch: pytest.MonkeyPatch, deck: str, powers: str) -> Path:
    """A deck of one section, with a cache of its own and a clock that stands still, beside which commands are run."""
    monkeypatch.setenv("REFRESHER_CACHE", str(folder / "cache"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    monkeypatch.chdir(folder)
    place = folder / "deck"
    place.mkdir()
    (place / "deck.yaml").write_text(deck)
    (place / "powers.yaml").write_text(powers)
    return place


def edit(folder: Path, old: str, new: str) -> None:
    path = folder / "powers.yaml"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


def call(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, catch_exceptions=False)
