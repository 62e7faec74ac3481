"""Markdown of any dialect read into a page: blocks, and pieces of text, with the author's lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from cards.draft.page import LeftOut, Page
from cards.draft.reading import displays, headings, missing, scraped
from cards.draft.reading.blocks import read_blocks
from cards.draft.reading.context import Context, left_out
from cards.draft.reading.front_matter import front_matter
from cards.draft.reading.macros import macros_in
from cards.draft.reading.openings import of_attributes
from cards.draft.reading.site_macros import front_matter_macros, site_macros
from cards.draft.reading.source import MAX_BYTES, PageError, Source, read_source

__all__ = ["MAX_BYTES", "PageError", "read_page"]

_FOOTNOTE = re.compile(r"\s{0,3}\[\^([^\]\s]{1,100})\]:")
_TARGET = re.compile(r"\(([^()]{1,100})\)=\s*")
_HEADING = re.compile(r"#{1,6}\s+(.*?)\s*(?:\{([^{}]*)\})?\s*#*\s*")


def read_page(path: Path, name: str) -> Page:
    """Read one page.

    Args:
        path: the file.
        name: how positions call it, and how links of other pages reach it.

    Raises:
        PageError: if it cannot be read at all.
    """
    source = read_source(path, name)
    context = Context(name)
    context.warnings += source.warnings
    front = front_matter(source)
    context.warnings += front.warnings
    rows, lines = source.rows[front.rows :], source.lines[front.rows :]
    copied = scraped.is_scraped(rows)
    if copied:
        rows, placed = scraped.as_markdown(rows)
        lines = [lines[line - 1] for line in placed]
    rows, lines = displays.apart(rows, lines)
    _prepare(rows, context)
    head = "\n".join(source.rows[1 : front.rows - 1])
    context.macros = {**site_macros(path), **front_matter_macros(head), **macros_in(rows)}
    blocks = read_blocks(rows, lines, context)
    blocks = headings.finished(blocks, context.headings, mkdocs=context.mkdocs)
    missing.look(blocks, context, scraped=copied)
    return Page(
        path,
        name,
        headings.title_of(front.meta, blocks, path),
        (*_front(source, front.rows), *blocks),
        front.meta,
        context.footnotes,
        tuple(sorted(set(context.warnings))),
        source.digest,
    )


def _front(source: Source, rows: int) -> Sequence[LeftOut]:
    return [left_out("front matter", 1, " ".join(source.rows[:rows]).strip("-+. "))] if rows else []


def _prepare(rows: Sequence[str], context: Context) -> None:
    """What has to be known before the first block is read: which footnotes there are, and what labels stand for."""
    known = context.env.setdefault("footnotes", {"refs": {}, "list": {}})
    label = ""
    for row in rows:
        note = _FOOTNOTE.match(row)
        if note:
            known["refs"][f":{note[1]}"] = -1
        heading = _HEADING.fullmatch(row) if row.startswith("#") else None
        if heading:
            for name in filter(None, (label, of_attributes(heading[2] or "").label)):
                context.labels[name] = heading[1]
        target = _TARGET.fullmatch(row) if row.startswith("(") else None
        label = target[1] if target else label if not row.strip() else ""
