"""A deck as a table, a row a note: for spreadsheets, and back.

The texts are the author's own, formulas and gaps included, so that a deck can be begun or gone over in a spreadsheet.
A problem's mistakes have a line each, the answer before `=>` and behind it what to tell. The table does not hold what
is no text of a card: lessons, plots, code, `claims`, `unchecked`, `was`, the outline's words and deck.yaml's
description.

- UTF-8 with a byte order mark: without one, Excel takes it for the machine's old code page. Anki skips the mark.
- Commas and CRLF, as RFC 4180 has it. Semicolons and tabs, which spreadsheets of other languages save, are read too.
- An apostrophe before each cell that a spreadsheet would calculate (`=1+1`, `-3`, `@a`) or take for a date or another
  number (`1/2`, `5.10`); reading takes it away.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from pydantic import ValidationError

from cards import schema
from cards.draft.ids import slug
from cards.model import Deck
from cards.writing import Plain, WritingError, note_data
from cards.writing.scalars import check
from exporters.csv_cells import (
    COLUMNS,
    LINES,
    PAIRS,
    SNIPPET,
    TEXTS,
    WORD_LISTS,
    CellError,
    given_cell,
    guarded,
    in_a_line,
    mistake_cell,
    read_mistake,
    read_pairs,
    unguarded,
)
from exporters.folder import ImportProblem, PlainDeck

_DELIMITER = re.compile(r"sep=([,;\t])\r?\n", re.IGNORECASE)
_WRITTEN = re.compile(r"\\cloze\{[^{}]*\}|\\val(?![a-z])")
_AS_UTF8 = "Save the table as CSV UTF-8."


def write_csv(deck: Deck) -> bytes:
    """The deck's notes as a table, its first row the columns' names."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(COLUMNS)
    bare = {section.id for section in deck.sections if not section.notes}
    for section, note in deck.notes():
        # A section of a lesson alone is not in the table, so nothing there can require it.
        kept = note_data(note) | {"requires": [name for name in note.requires if name not in bare]}
        cells = {"section": section.id, "section title": section.title} | _cells(kept)
        writer.writerow([guarded(cells.get(column, "")) for column in COLUMNS])
    return b"\xef\xbb\xbf" + written.getvalue().encode()


def _cells(note: Mapping[str, Plain]) -> dict[str, str]:
    cells = {}
    for key, value in note.items():
        if isinstance(value, str):
            cells[key] = value
        elif key in PAIRS and isinstance(value, Mapping):
            cells[key] = "\n".join(f"{name}: {in_a_line(given_cell(item))}" for name, item in value.items())
        elif key in WORD_LISTS:
            cells[key] = " ".join(map(str, value))
        elif key in LINES:
            cells[key] = "\n".join(map(in_a_line, value))
        elif key == "mistakes":
            cells[key] = "\n".join(map(mistake_cell, value))
        elif key == "snippet" and isinstance(value, Mapping):
            cells |= {column: str(value.get(part, "")) for column, part in SNIPPET.items()}
    return cells


@dataclass
class _Sections:
    """What was read so far: sections in the order of their first rows."""

    data: dict[str, dict[str, Plain]] = field(default_factory=dict)
    notes: dict[str, list[Plain]] = field(default_factory=dict)
    rows: dict[str, list[int]] = field(default_factory=dict)
    points: dict[str, None] = field(default_factory=dict)

    def add(self, note: Mapping[str, Plain], section: str, title: str, row: int) -> None:
        """Take in the note of a row."""
        self.data.setdefault(section, {"section": section, "title": title or section.replace("-", " ").capitalize()})
        self.notes.setdefault(section, []).append(note)
        self.rows.setdefault(section, []).append(row)
        self.points |= dict.fromkeys(map(str, note.get("teaches", [])))


