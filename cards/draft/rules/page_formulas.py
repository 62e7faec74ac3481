r"""What a page says of its symbols in all its formulas: which of them are one, which are given for another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from cards.draft.candidate import Unit
from cards.draft.page import Page, Paragraph
from cards.draft.rules.phrases import line_of
from cards.draft.rules.surroundings import LONGEST_TEXT, displays_of
from cards.draft.tex import Statement, statements
from cards.draft.walk import units

_PRIMED = re.compile(r"^(?P<base>[A-Za-z])'+(?P<argument>\s*\(.*\))?$")
_SLOPE = re.compile(
    r"^\\d?frac\s*\{\s*(?:d|\\partial)\s*(?P<name>[A-Za-z])?\s*\}\s*\{\s*(?:d|\\partial)\s*(?P<variable>[A-Za-z])\s*\}"
    r"\s*(?:\\left)?\(?\s*(?P<function>[A-Za-z](?:\([A-Za-z]\))?)?\s*(?:\\right)?\)?$"
)


@dataclass(frozen=True, slots=True)
class Said:
    """A statement of a page on a symbol or a function.

    Attributes:
        section: the place of the heading that it stands under.
        left: its left side.
        tex: all of it.
    """

    section: int
    left: str
    tex: str


@dataclass(slots=True)
class _Index:
    said: list[Said] = field(default_factory=list)
    places: dict[tuple[int, str], int] = field(default_factory=dict)
    first: dict[int, int] = field(default_factory=dict)
    by_left: dict[tuple[int, str], set[str]] = field(default_factory=dict)


class _Last:
    """The index of the page asked for last: rules ask for one page many times in a row."""

    page: Page | None = None
    index: _Index = _Index()


def _index_of(page: Page) -> _Index:
    if _Last.page is not page:
        _Last.page, _Last.index = page, _read(page)
    return _Last.index


def _read(page: Page) -> _Index:
    index = _Index()
    for unit in units(page):
        section = _section(unit)
        for tex, line, display in _formulas(unit):
            if display:
                index.first.setdefault(section, line)
            for statement in statements(tex):
                if not statement.relates or statement.sides[1].op not in ("=", ":="):
                    continue
                left = _spaceless(statement.sides[0].tex)
                index.places.setdefault((section, statement.tex), len(index.said))
                index.said.append(Said(section, left, statement.tex))
                index.by_left.setdefault((section, left), set()).add(statement.tex)
    return index


def _formulas(unit: Unit) -> Iterator[tuple[str, int, bool]]:
    """The formulas of a unit with their lines, and whether they are displays."""
    displays = list(displays_of(unit))
    yield from ((display.tex, display.line, True) for display in displays)
    match unit.part:
        case Paragraph(text=text) if not displays:
            line = line_of(text.spans)
            if len(line.text) <= LONGEST_TEXT:
                yield from ((formula.tex, unit.line, False) for _, formula in line.unmarked().formulas())


def _section(unit: Unit) -> int:
    return unit.headings[-1].line if unit.headings else 0


def several(unit: Unit, left: str) -> bool:
    """Whether the page says several things of a symbol under the unit's heading."""
    return len(_index_of(unit.page).by_left.get((_section(unit), _spaceless(left)), ())) > 1


def is_first(unit: Unit, line: int) -> bool:
    """Whether a display formula is the first under its heading."""
    return _index_of(unit.page).first.get(_section(unit)) == line


def given_for(unit: Unit, statement: Statement) -> str:
    r"""The function whose derivative a statement is about: `f(x) = x^2` for `f'(x) = 2x`; empty if none is given.

    It is the last one that stands before the statement under the same heading.
    """
    base = _derived(statement.sides[0].tex)
    index = _index_of(unit.page)
    place = index.places.get((_section(unit), statement.tex))
    if not base or place is None:
        return ""
    for said in reversed(index.said[max(0, place - 12) : place]):
        if said.section == _section(unit) and said.left in base:
            return said.tex
    return ""


def is_given(unit: Unit, statement: Statement) -> bool:
    """Whether a statement gives the function whose derivative the page tells next: it is no fact by itself."""
    index = _index_of(unit.page)
    section, left = _section(unit), _spaceless(statement.sides[0].tex)
    place = index.places.get((section, statement.tex))
    if place is None:
        return False
    for said in index.said[place + 1 : place + 12]:
        if said.section != section or said.left == left:
            return False
        if left in _derived(said.left):
            return True
    return False


def _derived(left: str) -> tuple[str, ...]:
    r"""What a left side is the derivative of: `f(x)` for `f'(x)`, y for `\frac{dy}{dx}`; nothing if it is none."""
    left = _spaceless(left)
    primed = _PRIMED.match(left)
    if primed:
        argument = primed["argument"] or ""
        return (f"{primed['base']}{argument}",) if argument else (primed["base"], f"{primed['base']}(x)")
    slope = _SLOPE.match(left)
    if slope and bool(slope["name"]) != bool(slope["function"]):
        name = slope["name"] or slope["function"]
        return (name, name if "(" in name else f"{name}({slope['variable']})")
    return ()


def _spaceless(tex: str) -> str:
    return re.sub(r"\s+|\\[,;:! ]|\\left|\\right", "", tex)
