"""Many texts that differ in little, as what they have in common and a row for each of what differs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias

Parts: TypeAlias = "list[str | int]"
"""A text as pieces and, between them, the places of columns."""

_NUMBER = re.compile(r"(-?\d+(?:\.\d+)?)")
_WHOLE = re.compile(r"0|-?[1-9]\d{0,14}")


def pack(rows: Sequence[Sequence[str]]) -> tuple[list[Parts], list[list[str | int]]]:
    """What rows of texts have in common.

    Args:
        rows: at least one, each of as many texts.

    Returns:
        For each text its parts, and for each row its columns. `unpack` puts them together again.
    """
    columns: dict[tuple[str, ...], int] = {}
    parts = [_parts(texts, columns) for texts in zip(*rows, strict=True)]
    if not columns:
        return parts, [[] for _ in rows]
    return parts, [[_short(value) for value in row] for row in zip(*columns, strict=True)]


def unpack(parts: Parts, row: Sequence[str | int]) -> str:
    """One text of one row, as the script in Anki puts it together."""
    return "".join(str(row[part]) if isinstance(part, int) else part for part in parts)


def _parts(texts: tuple[str, ...], columns: dict[tuple[str, ...], int]) -> Parts:
    """One text of every row; its columns are added, unless the same are there already."""
    if len(set(texts)) == 1:
        return [texts[0]] if texts[0] else []
    cut = [_NUMBER.split(text) for text in texts]
    alike = len({len(pieces) for pieces in cut}) == 1
    parts: Parts = []
    for values in zip(*cut, strict=True) if alike else (texts,):
        if len(set(values)) == 1:
            _append(parts, values[0])
        elif alike and _NUMBER.fullmatch(values[0]):
            parts.append(columns.setdefault(values, len(columns)))
        else:
            before = _alike(values)
            after = _alike([value[: before - 1 : -1] if before else value[::-1] for value in values])
            _append(parts, values[0][:before])
            inner = tuple(value[before : len(value) - after] for value in values)
            parts.append(columns.setdefault(inner, len(columns)))
            _append(parts, values[0][len(values[0]) - after :])
    return parts


def _alike(values: Sequence[str]) -> int:
    """How many characters all of them begin with."""
    first, last = min(values), max(values)
    return next((place for place, sign in enumerate(first) if sign != last[place]), len(first))


def _append(parts: Parts, text: str) -> None:
    if text and parts and isinstance(parts[-1], str):
        parts[-1] += text
    elif text:
        parts.append(text)


def _short(value: str) -> str | int:
    """The same value to a script, without quotation marks where it needs none."""
    return int(value) if _WHOLE.fullmatch(value) else value
