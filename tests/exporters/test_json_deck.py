from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cards.loader import load_deck, read_deck, shipped_decks
from cards.schema import DeckShape
from exporters.folder import ImportProblem, PlainDeck, write_deck
from exporters.json_deck import ExportedDeck, json_schema, read_json, write_json
from tests.cards.writing.strategies import whole_decks
from tests.decks_alike import placeless

SCHEMA = jsonschema.Draft202012Validator(json.loads(json_schema()))
PIXEL = bytes.fromhex("89504e470d0a1a0a")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A deck with a picture, a lock, a renamed note, and a note that waits."""
    folder = tmp_path / "deck"
    (folder / "img").mkdir(parents=True)
    (folder / "img" / "fig 1.png").write_bytes(PIXEL)
    (folder / "deck.yaml").write_text("deck: d\ntitle: D\nsections: [s]\n", encoding="utf-8")
    (folder / "s.yaml").write_text(
        "section: s\ntitle: S\nlesson: See ![a figure](<img/fig%201.png>).\nnotes:\n"
        "  - {id: new, was: [old], kind: basic, front: f, back: b}\n"
        "  - {id: waits, kind: basic, todo: Is it so?, front: f, back: b}\n",
        encoding="utf-8",
    )
    lock = {"first_id": "oldest", "type": "basic", "id": "old", "was": ["oldest"], "hash": "h", "changed": 7}
    lines = [lock | {"parts": {}, "retired": False}, {"format": 1}]
    text = "[\n" + ",\n".join(json.dumps(line) for line in lines) + "\n]\n"
    (folder / "deck.lock.json").write_text(text, encoding="utf-8")
    return folder


def exported(folder: Path) -> bytes:
    readable = read_deck(folder).readable
    assert readable is not None
    return write_json(readable)


@settings(max_examples=40)
@given(deck=whole_decks())
def test_any_deck_comes_back_equal(deck: tuple[dict[str, Any], list[dict[str, Any]]], tmp_path_factory: Any) -> None:  # noqa: ANN401 - pytest's own
    folder = tmp_path_factory.mktemp("decks")
    first = write_deck(PlainDeck(*deck, place=lambda *_: ""), folder / "first")
    assert first.readable is not None
    written = write_json(first.readable)
    assert SCHEMA.is_valid(json.loads(written))
    second = write_deck(read_json(written, "d.json"), folder / "second")
    assert placeless(second.readable) == placeless(first.readable)
    assert exported(folder / "second") == written


@pytest.mark.parametrize("deck", shipped_decks().values(), ids=lambda deck: deck.name)
def test_shipped_decks_come_back_equal_with_their_lock(deck: Path, tmp_path: Path) -> None:
    again = write_deck(read_json(exported(deck), "d.json"), tmp_path / "again")
    assert again.findings == ()
    assert placeless(again.deck) == placeless(load_deck(deck))
    assert (tmp_path / "again" / "deck.lock.json").read_bytes() == (deck / "deck.lock.json").read_bytes()


def test_pictures_identities_and_what_waits_travel_with_it(folder: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    write_deck(read_json(exported(folder), "d.json"), again)
    assert (again / "img" / "fig 1.png").read_bytes() == PIXEL
    readable = read_deck(again).readable
    assert readable is not None
    assert [(note.first_id, note.todo) for _, note in readable.notes()] == [("oldest", ""), ("waits", "Is it so?")]


def test_numbers_and_null_are_read_as_yaml_would_read_them(tmp_path: Path) -> None:
    note = '{"id": 7, "kind": "basic", "front": 5.10, "back": true, "why": null, "tags": [1]}'
    text = f'{{"format": "refresher-deck", "version": 1, "deck": "d", "title": 2026, "sections": [{{"section": "s", "title": "S", "notes": [{note}]}}]}}'  # noqa: E501
    assert SCHEMA.is_valid(json.loads(text.replace("7", '"7"', 1)))
    deck = write_deck(read_json(text.encode(), "d.json"), tmp_path / "d").deck
    assert deck is not None
    assert deck.title == "2026"
    assert "front: 5.10\n    back: true\n    tags: [1]" in (tmp_path / "d" / "01_s.yaml").read_text(encoding="utf-8")


DECK = {
    "format": "refresher-deck",
    "version": 1,
    "deck": "d",
    "title": "D",
    "sections": [
        {"section": "a", "title": "A", "notes": [{"id": "x", "kind": "basic", "front": "f", "back": "b"}]},
        {
            "section": "b",
            "title": "B",
            "notes": [
                {"id": "y", "kind": "cloze", "text": "\\cloze{p}{q}"},
                {"id": "z", "kind": "problem", "given": {"n": "1..2"}, "front": "f", "answer": "n"},
            ],
        },
    ],
}
WRONG = [
    ('{"format": ', "d.json:1:12: This is not JSON: Expecting value."),
    ("[1]", "d.json: $: This holds a list, not the object of a deck."),
    ('{"a": 1, "a": 2}', 'd.json: The key "a" stands twice in one object.'),
    ("[" * 100_000, "d.json: Lists and objects stand too deep in one another."),
    ('"version": 1', '"version": 2', "d.json: $.version: Input should be '1'."),
    ('"kind": "basic"', '"kind": "basik"', "d.json: $.sections[0].notes[0].kind: A note's kind is basic, reversed,"),
    ('"front": "f"', '"frnt": "f"', "d.json: $.sections[0].notes[0].frnt: There is no such key."),
    ('"front": "f"', '"front": ["f"]', "d.json: $.sections[0].notes[0].front: Here should be a text, not a list."),
    ('"front": "f"', '"front": null', "d.json: $.sections[0].notes[0].front: The key is missing."),
    ('"front": "f"', '"front": " "', 'd.json: $.sections[0].notes[0].front: " " cannot stand here. Write something,'),
    ('"title": "D"', '"title": "D", "lints": "no"', 'd.json: $.lints: "no" cannot stand here. Write shown or refused.'),
    ('"front": "f"', '"front": "\\u0007"', "d.json: $.sections[0].notes[0].front: The invisible character U+0007"),
    ('"front": "f"', '"front": "\\ud800"', "d.json: $.sections[0].notes[0].front: Half of a sign stands in the text"),
    (
        '"id": "z"',
        '"id": "x"',
        "d.json: $.sections[1].notes[1]: The id `x` of this note belongs to the note at d.json:",
    ),
    ("\\\\cloze{p}{q}", "\\\\cloze{p}{}", "d.json: $.sections[1].notes[0]: The gap `p` is empty."),
    ('"1..2"', '"2..1"', "d.json: $.sections[1].notes[1]: `n`: the range 2..1 is empty: its first value is above"),
    ('"title": "B"', '"title": "B", "requires": ["c"]', "d.json: $.sections[1]: Nothing in the deck is called `c`."),
    ('"section": "b"', '"section": "../b"', 'd.json: $.sections[1].section: "../b" cannot stand here. An id has'),
    ('"title": "D"', '"title": "D", "pictures": {"../p.png": ""}', 'd.json: $.pictures["../p.png"]: This is no'),
    ('"title": "D"', '"title": "D", "pictures": {"/p.png": ""}', 'd.json: $.pictures["/p.png"]: This is no'),
    ('"title": "D"', '"title": "D", "pictures": {"deck.yaml": ""}', 'd.json: $.pictures["deck.yaml"]: This is no'),
    ('"title": "D"', '"title": "D", "pictures": {"p.png": "?"}', 'd.json: $.pictures["p.png"]: This is not base64.'),
    ('"title": "D"', '"title": "D", "lock": [{"format": 99}]', "d.json: $.lock: The lock was written by a newer"),
]


@pytest.mark.parametrize("case", WRONG, ids=lambda case: case[-1][8:60])
def test_what_is_wrong_is_told_with_its_path(case: tuple[str, ...], tmp_path: Path) -> None:
    text = json.dumps(DECK)
    if len(case) == 3:
        assert case[0] in text
        text = text.replace(case[0], case[1], 1)
    else:
        text = case[0]
    with pytest.raises(ImportProblem, match=re.escape(case[-1])):
        write_deck(read_json(text.encode(), "d.json"), tmp_path / "d")
    assert list(tmp_path.iterdir()) == []


def test_text_in_another_encoding_is_refused() -> None:
    with pytest.raises(ImportProblem, match=r"d.json:2: The byte 0xe4 is not UTF-8\."):
        read_json('\n"ä"'.encode("latin-1"), "d.json")


@given(
    value=st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda v: (
            st.lists(v) | st.dictionaries(st.sampled_from([*ExportedDeck.model_fields, "notes", "kind", "id"]), v)
        ),
    )
)
def test_no_json_makes_it_stumble(value: object, tmp_path_factory: Any) -> None:  # noqa: ANN401 - pytest's own
    with pytest.raises(ImportProblem, match=r"^d.json"):
        read_json(json.dumps(value).encode(), "d.json")


def test_it_has_every_key_of_deck_yaml() -> None:
    own = {"format", "version", "pictures", "lock"}
    assert set(ExportedDeck.model_fields) - own == set(DeckShape.model_fields)
