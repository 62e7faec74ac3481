"""A page's blocks as an indented outline that a person can read and write: one line a block, with its line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cards.draft.page import (
    Block,
    Box,
    Break,
    Code,
    CodeSpan,
    Emphasis,
    Equation,
    FootnoteMark,
    Formula,
    Heading,
    Image,
    LeftOut,
    Link,
    Listing,
    Page,
    Paragraph,
    Prose,
    Quote,
    Span,
    Strong,
    Table,
    Terms,
    Words,
)


def outline(page: Page) -> str:
    """The page's blocks, footnotes and warnings."""
    lines = [*outline_of(page.blocks)]
    for label, blocks in page.footnotes.items():
        lines += [f"footnote {label}:", *(f"  {line}" for line in outline_of(blocks))]
    lines += [f"! {warning.where.line} {warning.code}" for warning in page.warnings]
    return "\n".join(lines)


def outline_of(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        yield from (f"{block.line} {line}" if not number else f"  {line}" for number, line in enumerate(_block(block)))


def _block(block: Block) -> Iterator[str]:
    match block:
        case Table(header=header, rows=rows):
            yield f"table {' | '.join(map(show, header))}"
            for row in rows:
                yield f"{row.line} {' | '.join(map(show, row.cells))}"
        case Listing(items=items, ordered=ordered):
            yield "ol" if ordered else "ul"
            for item in items:
                sign = "-" if item.done is None else "[x]" if item.done else "[ ]"
                yield f"{item.line} {sign}"
                yield from (f"  {line}" for line in outline_of(item.blocks))
        case Terms(terms=terms):
            yield "dl"
            for term in terms:
                yield f"{term.line} {show(term.term)}"
                for meaning in term.meanings:
                    yield "  ="
                    yield from (f"    {line}" for line in outline_of(meaning))
        case Box(kind=kind, title=title, blocks=blocks, label=label):
            shown = "" if title is None else f" {show(title)!r}"
            yield f"box {kind}{shown}{f' #{label}' if label else ''}"
            yield from outline_of(blocks)
        case Quote(blocks=blocks):
            yield "quote"
            yield from outline_of(blocks)
        case _:
            yield _leaf(block)


def _leaf(block: Heading | Paragraph | Equation | Code | LeftOut) -> str:
    match block:
        case Heading(level=level, text=text, number=number, anchor=anchor):
            return f"{'#' * level} {f'({number}) ' if number else ''}{show(text)} #{anchor}"
        case Paragraph(text=text):
            return f"p {show(text)}"
        case Equation(tex=tex, label=label):
            return f"eq {_one_line(tex)}{f' #{label}' if label else ''}"
        case Code(text=text, language=language, title=title):
            return f"code {language or '-'}{f' ({title})' if title else ''} {_one_line(text)}"
        case LeftOut(kind=kind, excerpt=excerpt):
            return f"- {kind}{f': {excerpt}' if excerpt else ''}"


def _one_line(text: str) -> str:
    return text.replace("\n", "\N{DOWNWARDS ARROW WITH CORNER LEFTWARDS}")


def show(prose: Prose) -> str:
    return "".join(map(_span, prose.spans))


def _span(span: Span) -> str:
    match span:
        case Words(text=text):
            return text
        case Formula(tex=tex, display=display):
            return f"$${_one_line(tex)}$$" if display else f"${_one_line(tex)}$"
        case CodeSpan(text=text):
            return f"`{text}`"
        case Strong(spans=spans):
            return f"**{''.join(map(_span, spans))}**"
        case Emphasis(spans=spans):
            return f"*{''.join(map(_span, spans))}*"
        case Link(spans=spans, target=target):
            return f"[{''.join(map(_span, spans))}]({target})"
        case Image(alt=alt, target=target):
            return f"![{alt}]({target})"
        case Break(hard=hard):
            return "\\ " if hard else " / "
        case FootnoteMark(label=label):
            return f"[^{label}]"
