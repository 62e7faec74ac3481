"""Where code stands: the file that a page says it is of, and the symbol in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cards.draft.candidate import CodeLine, Unit
from cards.draft.inside import blocks_in
from cards.draft.page import Box, Code, Heading, Page
from cards.draft.rules.phrases import CODE, Line, prose_line

_ENDINGS = (
    "py|pyx|ipynb|js|ts|jsx|tsx|mjs|c|h|cc|cpp|hpp|rs|go|java|kt|swift|rb|php|jl|r|R|m|sql|sh|bash|lua|hs|ml|scala|cs|lean"
    "|yaml|yml|toml|json|html|css"
)
_FILE = re.compile(rf"(?<![\w/.@-])(?:[\w-]+/)*[\w-]+(?:\.[\w-]+)*\.(?:{_ENDINGS})(?![\w/-]|\.\w)")
_BY_ENDING = """
py python pyx python js javascript mjs javascript ts typescript rs rust rb ruby jl julia sh bash cc cpp hpp cpp h c
kt kotlin hs haskell cs csharp m matlab ml ocaml R r yml yaml
"""
_PAIRS = _BY_ENDING.split()
_LANGUAGES = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
_NO_PLACE = re.compile(
    r"^(?:order|python|code|general|place|turn|fact|practice|one|two|this|that|it|which|each|all)\b", re.I
)
_PLACE = re.compile(
    r"\b(?:in|inside|within|of|by)\s+(?:the\s+|our\s+|its\s+)?"
    rf"(?P<place>{CODE}|[A-Z]\w*(?:\.\w+)*(?:\s(?!the)[A-Za-z]\w+)?|[a-z]\w*)"
    r"(?:\s+(?:class|function|method|module|layer|loop|step|block|optimi[sz]er|file))?[.)]?$"
)
_IDENTIFIER = re.compile(r"[A-Za-z_][\w]*(?:\.[A-Za-z_]\w*)*")
_RESERVED = """
for in if elif else while return def class import from as with lambda not and or is None True False print let const var
new function public static void int float self this
"""
_KEYWORDS = frozenset(_RESERVED.split())
_SAYS_WHERE = re.compile(r"\b(?:where|appears?|used?|uses|usage|code|implement\w*|source)\b", re.I)


def file_of(unit: Unit) -> str:
    """The file that the code of a unit is of: told by its block, the box or the headings around it; else empty.

    A box that says where something is used, without a file, means the one file that the page's titles name.
    """
    if isinstance(unit.part, Code) and unit.part.title:
        found = _FILE.search(unit.part.title)
        if found:
            return found[0]
    if isinstance(unit.box, Box) and unit.box.title is not None:
        named = _names(prose_line(unit.box.title))
        if len(named) == 1:
            return named[0]
        if _SAYS_WHERE.search(prose_line(unit.box.title).text):
            return _file_of_page(unit.page)
    if isinstance(unit.part, Code):
        return ""
    for heading in reversed(unit.headings):
        named = _names(prose_line(heading.text))
        if len(named) == 1:
            return named[0]
    return ""


class _Last:
    page: Page | None = None
    file: str = ""


def _file_of_page(page: Page) -> str:
    if _Last.page is not page:
        named = {name for text in _titles(page) for name in _names(text)}
        named |= set(_FILE.findall(" ".join(page.meta.get(key, "") for key in ("file", "source", "code"))))
        _Last.page, _Last.file = page, named.pop() if len(named) == 1 else ""
    return _Last.file


def _titles(page: Page) -> Iterator[Line]:
    for block in blocks_in(page.blocks):
        if isinstance(block, Heading):
            yield prose_line(block.text)
        elif isinstance(block, Box) and block.title is not None:
            yield prose_line(block.title)


def _names(line: Line) -> list[str]:
    return sorted(set(_FILE.findall(line.plain())))


def code_line(file: str, code: str, does: Line, language: str = "") -> tuple[CodeLine, ...]:
    """A note's `code:`; nothing if the file is not known, or nothing in the code has a name."""
    symbol = symbol_of(code, does)
    if not file or not symbol:
        return ()
    ending = file.rpartition(".")[2]
    return (CodeLine(file, symbol, code, language=language or _LANGUAGES.get(ending, ending)),)


def symbol_of(code: str, does: Line) -> str:
    """What in the file the code belongs to: the place that the words name ("in RMSNorm"), else what the code names."""
    place = _PLACE.search(does.text)
    if place and not _NO_PLACE.match(place["place"]):
        return does.plain(*place.span("place"))
    defined = re.match(r"\s*(?:def|class|function|fn|func)\s+(\w+)", code)
    if defined:
        return defined[1]
    for name in _IDENTIFIER.findall(code):
        bare = name.removeprefix("self.").removeprefix("this.")
        if bare and bare not in _KEYWORDS:
            return str(bare)
    return ""
