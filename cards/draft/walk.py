"""A page's blocks as units, in the order of the page: the one way in which rules and the coverage table see it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from cards.draft.candidate import Unit
from cards.draft.page import Block, Box, Heading, Listing, Page, Quote, Table, Terms


def units(page: Page) -> Iterator[Unit]:
    """Every unit of the page: see `Unit`."""
    yield from _walk(page.blocks, Unit(page.blocks[0], page, 1)) if page.blocks else ()


def _walk(blocks: Sequence[Block], place: Unit) -> Iterator[Unit]:
    headings = place.headings
    for index, block in enumerate(blocks):
        if isinstance(block, Heading):
            headings = (*(above for above in headings if above.level < block.level), block)
        unit = replace(
            place,
            part=block,
            line=block.line,
            headings=headings[:-1] if isinstance(block, Heading) else headings,
            before=blocks[index - 1] if index else None,
            after=blocks[index + 1] if index + 1 < len(blocks) else None,
            following=_following(blocks, index),
            whole=None,
            index=0,
        )
        yield unit
        yield from _inside(unit)


def _inside(unit: Unit) -> Iterator[Unit]:
    match unit.part:
        case Table(rows=rows) as table:
            for index, row in enumerate(rows):
                yield replace(unit, part=row, line=row.line, whole=table, index=index)
        case Terms(terms=terms) as block:
            for index, term in enumerate(terms):
                yield replace(unit, part=term, line=term.line, whole=block, index=index)
        case Listing(items=items) as listing:
            for index, item in enumerate(items):
                one = replace(unit, part=item, line=item.line, whole=listing, index=index)
                yield one
                yield from _walk(item.blocks, replace(one, item=item))
        case Box(blocks=blocks) | Quote(blocks=blocks) as box:
            yield from _walk(blocks, replace(unit, box=box))


def _following(blocks: Sequence[Block], index: int) -> tuple[Block, ...]:
    block = blocks[index]
    if not isinstance(block, Heading):
        return ()
    end = index + 1
    while end < len(blocks):
        after = blocks[end]
        if isinstance(after, Heading) and after.level <= block.level:
            break
        end += 1
    return tuple(blocks[index + 1 : end])
