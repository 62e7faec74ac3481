"""The coverage table: every part of every page, and its notes or why there are none. Nothing vanishes silently."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from cards.draft.candidate import Part as Piece
from cards.draft.candidate import Unit
from cards.draft.drafted import Row as Line
from cards.draft.making import Made, Seen
from cards.draft.markdown import plain_of
from cards.draft.page import (
    Box,
    Code,
    Equation,
    Heading,
    Image,
    Item,
    LeftOut,
    Listing,
    Page,
    Paragraph,
    Quote,
    Row,
    Table,
    Term,
    Terms,
)

_LONGEST = 60
_COMMENT = re.compile(r"#|//|--|/\*|%|;;")
_HAS_RELATION = re.compile(r"[=<>]|\\(?:neq?|leq?|geq?|approx|equiv|in|sim)\b")


@dataclass(slots=True)
class Said:
    """What is known of a page beside its units.

    Attributes:
        sections: for a heading's line the section that it begins.
        places: for a block, by its identity, what became of it otherwise: the deck's description.
        lessons: whether prose is in lessons.
    """

    sections: Mapping[int, str] = field(default_factory=dict)
    places: Mapping[int, str] = field(default_factory=dict)
    lessons: bool = True


def coverage(page: Page, seen: Sequence[Seen], said: Said) -> Iterator[Line]:
    """The page's lines of the table.

    Args:
        page: the page.
        seen: its units, with what was made of them.
        said: what else is known.
    """
    into = _covered(seen)
    last: Unit | None = None
    held: list[Line] = []
    for each in seen:
        unit = each.unit
        line = _line(page, each, into, said)
        if held and last is not None and _is_inside_alone(unit, last) and not (held[-1].notes and line.notes):
            # An item's own paragraph is the item.
            before = held.pop()
            notes = before.notes or line.notes
            held.append(
                Line(page.name, before.line, before.what, before.excerpt, notes, line.remark, before.depth)
                if line.notes or not notes
                else before
            )
            continue
        yield from held
        held = [line]
        last = unit
    yield from held
    for label, blocks in page.footnotes.items():
        for block in blocks:
            remark = "in the lesson, where its mark stands" if said.lessons else "no rule reads footnotes"
            yield Line(page.name, block.line, "footnote", _short(f"{label}: {_text(block)}"), (), remark)


def _is_inside_alone(unit: Unit, around: Unit) -> bool:
    match around.part:
        case Item(blocks=blocks) | Quote(blocks=blocks):
            return bool(blocks) and blocks[0] is unit.part and isinstance(unit.part, Paragraph | Equation | Code)
        case _:
            return False


def _covered(seen: Sequence[Seen]) -> Mapping[int, Made]:
    """For each line that went into a note of another unit, that note."""
    return {line: made for each in seen for made in each.made if not made.dropped for line in made.candidate.covers}


def _line(page: Page, seen: Seen, into: Mapping[int, Made], said: Said) -> Line:
    unit = seen.unit
    notes = tuple(made.id for made in seen.made if not made.dropped)
    told = [made.dropped or made.remark for made in seen.made if made.dropped or made.remark]
    remark = "; ".join(dict.fromkeys(told))
    if not seen.made:
        remark = _why_none(unit, seen, into, said)
    return Line(page.name, unit.line, _what(unit.part), _short(_text(unit.part)), notes, remark, _depth(unit))


def _why_none(unit: Unit, seen: Seen, into: Mapping[int, Made], said: Said) -> str:
    part = unit.part
    if isinstance(part, Heading):
        return said.sections.get(part.line, "")
    if isinstance(part, LeftOut):
        return part.reason or ("" if part.kind == "rule" else "left out")
    if id(part) in said.places:
        return said.places[id(part)]
    if unit.line in into:
        return f"goes into {into[unit.line].id}"
    if seen.off:
        return f"the rule {seen.off[0]} is off"
    if isinstance(part, Table | Listing | Terms | Box | Quote):
        return ""
    return _no_rule(part)


def _no_rule(part: Piece) -> str:
    match part:
        case Equation(tex=tex):
            return "no rule asks for it" if _HAS_RELATION.search(tex) else "it says nothing of both sides"
        case Code(text=text):
            return "no rule asks for it" if _COMMENT.search(text) else "no comment in the code"
        case Row():
            return "no rule knows what its columns mean"
        case Paragraph(text=text) if not plain_of(span for span in text.spans if not isinstance(span, Image)):
            return "a picture"
        case Paragraph() | Item() | Term():
            return "prose"
        case _:
            return ""


def _depth(unit: Unit) -> int:
    return (unit.box is not None) + (unit.item is not None) + isinstance(unit.part, Row | Item | Term)


_NAMES: tuple[tuple[type, str], ...] = (
    (Heading, "heading"),
    (Paragraph, "paragraph"),
    (Equation, "formula"),
    (Code, "code"),
    (Table, "table"),
    (Row, "row"),
    (Listing, "list"),
    (Item, "item"),
    (Terms, "definitions"),
    (Term, "term"),
    (Quote, "quote"),
)


def _what(part: Piece) -> str:
    if isinstance(part, LeftOut | Box):
        return "divider" if part.kind == "rule" else part.kind
    return next((name for kind, name in _NAMES if isinstance(part, kind)), "block")


def _text(part: Piece) -> str:
    """The beginning of what it says, in plain words."""
    match part:
        case Heading(text=text, number=number):
            return f"{number} {plain_of(text.spans)}".strip()
        case Paragraph(text=text):
            return plain_of(text.spans)
        case Equation(tex=tex):
            return tex
        case Code(text=text):
            return text.strip().partition("\n")[0]
        case Table(header=cells) | Row(cells=cells):
            return " | ".join(plain_of(cell.spans) for cell in cells)
        case Listing(items=items):
            return f"{len(items)} {'item' if len(items) == 1 else 'items'}"
        case Terms(terms=terms):
            return f"{len(terms)} {'term' if len(terms) == 1 else 'terms'}"
        case Term(term=term):
            return plain_of(term.spans)
        case Box(title=title) if title is not None:
            return plain_of(title.spans)
        case Item(blocks=blocks) | Box(blocks=blocks) | Quote(blocks=blocks):
            return _text(blocks[0]) if blocks else ""
        case LeftOut(excerpt=excerpt):
            return excerpt


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"
