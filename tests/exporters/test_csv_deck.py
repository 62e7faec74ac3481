from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from anki.collection import Collection, Delimiter
from hypothesis import given, settings

from cards.loader import load_deck, read_deck, shipped_decks
from cards.model import Deck
from cards.writing import Plain, note_data, section_data
from exporters.csv_cells import COLUMNS, LINES, PAIRS
from exporters.csv_deck import read_csv, write_csv
from exporters.folder import ImportProblem, PlainDeck, write_deck
from tests.cards.writing.strategies import whole_decks

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def held(note: Mapping[str, Plain]) -> dict[str, Plain]:
    """What the table holds of a note."""
    kept = {key: value for key, value in note.items() if key in COLUMNS and value}
    for key in LINES:
        if isinstance(lines := kept.get(key), list):
            kept[key] = [str(item).replace("\n", " ").strip() for item in lines]
    if isinstance(mistakes := kept.get("mistakes"), list):
        kept["mistakes"] = [
            {part: str(text).replace("\n", " ").strip() for part, text in each.items()}
            for each in mistakes
            if isinstance(each, dict)
        ]
    for key in PAIRS:
        if isinstance(pairs := kept.get(key), dict):
            kept[key] = {name: _spelled(value) for name, value in pairs.items()}
    return kept


def _spelled(value: Plain) -> Plain:
    if isinstance(value, list):
        return f"[{', '.join(map(str, value))}]"
    return value.replace("\n", " ").strip() if isinstance(value, str) else value


def contents(deck: Deck) -> list[tuple[str, str, list[dict[str, Plain]]]]:
    """Sections that have notes, with what the table holds of these."""
    return [
        (section.id, section.title, [held(note_data(note)) for note in section.notes])
        for section in deck.sections
        if section.notes
    ]


def cells(raw: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


@settings(max_examples=40)
@given(plain=whole_decks())
def test_any_deck_comes_back_as_far_as_the_table_holds_it(
    plain: tuple[dict[str, Any], list[dict[str, Any]]],
    tmp_path_factory: Any,  # noqa: ANN401 - pytest's own
) -> None:
    folder = tmp_path_factory.mktemp("decks")
    for section in plain[1]:
        section["title"] = section["title"].strip()
        section["notes"] = [note for note in section["notes"] if _fits(note)]
        section["requires"] = []
        for note in section["notes"]:
            note |= {"requires": [], "teaches": []}
    first = write_deck(PlainDeck(*plain, place=lambda *_: ""), folder / "first").readable
    assert first is not None
    if not any(section.notes for section in first.sections):
        return
    second = write_deck(read_csv(write_csv(first), "d.csv", "d"), folder / "second").readable
    assert second is not None
    assert contents(second) == contents(first)


def test_a_derived_value_that_goes_over_lines_stands_in_one(tmp_path: Path) -> None:
    note = {"id": "n", "kind": "problem", "given": {"a": "2..5"}, "let": {"b": "a\n+ 1\n"}, "front": "f", "answer": "b"}
    section: dict[str, Any] = {"section": "s", "title": "S", "notes": [note]}
    plain = PlainDeck({"deck": "d", "title": "D", "sections": ["s"]}, [section], place=lambda *_: "")
    deck = write_deck(plain, tmp_path / "first").readable
    assert deck is not None
    again = write_deck(read_csv(write_csv(deck), "d.csv", "d"), tmp_path / "second").readable
    assert again is not None
    assert [note_data(note)["let"] for _, note in again.notes()] == [{"b": "a + 1"}]


def _fits(note: Mapping[str, Any]) -> bool:
    """Domains are a line each: one with a line break in it, which nobody writes, is not held."""
    return not any("\n" in condition for condition in note.get("where", []))


@pytest.mark.parametrize("folder", shipped_decks().values(), ids=lambda folder: folder.name)
def test_shipped_decks_come_back(folder: Path, tmp_path: Path) -> None:
    deck = load_deck(folder)
    plain = read_csv(write_csv(deck), "math-refresher.csv", "math-refresher")
    again = write_deck(plain, tmp_path / "again").deck
    assert again is not None
    assert {point.id for point in again.outline} == {point.id for point in deck.outline}
    assert (again.id, again.title) == ("math-refresher", "Math refresher")
    for after, before in zip(again.sections, deck.sections, strict=True):
        assert after.title == before.title
        for new, old in zip(after.notes, before.notes, strict=True):
            assert held(note_data(new)) == held(note_data(old))


def test_spreadsheets_find_a_mark_names_and_nothing_to_calculate(sampler: Path) -> None:
    deck = load_deck(sampler)
    raw = write_csv(deck)
    assert raw.startswith(b"\xef\xbb\xbfid,section,section title,kind,front,")
    assert raw.count(b"\r\n") == 1 + sum(1 for _ in deck.notes())
    assert not [cell for row in cells(raw) for cell in row if cell.startswith(FORMULA)]


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("-3", "'-3"),
        ("+3", "'+3"),
        ("@sum", "'@sum"),
        ("\tx", "'\tx"),
        ("＝1", "'＝1"),
        ("'=1", "''=1"),
        ("1/2", "'1/2"),
        ("5.10", "'5.10"),
        ("007", "'007"),
        ("1e5", "'1e5"),
        ("12:30", "'12:30"),
        ("Mar 1", "'Mar 1"),
        ("true", "'true"),
        ("12345678901234567890", "'12345678901234567890"),
        ("7", "7"),
        ("$x = 1$", "$x = 1$"),
        ("'tis", "'tis"),
        ("may be", "may be"),
        ("1 is odd", "1 is odd"),
    ],
)
def test_what_a_spreadsheet_would_change_is_guarded_and_comes_back(text: str, cell: str, tmp_path: Path) -> None:
    note = {"id": "n", "kind": "basic", "front": "f", "back": text}
    plain = PlainDeck({"deck": "d", "title": "D", "sections": ["s"]}, [_section(note)], lambda *_: "")
    deck = write_deck(plain, tmp_path / "d").deck
    assert deck is not None
    raw = write_csv(deck)
    assert cells(raw)[1][COLUMNS.index("back")] == cell
    assert read_csv(raw, "d.csv", "d").sections[0]["notes"] == [note]


