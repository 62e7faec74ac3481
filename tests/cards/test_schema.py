from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

import cards
from cards.loader import shipped_decks
from cards.schema import KINDS, json_schemas, write_json_schemas

CARDS = Path(cards.__file__).parent
SECTION = jsonschema.Draft202012Validator(json.loads(json_schemas()["section.schema.json"]))
DECK = jsonschema.Draft202012Validator(json.loads(json_schemas()["deck.schema.json"]))


def test_committed_json_schemas_are_what_the_code_generates() -> None:
    for name, text in json_schemas().items():
        assert (CARDS / name).read_text(encoding="utf-8") == text, "run: refresher schema"


def test_they_are_json_schemas_and_written_where_one_likes(tmp_path: Path) -> None:
    write_json_schemas(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["deck.schema.json", "section.schema.json"]
    for path in tmp_path.iterdir():
        jsonschema.Draft202012Validator.check_schema(json.loads(path.read_text(encoding="utf-8")))


def test_every_key_says_what_it_is_for() -> None:
    for text in json_schemas().values():
        schema = json.loads(text)
        for shape in (schema, *schema.get("$defs", {}).values()):
            for name, field in shape.get("properties", {}).items():
                assert field.get("description") or name == "kind", name


@pytest.mark.parametrize("path", [p for folder in shipped_decks().values() for p in folder.glob("*.yaml")], ids=str)
def test_the_shipped_decks_fit_as_an_editor_reads_them(path: Path) -> None:
    validator = DECK if path.name == "deck.yaml" else SECTION
    assert not list(validator.iter_errors(yaml.safe_load(path.read_text(encoding="utf-8"))))


def test_shipped_files_name_their_schema() -> None:
    for folder in shipped_decks().values():
        for path in folder.glob("*.yaml"):
            name = "deck" if path.name == "deck.yaml" else "section"
            first = path.read_text(encoding="utf-8").partition("\n")[0]
            assert first == f"# yaml-language-server: $schema=../../{name}.schema.json"


GOOD_NOTES = [
    "{id: a, kind: basic, front: 5, back: yes, teaches: [5.6], tags: [1]}",
    "{id: 7, kind: reversed, front: f, back: 0.5}",
    r"{id: a, kind: cloze, text: '\cloze{n}{x}', symbols: {x: positive, t: 0 < t < 1}}",
    "{id: a, kind: problem, given: {a: 2..5, b: [1, 2, 1/2], c: 7}, front: f, answer: 4, where: [a != b]}",
    "{id: a, kind: basic, front: f, back: b, claims: [1 == 1, {says: $x$, holds: x}, {says: $x$, when: $y$}]}",
    "{id: a, kind: basic, front: f, back: b, plot: {bars: {a: 0.5, b: 0.5}, alt: a}}",
    "{id: a, kind: basic, front: f, back: b, plot: {functions: [x], x: [0, 1], points: [[0, 1]], alt: a}}",
]
BAD_NOTES = [
    "{id: a, kind: basic, front: f}",
    "{id: a, kind: basic, front: f, back: b, bakc: c}",
    "{id: A b, kind: basic, front: f, back: b}",
    "{id: a, kind: basik, front: f, back: b}",
    "{id: a, kind: basic, front: [f], back: b}",
    "{id: a, kind: basic, front: f, back: b, teaches: 5.6}",
    "{id: a, kind: basic, front: f, back: b, claims: [{says: $x$}]}",
    "{id: a, kind: basic, front: f, back: b, symbols: {x: postive}}",
    "{id: a, kind: basic, front: f, back: b, plot: {functions: [x], x: [0], alt: a}}",
    "{id: a, kind: problem, given: {}, front: f, answer: a}",
    "{id: a, kind: problem, given: {a: []}, front: f, answer: a}",
]


def errors(note: str) -> list[jsonschema.ValidationError]:
    return list(SECTION.iter_errors({"section": "s", "title": "t", "notes": [yaml.safe_load(note)]}))


@pytest.mark.parametrize("note", GOOD_NOTES)
def test_an_editor_accepts_what_the_loader_accepts(note: str) -> None:
    assert not errors(note)


@pytest.mark.parametrize("note", BAD_NOTES)
def test_an_editor_marks_what_the_loader_refuses(note: str) -> None:
    assert errors(note)


def test_every_kind_is_in_the_schema() -> None:
    schema = json.loads(json_schemas()["section.schema.json"])
    assert set(schema["properties"]["notes"]["items"]["discriminator"]["mapping"]) == set(KINDS)
