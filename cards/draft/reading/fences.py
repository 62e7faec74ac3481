"""Code: fenced, indented, and the fences that hold a formula, a diagram or a directive."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cards.draft.page import Block, Code
from cards.draft.reading.context import left_out
from cards.draft.reading.directives import NAMED, Body, directive
from cards.draft.reading.folding import Closed, Opened
from cards.draft.reading.languages import DIAGRAMS, LANGUAGES
from cards.draft.reading.openings import of_attributes

_TITLE = re.compile(r"\b(?:title|filename|file|name|caption)=(?:\"([^\"]*)\"|'([^']*)'|([^\s}\"']+))")
_CELL_OPTION = re.compile(r"\s*(?:#|//|%%)\|")
_LANGUAGE_LINE = re.compile(r"\s*(?::::|#!)\s*([A-Za-z][\w+-]*)\s*")


def fence(info: str, body: Body) -> Iterator[Block | Opened | Closed]:
    """What a fence holds; `info` is what stands behind its opening ticks."""
    named = NAMED.fullmatch(info)
    if named and named[1].lower() not in LANGUAGES:
        yield from directive(named[1], named[2], body)
        return
    language, title = _language(info)
    if language in DIAGRAMS:
        yield left_out("diagram", body.line, body.text, language)
    elif language == "math":
        yield body.context.equation(body.text, body.line)
    elif language.startswith("="):
        yield left_out("html", body.line, body.text, f"raw {language[1:]}")
    else:
        kept = [row for row in body.rows if not _CELL_OPTION.match(row)] if info.startswith("{") else body.rows
        yield Code("\n".join(kept), language, body.line, title)


def indented_code(content: str, line: int) -> Code:
    """Code by indentation; a first line `:::python` of Python-Markdown names its language."""
    first, _, rest = content.partition("\n")
    found = _LANGUAGE_LINE.fullmatch(first)
    if found and rest.strip():
        return Code(rest.rstrip("\n"), found[1].lower(), line)
    return Code(content.rstrip("\n"), "", line)


def _language(info: str) -> tuple[str, str]:
    """A fence's language and its title (a file's name)."""
    found = _TITLE.search(info)
    title = (found[1] or found[2] or found[3]) if found else ""
    if info.startswith("{"):
        inside = info[1:].partition("}")[0].strip()
        if inside.startswith((".", "#")):
            classes = re.findall(r"\.([\w+-]+)", inside)
            return (classes[0].lower() if classes else of_attributes(inside).kind), title
        return re.split(r"[\s,]", inside, maxsplit=1)[0].lower(), title
    first = re.split(r"[\s,{]", info, maxsplit=1)[0]
    language, _, file = first.partition(":")
    return language.lower(), title or (file if "." in file else "")
