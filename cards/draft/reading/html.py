"""Blocks of raw HTML: what they show is kept as far as Markdown could say it, the rest is left out and listed."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import TypeAlias

from cards.draft.page import Block, Code, Heading, Paragraph, Prose, Row, Table
from cards.draft.reading.context import Context, left_out
from cards.draft.reading.folding import Closed, Opened
from cards.draft.reading.openings import KINDS, kind_of
from cards.draft.reading.spans import read_text
from cards.draft.reading.tags import HTML_TAGS, Tag, tag_of

Inside: TypeAlias = Callable[[Sequence[str], Sequence[int]], list[Block]]
"""Reads rows of Markdown, each with its line."""

_PIECE = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|</?[A-Za-z][\w.:-]*(?:[^<>\"']{0,500}(?:\"[^\"]{0,500}\"|'[^']{0,500}')){0,20}[^<>\"']{0,500}>"
    r"|<[!?][^>]{0,500}>",
    re.DOTALL,
)
_UNREAD = frozenset(
    ("script", "style", "svg", "iframe", "video", "audio", "object", "canvas", "math", "form", "template", "noscript")
)
_NAMES = """
a abbr b bdi bdo big br cite code del dfn em font i img ins kbd mark q s samp small span strike strong sub sup tt u
var wbr
"""
_IN_LINE = frozenset(_NAMES.split())
_ROW = re.compile(r"<tr\b[^>]*>(.*?)(?=<tr\b|</tr>|\Z)", re.DOTALL | re.IGNORECASE)
_CELL = re.compile(r"<t[hd]\b[^>]*>(.*?)(?=<t[hd]\b|</t[hd]>|\Z)", re.DOTALL | re.IGNORECASE)
_LANGUAGE = re.compile(r"(?:language|lang|highlight-source)-([\w+#-]+)")


@dataclass(slots=True)
class _Html:
    """One block of HTML, read from its beginning to its end."""

    source: str
    first: int  # the block's row
    lines: Sequence[int]
    context: Context
    inside: Inside
    ends: list[int] = field(default_factory=list)  # of the source's lines

    def row(self, at: int) -> int:
        """The row of the character at the offset."""
        if not self.ends:
            self.ends = [found.start() for found in re.finditer("\n", self.source)] or [len(self.source)]
        return self.first + bisect_left(self.ends, at)

    def line(self, at: int) -> int:
        """Its line."""
        return self.lines[min(self.row(at), len(self.lines) - 1)]

    def read(self) -> Iterator[Block | Opened | Closed]:
        at = text_from = 0
        while found := _PIECE.search(self.source, at):
            at = found.end()
            tag = tag_of(found[0])
            if tag is not None and tag.name in _IN_LINE:
                continue
            yield from self._text(text_from, found.start())
            if tag is None:
                yield left_out("comment" if found[0].startswith("<!--") else "html", self.line(found.start()), found[0])
                if found[0].startswith("<!--") and not found[0].endswith("-->"):
                    message = "The comment that begins here never ends: the rest of the page is in it."
                    self.context.warn(self.line(found.start()), "unclosed-comment", message, "End it with -->.")
            else:
                end = self._end(tag, at)
                yield from self._tag(tag, found.start(), at, end)
                at = max(at, end)
            text_from = at
        yield from self._text(text_from, len(self.source))

    def _end(self, tag: Tag, at: int) -> int:
        """Where the element ends that is read as a whole; 0 for the others, and where it does not end here."""
        whole = tag.name in _UNREAD or tag.name in {"pre", "table", "summary", "h1", "h2", "h3", "h4", "h5", "h6"}
        if not whole or tag.closing or tag.alone:
            return 0
        found = re.compile(rf"</{tag.name}\s*>", re.IGNORECASE).search(self.source, at)
        return found.end() if found else len(self.source) if tag.name in _UNREAD else 0

    def _tag(self, tag: Tag, start: int, begin: int, end: int) -> Iterator[Block | Opened | Closed]:
        line = self.line(start)
        inner = self.source[begin:end].rpartition("</")[0] if end else ""
        if tag.name in _UNREAD and not tag.closing:
            yield left_out("html", line, self.source[start : end or begin])
        elif tag.name == "hr":
            yield left_out("rule", line, "")
        elif end and tag.name == "pre":
            language = _LANGUAGE.search(self.source[start : begin + 200])
            code = unescape(re.sub(r"</?\w[^>]*>", "", inner)).strip("\n")
            yield Code(code, language[1] if language else "", line)
        elif end and tag.name == "table":
            yield from _table(inner, line, self, begin)
        elif end and tag.name == "summary":
            yield Opened("summary", "", self._prose(inner, line), line)
        elif end and tag.name[0] == "h":
            prose = self._prose(inner, line)
            yield Heading(int(tag.name[1]), prose, line, anchor=tag.attributes.get("id", ""))
        elif tag.closing:
            yield Closed(tag.name)
        else:
            yield from self._opened(tag, line, self.source[start:begin])

    def _opened(self, tag: Tag, line: int, written: str) -> Iterator[Block | Opened]:
        kinds = [kind_of(name) for name in (tag.attributes.get("class", "")).split()]
        if tag.name not in HTML_TAGS:
            kinds = [kind_of(tag.attributes.get("type", "")), kind_of(tag.name)]
        known = [kind for kind in kinds if kind in KINDS]
        if tag.name in {"details", "blockquote"}:
            known = known or ["quote" if tag.name == "blockquote" else "details"]
        if known and not tag.alone:
            title = tag.attributes.get("title") or tag.attributes.get("summary") or ""
            prose = self._prose(title, line) if title else None
            yield Opened(tag.name, known[0], prose, line, tag.attributes.get("id", ""))
        elif tag.name not in {
            "p",
            "center",
            "li",
            "ul",
            "ol",
            "dl",
            "dt",
            "dd",
            "summary",
            "tbody",
            "thead",
            "tr",
            "td",
        }:
            yield left_out("html", line, written)

    def _prose(self, text: str, line: int) -> Prose:
        return read_text(" ".join(text.split()), line, self.context).prose

    def _text(self, start: int, end: int) -> Iterator[Block]:
        """What stands between tags, read as Markdown: without the indentation that HTML is written with."""
        text = self.source[start:end]
        if not text.strip():
            return
        if text.lstrip().startswith("<"):  # a tag of a line of text: Markdown would take it for a block of HTML again
            line = self.line(start + len(text) - len(text.lstrip()))
            prose = read_text(text, line, self.context).prose
            yield Paragraph(prose, line) if prose.spans else left_out("html", line, text)
            return
        first = self.row(start)
        rows = text.split("\n")
        indents = [len(row) - len(row.lstrip()) for number, row in enumerate(rows) if number and row.strip()]
        rows = [rows[0].strip(), *(row[min(indents, default=0) :] for row in rows[1:])]
        yield from self.inside(rows, self.lines[first : first + len(rows)])


def html_blocks(
    source: str, first: int, lines: Sequence[int], context: Context, inside: Inside
) -> Iterator[Block | Opened | Closed]:
    """The blocks of a block of HTML, and the boxes that open and close in it.

    Args:
        source: the HTML.
        first: the row in which it begins.
        lines: the line of the page for each row.
        context: the page.
        inside: reads the Markdown in it.
    """
    return _Html(source, first, lines, context, inside).read()


def _table(inner: str, line: int, html: _Html, begin: int) -> Iterator[Block]:
    rows: list[tuple[list[Prose], int]] = []
    for found in _ROW.finditer(inner):
        at = html.line(begin + found.start())
        cells = [read_text(" ".join(cell[1].split()), at, html.context).prose for cell in _CELL.finditer(found[1])]
        if cells:
            rows.append((cells, at))
    if not rows:
        yield left_out("html", line, inner)
        return
    (header, _), *rest = rows if re.search(r"<th\b", inner, re.IGNORECASE) else [([], line), *rows]
    width = max(len(cells) for cells, _ in rows)
    padded = [(tuple((*cells, *(Prose((), at),) * width)[:width]), at) for cells, at in [(header, line), *rest]]
    yield Table(padded[0][0], tuple(Row(cells, at) for cells, at in padded[1:]), line)
