"""Tags of Hugo, Jekyll and GitBook that stand on a line: boxes of theirs are read, the others left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cards.draft.page import Block, Code, Equation, LeftOut
from cards.draft.reading import openings
from cards.draft.reading.context import Context, left_out
from cards.draft.reading.folding import Closed, Opened
from cards.draft.reading.spans import read_text

_NAME = re.compile(r"\{[{%][<%]?-?\s*(/?\s*)([\w-]+)\s*(.*?)\s*-?[%>]?\}\}?", re.DOTALL)
_BOXES = openings.KINDS | {"panel", "expand", "tab", "admonitions", "callout", "box", "toggle", "step"}
_STYLE = re.compile(r"(?:style|type|color)\s*=\s*[\"']?([\w-]+)|^[\"']?([a-z][\w-]*)[\"']?(?=\s|$)")
_TITLE = re.compile(r"(?:title|summary|name|header)\s*=\s*\"([^\"]*)\"|^(?:[a-z][\w-]*\s+)?\"([^\"]*)\"")


def template(text: str, line: int, context: Context) -> Iterator[Block | Opened | Closed]:
    """What a tag on a line of its own says."""
    found = _NAME.fullmatch(text)
    name = found[2].lower() if found else ""
    if found and (found[1] or name.startswith("end")):
        closed = name if found[1] else name.removeprefix("end")
        if closed in _BOXES:
            yield Closed(closed)
            return
    elif found and name in _BOXES and not text.rstrip("%>}").endswith("/"):
        style, title = _STYLE.search(found[3]), _TITLE.search(found[3])
        kind = openings.kind_of((style[1] or style[2]) if style else name)
        kind = kind if kind in openings.KINDS or name == "callout" else name
        words = (title[1] or title[2] or "") if title else ""
        prose = read_text(words, line, context).prose if words else None
        yield Opened(name, kind, prose, line)
        return
    yield left_out("directive", line, text, "a tag for the site builder")


def verbatim(name: str, info: str, content: str, line: int, context: Context) -> Code | Equation | LeftOut:
    """What stands between two tags and is no Markdown: code, a formula, a comment, a diagram."""
    if name == "highlight":
        return Code(content.rstrip("\n"), info.split(" ", maxsplit=1)[0].strip("\"'"), line + 1)
    if name in {"katex", "math"}:
        return context.equation(content, line)
    return left_out("comment" if name == "comment" else "diagram", line, content)
