"""What stands around a unit: what leads up to it, and what comes after."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cards.draft.candidate import Unit
from cards.draft.page import Block, Paragraph
from cards.draft.rules.phrases import Line, prose_line

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


def siblings_after(unit: Unit) -> Sequence[Block]:
    """The blocks after a block in the same box, list item or page."""
    around = [unit.page.blocks]
    if unit.item is not None:
        around.append(unit.item.blocks)
    if unit.box is not None:
        around.append(unit.box.blocks)
    for blocks in reversed(around):
        for index, block in enumerate(blocks):
            if block is unit.part:
                return blocks[index + 1 :]
    return ()
