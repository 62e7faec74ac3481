"""docs/settings.md: its table is the code's own, its commands work."""

from __future__ import annotations

import re
import shlex
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from cards.loader import find_deck
from srs import service
from srs.cli import main
from srs.core.setting_text import read_setting
from srs.core.settings import FIELDS, FOR_ALL_DECKS, DeckSettings, SettingsError
from srs.service.explaining import ELSEWHERE, GROUPS, MEANINGS
from tests.documents import dead_links
from tests.serving import ROOT

PAGE = "docs/settings.md"
TEXT = (ROOT / PAGE).read_text(encoding="utf-8")
ROWS = {
    name: (default, may, scope, effect)
    for name, default, may, scope, effect in re.findall(
        r"^\| `(\w+)` \| (.+) \| (.+) \| (.+) \| (.+) \|$", TEXT, re.MULTILINE
    )
}
COMMANDS = re.findall(r"^refresher settings.*$", TEXT, re.MULTILINE)


def test_every_setting_has_a_place_and_a_row_in_the_same_order() -> None:
    assert list(ROWS) == [name for group in (*GROUPS, ELSEWHERE) for name in group.names]
    assert set(ROWS) == set(FIELDS) == set(MEANINGS)


@pytest.mark.parametrize("name", FIELDS)
def test_a_row_says_what_holds_in_the_code(name: str) -> None:
    default, may, scope, effect = ROWS[name]
    if name not in {"zone", "parameters"}:
        assert read_setting(name, default) == getattr(DeckSettings(), name)
    assert (scope == "all decks") is (name in FOR_ALL_DECKS)
    assert effect == MEANINGS[name].effect
    if choices := MEANINGS[name].choices:
        assert may.split(", ") == [choice for choice, _, _ in choices]
    if bounds := re.fullmatch(r"([\d.]+) to ([\d.]+)", may):
        outside = 1 if "." not in may else 0.01
        for bound, beyond in ((bounds[1], -outside), (bounds[2], outside)):
            value = read_setting(name, bound)
            assert isinstance(value, int | float)
            DeckSettings().changed({name: value})
            with pytest.raises(SettingsError):
                DeckSettings().changed({name: value + beyond})


def test_its_links_lead_somewhere() -> None:
    assert dead_links(PAGE) == []


def test_its_commands_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REFRESHER_DATABASE_URL", raising=False)
    with service.opened(tmp_path, (find_deck(None),), datetime.now(UTC)):
        pass
    assert len(COMMANDS) == 6
    for command in COMMANDS:
        _, *arguments = shlex.split(command, comments=True)
        done = CliRunner().invoke(main, ["--data", str(tmp_path), *arguments], catch_exceptions=False)
        assert done.exit_code == 0, done.output
