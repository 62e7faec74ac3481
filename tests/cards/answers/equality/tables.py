"""The table of pairs, read: `pairs.txt` says how it is written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cards.answers.equality import Comparison, compare, compare_equations, compare_sets
from cards.answers.reading import read
from cards.answers.types import Takes, Typed, Union
from cards.expr import Relation, parse

SOURCE = Path(__file__).with_name("pairs.txt")


@dataclass(frozen=True)
class Pair:
    """A line of the table."""

    line: int
    left: str
    right: str
    domains: Mapping[str, str]
    verdict: Comparison
    takes: Takes
    sympy: str

    def __str__(self) -> str:
        return f"{self.line}: {self.left} | {self.right} | {self.domains}"

    def sides(self) -> tuple[Typed, Typed]:
        left, right = (self._read(text) for text in (self.left, self.right))
        return left, right

    def _read(self, text: str) -> Typed:
        if self.takes is Takes.PYTHON:
            return parse(text)
        return read(text, self.takes, self.domains).value

    def compared(self) -> Comparison:
        return compared(*self.sides(), self.domains)


def compared(left: Typed, right: Typed, domains: Mapping[str, str]) -> Comparison:
    """Two answers of one kind, compared as that kind is."""
    if isinstance(left, Union) and isinstance(right, Union):
        return compare_sets(left, right, domains)
    if isinstance(left, Relation) and isinstance(right, Relation):
        return compare_equations(left, right, domains)
    assert not isinstance(left, Union | Relation | str)
    assert not isinstance(right, Union | Relation | str)
    return compare(left, right, domains)


def pairs() -> list[Pair]:
    """All lines of the table."""
    takes = Takes.EXPRESSION
    found = []
    for line, text in enumerate(SOURCE.read_text(encoding="utf-8").splitlines(), start=1):
        if text.startswith("@"):
            takes = Takes(text[1:])
        elif text and not text.startswith("#"):
            left, right, symbols, rest = map(str.strip, re.split(r"\s\|(?=\s)", text))
            verdict, _, reason = rest.partition(" sympy: ")
            found.append(Pair(line, left, right, domains_of(symbols), Comparison(verdict), takes, reason))
    return found


def domains_of(symbols: str) -> dict[str, str]:
    """Declarations parted by `;`: a symbol, and its domain behind it (`p 0 < p < 1`); real if there is none."""
    declared = (symbol.strip().partition(" ") for symbol in symbols.split(";") if symbol.strip())
    return {name: domain or "real" for name, _, domain in declared}
