"""Headings: the number before the text, the anchor that a link names, and the page's title."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from cards.draft.markdown import plain_of
from cards.draft.page import Block, Emphasis, Heading, Prose, Span, Strong, Words

_NUMBER = re.compile(
    r"""
    \s*
    (?:(?i:chapter|section|part|lecture|lesson|unit|module|week|day|appendix|step|topic|session|exercise|no)\s+
       (?P<named>\d+(?:\.\d+)*|[IVXL]+|[A-Z])(?=[\s:.)\N{EN DASH}\N{EM DASH}-]|$)\s*[:.)\N{EN DASH}\N{EM DASH}-]?
      |§\s*(?P<sign>\d+(?:\.\d+)*)[.:)]?
      |(?P<dotted>(?:[A-Z]\.)?\d+(?:\.\d+)+)[.:)]?(?=\s)
      |\(?(?P<plain>\d+)[.:)](?=\s)
      |(?P<roman>[IVX]+)\.(?=\s)
    )\s*
    """,
    re.VERBOSE,
)
_BARE = re.compile(r"\s*(\d{1,3})\s+(?=[A-Z\"'(])")
_SIGN_AT_END = re.compile(r"\s*[¶\N{LINK SYMBOL}]\s*$")
_NO_WORD_GITHUB = re.compile(r"[^\w\- ]")
_NO_WORD = re.compile(r"[^\w\s-]")


def numbered(prose: Prose) -> tuple[str, Prose]:
    """The number that a heading begins with, without "Chapter" and its dot, and the heading without it."""
    if not prose.spans:
        return "", prose
    first, *rest = prose.spans
    if isinstance(first, Strong | Emphasis):
        number, inner = numbered(replace(prose, spans=first.spans))
        return number, replace(prose, spans=(replace(first, spans=inner.spans), *rest)) if number else prose
    if not isinstance(first, Words):
        return "", prose
    found = _NUMBER.match(first.text)
    if found is None:
        return "", prose
    number = next(group for group in found.groups() if group)
    left = first.text[found.end() :]
    spans: tuple[Span, ...] = ((Words(left),) if left else ()) + tuple(rest)
    return (number, replace(prose, spans=spans)) if spans else ("", prose)


def without_sign(prose: Prose) -> Prose:
    """A heading without the sign of its permanent link."""
    last = prose.spans[-1] if prose.spans else None
    if isinstance(last, Words):
        text = _SIGN_AT_END.sub("", last.text).rstrip()
        return replace(prose, spans=prose.spans[:-1] + ((Words(text),) if text else ()))
    if last is not None and plain_of([last]).strip() in {"¶", "#", "\N{LINK SYMBOL}"}:
        return without_sign(replace(prose, spans=prose.spans[:-1]))
    return prose


def slug(text: str, *, mkdocs: bool) -> str:
    """What a site builder makes of a heading for links: GitHub's way, or that of Python-Markdown."""
    if not mkdocs:
        return _NO_WORD_GITHUB.sub("", text.strip().lower()).replace(" ", "-")
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", _NO_WORD.sub("", ascii_text).strip().lower())


def finished(blocks: Sequence[Block], written: Mapping[int, str], *, mkdocs: bool) -> list[Block]:
    """The page's own headings with anchors, and with bare numbers where all of a level count on.

    Args:
        blocks: the page's.
        written: for the line of each heading its text as it stands on the page, which slugs are made of.
        mkdocs: whether slugs are made as MkDocs makes them.
    """
    counted = _counted(blocks)
    used: set[str] = {block.anchor for block in blocks if isinstance(block, Heading) and block.anchor}
    counts: dict[str, int] = {}
    done: list[Block] = []
    for block in blocks:
        if not isinstance(block, Heading):
            done.append(block)
            continue
        heading = block
        if heading.line in counted:
            number, prose = _bare(heading)
            heading = replace(heading, number=number, text=prose)
        if not heading.anchor:
            base = slug(written.get(heading.line, plain_of(heading.text.spans)), mkdocs=mkdocs)
            anchor = base
            while anchor in used:
                counts[base] = counts.get(base, 0) + 1
                anchor = f"{base}{'_' if mkdocs else '-'}{counts[base]}"
            used.add(anchor)
            heading = replace(heading, anchor=anchor)
        done.append(heading)
    return done


def title_of(meta: Mapping[str, str], blocks: Sequence[Block], path: Path) -> str:
    """The page's title."""
    if meta.get("title", "").strip():
        return meta["title"].strip()
    for block in blocks:
        if isinstance(block, Heading) and block.level == 1:
            return plain_of(block.text.spans)
    return " ".join(re.sub(r"^\d+[-_. ]+", "", path.stem).replace("-", " ").replace("_", " ").split()) or path.stem


def _bare(heading: Heading) -> tuple[str, Prose]:
    first = heading.text.spans[0] if heading.text.spans else None
    found = _BARE.match(first.text) if isinstance(first, Words) else None
    if found is None or not isinstance(first, Words):
        return "", heading.text
    return found[1], replace(heading.text, spans=(Words(first.text[found.end() :]), *heading.text.spans[1:]))


def _counted(blocks: Sequence[Block]) -> set[int]:
    """The lines of headings whose bare number is one: `## 1 Sets`, `## 2 Maps`, but not `## 10 rules`."""
    levels: dict[int, list[tuple[int, int]]] = {}
    for block in blocks:
        if isinstance(block, Heading) and not block.number:
            number, _ = _bare(block)
            if number:
                levels.setdefault(block.level, []).append((int(number), block.line))
    found: set[int] = set()
    for numbers in levels.values():
        if len(numbers) > 1 and all(after[0] == before[0] + 1 for before, after in itertools.pairwise(numbers)):
            found.update(line for _, line in numbers)
    return found
