"""Displays that begin behind words or end before some, put on rows of their own before the page is parsed.

`- The rule is $$`, three rows of LaTeX, `$$` is common in Obsidian; Markdown would take a row of `=` or `-` in it for
the line below a heading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_LONGEST = 60  # rows of one display
_FENCE = re.compile(r"[\s>]*(?:(?:[-*+]|\d+[.)])\s+)?(`{3,}|~{3,})")
_SIGN = re.compile(r"\\.|`[^`]*`|(?P<sign>\$\$)")
_BEFORE = re.compile(r"[\s>]*(?:(?:[-*+]|\d{1,9}[.)])\s+)*")
_LABEL = re.compile(r"\s*(?:\([^()\s]+\)|\{\s*#[^{}]*\})?\s*[.,;]?\s*")
_ENDS = re.compile(r"[\s>]*(?:#{1,6}\s|`{3}|~{3}|$)")


def apart(rows: Sequence[str], lines: Sequence[int]) -> tuple[list[str], list[int]]:
    """The rows with each display of several rows between rows of `$$`, and the line of each."""
    written: list[str] = []
    placed: list[int] = []
    fence = ""
    at = 0
    while at < len(rows):
        row = rows[at]
        opened = _FENCE.match(row)
        if opened and (not fence or opened[1].startswith(fence)):
            fence = "" if fence else opened[1]
        begin = None if fence or "$$" not in row else _open_sign(row)
        end = _closing_row(rows, at) if begin is not None else at
        if begin is None or end == at:
            written.append(row)
            placed.append(lines[at])
            at += 1
            continue
        for text, line in _display(rows, at, end, begin):
            written.append(text)
            placed.append(lines[line])
        at = end + 1
    return written, placed


def _open_sign(row: str) -> int | None:
    """Where the `$$` stands that opens a display and does not close it on the row."""
    signs = [found.start() for found in _SIGN.finditer(row) if found["sign"]]
    return signs[-1] if len(signs) % 2 else None


def _closing_row(rows: Sequence[str], start: int) -> int:
    """The row that closes the display; the row itself if none does."""
    for at in range(start + 1, min(len(rows), start + _LONGEST)):
        if "$$" in rows[at]:
            signs = [found for found in _SIGN.finditer(rows[at]) if found["sign"]]
            return at if len(signs) == 1 else start
        if _ENDS.match(rows[at]):
            return start
    return start


def _display(rows: Sequence[str], start: int, end: int, begin: int) -> list[tuple[str, int]]:
    """The rows of a display with the number of the row that each came from."""
    before = _BEFORE.match(rows[start])
    prefix = before[0] if before else ""
    inside = re.sub(r"[^\s>]", " ", prefix)  # a list's sign stands once
    words = rows[start][len(prefix) : begin].rstrip()
    close = rows[end].index("$$")
    last, after = rows[end][:close], rows[end][close + 2 :]
    if not words and _LABEL.fullmatch(after):
        return [(rows[at], at) for at in range(start, end + 1)]
    label = _LABEL.match(after) if _LABEL.fullmatch(after) else None
    body = [
        *((rows[start][begin + 2 :], start),) * bool(rows[start][begin + 2 :].strip()),
        *((rows[at], at) for at in range(start + 1, end)),
        *((last, end),) * bool(last.strip(" >")),
    ]
    return [
        *(((prefix + words, start),) if words else ()),
        ((inside if words else prefix) + "$$", start),
        *((inside + text.strip().lstrip("> ") if ">" in prefix else inside + text.strip(), at) for text, at in body),
        (f"{inside}$${label[0] if label else ''}", end),
        *(((inside + after.strip(), end),) if label is None else ()),
    ]
