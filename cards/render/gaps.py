r"""Where `\cloze{name}{content}` stands in a text, and how each part of it is to be shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from cards.cloze import MAX_BRACES

_OPEN = re.compile(r"\\cloze\{([^{}\n]*)\}\{")
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Gap:
    r"""One `\cloze{name}{content}`: the slice `start:end` of the text, its content the slice `inner:end - 1`."""

    name: str
    start: int
    inner: int
    end: int


def gap_at(text: str, start: int) -> Gap | None:
    r"""The gap that begins at `start`, or None if there is none or its braces never close."""
    opened = _OPEN.match(text, start)
    if opened is None:
        return None
    depth = 1
    for brace in _BRACE.finditer(text, opened.end()):
        if brace[0] == "{":
            depth += 1
            if depth > MAX_BRACES:
                return None
        elif brace[0] == "}":
            depth -= 1
            if depth == 0:
                return Gap(opened[1], start, opened.end(), brace.end())
    return None


def gaps_in(text: str) -> list[Gap]:
    """Every outermost gap of a text, in order."""
    found: list[Gap] = []
    start = text.find(r"\cloze{")
    while start >= 0:
        gap = gap_at(text, start)
        if gap is not None:
            found.append(gap)
        start = text.find(r"\cloze{", gap.end if gap else start + 1)
    return found


@dataclass(frozen=True, slots=True)
class Asked:
    """For the browser: the named part is what the card asks; the others are shown as plain text.

    Attributes:
        name: the asked part; the empty string asks none.
        revealed: shown and marked (the answer) or left out (the question).
    """

    name: str = ""
    revealed: bool = True


@dataclass(frozen=True, slots=True)
class Numbered:
    """For Anki: each part becomes `{{cN::content}}` with its number from the lock."""

    numbers: Mapping[str, int] = field(default_factory=dict)


Clozes: TypeAlias = Asked | Numbered
