"""Where something of a deck stands on the page that it was drafted from."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from cards.draft.inside import Placed, formulas
from cards.draft.page import Page
from cards.draft.reading.source import PageError, read_source
from cards.findings import Position

_AROUND = 60
"""So many lines behind a note's own a formula is looked for: a heading's note may be made of what follows it."""


class Places:
    """Finds formulas on pages."""

    def __init__(self, pages: Iterable[Page]) -> None:
        self._pages = {page.name: page for page in pages}
        self._lines: dict[str, Sequence[str]] = {}
        self._formulas: dict[str, dict[str, list[int]]] = {}

    def of_formula(self, page: str, line: int, tex: str) -> tuple[Position, bool]:
        """A formula's place, given about where it stands; and whether it was found word for word."""
        known = self._known(page).get(_bare(tex), [])
        near = [other for other in known if line <= other <= line + _AROUND]
        if not near:
            return Position(page, line), False
        return self.in_line(page, near[0], tex), True

    def of_prose(self, page: str, line: int, tex: str) -> Position:
        """The place of a formula of the page's text, given its line; of one in a footnote, that of its mark."""
        known = [other for other in self._known(page).get(_bare(tex), []) if other >= line]
        return self.in_line(page, known[0] if known else line, tex)

    def in_line(self, page: str, line: int, tex: str) -> Position:
        """A formula's place in a line, its first dollar's column; the line's begin if it is written otherwise there."""
        lines = self._source(page)
        text = lines[line - 1] if line <= len(lines) else ""
        pattern = r"\s*".join(re.escape(sign) for sign in re.sub(r"\s+", "", tex.partition("\n")[0]))
        found = re.search(rf"(?:\$\$?|\\\(|\\\[)?\s*{pattern}", text) if pattern else None
        return Position(page, line, found.start() + 1 if found else 1)

    def _known(self, page: str) -> dict[str, list[int]]:
        if page not in self._formulas:
            found: defaultdict[str, list[int]] = defaultdict(list)
            here = self._pages[page]
            for placed in (*formulas(here.blocks), *_in_footnotes(here)):
                found[_bare(placed.tex)].append(placed.line)
            self._formulas[page] = found
        return self._formulas[page]

    def _source(self, page: str) -> Sequence[str]:
        if page not in self._lines:
            try:
                self._lines[page] = read_source(self._pages[page].path, page).rows
            except PageError:  # it is gone since it was read
                self._lines[page] = ()
        return self._lines[page]


def _in_footnotes(page: Page) -> Iterable[Placed]:
    for blocks in page.footnotes.values():
        yield from formulas(blocks)


def _bare(tex: str) -> str:
    return re.sub(r"\s+", "", tex)
