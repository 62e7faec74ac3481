from __future__ import annotations

from pathlib import Path

import cards
from cards.schema import json_schemas

CARDS = Path(cards.__file__).parent


def test_committed_json_schemas_are_what_the_code_generates() -> None:
    for name, text in json_schemas().items():
        assert (CARDS / name).read_text(encoding="utf-8") == text, "run: refresher schema"