def test_a_table_of_problems_is_begun_in_a_spreadsheet(tmp_path: Path) -> None:
    table = (
        "front,given,let,answer,mistakes,snippet,prints,choose,kind\n"
        r"What is $\val{a}^2$?,a: 2..5,,a**2,"
        '"2*a => You doubled it, as 2 says.\na + 2",,,,\n'
        'Which is it?,"a: 2..5\nf: expressions [""x**2"", ""a*x""]",b: a + 1,b,9 => No.,,,true,problem\n'
        "What is printed?,,,8,,print(2 ** 3),8,,\n"
    )
    deck = write_deck(read_csv(table.encode(), "p.csv", "p"), tmp_path / "p").readable
    assert deck is not None
    first, second, third = (note_data(note) for _, note in deck.notes())
    assert first["mistakes"] == [{"answer": "2*a", "hint": "You doubled it, as 2 says."}, {"answer": "a + 2"}]
    assert second["given"] == {"a": "2..5", "f": {"expressions": ["x**2", "a*x"]}}
    assert (second["let"], second["choose"]) == ({"b": "a + 1"}, "true")
    assert (third["kind"], third["snippet"]) == ("problem", {"code": "print(2 ** 3)", "prints": "8"})


def test_expressions_that_are_not_listed_as_json_has_it_are_told(tmp_path: Path) -> None:
    table = 'front,given,answer\nWhat?,"f: expressions [x, y]",f\n'
    with pytest.raises(
        ImportProblem, match=r'row 2, column given: `expressions \[x, y\]` is not like `expressions \["'
    ):
        read_csv(table.encode(), "p.csv", "p")


def _section(*notes: dict[str, Plain] | dict[str, str]) -> dict[str, Plain]:
    return {"section": "s", "title": "S", "notes": list(notes)}


def test_anki_reads_the_same_rows_once_it_is_told_of_the_comma(sampler: Path, tmp_path: Path) -> None:
    path = tmp_path / "sampler.csv"
    path.write_bytes(write_csv(load_deck(sampler)))
    col = Collection(str(tmp_path / "collection.anki2"))
    try:
        rows = [list(row.vals) for row in col.get_csv_metadata(str(path), Delimiter.COMMA).preview]
    finally:
        col.close()
    assert rows[0] == list(COLUMNS)
    assert rows[1][0] == "meaning"
    assert all(len(row) == len(COLUMNS) for row in rows)


SHEETS = [
    "front,back\nWhat?,That.\n",
    "front;back\r\nWhat?;That.\r\n",
    "Front\tBack\nWhat?\tThat.\n",
    ' front ,"back"\n\n"What?","That."\n,\n',
    "sep=;\r\nfront;back\r\nWhat?;That.\r\n",
    "\n,,\nfront,back,,\nWhat?,That.,,\n",
]


@pytest.mark.parametrize("text", SHEETS)
def test_tables_of_a_front_and_a_back_are_enough_however_they_were_saved(text: str, tmp_path: Path) -> None:
    for raw in (text.encode(), text.encode("utf-8-sig"), text.encode("utf-16")):
        plain = read_csv(raw, "cards.csv", "my-cards")
        notes = [{"kind": "basic", "front": "What?", "back": "That.", "id": "what"}]
        assert plain.sections == [{"section": "notes", "title": "Notes", "notes": notes}]
    assert write_deck(plain, tmp_path / "d").findings == ()


def test_what_the_table_does_not_hold_is_not_required_in_it(tmp_path: Path) -> None:
    (tmp_path / "deck.yaml").write_text("deck: d\ntitle: D\nsections: [a, b]\n", encoding="utf-8")
    (tmp_path / "a.yaml").write_text("section: a\ntitle: A\nlesson: Read this.\n", encoding="utf-8")
    notes = "  - {id: x, kind: basic, front: f, back: b}\n"
    notes += "  - {id: y, kind: basic, front: f, back: b, requires: [a, x]}\n"
    (tmp_path / "b.yaml").write_text(f"section: b\ntitle: B\nnotes:\n{notes}", encoding="utf-8")
    again = write_deck(read_csv(write_csv(load_deck(tmp_path)), "d.csv", "d"), tmp_path / "again").deck
    assert again is not None
    assert [note.requires for _, note in again.notes()] == [(), ("x",)]


