"""Two texts side by side, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

_WORD = re.compile(r"\\[A-Za-z]+|\w+|\s+|.", re.DOTALL)


class Mark(StrEnum):
    """Whether a piece stands in both texts or in one of them."""

    BOTH = "="
    OLD = "-"
    NEW = "+"


class Piece(NamedTuple):
    """A piece of a comparison."""

    mark: Mark
    text: str


def word_diff(old: str, new: str) -> tuple[Piece, ...]:
    """What of `old` went and what of `new` came.

    The pieces that are not `NEW`, joined, are the old text; those that are not `OLD` the new one. Lines are compared
    first and words within the lines that differ, so that long texts take no time to speak of.
    """
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    raw: list[Piece] = []
    for same, left, right in _blocks(before, after):
        one, other = "".join(left), "".join(right)
        raw += [Piece(Mark.BOTH, one)] if same else _words(one, other)
    return tuple(
        Piece(mark, "".join(piece.text for piece in group))
        for mark, group in groupby(_joined(raw), key=lambda piece: piece.mark)
    )


def _words(old: str, new: str) -> Iterator[Piece]:
    for same, left, right in _blocks(_WORD.findall(old), _WORD.findall(new)):
        if same:
            yield Piece(Mark.BOTH, "".join(left))
        else:
            yield Piece(Mark.OLD, "".join(left))
            yield Piece(Mark.NEW, "".join(right))


def _blocks(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[bool, Sequence[str], Sequence[str]]]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, i, j, k, m in matcher.get_opcodes():
        yield kind == "equal", old[i:j], new[k:m]


def _joined(raw: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces with what was replaced in one go told in one go: no lone space between two replaced words."""
    old = new = ""
    for number, (mark, text) in enumerate(raw):
        if mark is Mark.BOTH:
            between = (old or new) and not text.strip() and "\n" not in text and number + 1 < len(raw)
            if between:
                old, new = old + text, new + text
                continue
            yield from _changed(old, new)
            old = new = ""
            if text:
                yield Piece(Mark.BOTH, text)
        elif mark is Mark.OLD:
            old += text
        else:
            new += text
    yield from _changed(old, new)


def _changed(old: str, new: str) -> Iterator[Piece]:
    if old == new:
        if old:
            yield Piece(Mark.BOTH, old)
        return
    if old:
        yield Piece(Mark.OLD, old)
    if new:
        yield Piece(Mark.NEW, new)
