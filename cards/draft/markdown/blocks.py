"""Blocks as Markdown: paragraphs, lists, tables, code and displays, one below the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from cards.draft.markdown.text import formula_markdown, markdown_of
from cards.draft.page import (
    Block,
    Box,
    Break,
    Code,
    Emphasis,
    Equation,
    Formula,
    Heading,
    LeftOut,
    Link,
    Listing,
    Paragraph,
    Prose,
    Quote,
    Row,
    Span,
    Strong,
    Table,
    Terms,
    Words,
)

_COLUMNS = re.compile(r"(\\begin\{array\}\s*)\{([^{}]*)\}")


def blocks_markdown(blocks: Sequence[Block]) -> str:
    """Blocks as Markdown for a deck, without what is left out. A box without a title is named by its kind."""
    written: list[str] = []
    listed = False
    for block in blocks:
        text = _block(block, "*" if listed else "-", ")" if listed else ".")
        # Two lists in a row would be read as one: every other one has other signs.
        listed = isinstance(block, Listing | Terms) and not listed
        if text:
            written.append(text)
    return "\n\n".join(written)


def _block(block: Block, bullet: str, after_number: str) -> str:
    match block:
        case Heading(level=level, text=text):
            return f"{'#' * level} {markdown_of(text.spans)}"
        case Paragraph(text=text):
            return markdown_of(text.spans)
        case Equation(tex=tex):
            return formula_markdown(tex, display=True)
        case Code(text=text, language=language):
            fence = "`" * max([3, *(len(run) + 1 for run in re.findall("`+", text))])
            return f"{fence}{language}\n{text.rstrip()}\n{fence}"
        case Table(header=header, rows=rows):
            return _table(header, rows)
        case Listing(items=items, ordered=ordered):
            listed = [
                _item(f"{number}{after_number}" if ordered else bullet, blocks_markdown(item.blocks))
                for number, item in enumerate(items, start=1)
            ]
            return ("\n\n" if any("\n\n" in item for item in listed) else "\n").join(listed)
        case Terms(terms=terms):
            meant = [
                (markdown_of([Strong(term.term.spans)]), [blocks_markdown(blocks) for blocks in term.meanings])
                for term in terms
            ]
            return "\n".join(_item(bullet, " — ".join([name, *meanings])) for name, meanings in meant)
        case Box(kind=kind, title=title, blocks=blocks):
            head = markdown_of([Strong(title.spans if title else (Words(kind.capitalize()),))])
            return "\n\n".join(part for part in (head, blocks_markdown(blocks)) if part)
        case Quote(blocks=blocks):
            inner = blocks_markdown(blocks).split("\n")
            return "\n".join(f"> {line}".rstrip() for line in inner)
        case LeftOut():
            return ""


def _item(sign: str, text: str) -> str:
    indent = " " * (len(sign) + 1)
    return f"{sign} {text}".replace("\n", f"\n{indent}").replace(f"\n{indent}\n", "\n\n").rstrip()


def _table(header: Sequence[Prose], rows: Sequence[Row]) -> str:
    lines = [header, *(row.cells for row in rows)]
    written = [f"| {' | '.join(_cell(cell) for cell in cells)} |" for cells in lines]
    return "\n".join([written[0], "|---" * len(header) + "|", *written[1:]])


def _cell(cell: Prose) -> str:
    """A cell's text: no bar in it, since a bar in a formula would cut the cell for other readers."""
    return markdown_of(_in_cell(cell.spans)).replace("|", r"\|")


def _in_cell(spans: Iterable[Span]) -> Iterator[Span]:
    for span in spans:
        match span:
            case Formula(tex=tex):
                yield Formula(_without_bars(tex))
            case Strong(spans=inner):
                yield Strong(tuple(_in_cell(inner)))
            case Emphasis(spans=inner) | Link(spans=inner):
                yield from _in_cell(inner)
            case Break():
                yield Break()
            case _:
                yield span


def _without_bars(tex: str) -> str:
    tex = _COLUMNS.sub(lambda found: f"{found[1]}{{{found[2].replace('|', '')}}}", tex)
    return re.sub(r"\\\||\|", lambda bar: r"\Vert " if len(bar[0]) == 2 else r"\vert ", tex)