def test_ids_are_made_of_the_questions_words_and_each_is_another() -> None:
    long = '"What is $x$ for, in the end and after all of these years?"'
    fronts = [long, long, "?", "?", "Größe", "Notes", "Taken", r"$\val{n} + 1$"]
    table = "id,front,back\n" + "".join(f",{front},b\n" for front in fronts) + "taken,Other,b\n"
    plain = read_csv(table.encode(), "c.csv", "c")
    ids = ["what-is-x-for-in-the-end-and-after-all-of-these"]
    ids += [f"{ids[0]}-2", "note", "note-2", "grosse", "notes-2", "taken-2", "n-plus-1", "taken"]
    assert [note["id"] for note in plain.sections[0]["notes"] if isinstance(note, dict)] == ids


WRONG = [
    ("", "c.csv: row 1: A table of notes has a column `front`, and mostly `back`."),
    ("front,back\n", "c.csv: There are no rows below the columns' names."),
    ("front,bakc\nf,b", "c.csv: row 1, column 2: `bakc` is no column. The first row names the columns, which"),
    ("front,back,\nf,b,c", "c.csv: row 2, column 3: This column has no name in the first row."),
    (
        "id,section,front,back\nf,notes,f,b\n,f,g,b",
        "c.csv: row 2: The id `f` of this note belongs to the section at c.csv: row 3. Each",
    ),
    ("front,front\nf,b", "c.csv: row 1, column 2: `front` stands here a second time."),
    ("front,back\nf,", "c.csv: row 2, column back: A basic note needs this cell."),
    ("front,back\nf,b,c", "c.csv: row 2, column 3: This column has no name in the first row."),
    ('front,back\n"f\n",b\ng,', "c.csv: row 3, column back: A basic note needs this cell."),
    ("kind,front,back\nbasik,f,b", "c.csv: row 2, column kind: `basik` is no kind. A kind is basic,"),
    ("kind,front,back,text\nbasic,f,b,t", "c.csv: row 2, column text: A basic note has no such cell."),
    ("id,front,back\nA b,f,b", "c.csv: row 2, column id: `A b` is no id. An id has small letters,"),
    ("section,front,back\nA b,f,b", "c.csv: row 2, column section: `A b` is no id. An id has small letters,"),
    ("given,front,answer\na 2..5,f,a", "c.csv: row 2, column given: `a 2..5` is not like `a: 2..5`, a line each."),
    ("symbols,front,back\nx: postive,f,b", "c.csv: row 2, column symbols: `postive` cannot stand here: `postive` is"),
    ('front,back\nf,"b', "c.csv: row 2: A quoted cell is not closed, or goes on behind its quote"),
    ("front,back\nf,b\x07", "c.csv: row 2, column back: The invisible character U+0007 stands in 'b\\x07'."),
    ("front,back\nf,b\x00", "c.csv: row 2, column back: The invisible character U+0000 stands in 'b\\x00'."),
    ("id,front,back\na,f,b\na,f,b", "c.csv: row 3, column id: `a` stands in row 2 already. Each note needs"),
    ("text\nno gap", "c.csv: row 2: The text has no gap."),
    ("given,front,answer\na: 5..2,f,a", "c.csv: row 2: `a`: the range 5..2 is empty"),
]


@pytest.mark.parametrize(("text", "message"), WRONG, ids=[message[7:60] for _, message in WRONG])
def test_what_is_wrong_is_told_with_its_row_and_column(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(ImportProblem, match=re.escape(message)):
        write_deck(read_csv(text.encode(), "c.csv", "c"), tmp_path / "d")
    assert list(tmp_path.iterdir()) == []


def test_all_rows_that_are_wrong_are_told_at_once() -> None:
    with pytest.raises(ImportProblem) as caught:
        read_csv(b"front,back\nf,\ng,h\ni,", "c.csv", "c")
    assert [problem[:13] for problem in caught.value.problems] == ["c.csv: row 2,", "c.csv: row 4,"]


def test_another_encoding_is_told_with_what_to_do() -> None:
    with pytest.raises(ImportProblem, match=r"c.csv:2: The byte 0xe9 is not UTF-8. Save the table as CSV UTF-8\."):
        read_csv("front,back\né,b".encode("latin-1"), "c.csv", "c")
    with pytest.raises(ImportProblem, match=r"c.csv: This is no UTF-16, as its first bytes say"):
        read_csv(b"\xff\xfef", "c.csv", "c")


def test_the_table_has_no_column_for_what_it_does_not_hold(sampler: Path) -> None:
    readable = read_deck(sampler).readable
    assert readable is not None
    keys = {key for section in readable.sections for note in section.notes for key in note_data(note)}
    assert keys - set(COLUMNS) == {"code", "plot", "unchecked"}
    assert {key for section in readable.sections for key in section_data(section)} >= {"lesson", "plots"}
