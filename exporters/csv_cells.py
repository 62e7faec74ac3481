"""What stands in the cells of a deck's table, both ways: written from what a note holds, and read again."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from cards.writing import Plain

TEXTS = ("front", "back", "text", "why", "answer", "takes", "form", "tolerance", "unit", "choose", "source")
WORD_LISTS = ("allow", "teaches", "requires", "tags")
LINES = ("where", "also")
PAIRS = ("given", "let", "symbols", "encompasses")
SNIPPET = {"snippet": "code", "prints": "prints"}
"""The columns of a snippet, and its keys that they hold."""
COLUMNS = (
    *("id", "section", "section title", "kind", "front", "back", "text", "why", "given", "let", "where", "answer"),
    *("takes", "also", "form", "tolerance", "unit", "choose", "mistakes", "allow", *SNIPPET),
    *("symbols", "teaches", "requires", "encompasses", "tags", "source"),
)
TELLS = " => "
"""Stands between a mistake's answer and what to tell of it."""

_FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_TAKEN = re.compile(
    rf"'*(?:(?!(?:0|[1-9]\d{{0,14}})$)\d[\d.,/:\-\s]*(?:e[+-]?\d+)?[%ap]?m?|(?:\d+[\s/-]*)?{_MONTH}[\s./-]*\d*|true|false)",
    re.IGNORECASE,
)
_EXAMPLES = {"given": "a: 2..5", "let": "b: a + 1", "encompasses": "power-rule: 0.3"}
_WORDS_GIVEN = re.compile(r"(expressions|texts)\s*(\[.*\])")


class CellError(Exception):
    """What is wrong in a row, with its column."""


def in_a_line(value: Plain) -> str:
    """A text without line breaks, for a cell that has a line each."""
    return " ".join(str(value).split("\n")).strip()


def mistake_cell(value: Plain) -> str:
    """A known mistake: its answer, and behind `=>` what to tell."""
    parts = [in_a_line(value[key]) for key in ("answer", "hint") if key in value] if isinstance(value, Mapping) else []
    return TELLS.join(parts)


def given_cell(value: Plain) -> str:
    """What a name takes: the numbers as written, or the expressions or texts as a list in JSON."""
    if isinstance(value, Mapping):
        return " ".join(f"{word} {json.dumps(items, ensure_ascii=False)}" for word, items in value.items())
    return value if isinstance(value, str) else f"[{', '.join(map(str, value))}]"


def guarded(cell: str) -> str:
    """The cell with an apostrophe before what a spreadsheet would not leave as it is."""
    return f"'{cell}" if _would_change(cell) else cell


def unguarded(cell: str) -> str:
    """The cell that `guarded` made of it."""
    return cell[1:] if cell.startswith("'") and _would_change(cell) else cell


def _would_change(cell: str) -> bool:
    return bool(_FORMULA.match(cell) or _TAKEN.fullmatch(cell))


def read_mistake(line: str) -> Plain:
    """The mistake that `mistake_cell` wrote."""
    answer, _, hint = (part.strip() for part in line.partition(TELLS))
    return {"answer": answer, "hint": hint} if hint else {"answer": answer}


def read_pairs(column: str, cell: str) -> dict[str, Plain]:
    """The names of a cell and what each has, a line each. Raises CellError for a line that is no such pair."""
    pairs: dict[str, Plain] = {}
    for line in cell.split("\n"):
        name, colon, rest = (part.strip() for part in line.partition(":"))
        if not name and not rest:
            continue
        if not colon or not name or not rest or name in pairs:
            example = _EXAMPLES.get(column, "x: positive")
            raise CellError(f"column {column}: `{line.strip()[:40]}` is not like `{example}`, a line each.")
        pairs[name] = _read_given(rest) if column == "given" else rest
    return pairs


def _read_given(written: str) -> Plain:
    """What a name takes: numbers, or one of the expressions or texts that are listed as JSON has it."""
    if of_words := _WORDS_GIVEN.fullmatch(written):
        try:
            return {of_words[1]: [str(item) for item in json.loads(of_words[2])]}
        except ValueError:
            raise CellError(f'column given: `{written[:40]}` is not like `expressions ["x**2", "exp(x)"]`.') from None
    if written.startswith("[") and written.endswith("]"):
        return [item.strip() for item in written[1:-1].split(",") if item.strip()]
    return written
