"""Tables, with rows that have too many cells or too few put right as far as can be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cards.draft.page import Prose, Row, Table
from cards.draft.reading.context import Context
from cards.draft.reading.spans import read_text

_BAR = re.compile(r"\\.|(?P<bar>\|)", re.DOTALL)
_WHOLE = re.compile(
    r"(?P<ticks>(?<!`)`+(?!`))[^`]+(?P=ticks)(?!`)|\$[^$\s](?:[^$]*[^$\s\\])?\$(?!\d)|\\\(.*?\\\)|\\.|(?P<bar>\|)"
)


@dataclass(frozen=True, slots=True)
class Written:
    """A row as the parser cut it: its text, its line, and as many cells as the header has."""

    text: str
    line: int
    cells: list[str]


def table(rows: Sequence[Written], line: int, context: Context) -> Table:
    """The table; its first row is the header."""
    columns = len(rows[0].cells)
    read = [
        (
            tuple(_cell(cell, row.line, context) for cell in (_mended(row, columns, context) if number else row.cells)),
            row,
        )
        for number, row in enumerate(rows)
    ]
    return Table(read[0][0], tuple(Row(cells, row.line) for cells, row in read[1:]), line)


def _cell(cell: str, line: int, context: Context) -> Prose:
    return read_text(cell, line, context).prose


def _mended(row: Written, columns: int, context: Context) -> Sequence[str]:
    count = len(_split(row.text, _BAR))
    if count == columns:
        return row.cells
    whole = _split(row.text, _WHOLE)
    number = f"{count} cell{'s' * (count != 1)} and the table {columns} column{'s' * (columns != 1)}"
    if count > columns:
        if len(whole) == columns:
            message = f"The row has {number}: a | in a formula or in code cuts it; it was read as one cell."
            context.warn(row.line, "ragged-row", message, r"Write \lvert x \rvert, or \| in code.")
            return [cell.replace("\\|", "|") if "`" in cell else cell for cell in whole]
        rest = " | ".join(_split(row.text, _BAR)[columns:])
        message = f"The row has {number}: the rest was left out."
        context.warn(row.line, "ragged-row", message, r"Write \| for a bar that ends no cell.")
        context.drop("cell", row.line, rest, "more cells than the table has columns")
    else:
        context.warn(row.line, "ragged-row", f"The row has {number}: the missing cells are empty.", "Write them.")
    return row.cells


def _split(text: str, pattern: re.Pattern[str]) -> list[str]:
    text = text.strip().removeprefix("|")
    cells: list[str] = []
    at = 0
    for found in pattern.finditer(text):
        if found["bar"]:
            cells.append(text[at : found.start()].strip())
            at = found.end()
    rest = text[at:].strip()
    return [*cells, rest] if rest or not cells else cells
