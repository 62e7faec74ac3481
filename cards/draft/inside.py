"""What lies inside of a page's blocks, however deep: runs of text, formulas with their lines, links; and blocks remade.

`units` is the rules' way through a page; this is the way of those who look for one thing everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from cards.draft.page import (
    Block,
    Box,
    Break,
    Emphasis,
    Equation,
    Formula,
    Heading,
    Link,
    Listing,
    Paragraph,
    Prose,
    Quote,
    Span,
    Strong,
    Table,
    Terms,
)


@dataclass(frozen=True, slots=True)
class Placed:
    """A formula of a page: its LaTeX, and the line in which it begins."""

    tex: str
    line: int


def blocks_in(blocks: Iterable[Block]) -> Iterator[Block]:
    """Every block, and every block inside of it, in order."""
    for block in blocks:
        yield block
        match block:
            case Listing(items=items):
                for item in items:
                    yield from blocks_in(item.blocks)
            case Terms(terms=terms):
                for term in terms:
                    for meaning in term.meanings:
                        yield from blocks_in(meaning)
            case Box(blocks=inner) | Quote(blocks=inner):
                yield from blocks_in(inner)


def prose_of(block: Block) -> Iterator[Prose]:
    """The runs of text that a block holds itself, without those of the blocks inside of it."""
    match block:
        case Heading(text=text) | Paragraph(text=text):
            yield text
        case Table(header=header, rows=rows):
            yield from header
            for row in rows:
                yield from row.cells
        case Terms(terms=terms):
            for term in terms:
                yield term.term
        case Box(title=Prose() as title):
            yield title


def spans_in(spans: Iterable[Span], line: int) -> Iterator[tuple[Span, int]]:
    """Every piece of text with its line, those inside of bold, slanted and linked text too, each before its inside."""
    for span in spans:
        yield span, line
        if isinstance(span, Strong | Emphasis | Link):
            yield from spans_in(span.spans, line)
        line += _lines((span,))


def _lines(spans: Iterable[Span]) -> int:
    """How many lines end within a text."""
    count = 0
    for span in spans:
        match span:
            case Break():
                count += 1
            case Formula(tex=tex):
                count += tex.count("\n")
            case Strong(spans=inner) | Emphasis(spans=inner) | Link(spans=inner):
                count += _lines(inner)
    return count


def formulas(blocks: Iterable[Block]) -> Iterator[Placed]:
    """Every formula, in the order of the page."""
    for block in blocks_in(blocks):
        if isinstance(block, Equation):
            yield Placed(block.tex, block.line)
        for prose in prose_of(block):
            for span, line in spans_in(prose.spans, prose.line):
                if isinstance(span, Formula):
                    yield Placed(span.tex, line)


def links(blocks: Iterable[Block]) -> Iterator[tuple[Link, int]]:
    """Every link with its line."""
    for block in blocks_in(blocks):
        for prose in prose_of(block):
            for span, line in spans_in(prose.spans, prose.line):
                if isinstance(span, Link):
                    yield span, line


OneSpan: TypeAlias = "Callable[[Span, int], Span]"
OneBlock: TypeAlias = "Callable[[Block], Block]"


def remade(blocks: Iterable[Block], one_span: OneSpan, one_block: OneBlock = lambda block: block) -> tuple[Block, ...]:
    """The blocks with each piece of text, and then each block, put through a function.

    Args:
        blocks: the blocks.
        one_span: what becomes of a piece that holds no others, given its line.
        one_block: what becomes of a block whose inside is remade already.
    """
    return tuple(one_block(_remade(block, one_span, one_block)) for block in blocks)


def _remade(block: Block, one_span: OneSpan, one_block: OneBlock) -> Block:
    def prose(text: Prose) -> Prose:
        return replace(text, spans=_spans(text.spans, text.line, one_span))

    def inside(blocks: Iterable[Block]) -> tuple[Block, ...]:
        return remade(blocks, one_span, one_block)

    match block:
        case Heading() | Paragraph():
            return replace(block, text=prose(block.text))
        case Table():
            rows = tuple(replace(row, cells=tuple(prose(cell) for cell in row.cells)) for row in block.rows)
            return replace(block, header=tuple(prose(cell) for cell in block.header), rows=rows)
        case Listing():
            return replace(block, items=tuple(replace(item, blocks=inside(item.blocks)) for item in block.items))
        case Terms():
            terms = (
                replace(term, term=prose(term.term), meanings=tuple(inside(meaning) for meaning in term.meanings))
                for term in block.terms
            )
            return replace(block, terms=tuple(terms))
        case Box():
            title = prose(block.title) if block.title is not None else None
            return replace(block, title=title, blocks=inside(block.blocks))
        case Quote():
            return replace(block, blocks=inside(block.blocks))
        case _:
            return block


def _spans(spans: Iterable[Span], line: int, one_span: OneSpan) -> tuple[Span, ...]:
    made: list[Span] = []
    for span in spans:
        if isinstance(span, Strong | Emphasis | Link):
            made.append(replace(span, spans=_spans(span.spans, line, one_span)))
        else:
            made.append(one_span(span, line))
        line += _lines((span,))
    return tuple(made)
