"""docs/export.md shows what export and import do: its commands are run, its JSON is read, its columns exist."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import jsonschema

from exporters.csv_cells import COLUMNS
from exporters.folder import write_deck
from exporters.json_deck import json_schema, read_json
from srs.cli.export import FORMATS
from tests.documents import dead_links, examples, steps
from tests.serving import ROOT, environment

PAGE = "docs/export.md"


def test_its_commands_print_what_it_says(tmp_path: Path) -> None:
    own = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache"), "COLUMNS": "120"}
    path = f"{Path(sys.prefix) / 'bin'}{os.pathsep}{os.environ['PATH']}"
    found = steps(PAGE)
    assert len(found) >= 10
    for step in found:
        step.run(tmp_path, environment(**own, PATH=path))


def test_its_json_is_a_deck(tmp_path: Path) -> None:
    (example,) = examples(PAGE, "json")
    jsonschema.Draft202012Validator(json.loads(json_schema())).validate(json.loads(example.text))
    assert write_deck(read_json(example.text.encode(), PAGE), tmp_path / "bits").deck is not None


def test_it_names_every_format_and_every_column_of_the_table() -> None:
    page = (ROOT / PAGE).read_text(encoding="utf-8")
    assert all(f"\n| `{name}` | " in page for name in FORMATS)
    assert [", ".join(COLUMNS)] == [" ".join(part.split()) for part in page.split("\n\n") if part.startswith("id, ")]


def test_its_links_lead_somewhere() -> None:
    assert dead_links(PAGE) == []
