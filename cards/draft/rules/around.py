"""What stands around a unit: what leads up to it, and what comes after."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from cards.draft.candidate import Unit
from cards.draft.page import Block, Item, Paragraph
from cards.draft.rules.phrases import Line, prose_line

_FEW = 40  # blocks below one that may be an answer: more would not fit on a card
_LEAD = re.compile(r":\W*$")
STATEMENT = re.compile(
    r"^(?:definition|theorem|lemma|proposition|corollary|axiom|law|remark|proof|claim|fact|principle)\b\s*(?:[\d(.:]|$)",
    re.I,
)
"""How a paragraph's bold beginning reads that makes it a definition or a theorem without a box."""


def lead_of(unit: Unit) -> Line:
    """The paragraph that leads up to a list, a table or its parts: what stands before it and ends in a colon, or is
    all bold; empty if there is none.
    """
    before = unit.before
    if not isinstance(before, Paragraph):
        return Line("")
    line = prose_line(before)
    plain = line.unmarked().text
    return line if _LEAD.search(plain) or (len(plain) <= 60 and is_bold(line)) else Line("")


def is_bold(line: Line) -> bool:
    """Whether a line is bold as a whole, but for a colon or a full stop."""
    bare = line.text.strip().rstrip(":. ")
    return len(bare) == 1 and "\ue800" <= bare <= "\uebff"


def heading_of(unit: Unit) -> str:
    """The text of the heading right above a unit; empty if there is none."""
    return prose_line(unit.headings[-1].text).plain() if unit.headings else ""


def below(unit: Unit) -> Sequence[Block]:
    """The next blocks: below the first paragraph of an item those in the item, else those after the block itself."""
    if isinstance(unit.part, Item):
        return unit.part.blocks[1:]
    around = [blocks.blocks for blocks in (unit.box, unit.item) if blocks is not None]
    for blocks in (*around, unit.page.blocks):
        for index in range(bisect_left(blocks, unit.line, key=lambda block: block.line), len(blocks)):
            if blocks[index] is unit.part:
                return blocks[index + 1 : index + _FEW]
            if blocks[index].line > unit.line:
                break
    return ()
