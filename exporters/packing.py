"""Many texts that differ in little, as what they have in common and a row for each of what differs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias

Parts: TypeAlias = "list[str | int | Variants]"
"""A text as pieces and, between them, the places of columns."""

Variants: TypeAlias = "tuple[int, list[Parts]]"
"""The column that says which of several wordings a row has, and the wordings."""

_NUMBER = re.compile(r"(-?\d+(?:\.\d+)?)")
_FORMULA = re.compile(r"(\\[(\[].*?\\[)\]])", re.DOTALL)
_WHOLE = re.compile(r"0|-?[1-9]\d{0,14}")


def pack(rows: Sequence[Sequence[str]]) -> tuple[list[Parts], list[list[str | int]]]:
    """What rows of texts have in common.

    Args:
        rows: at least one, each of as many texts.

    Returns:
        For each text its parts, and for each row its columns. `unpack` puts them together again.
    """
    columns = _Columns()
    parts = [columns.parts(texts) for texts in zip(*rows, strict=True)]
    if not columns.places:
        return parts, [[] for _ in rows]
    return parts, [[_short(value) for value in row] for row in zip(*columns.places, strict=True)]


def unpack(parts: Parts, row: Sequence[str | int]) -> str:
    """One text of one row, as the script in Anki puts it together."""
    return "".join(
        part
        if isinstance(part, str)
        else str(row[part])
        if isinstance(part, int)
        else unpack(part[1][int(row[part[0]])], row)
        for part in parts
    )


class _Columns:
    """The columns so far: each of them once."""

    def __init__(self) -> None:
        self.places: dict[tuple[str, ...], int] = {}

    def place(self, values: tuple[str, ...]) -> int:
        return self.places.setdefault(values, len(self.places))

    def parts(self, texts: tuple[str, ...]) -> Parts:
        """One text of every row."""
        if len(set(texts)) == 1:
            return [texts[0]] if texts[0] else []
        cut = [_NUMBER.split(text) for text in texts]
        if len({len(pieces) for pieces in cut}) > 1:
            return self.by_formulas(texts, cut)
        parts: Parts = []
        for values in zip(*cut, strict=True):
            if len(set(values)) == 1:
                _append(parts, values[0])
            elif _NUMBER.fullmatch(values[0]):
                parts.append(self.place(values))
            else:
                _extend(parts, self.between(values))
        return parts

    def by_formulas(self, texts: tuple[str, ...], cut: list[list[str]]) -> Parts:
        """Texts that differ in more than numbers: formula by formula, as most are the same around these."""
        pieces = [_FORMULA.split(text) for text in texts]
        if len(pieces[0]) > 1 and len(set(map(len, pieces))) == 1 and any("".join(each[::2]) for each in pieces):
            parts: Parts = []
            for values in zip(*pieces, strict=True):
                _extend(parts, self.parts(values))
            return parts
        wordings = list(dict.fromkeys(tuple(numbers[::2]) for numbers in cut))
        longest = max(map(len, wordings))
        written = sum(len(word) + 4 for words in wordings for word in words) + len(texts) * 2 * longest
        return self.variants(cut, wordings) if written < sum(map(len, texts)) else self.between(texts)

    def between(self, values: tuple[str, ...]) -> Parts:
        """Texts by what all of them begin and end with."""
        before = _alike(values)
        after = _alike([value[: before - 1 : -1] if before else value[::-1] for value in values])
        inner = tuple(value[before : len(value) - after] for value in values)
        found: Parts = [values[0][:before], self.place(inner), values[0][len(values[0]) - after :]]
        return [part for part in found if part != ""]

    def variants(self, cut: list[list[str]], wordings: list[tuple[str, ...]]) -> Parts:
        """Texts by their wordings: what each has between its numbers."""
        which = self.place(tuple(str(wordings.index(tuple(pieces[::2]))) for pieces in cut))
        most = max(map(len, wordings)) - 1
        numbers = [
            self.place(tuple(pieces[2 * place + 1] if len(pieces) > 2 * place + 1 else "0" for pieces in cut))
            for place in range(most)
        ]
        each: list[Parts] = []
        for words in wordings:
            parts: Parts = [words[0]]
            for number, text in zip(numbers, words[1:], strict=False):
                parts += [number, text]
            each.append([part for part in parts if part != ""])
        return [(which, each)]


def _append(parts: Parts, text: str) -> None:
    last = parts[-1] if parts else None
    if isinstance(last, str):
        parts[-1] = last + text
    elif text:
        parts.append(text)


def _extend(parts: Parts, more: Parts) -> None:
    for part in more:
        if isinstance(part, str):
            _append(parts, part)
        else:
            parts.append(part)


def _alike(values: Sequence[str]) -> int:
    """How many characters all of them begin with."""
    first, last = min(values), max(values)
    return next((place for place, sign in enumerate(first) if sign != last[place]), len(first))


def _short(value: str) -> str | int:
    """The same value to a script, without quotation marks where it needs none."""
    return int(value) if _WHOLE.fullmatch(value) else value