def read_csv(raw: bytes, name: str, deck_id: str) -> PlainDeck:
    """The deck that a table holds.

    Args:
        raw: the file's content.
        name: how errors call the file.
        deck_id: the id of the new deck, and with a capital its title: the table has neither. Nor has it the outline's
            words: each point that a row teaches is one there, called by its number.

    Raises:
        ImportProblem: it is no such table; each problem with its row (the columns' names are row 1) and its column.
    """
    first, *rows = [row for row in _rows(raw, name) if any(cell.strip() for cell in row[1])] or [(1, [])]
    columns = _columns(*first, name)
    problems: list[str] = []
    found = _Sections()
    known = _Known()
    for number, cells in rows:
        values = dict(zip(columns, cells, strict=False))
        known.rows.setdefault(values.get("id", "").strip(), number)
        known.sections.add(_section(values))
    for number, cells in rows:
        try:
            values = _named(columns, cells)
            note = _note(values, number, known)
        except CellError as error:
            problems.append(f"{name}: row {number}, {error}")
            continue
        section = _section(values)
        if not re.fullmatch(schema.SLUG, section):
            problems.append(f"{name}: row {number}, column section: `{section}` is no id. {_ID}")
            continue
        found.add(note, section, values.get("section title", "").strip(), number)
    if not found.data and not problems:
        problems.append(f"{name}: There are no rows below the columns' names.")
    if problems:
        raise ImportProblem(problems)
    sections = [{**data, "notes": found.notes[section]} for section, data in found.data.items()]
    head: dict[str, Plain] = {
        "deck": deck_id,
        "title": deck_id.replace("-", " ").capitalize(),
        "sections": list(found.data),
    }
    if found.points:
        head["outline"] = {point: f"Point {point}" for point in found.points}
    places = list(found.rows.values())

    def place(section: int | None, note: int | None) -> str:
        return name if section is None else f"{name}: row {places[section][note or 0]}"

    return PlainDeck(head, sections, place)


_ID = "An id has small letters, digits and hyphens: power-rule."
_OWN = "Each note needs an id of its own, or an empty cell, which gets one."


@dataclass
class _Known:
    """The ids that rows and sections have: a row without one gets another."""

    rows: dict[str, int] = field(default_factory=dict)
    sections: set[str] = field(default_factory=set)
    last: dict[str, int] = field(default_factory=dict)

    def free(self, name: str) -> str:
        """An id that nothing has: the name, or it with the next number."""
        number = self.last.get(name, 0)
        tried = ""
        while not tried or tried in self.rows or tried in self.sections:
            number += 1
            tried = name if number == 1 else f"{name}-{number}"
        self.last[name] = number
        return tried


def _section(values: Mapping[str, str]) -> str:
    return values.get("section", "").strip() or "notes"


def _rows(raw: bytes, name: str) -> Iterator[tuple[int, list[str]]]:
    """The rows, counted from 1, whatever spreadsheet saved them."""
    wide = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = raw.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        if wide:
            raise ImportProblem([f"{name}: This is no UTF-16, as its first bytes say. {_AS_UTF8}"]) from None
        line, byte = raw.count(b"\n", 0, error.start) + 1, raw[error.start]
        raise ImportProblem([f"{name}:{line}: The byte 0x{byte:02x} is not UTF-8. {_AS_UTF8}"]) from None
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    before = 0
    if told := _DELIMITER.match(text):  # Excel's own line, which is no row of the table
        delimiter, text, before = told[1], text[told.end() :], 1
    csv.field_size_limit(max(len(text), 1))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = before
    try:
        for number, cells in enumerate(reader, start=before + 1):
            yield number, [unguarded(cell.replace("\r\n", "\n").replace("\r", "\n")) for cell in cells]
    except csv.Error as error:
        where = f"{name}: row {number + 1}"
        raise ImportProblem([f"{where}: A quoted cell is not closed, or goes on behind its quote ({error})."]) from None


