"""Boxes and directives: what stands between their first line and their last, by what they are called."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from cards.draft.page import (
    Block,
    Box,
    Code,
    Heading,
    Image,
    Listing,
    Paragraph,
    Prose,
    Quote,
    Row,
    Table,
    Term,
    Terms,
)
from cards.draft.reading.context import Context, left_out
from cards.draft.reading.folding import Closed, Opened
from cards.draft.reading.languages import DIAGRAMS
from cards.draft.reading.openings import KINDS, Opening, kind_of, own_title
from cards.draft.reading.spans import read_text

NAMED = re.compile(r"\{([A-Za-z][\w:.+-]*)\}[ \t]*(.*)", re.DOTALL)
"""What begins a directive of MyST: its name in braces, and what it is given."""

_OPTION = re.compile(r":([\w-]+):[ \t]*(.*)")
_YAML_OPTION = re.compile(r"([\w-]+):[ \t]*(.*)")
_CODE = ("code-block", "code", "code-cell", "sourcecode", "parsed-literal", "prompt", "doctest", "ipython")
_LAYOUT = {
    *(
        "tab-set",
        "tabs",
        "grid",
        "grid-item",
        "container",
        "div",
        "hlist",
        "compound",
        "card-carousel",
        "only",
        "table",
    ),
    *("columns", "column", "panel-tabset", "tabset", "code-group", "margin", "column-margin", "incremental"),
}
_BOXES = KINDS | {
    *("sidebar", "topic", "card", "grid-item-card", "tab-item", "tab", "versionadded", "versionchanged", "deprecated"),
    *("collapse", "toggle", "pull-quote"),
}
_UNTITLED = {"versionadded", "versionchanged", "deprecated", "solution"}


@dataclass(frozen=True, slots=True)
class Body:
    """What stands between the first and the last line of a fence or a container.

    Attributes:
        rows: its rows.
        lines: for each, its line.
        line: the line of what opens it.
        context: the page.
        inside: reads rows with their lines as Markdown.
    """

    rows: Sequence[str]
    lines: Sequence[int]
    line: int
    context: Context
    inside: Callable[[Sequence[str], Sequence[int]], list[Block]]

    @property
    def text(self) -> str:
        """Its rows as they are."""
        return "\n".join(self.rows)

    def blocks(self) -> list[Block]:
        """Its rows as Markdown."""
        return self.inside(self.rows, self.lines)

    def prose(self, text: str) -> Prose | None:
        """A title; None if it is empty."""
        return read_text(text, self.line, self.context).prose if text.strip() else None


def box(opening: Opening, body: Body) -> Box:
    """A box; a heading at its beginning is its title if it has none."""
    blocks = body.blocks()
    title = body.prose(own_title(opening.title, opening.kind))
    if title is None and blocks and isinstance(blocks[0], Heading) and opening.kind != "tab":
        title = blocks[0].text
        blocks = blocks[1:]
    return Box(opening.kind, title, tuple(blocks), body.line, opening.label)


def container(opening: Opening, info: str, body: Body) -> Iterator[Block]:
    """What stands between colons: a box if its name or class says so; a layout's content stands for itself."""
    if opening.kind in DIAGRAMS:
        yield left_out("diagram", body.line, body.text, opening.kind)
    elif opening.kind in _BOXES or (opening.kind and opening.title and opening.kind not in _LAYOUT):
        yield box(opening, body)
    else:
        yield left_out("directive", body.line, f"::: {info}", "a layout")
        yield from body.blocks()


def directive(name: str, given: str, body: Body) -> Iterator[Block | Opened | Closed]:
    """What a directive of MyST holds.

    Args:
        name: what stands in its braces.
        given: what stands behind them.
        body: its content, its options included.
    """
    options, taken = _options(body.rows)
    body = replace(body, rows=body.rows[taken:], lines=body.lines[taken:])
    kind = kind_of(name)
    read = _Directive(kind, given.strip(), options, body)
    handler = _HANDLERS.get(kind)
    if handler is not None:
        yield from handler(read)
    elif kind in DIAGRAMS:
        yield left_out("diagram", body.line, body.text, kind)
    elif kind.endswith(("-start", "-end")) and kind.rpartition("-")[0] in KINDS:
        yield from read.gate()
    elif kind in _LAYOUT:
        yield from body.blocks()
    elif kind in _BOXES:
        yield read.box()
    else:
        written = f"{{{name}}} {given}".strip()
        yield left_out("directive", body.line, written, "a directive of which no card is made")


