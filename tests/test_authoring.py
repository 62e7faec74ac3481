"""docs/authoring.md teaches the format: each of its examples is checked and built, its tables are the schema's own."""

from __future__ import annotations

import json
import os
import re
import sys
import zipfile
from pathlib import Path

import jsonschema
import pytest
import yaml

from cards import schema
from cards.check import check_deck
from exporters.rebuild import build_folder
from tests.documents import Example, dead_links, examples, steps
from tests.serving import ROOT, environment

PAGE = "docs/authoring.md"
EXAMPLES = examples(PAGE, "yaml")
SCHEMAS = {name: jsonschema.Draft202012Validator(json.loads(text)) for name, text in schema.json_schemas().items()}


def folder_of(example: Example, folder: Path) -> Path:
    """A deck made of the example: what it leaves out is filled in."""
    if "deck" in example.words:
        (folder / "deck.yaml").write_text(example.text, encoding="utf-8")
        for section, point in (("vectors", "1.1"), ("matrices", "1.2")):
            note = f"{{id: about-{section}, kind: basic, front: f, back: b, teaches: ['{point}']}}"
            text = f"section: {section}\ntitle: T\nnotes: [{note}]\n"
            (folder / f"{section}.yaml").write_text(text, encoding="utf-8")
        return folder
    text = example.text if "section:" in example.text else f"section: example\ntitle: Example\n{example.text}"
    (name,) = re.findall(r"^section: (.+)$", text, re.MULTILINE)
    outline = "".join(f"  {point}: a point\n" for point in re.findall(r"teaches: \[(.+)\]", text))
    deck = f"deck: example\ntitle: Example\nsections: [{name}]\n{f'outline:{chr(10)}{outline}' if outline else ''}"
    (folder / "deck.yaml").write_text(deck, encoding="utf-8")
    (folder / "section.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.place)
def test_an_example_is_checked_and_built(example: Example, tmp_path: Path) -> None:
    folder = folder_of(example, tmp_path)
    report = check_deck(folder)
    found = {(finding.severity.value, finding.code) for finding in report.findings}
    wanted = {(kind, code) for kind in ("error", "lint") if (code := example.told(kind))}
    assert found == wanted, report.findings
    package = tmp_path / "deck.apkg"
    built = build_folder(folder, package, now=1_800_000_000)
    assert (built.report is None) == bool(example.told("error"))
    if built.report is not None:
        assert "collection.anki2" in zipfile.ZipFile(package).namelist()


@pytest.mark.parametrize("example", [one for one in EXAMPLES if not one.told("error")], ids=lambda one: one.place)
def test_an_editor_accepts_an_example(example: Example, tmp_path: Path) -> None:
    name = "deck" if "deck" in example.words else "section"
    path = folder_of(example, tmp_path) / f"{name}.yaml"
    assert not list(SCHEMAS[f"{name}.schema.json"].iter_errors(yaml.safe_load(path.read_text(encoding="utf-8"))))


def test_there_are_examples_of_every_kind_and_pairs_of_before_and_after() -> None:
    text = "".join(example.text for example in EXAMPLES)
    for kind in schema.KINDS:
        assert f"kind: {kind}\n" in text
    page = (ROOT / PAGE).read_text(encoding="utf-8")
    assert page.count("Before:\n\n```yaml\n") == page.count("After:\n\n```yaml\n") >= 6


def rows(heading: str) -> dict[str, str]:
    """The rows of the table of keys below a heading."""
    page = (ROOT / PAGE).read_text(encoding="utf-8")
    section = page[page.index(f"\n## {heading}\n") + 1 :].partition("\n## ")[0]
    return dict(re.findall(r"^\| `([^`]+)` \| (.+) \|$", section, re.MULTILINE))


def described(shape: type[schema.Shape], *without: str) -> dict[str, str]:
    fields = shape.model_fields.items()
    return {name: field.description or "" for name, field in fields if name not in without}


def test_the_tables_of_keys_are_the_schemas() -> None:
    assert rows("deck.yaml") == described(schema.DeckShape)
    assert rows("What a note may hold") == described(schema.NoteShape)
    assert rows("Sections, lessons and order") == described(schema.SectionShape)


def test_every_key_of_every_kind_stands_in_an_example() -> None:
    text = "".join(example.text for example in EXAMPLES)
    elsewhere = {*schema.ProblemShape.model_fields} - {
        "given",
        "where",
        "front",
        "answer",
        "form",
        "back",
    }  # problems.md
    for shape in (*schema.KINDS.values(), schema.FunctionPlot, schema.CodeItem):
        for name in shape.model_fields:
            if name not in ("drafted", "language") and name not in elsewhere - {*schema.NoteShape.model_fields}:
                assert re.search(rf"(?:^|[ {{]){name}:", text, re.MULTILINE), name


def test_its_commands_print_what_it_says(tmp_path: Path) -> None:
    own = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache"), "COLUMNS": "120"}
    path = f"{Path(sys.prefix) / 'bin'}{os.pathsep}{os.environ['PATH']}"
    found = steps(PAGE)
    assert len(found) >= 5
    for step in found:
        step.run(tmp_path, environment(**own, PATH=path))


def test_its_links_lead_somewhere() -> None:
    assert dead_links(PAGE) == []
