"""A deck with every kind of note, one of them held back, for whoever looks at it as its author does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.authored import write_deck


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    return write_deck(tmp_path / "deck")
