from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.draft.drafted import Options
from cards.draft.record import Item, State, Texts, format_record, parse_record, read_record, record_of
from cards.findings import DeckError

GOLDEN = Path(__file__).parent / "golden.draft.json"

FORMULA = r"$\frac{1}{2}$ „½“"
RECORD = record_of(
    [
        Item(
            "note",
            "half",
            {
                "kind": "basic",
                "back": FORMULA,
                "drafted": {"page": "a.md", "line": "7", "under": "Parts", "rule": "box"},
            },
            "half",
            "parts",
            State.OUT,
            ("one-half",),
        ),
        Item("section", "parts", {"title": "Parts", "drafted": {"page": "a.md", "line": "3"}}, "Parts"),
        Item(
            "note", "a-third", {"kind": "cloze", "claims": ["1/3 > 0", {"says": "$x$"}]}, "third", "parts", State.GONE
        ),
        Item("deck", "numbers", {"title": "Numbers"}),
    ],
    {"b.md": "2", "a.md": "1"},
    {"plot.png": "3"},
    Options(sections="pages", lessons=False, rules=("box", "glossary"), without=("equation",)),
)


def test_the_file_is_as_it_always_was() -> None:
    assert format_record(RECORD) == GOLDEN.read_text(encoding="utf-8")
    assert read_record(GOLDEN) == RECORD


def test_each_page_and_item_has_a_line_of_its_own_in_an_order_that_merges() -> None:
    *lines, footer = json.loads(GOLDEN.read_text(encoding="utf-8"))
    assert GOLDEN.read_text(encoding="utf-8").count("\n") == len(lines) + 3
    assert [line.get("page") or line.get("picture") or line["id"] for line in lines] == [
        *("a.md", "b.md", "plot.png", "numbers", "parts", "a-third", "half")
    ]
    assert footer["format"] == 1


def test_where_an_item_is_from_is_told_by_what_was_drafted() -> None:
    half = RECORD.items[-1]
    assert (half.page, half.line, half.under, half.rule) == ("a.md", 7, "Parts", "box")
    assert half.ids == {"half", "one-half"}
    deck = RECORD.items[0]
    assert (deck.page, deck.line, deck.rule) == ("", 0, "")
    assert [item.id for item in RECORD.of("note")] == ["a-third", "half"]


def test_no_record_is_none(tmp_path: Path) -> None:
    assert read_record(tmp_path / "deck.draft.json") is None


BROKEN = [
    ("[\n<<<<<<< mine\n{}\n]", "2:1", "Git's conflict marker `<<<<<<<` stands in the record"),
    ("[\n", "2:1", "not JSON"),
    ('[\n{"format": 1},\n]\n', "3:1", "not JSON"),
    ("[" * 5000, "1:1", "nested too deeply"),
    ("[]", "1:1", 'does not end with a line of {"format": 1}'),
    ('{"format": 1}', "1:1", "does not end with"),
    ('[{"format": "1"}]', "1:1", "does not end with"),
    ('[{"format": 2}]', "1:1", "written by a newer Refresher. Update Refresher."),
    ('[{"format": 1}]', "2:1", "sections is wrong: Field required"),
    (
        "[\n" + '{"format": 1, "sections": "words", "lessons": true, "rules": null, "without": []}]',
        "2:1",
        "sections is wrong",
    ),
    ("[\n3,\nFOOT\n]", "2:1", "all is wrong"),
    ('[\n{"page": "a.md"},\nFOOT\n]', "2:1", "digest is wrong: Field required"),
    ('[\n{"page": "", "digest": ""},\nFOOT\n]', "2:1", "page is wrong"),
    ('[\n{"picture": "a.png", "digest": 5},\nFOOT\n]', "2:1", "digest is wrong"),
    ('[\n{"item": "card", "id": "a", "data": {}},\nFOOT\n]', "2:1", "item is wrong"),
    ('[\n{"item": "note", "id": "", "data": {}},\nFOOT\n]', "2:1", "id is wrong"),
    ('[\n{"item": "note", "id": "a", "data": {}, "more": 1},\nFOOT\n]', "2:1", "more is wrong"),
    ('[\n{"item": "note", "id": "a", "data": {}, "state": "lost"},\nFOOT\n]', "2:1", "state is wrong"),
    ('[\n{"item": "note", "id": "a", "data": {"back": 5}},\nFOOT\n]', "2:1", "`data` holds what no deck holds"),
    ('[\n{"item": "note", "id": "a", "data": {"back": [null]}},\nFOOT\n]', "2:1", "`data` holds what no deck holds"),
    ('[\n{"item": "note", "id": "a", "data": {"\\ud800": ""}},\nFOOT\n]', "2:1", "`data` holds what no deck holds"),
    (
        '[\n{"item": "note", "id": "a", "data": {"drafted": {"line": "x"}}},\nFOOT\n]',
        "2:1",
        "`data` holds what no deck holds",
    ),
    (
        '[\n{"item": "note", "id": "a", "data": {"a": ' + "[" * 50 + "]" * 50 + "}},\nFOOT\n]",
        "2:1",
        "`data` holds what no deck holds",
    ),
    (
        '[\n{"item": "note", "id": "a", "data": {}},\n{"item": "note", "id": "a", "data": {}},\nFOOT\n]',
        "3:1",
        "The note `a` stands in two lines of the record.",
    ),
]
FOOT = '{"format": 1, "sections": null, "lessons": true, "rules": null, "without": []}'


@pytest.mark.parametrize(("text", "place", "message"), BROKEN)
def test_what_draft_did_not_write_is_told_with_its_place(text: str, place: str, message: str) -> None:
    with pytest.raises(DeckError) as error:
        parse_record(text.replace("FOOT", FOOT), "deck.draft.json")
    assert str(error.value).startswith(f"deck.draft.json:{place}: error: ")
    assert message in str(error.value)


def test_what_is_no_text_or_no_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "deck.draft.json"
    path.write_bytes(b"\xff[]")
    with pytest.raises(DeckError, match="The record is not UTF-8 text"):
        read_record(path)
    path.unlink()
    path.mkdir()
    with pytest.raises(DeckError, match="The record cannot be read: Is a directory"):
        read_record(path)
    path.rmdir()
    os.mkfifo(path)
    with pytest.raises(DeckError, match="a pipe or a device"):
        read_record(path, "shown.json")


texts: st.SearchStrategy[Texts] = st.recursive(
    st.text(), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3), max_leaves=8
)
items = st.builds(
    Item,
    st.sampled_from(["section", "note"]),
    st.text(min_size=1, max_size=8),
    st.dictionaries(st.text().filter(lambda key: key != "drafted"), texts, max_size=4),
    st.text(),
    st.text(),
    st.sampled_from(State),
    st.lists(st.text(min_size=1), max_size=2).map(tuple),
)


names = st.dictionaries(st.text(min_size=1), st.text(), max_size=3)


@given(st.lists(items, unique_by=lambda item: (item.item, item.id)), names, names)
def test_what_is_written_is_read_back(found: list[Item], pages: dict[str, str], pictures: dict[str, str]) -> None:
    record = record_of(found, pages, pictures, Options())
    text = format_record(record)
    assert parse_record(text, "record") == record
    assert parse_record(text.replace("\n", "\r\n"), "record") == record
