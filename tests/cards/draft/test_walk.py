from __future__ import annotations

from cards.draft.candidate import Unit
from cards.draft.markdown import plain_of
from cards.draft.page import Box, Heading, Item, Listing, Paragraph, Row, Table, Term, Terms
from cards.draft.walk import units
from tests.cards.draft.conftest import ReadText

PAGE = """\
# Sums

Before.

| a | b |
|---|---|
| 1 | 2 |
| 3 | 4 |

## Parts

Term
: Meaning

- one

  inside
- two
  - deep

### Deeper

!!! note
    In the box.

    > Quoted.

## Last
"""


def found(page: ReadText, text: str = PAGE) -> list[Unit]:
    return list(units(page(text)))


def named(unit: Unit) -> str:
    return type(unit.part).__name__


def test_every_part_comes_once_in_the_order_of_the_page(page: ReadText) -> None:
    walked = found(page)
    assert [(named(unit), unit.line) for unit in walked] == [
        *(("Heading", 1), ("Paragraph", 3), ("Table", 5), ("Row", 7), ("Row", 8), ("Heading", 10)),
        *(("Terms", 12), ("Term", 12), ("Listing", 15), ("Item", 15), ("Paragraph", 15), ("Paragraph", 17)),
        *(("Item", 18), ("Paragraph", 18), ("Listing", 19), ("Item", 19), ("Paragraph", 19), ("Heading", 21)),
        *(("Box", 23), ("Paragraph", 24), ("Quote", 26), ("Paragraph", 26), ("Heading", 28)),
    ]
    assert found(page, "") == []


def test_a_part_knows_the_headings_above_it_and_a_heading_those_above_itself(page: ReadText) -> None:
    walked = found(page)
    above = {unit.line: [plain_of(heading.text.spans) for heading in unit.headings] for unit in walked}
    assert above[1] == []
    assert above[8] == ["Sums"]
    assert above[10] == ["Sums"]
    assert above[19] == ["Sums", "Parts"]
    assert above[26] == ["Sums", "Parts", "Deeper"]
    assert above[28] == ["Sums"]


def test_a_part_knows_what_stands_beside_it(page: ReadText) -> None:
    walked = found(page)
    row = next(unit for unit in walked if isinstance(unit.part, Row) and unit.index == 1)
    assert isinstance(row.whole, Table)
    assert isinstance(row.before, Paragraph)
    assert isinstance(row.after, Heading)
    term = next(unit for unit in walked if isinstance(unit.part, Term))
    assert isinstance(term.whole, Terms)
    assert isinstance(term.after, Listing)
    last = walked[-1]
    assert isinstance(last.before, Box)
    assert last.after is None


def test_what_stands_in_an_item_or_a_box_knows_it(page: ReadText) -> None:
    walked = found(page)
    inside = next(unit for unit in walked if unit.line == 17)
    assert isinstance(inside.item, Item)
    assert inside.item.line == 15
    assert isinstance(inside.before, Paragraph)
    deep = [unit for unit in walked if unit.line == 19][-1]
    assert deep.item is not None
    assert deep.item.line == 19
    quoted = [unit for unit in walked if unit.line == 26]
    assert [named(unit) for unit in quoted] == ["Quote", "Paragraph"]
    assert isinstance(quoted[0].box, Box)
    assert quoted[1].box == quoted[0].part


def test_a_heading_knows_what_follows_it_up_to_its_next_equal(page: ReadText) -> None:
    walked = [unit for unit in found(page) if isinstance(unit.part, Heading)]
    assert [[block.line for block in unit.following] for unit in walked] == [
        [3, 5, 10, 12, 15, 21, 23, 28],
        [12, 15, 21, 23],
        [23],
        [],
    ]
