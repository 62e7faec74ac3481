from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from cards import schema
from cards.loader import load_deck, read_deck, read_section, shipped_decks
from cards.loader.shape import plain
from cards.model import Deck
from cards.writing import WritingError, deck_data, deck_yaml, note_yaml, section_data, section_yaml
from cards.writing.files import DECK, NOTE, SECTION
from cards.yaml_source import parse_yaml
from tests.cards.writing.strategies import DECKS, LINES, NOTES, SECTIONS
from tests.decks_alike import placeless

GOLDEN = Path(__file__).parent / "golden"
ABOUT_YAML = {"cut-by-comment", "split-at-comma", "eaten-backslash", "control-character", "not-yaml", "duplicate-key"}


def read_back(text: str) -> object:
    """What the reader makes of a file; it has nothing to complain about."""
    document = parse_yaml(text.encode(), "written.yaml")
    assert document.findings == ()
    assert document.root is not None
    return plain(document.root)


def same_order(left: object, right: object) -> bool:
    """Whether mappings whose keys an author chose are in the same order."""
    return json.dumps(left) == json.dumps(right)


@given(section=SECTIONS)
def test_a_section_is_read_back_as_it_was_written(section: dict[str, Any]) -> None:
    schema.SectionShape.model_validate(section)
    assert read_back(section_yaml(section)) == section


@given(deck=DECKS)
def test_deck_yaml_is_read_back_as_it_was_written(deck: dict[str, Any]) -> None:
    schema.DeckShape.model_validate(deck)
    assert read_back(deck_yaml(deck)) == deck


@given(note=NOTES)
def test_a_note_is_written_as_it_stands_in_its_section(note: dict[str, Any]) -> None:
    section = section_yaml({"section": "s", "title": "S", "notes": [note]})
    assert section.endswith("notes:\n" + note_yaml(note))
    for key in ("given", "symbols"):
        assert same_order(read_back(section)["notes"][0].get(key), note.get(key))  # type: ignore[index] # a section


@given(note=NOTES)
def test_the_loader_finds_nothing_cut_or_split_in_it(note: dict[str, Any], tmp_path_factory: Any) -> None:  # noqa: ANN401 - pytest's own
    path = tmp_path_factory.mktemp("written", numbered=True) / "s.yaml"
    path.write_text(section_yaml({"section": "s", "title": "S", "notes": [note]}), encoding="utf-8", newline="")
    _, _, findings = read_section(path)
    assert not {finding.code for finding in findings} & ABOUT_YAML


@given(note=NOTES, data=st.data())
def test_it_is_drafted_on_one_line(note: dict[str, Any], data: DataObject) -> None:
    drafted = {"page": data.draw(LINES), "line": "23", "under": "1. Exponents", "rule": "table-row", "sure": "high"}
    last = note_yaml(note | {"drafted": drafted}).splitlines()[-1]
    assert last.startswith("    drafted: {page: ")
    assert last.endswith(", line: 23, under: 1. Exponents, rule: table-row, sure: high}")


@pytest.mark.parametrize("character", ["\x00", "\x07", "\r", "\x7f", "\x85", "\u2028", "\ufeff", "\ud800"])
def test_what_no_yaml_can_hold_is_refused_with_the_place_in_the_text(character: str) -> None:
    text = "a" * 60 + character + "b" * 60
    with pytest.raises(WritingError, match=rf"U\+{ord(character):04X} stands in '\.\.\.a+.*b+\.\.\.'"):
        note_yaml({"id": "a", "kind": "basic", "front": "f", "back": text})


def test_a_person_might_have_written_it() -> None:
    data = json.loads((GOLDEN / "section.json").read_text(encoding="utf-8"))
    written = (GOLDEN / "section.yaml").read_text(encoding="utf-8")
    assert section_yaml(data, schema="../../section.schema.json") == written
    assert read_back(written) == data


def test_no_line_is_too_long_if_it_can_be_helped() -> None:
    words = "word " * 60
    front = words + "$a + b + c + d$ " + words.strip()
    text = note_yaml({"id": "a", "kind": "basic", "front": front, "back": f"# {front}"})
    assert max(map(len, text.splitlines())) <= 120
    assert text.count("$a + b + c + d$") == 2


@pytest.mark.parametrize("folder", shipped_decks().values(), ids=lambda folder: folder.name)
def test_shipped_decks_come_out_equal(folder: Path, tmp_path: Path) -> None:
    deck = load_deck(folder)
    write(deck, tmp_path)
    assert placeless(load_deck(tmp_path, folder / "deck.lock.json")) == placeless(deck)


@pytest.mark.parametrize("folder", shipped_decks().values(), ids=lambda folder: folder.name)
def test_editors_accept_what_was_written(folder: Path, tmp_path: Path) -> None:
    write(load_deck(folder), tmp_path)
    schemas = {name: jsonschema.Draft202012Validator(json.loads(text)) for name, text in schema.json_schemas().items()}
    for path in tmp_path.glob("*.yaml"):
        validator = schemas["deck.schema.json" if path.name == "deck.yaml" else "section.schema.json"]
        assert not list(validator.iter_errors(yaml.safe_load(path.read_text(encoding="utf-8"))))


def test_all_kinds_of_notes_come_out_equal(sampler: Path, tmp_path: Path) -> None:
    deck = load_deck(sampler)
    write(deck, tmp_path)
    assert read_deck(tmp_path).findings == ()
    assert placeless(load_deck(tmp_path)) == placeless(deck)


def test_every_key_of_the_schema_has_its_place() -> None:
    notes = {name for shape in schema.KINDS.values() for name in shape.model_fields}
    assert set(NOTE) == notes
    assert set(SECTION) == set(schema.SectionShape.model_fields)
    assert set(DECK) == set(schema.DeckShape.model_fields)


def write(deck: Deck, folder: Path) -> None:
    (folder / "deck.yaml").write_text(deck_yaml(deck_data(deck)), encoding="utf-8")
    for section in deck.sections:
        (folder / f"{section.id}.yaml").write_text(section_yaml(section_data(section)), encoding="utf-8")
