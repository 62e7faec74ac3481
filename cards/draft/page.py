r"""A page of Markdown as the drafter sees it: blocks and pieces of text without any dialect left in them.

Whatever the page's dialect was (MkDocs, Jupyter Book, Obsidian, GitHub), a formula is a `Formula`, an admonition or a
callout a `Box`, a definition list a `Terms`. Lines count from 1, in the file as the author sees it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from cards.findings import Finding


@dataclass(frozen=True, slots=True)
class Words:
    """Plain text: no Markdown in it, escapes and entities resolved, emoji shortcodes replaced."""

    text: str


@dataclass(frozen=True, slots=True)
class Formula:
    """LaTeX without its delimiters. `display`: it was written as a display inside of a paragraph."""

    tex: str
    display: bool = False


@dataclass(frozen=True, slots=True)
class CodeSpan:
    """Code in a line of text."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Bold text."""

    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Slanted text (and highlighted or struck text, whose sense is kept in no card)."""

    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A link, a wiki link included. `target` as written: `other.md#anchor`, `#anchor`, `Other page`, an address."""

    spans: tuple[Span, ...]
    target: str


@dataclass(frozen=True, slots=True)
class Image:
    """A picture. `target` is as written."""

    alt: str
    target: str


@dataclass(frozen=True, slots=True)
class Break:
    """The end of a line inside of a paragraph; `hard`: the author asked for it."""

    hard: bool = False


@dataclass(frozen=True, slots=True)
class FootnoteMark:
    """A footnote's mark; the footnote itself is among the page's `footnotes`."""

    label: str


Span: TypeAlias = Words | Formula | CodeSpan | Strong | Emphasis | Link | Image | Break | FootnoteMark


@dataclass(frozen=True, slots=True)
class Prose:
    """A run of text, and the line in which it begins."""

    spans: tuple[Span, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading.

    Attributes:
        level: 1 to 6.
        text: without its number, anchor and permalink sign.
        number: as written before the text, without a final dot or "Chapter": `5`, `2.1`; empty if none.
        anchor: what a link to it says after `#`: the author's `{#id}`, else the slug that site builders make.
    """

    level: int
    text: Prose
    line: int
    number: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    text: Prose
    line: int


@dataclass(frozen=True, slots=True)
class Equation:
    """A display formula that stands alone, without its delimiters. `label`: the author's, if it has one."""

    tex: str
    line: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """A block of code. `language` is empty if none is told; `title` is a file's name, where the dialect gives one."""

    text: str
    language: str
    line: int
    title: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, as many cells as the header has: missing ones are empty, too many were a warning."""

    cells: tuple[Prose, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table."""

    header: tuple[Prose, ...]
    rows: tuple[Row, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list. `done` is a task's tick, None if it is no task."""

    blocks: tuple[Block, ...]
    line: int
    done: bool | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A list."""

    items: tuple[Item, ...]
    line: int
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a definition list with its meanings."""

    term: Prose
    meanings: tuple[tuple[Block, ...], ...]
    line: int


@dataclass(frozen=True, slots=True)
class Terms:
    """A definition list."""

    terms: tuple[Term, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Box:
    """An admonition, a callout, an alert, a directive: a titled box.

    Attributes:
        kind: its word in lower case: `info`, `note`, `definition`, `theorem`, `proof`, `example`, `question`.
        title: as the author gave it; None if the dialect would show the kind.
        blocks: its content.
        label: an anchor, if it has one.
    """

    kind: str
    title: Prose | None
    blocks: tuple[Block, ...]
    line: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation."""

    blocks: tuple[Block, ...]
    line: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What no card is made of: front matter, comments, raw HTML, diagrams, rules between parts.

    Attributes:
        kind: `front matter`, `comment`, `html`, `diagram`, `rule`, `directive`, `too deep`.
        reason: why, as the coverage table says it; empty if that is plain from the kind.
        excerpt: the beginning of its text.
    """

    kind: str
    line: int
    reason: str = ""
    excerpt: str = ""


Block: TypeAlias = Heading | Paragraph | Equation | Code | Table | Listing | Terms | Box | Quote | LeftOut


@dataclass(frozen=True, slots=True)
class Page:
    """A page.

    Attributes:
        path: the file.
        name: how positions call the file, and how links of other pages reach it.
        title: by front matter, else its only or first level 1 heading, else its file's name in words.
        meta: front matter's top level, scalars as text.
        blocks: in order, nested as the author nested them.
        footnotes: by label.
        warnings: what is wrong with the page or clearly missing on it, with the line: all lints.
        digest: a hash of its text.
    """

    path: Path
    name: str
    title: str
    blocks: tuple[Block, ...]
    meta: Mapping[str, str] = field(default_factory=dict)
    footnotes: Mapping[str, tuple[Block, ...]] = field(default_factory=dict)
    warnings: tuple[Finding, ...] = ()
    digest: str = ""
