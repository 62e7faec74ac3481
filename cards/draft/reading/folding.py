"""Boxes that open and close on lines of their own: what stands between is put into them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from cards.draft.page import Block, Box, Prose, Quote
from cards.draft.reading.context import Context, left_out

_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Opened:
    """A box begins. `name` is what has to close it; `kind` and the rest are the box's own."""

    name: str
    kind: str
    title: Prose | None
    line: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Closed:
    """The box that was opened under the name ends."""

    name: str


@dataclass(slots=True)
class _Level:
    opened: Opened | None
    title: Prose | None
    blocks: list[Block] = field(default_factory=list)


def fold(items: Iterable[Block | Opened | Closed], context: Context) -> list[Block]:
    """The blocks with each box's content in it. What never closes is told, and its content stays where it is."""
    levels = [_Level(None, None)]
    for item in items:
        match item:
            case Opened(name="summary", title=title):
                if levels[-1].opened:
                    levels[-1].title = title
            case Opened(line=line) if len(levels) > _DEEPEST:
                levels[-1].blocks.append(left_out("too deep", line, f"<{item.name}>"))
            case Opened():
                levels.append(_Level(item, item.title))
            case Closed(name=name):
                if any(level.opened and level.opened.name == name for level in levels[1:]):
                    while not _shut(levels, name, context):
                        pass
            case _:
                levels[-1].blocks.append(item)
    while len(levels) > 1:
        _shut(levels, "", context)
    return levels[0].blocks


def _shut(levels: list[_Level], name: str, context: Context) -> bool:
    """Close the innermost box; whether it is the one of the name."""
    level = levels.pop()
    opened = level.opened
    into = levels[-1].blocks
    if opened is None:
        return True
    if opened.name != name:
        context.warn(opened.line, "unclosed-box", f"What opens here ({opened.name}) never closes.", "Close it.")
        into.append(left_out("html", opened.line, opened.name))
        into += level.blocks
        return False
    if opened.kind == "quote":
        into.append(Quote(tuple(level.blocks), opened.line))
    else:
        into.append(Box(opened.kind, level.title, tuple(level.blocks), opened.line, opened.label))
    return True
