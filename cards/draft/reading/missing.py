"""What is clearly missing on a page: what a colon announces, what a heading heads; and what a scrape runs together."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cards.draft.markdown import plain_of
from cards.draft.page import Block, Box, CodeSpan, Formula, Heading, LeftOut, Listing, Paragraph, Quote
from cards.draft.reading.context import Context

_RUN_TOGETHER = re.compile(r"\S\s?\N{EM DASH}\s.*?\S\N{EM DASH}\s|(?:[a-z)\]]\N{EM DASH}\s.*){2}")


def look(blocks: Sequence[Block], context: Context, *, scraped: bool, beyond: Block | None = None) -> None:
    """Warn of everything that is missing among the blocks and in the boxes among them.

    Args:
        blocks: siblings, in order.
        context: the page.
        scraped: the page is the text of a rendered page, whose displays and code are easily lost.
        beyond: what stands next outside of the box or quotation that holds the blocks.
    """
    levels = [0]
    for block in blocks:
        levels.append(block.level if isinstance(block, Heading) else levels[-1])
    after = beyond  # what stands next, but for what is nothing
    beside: Block | None = None
    for block, level in zip(reversed(blocks), reversed(levels), strict=False):
        ends = after is None or (isinstance(after, Heading) and after.level <= level)
        match block:
            case Heading():
                if ends and not (isinstance(beside, LeftOut) and not _is_nothing(beside)):
                    message = f"Nothing stands under the heading {plain_of(block.text.spans)!r}."
                    context.warn(block.line, "empty-section", message, "Write its text, or delete it.")
            case Paragraph():
                _paragraph(block, context, lost=ends or (scraped and isinstance(after, Paragraph)), scraped=scraped)
            case Box(blocks=inner) | Quote(blocks=inner):
                look(inner, context, scraped=scraped, beyond=after)
            case Listing(items=items):
                for item in items:
                    look(item.blocks[1:], context, scraped=scraped, beyond=block)  # the next item may be it
            case _:
                pass
        beside = block
        after = after if _is_nothing(block) else block


_NOTHING = {"rule", "comment", "tags"}


def _is_nothing(block: Block) -> bool:
    return isinstance(block, LeftOut) and block.kind in _NOTHING


def _paragraph(block: Paragraph, context: Context, *, lost: bool, scraped: bool) -> None:
    text = plain_of(block.text.spans)
    announces = text.endswith(":") and not re.search(r":[\w+-]+:$", text)
    if lost and announces and not isinstance(block.text.spans[-1], Formula | CodeSpan):
        message = f"Nothing follows that {_end_of(text)!r} could announce."
        hint = "A display formula, code or a list seems to be lost." if scraped else "Write it, or end with a stop."
        context.warn(block.line, "nothing-announced", message, hint)
    if scraped and _RUN_TOGETHER.search(text):
        message = f"Items of a list seem to run together here: {text[:40]!r}…"
        context.warn(block.line, "run-together", message, "Give each item a line of its own that begins with a dash.")


def _end_of(text: str) -> str:
    return text if len(text) <= 40 else f"…{text[-39:]}"
