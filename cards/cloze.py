r"""Cloze texts, such as: Each output is the \cloze{what}{dot product} of a row with the input.

A gap has a name, so that moving or deleting one never touches another's history. Its content may hold balanced braces,
and so any LaTeX.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

from cards.model import Slot

MAX_BRACES = 200

_COMMAND = re.compile(r"\\cloze(?![A-Za-z])")
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
_RESERVED = frozenset(slot.value for slot in Slot)
_FORM = r"A gap is written \cloze{name}{content}."


class ClozeError(Exception):
    """A cloze text that cannot be read.

    Attributes:
        offset: where in the text.
        message: what was found, one sentence.
        hint: what would be right, one sentence.
    """

    def __init__(self, offset: int, message: str, hint: str = _FORM) -> None:
        self.offset = offset
        self.message = message
        self.hint = hint
        super().__init__(f"{message} {hint}")


@dataclass(frozen=True, slots=True)
class Plain:
    """Text between gaps. `offset` is where it begins in the whole text."""

    text: str
    offset: int


@dataclass(frozen=True, slots=True)
class Gap:
    r"""A gap: its name and content. `offset` is where the content begins; `start` and `end` bound the whole command."""

    name: str
    text: str
    offset: int
    start: int
    end: int


Piece: TypeAlias = Plain | Gap


def parse_cloze(source: str) -> tuple[Piece, ...]:
    r"""Split a text at its gaps.

    Raises:
        ClozeError: no gap at all, an open brace, a gap in a gap, an empty content, or a name that cannot be one.
    """
    pieces: list[Piece] = []
    position = begun = 0
    while (found := source.find("\\", position)) != -1:
        command = _COMMAND.match(source, found)
        if command is None:
            if source.startswith("\\\\cloze{", found):
                raise ClozeError(found, r"Two backslashes stand before `cloze`.", "Write one.")
            position = found + 2  # a backslash and what it escapes
            continue
        gap = _gap(source, found, command.end())
        if found > begun:
            pieces.append(Plain(source[begun:found], begun))
        pieces.append(gap)
        position = begun = gap.end
    if begun == 0:
        raise ClozeError(0, "The text has no gap.", _FORM)
    if begun < len(source):
        pieces.append(Plain(source[begun:], begun))
    return tuple(pieces)


def part_names(pieces: tuple[Piece, ...]) -> tuple[str, ...]:
    """The gaps' names, each once, in the order of their first appearance."""
    return tuple(dict.fromkeys(piece.name for piece in pieces if isinstance(piece, Gap)))


def _gap(source: str, start: int, after: int) -> Gap:
    name, after = _braced(source, start, after, "name")
    if not _NAME.fullmatch(name):
        raise ClozeError(
            start, f"`{name}` cannot name a gap.", "A name has small letters, digits and hyphens: dot-product."
        )
    if name in _RESERVED:
        raise ClozeError(start, f"The name `{name}` is reserved for other cards.", "Choose another name.")
    content, end = _braced(source, start, after, "content")
    if not content.strip():
        raise ClozeError(start, f"The gap `{name}` is empty.", _FORM)
    inner = _COMMAND.search(content)
    if inner:
        raise ClozeError(
            end - 1 - len(content) + inner.start(),
            f"A gap stands inside the gap `{name}`.",
            "Put one after the other, or give both the same content.",
        )
    return Gap(name, content, end - 1 - len(content), start, end)


def _braced(source: str, start: int, at: int, what: str) -> tuple[str, int]:
    r"""The text inside the braces that open at `at`, and the offset after them. `\{` and `\}` do not count."""
    if not source.startswith("{", at):
        found = f"`{source[at]}`" if at < len(source) else "the end of the text"
        raise ClozeError(start, f"Instead of the gap's {what} in braces comes {found}.", _FORM)
    depth = 0
    i = at
    while i < len(source):
        character = source[i]
        if character == "\\":
            i += 2
            continue
        if character == "{":
            depth += 1
            if depth > MAX_BRACES:
                raise ClozeError(i, f"Braces stand more than {MAX_BRACES} deep in one another.", _FORM)
        elif character == "}":
            depth -= 1
            if depth == 0:
                return source[at + 1 : i], i + 1
        i += 1
    raise ClozeError(start, f"The brace that opens the gap's {what} is never closed.", _FORM)
