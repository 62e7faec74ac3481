"""The table of readings: what learners type, and how it is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from cards.answers.reading import read, text_of
from cards.answers.types import Takes, UnreadableError

TABLE = Path(__file__).with_name("readings.txt")
ESCAPED = re.compile(r"\\u([0-9a-f]{4})")


@dataclass(frozen=True)
class Row:
    line: int
    takes: Takes
    symbols: dict[str, str]
    decimal_comma: bool
    typed: str
    expected: str


def _rows() -> Iterator[Row]:
    takes, symbols, comma = Takes.EXPRESSION, dict[str, str](), False
    for line, text in enumerate(TABLE.read_text(encoding="utf-8").splitlines(), start=1):
        if text.startswith("=== "):
            what, _, declared = text[4:].partition("|")
            takes, comma = Takes(what.replace(",", " ").split()[0]), "decimal comma" in what
            symbols = dict(each.split(maxsplit=1) for each in declared.split(",") if each.strip())
        elif found := re.fullmatch(r"(\S.*?|) {2,}(=[>!] .*)", text):
            typed = ESCAPED.sub(lambda code: chr(int(code[1], 16)), found[1])
            yield Row(line, takes, symbols, comma, typed, found[2])


ROWS = list(_rows())


def as_read(row: Row) -> str:
    """What the table says of a row: text, LaTeX and the other reading, or the place and the complaint."""
    try:
        reading = read(row.typed, row.takes, row.symbols, decimal_comma=row.decimal_comma)
    except UnreadableError as error:
        return f"=! {error.at}: {error.message}"
    other = f"  {'?' if reading.note else '~'}> {text_of(reading.other)}" if reading.other is not None else ""
    return f"=> {reading.text}  => {reading.latex}{other}".rstrip()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.line}")
def test_it_is_read_as_the_table_says(row: Row) -> None:
    assert re.sub(" {2,}", "  ", as_read(row)) == re.sub(" {2,}", "  ", row.expected.rstrip())


def test_the_table_is_long_enough_to_be_worth_its_name() -> None:
    assert len(ROWS) >= 600