def _columns(row: int, cells: Sequence[str], name: str) -> list[str]:
    """The columns' names; empty for one without a name, in which nothing may stand."""
    columns = [cell.strip().lower() for cell in cells]
    for number, column in enumerate(columns, start=1):
        if column and column not in COLUMNS:
            shown = f"`{cells[number - 1].strip()[:40]}` is no column. The first row names the columns, which may be"
            raise ImportProblem([f"{name}: row {row}, column {number}: {shown} {', '.join(COLUMNS)}."])
        if column and column in columns[: number - 1]:
            raise ImportProblem([f"{name}: row {row}, column {number}: `{column}` stands here a second time."])
    if not {"front", "text"} & set(columns):
        raise ImportProblem([f"{name}: row {row}: A table of notes has a column `front`, and mostly `back`."])
    return columns


def _named(columns: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    for number, (column, cell) in enumerate(zip_longest(columns, cells, fillvalue=""), start=1):
        if cell.strip() and not column:
            raise CellError(f"column {number}: This column has no name in the first row.")
    values = dict(zip_longest(columns, cells[: len(columns)], fillvalue=""))
    values.pop("", None)
    for column, cell in values.items():
        try:
            check(cell)
        except WritingError as error:
            raise CellError(f"column {column}: {str(error)[:1].upper()}{str(error)[1:]}.") from None
    return values


def _note(values: Mapping[str, str], row: int, known: _Known) -> dict[str, Plain]:
    """A row's note. Raises CellError."""
    data: dict[str, Plain] = {"kind": values.get("kind", "").strip() or _kind(values)}
    for column in TEXTS:
        if values.get(column, "").strip():
            data[column] = values[column]
    for column in WORD_LISTS:
        data[column] = values.get(column, "").split()
    for column in LINES:
        data[column] = [line.strip() for line in values.get(column, "").split("\n") if line.strip()]
    data["mistakes"] = [read_mistake(line) for line in values.get("mistakes", "").split("\n") if line.strip()]
    data["snippet"] = {part: values[column] for column, part in SNIPPET.items() if values.get(column, "").strip()}
    for column in PAIRS:
        data[column] = read_pairs(column, values.get(column, ""))
    data["id"] = given = values.get("id", "").strip() or _id(data, known)
    if known.rows.setdefault(given, row) != row:
        raise CellError(f"column id: `{given}` stands in row {known.rows[given]} already. {_OWN}")
    note = {key: value for key, value in data.items() if value}
    shape = schema.KINDS.get(str(note["kind"]))
    if shape is None:
        raise CellError(f"column kind: `{note['kind']}` is no kind. A kind is basic, reversed, cloze or problem.")
    try:
        shape.model_validate(note)
    except ValidationError as error:
        raise CellError(_explained(note, error)) from None
    return note


def _explained(note: Mapping[str, Plain], error: ValidationError) -> str:
    detail = error.errors()[0]
    column = str(detail["loc"][0])
    if detail["type"] == "missing":
        return f"column {column}: A {note['kind']} note needs this cell."
    if detail["type"] == "extra_forbidden":
        return f"column {column}: A {note['kind']} note has no such cell. Empty it, or choose another kind."
    if detail["type"] == "string_pattern_mismatch" and column in ("id", "requires"):
        return f"column {column}: `{detail['input']}` is no id. {_ID}"
    message = detail["msg"].format(**detail.get("ctx", {}))
    return f"column {column}: `{detail['input']}` cannot stand here: {message[:1].lower()}{message[1:]}"


def _kind(values: Mapping[str, str]) -> str:
    if values.get("text", "").strip():
        return "cloze"
    return "problem" if any(values.get(column, "").strip() for column in ("given", "answer")) else "basic"


def _id(data: Mapping[str, Plain], known: _Known) -> str:
    """An id made of the note's first words, for a row that has none."""
    words = _WRITTEN.sub(" ", str(data.get("front") or data.get("text") or ""))
    return known.free(slug(words, 48) or "note")
