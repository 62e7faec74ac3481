"""The text of a rendered page, as a reader or a scraper copies it: its headings end in a pilcrow and have no `#`."""

from __future__ import annotations

import re
from collections.abc import Sequence

_HEADING = re.compile(r"(?!#)(\S.*?)\s*¶\s*")
_NUMBER = re.compile(r"(\d+(?:\.\d+)*)[.)]?\s")
_LIST_OR_TABLE = re.compile(r"\s*(?:[-*+]\s|\||\d+[.)]\s)")
_DOES = re.compile(r"([^\\`|\N{EM DASH}]{2,120}?)( \N{EM DASH} [^\N{EM DASH}]+)")
_IN_CODE = re.compile(r"(In (?:code|Python|NumPy|[A-Z]\w*): )([^\\`|]{3,120}?)( or )?((?<= or )[^\\`|]{3,120}?)?")
_CALL = re.compile(r"\w\w\(|\w[.\[]\w|\w\s?\*\*|\w_\w|\w\[")
_WORDS = re.compile(r"\b[A-Za-z]{2,} [A-Za-z]{2,} [A-Za-z]{2,}\b")


def is_scraped(rows: Sequence[str]) -> bool:
    """Whether the page is the text of a rendered one."""
    return sum(_HEADING.fullmatch(row) is not None for row in rows) >= 2


def as_markdown(rows: Sequence[str]) -> tuple[list[str], list[int]]:
    """The rows as Markdown, and for each the line on which it stands: each line is a block, a heading is marked."""
    written: list[str] = []
    lines: list[int] = []
    for line, row in enumerate(rows, start=1):
        found = _HEADING.fullmatch(row)
        before = written[-1] if written else ""
        joined = _LIST_OR_TABLE.match(row) and _LIST_OR_TABLE.match(before)
        if found or not joined:
            written.append("")
            lines.append(line)
        written.append(f"{'#' * _level(found[1], first=not any(written))} {found[1]}" if found else _with_code(row))
        lines.append(line)
    return written, lines


def _level(text: str, *, first: bool) -> int:
    number = _NUMBER.match(text)
    if number:
        return min(6, number[1].count(".") + 2)
    return 1 if first else 2


def _with_code(row: str) -> str:
    """A line with backticks where it clearly held code: before a dash that says what it does, after "In Python:"."""
    found = _DOES.fullmatch(row)
    if found and _is_code(found[1]):
        return f"`{found[1]}`{found[2]}"
    found = _IN_CODE.fullmatch(row)
    if found and _is_code(found[2]) and (found[4] is None or _is_code(found[4])):
        return f"{found[1]}`{found[2]}`" + (f"{found[3]}`{found[4]}`" if found[4] else "")
    return row


def _is_code(text: str) -> bool:
    return _CALL.search(text) is not None and not (_WORDS.search(text) and " for " not in text)