@dataclass(frozen=True, slots=True)
class _Directive:
    kind: str
    given: str
    options: Mapping[str, str]
    body: Body

    @property
    def label(self) -> str:
        return self.options.get("label") or self.options.get("name") or ""

    def math(self) -> Iterator[Block]:
        content = "\n".join([self.given, *self.body.rows])
        yield self.body.context.equation(content, self.body.line, self.label)

    def code(self) -> Iterator[Block]:
        language = self.given.split(" ")[0].lower()
        language = "python" if language.startswith("ipython") else language
        yield Code(self.body.text.strip("\n"), language, self.body.line, self.options.get("caption", ""))

    def picture(self) -> Iterator[Block]:
        line = self.body.line
        yield Paragraph(Prose((Image(self.options.get("alt", ""), self.given),), line), line)
        yield from self.body.blocks()

    def quote(self) -> Iterator[Block]:
        yield Quote(tuple(self.body.blocks()), self.body.line)

    def table(self) -> Iterator[Block]:
        if self.given:
            yield from self.body.inside([self.given], [self.body.line])
        yield from self.body.blocks()

    def list_table(self) -> Iterator[Block]:
        return _list_table(self.body.blocks(), self.body.line, self.options.get("header-rows", "0") != "0")

    def glossary(self) -> Iterator[Block]:
        return _glossary(self.body)

    def gate(self) -> Iterator[Block | Opened | Closed]:
        """`{exercise-start}` and `{exercise-end}`: a box around what stands between the two directives."""
        kind, _, side = self.kind.rpartition("-")
        if side == "end":
            yield Closed(kind)
            return
        title = None if kind in _UNTITLED else self.body.prose(self.given)
        yield Opened(kind, kind, title, self.body.line, self.label)
        yield from self.body.blocks()

    def box(self) -> Box:
        kind = {"tab-item": "tab", "grid-item-card": "card"}.get(self.kind, self.kind)
        if kind == "admonition":
            named = [kind_of(word) for word in re.split(r"[\s,\[\]\"']+", self.options.get("class", ""))]
            named.append(self.given.lower().partition(" ")[0].strip(":."))  # `{admonition} Proof of the lemma`
            kind = next((word for word in named if word in KINDS - {"dropdown"}), kind)
        # What `{solution}` is given is the label of its exercise.
        return box(Opening(kind, "" if kind in _UNTITLED else self.given, self.label), self.body)


_HANDLERS: Mapping[str, Callable[[_Directive], Iterator[Block | Opened | Closed]]] = {
    "math": _Directive.math,
    **dict.fromkeys(_CODE, _Directive.code),
    **dict.fromkeys(("figure", "image", "subfigure"), _Directive.picture),
    **dict.fromkeys(("epigraph", "pull-quote", "highlights"), _Directive.quote),
    "table": _Directive.table,
    "list-table": _Directive.list_table,
    "glossary": _Directive.glossary,
}


def _options(body: Sequence[str]) -> tuple[dict[str, str], int]:
    """A directive's options, and how many rows they take."""
    options: dict[str, str] = {}
    if body and body[0].strip() == "---":
        for index, row in enumerate(body[1:], start=1):
            if row.strip() == "---":
                return options, index + 1
            found = _YAML_OPTION.match(row)
            if found:
                options[found[1]] = found[2].strip().strip("\"'")
        return {}, 0
    for index, row in enumerate(body):
        found = _OPTION.fullmatch(row.strip())
        if found is None:
            return options, index
        options[found[1]] = found[2].strip()
    return options, len(body)


def _glossary(body: Body) -> Iterator[Block]:
    """Terms at the margin, each with what is indented below it; or a definition list."""
    rows, lines = body.rows, body.lines
    if any(row.lstrip().startswith(":") for row in rows):
        yield from body.blocks()
        return
    terms: list[Term] = []
    start = 0
    while start < len(rows):
        row = rows[start]
        end = start + 1
        while end < len(rows) and (not rows[end].strip() or rows[end][0] in " \t"):
            end += 1
        if row.strip():
            below = rows[start + 1 : end]
            indent = min((len(line) - len(line.lstrip()) for line in below if line.strip()), default=0)
            meaning = body.inside([line[indent:] for line in below], lines[start + 1 : end])
            term = read_text(row, lines[start], body.context).prose
            terms.append(Term(term, (tuple(meaning),) if meaning else (), lines[start]))
        start = end
    if terms:
        yield Terms(tuple(terms), terms[0].line)


def _list_table(blocks: Sequence[Block], line: int, has_header: bool) -> Iterator[Block]:
    """A table written as a list of rows, each a list of cells."""
    listing = next((block for block in blocks if isinstance(block, Listing)), None)
    rows: list[tuple[list[Prose], int]] = []
    for item in listing.items if listing else ():
        cells = next((block for block in item.blocks if isinstance(block, Listing)), None)
        texts = [
            next((block.text for block in cell.blocks if isinstance(block, Paragraph)), Prose((), cell.line))
            for cell in (cells.items if cells else ())
        ]
        rows.append((texts, item.line))
    width = max((len(cells) for cells, _ in rows), default=0)
    if not width:
        yield from blocks
        return
    padded = [(tuple([*cells, *[Prose((), at)] * width][:width]), at) for cells, at in rows]
    header = padded.pop(0)[0] if has_header else tuple([Prose((), line)] * width)
    yield Table(header, tuple(Row(cells, at) for cells, at in padded), line)
