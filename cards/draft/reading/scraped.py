"""The text of a rendered page, as a reader or a scraper copies it: its headings end in a pilcrow and have no `#`."""

from __future__ import annotations

import re
from collections.abc import Sequence

_HEADING = re.compile(r"(?!#)(\S.*?)\s*¶\s*")
_NUMBER = re.compile(r"(\d+(?:\.\d+)*)[.)]?\s")
_LIST_OR_TABLE = re.compile(r"\s*(?:[-*+]\s|\||\d+[.)]\s)")
_CODE = re.compile(
    r"(?P<code>(?=[^\s]*[\w)\]][(._\[*])[^\N{EM DASH}$\\]{3,80}?)\s?\N{EM DASH}\s"
    r"|In (?:Python|[Cc]ode|[A-Z]\w*): (?P<after>[^$\\`]{3,120}?)(?P<more>\s+or\s+[^$\\`]{3,120}?)?$"
)


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
        written.append(f"{'#' * _level(found[1], first=not any(written))} {found[1]}" if found else row)
        lines.append(line)
    return written, lines


def _level(text: str, *, first: bool) -> int:
    number = _NUMBER.match(text)
    if number:
        return min(6, number[1].count(".") + 2)
    return 1 if first else 2
