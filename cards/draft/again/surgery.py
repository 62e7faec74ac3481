"""Keys and notes put into a deck's files where a person would write them."""

from __future__ import annotations

import re
from collections.abc import Mapping as PlainMapping
from collections.abc import Sequence as Many
from functools import cached_property
from typing import TypeAlias

from cards.draft.again.sheet import Sheet, unsure
from cards.draft.record import Texts
from cards.findings import DeckError
from cards.writing import note_yaml
from cards.writing.layout import entries
from cards.writing.scalars import spelled
from cards.yaml_source import Mapping, Scalar, Sequence

Changes: TypeAlias = "PlainMapping[str, Texts | None]"
"""Keys and what they are to hold; None for those that are to go."""

_DASH = re.compile(r"-(?:\s.*)?\Z")
_NO_NOTES = re.compile(r"notes:\s*(?:\[\s*\]|~|null)?\s*(?:#.*)?\Z")


def change(sheet: Sheet, mapping: Mapping, end: int, changes: Changes, order: Many[str]) -> bool:
    """Change keys of a mapping that stands key below key.

    Args:
        sheet: the file.
        mapping: one of its mappings.
        end: the line after what may be the mapping's.
        changes: what to change; equal values too are written anew.
        order: the schema's order of keys: a new key comes behind the last of those that stand before it there.

    Returns:
        Whether it could be done. Not if the mapping does not stand key below key, or a comment or a note's dash would
        be lost: then nothing is changed.
    """
    parts = sheet.parts(mapping, end)
    if not parts:
        return False
    first = next(iter(parts))
    replaced = [parts[key] for key in changes if key in parts]
    behind_dash = sheet.lines[parts[first].begin][: parts[first].column].strip()
    if behind_dash and changes.get(first, "") is None:
        return False
    if any(sheet.has_comment(mapping, part.begin, part.end) for part in replaced):
        return False
    for key, value in changes.items():
        part = parts.get(key)
        lines = list(entries({key: value}, mapping.column)) if value is not None else []
        if part is not None and lines:
            begin = sheet.lines[part.begin]
            lines[0] = begin[: part.column] + lines[0][mapping.column :]
        if part is not None:
            sheet.replace(part.begin, part.end, lines)
        elif lines:
            before = [parts[name].end for name in order[: order.index(key)] if name in parts]
            line = before[-1] if before else parts[first].end
            sheet.replace(line, line, lines)
    return True


class NoteList:
    """The notes of a section's file, each with its lines.

    Attributes:
        items: the notes as nodes.
    """

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        entry = sheet.root.entries.get("notes")
        self.node = entry[1] if entry else None
        self.key = entry[0] if entry else None
        self.items = self.node.items if isinstance(self.node, Sequence) else []

    def _limit(self) -> int:
        """The line after what may be the notes'."""
        line = self.key.line if self.key else 0
        return min((key.line for key, _ in self.sheet.root.entries.values() if key.line > line), default=self.sheet.end)

    def _dash(self, index: int) -> int:
        """The line with a note's dash."""
        node, item = self.node, self.items[index]
        if not isinstance(node, Sequence) or node.flow:
            raise unsure(item.where, "The notes stand in `[...]`.")
        line = item.line
        while not self._has_dash(line, node.column):
            line -= 1
            if line < node.line or not (self._has_dash(line, node.column) or self.sheet.is_aside(line)):
                raise unsure(item.where, "The note's dash cannot be found.")
        if index and line <= self.items[index - 1].line:
            raise unsure(item.where, "The note is an alias, or shares a line with another.")
        return line

    def _has_dash(self, line: int, column: int) -> bool:
        text = self.sheet.lines[line]
        return not text[:column].strip() and _DASH.match(text[column:]) is not None

    def _end(self, index: int) -> int:
        """The line after a note's last, comments behind it left aside."""
        behind = self._dash(index + 1) if index + 1 < len(self.items) else self._limit()
        return self.sheet.last(self.items[index], self._dash(index), behind)

    def change(self, index: int, changes: Changes, order: Many[str]) -> bool:
        """Change keys of a note: see `change`."""
        note, lines = self.items[index], self._lines(index)
        return isinstance(note, Mapping) and lines is not None and change(self.sheet, note, lines[1], changes, order)

    def rewrite(self, index: int, data: PlainMapping[str, Texts]) -> bool:
        """Write a whole note anew. Returns whether it could be done: not if a comment would be lost."""
        lines = self._lines(index)
        if lines is None or self.sheet.has_comment(self.items[index], *lines):
            return False
        self.sheet.replace(*lines, self._written(data))
        return True

    def _lines(self, index: int) -> tuple[int, int] | None:
        """A note's lines, from the first to before the last; None if it has none of its own."""
        try:
            return self._dash(index), self._end(index)
        except DeckError:
            return None

    def insert(self, after: int, notes: Many[PlainMapping[str, Texts]]) -> None:
        """Put new notes behind the one with the index `after`; -1: before all.

        Raises:
            DeckError: the notes do not stand as a list below `notes:`.
        """
        written = [self._written(note) for note in notes]
        if not self.items:
            self._begin_list([line for note in written for line in note])
            return
        spaced = [""] if self._spaced else []
        if after < 0:
            line = self._dash(0)
            while self.key and line - 1 > self.key.line and self._leads(line - 1):
                line -= 1
            self.sheet.replace(line, line, [line for note in written for line in (*note, *spaced)], rank=1)
            return
        line = self._behind(after)
        self.sheet.replace(line, line, [line for note in written for line in (*spaced, *note)], rank=1)

    def _leads(self, line: int) -> bool:
        return self.sheet.lines[line].lstrip().startswith("#")

    def _begin_list(self, lines: Many[str]) -> None:
        sheet = self.sheet
        if self.key is None:
            parts = sheet.parts(sheet.root, sheet.end)
            if not parts:
                raise unsure(sheet.root.where, "The section's keys do not stand in lines of their own.")
            line = max(part.end for part in parts.values())
            sheet.replace(line, line, ["notes:", *lines], rank=1)
            return
        text = sheet.lines[self.key.line]
        if not _NO_NOTES.match(text):
            raise unsure(self.key.where, "The value of `notes` is no list of notes.")
        comment = text[text.index("#") :] if "#" in text else ""
        sheet.replace(self.key.line, self.key.line + 1, [f"notes:{'  ' if comment else ''}{comment}", *lines])

    def _written(self, data: PlainMapping[str, Texts]) -> list[str]:
        """A note's lines, its dash where those of the others are."""
        lines = note_yaml(data).removesuffix("\n").split("\n")
        column = self.node.column if isinstance(self.node, Sequence) and self.items else 2
        return [" " * column + line[2:] if line else "" for line in lines]

    @cached_property
    def _spaced(self) -> bool:
        """Whether most notes stand apart from the next by an empty line."""
        gaps = [self._end(i) < self._dash(i + 1) and self._empty(self._end(i)) for i in range(len(self.items) - 1)]
        return sum(gaps) * 2 > len(gaps)

    def _empty(self, line: int) -> bool:
        return line < len(self.sheet.lines) and not self.sheet.lines[line].strip()

    def _behind(self, index: int) -> int:
        """The line behind a note and the comments that a reader takes for its own, before those of the next."""
        last = index + 1 == len(self.items)
        end, behind = self._end(index), self._limit() if last else self._dash(index + 1)
        dash = self.node.column if self.node else 0
        deeper = [line for line in range(end, behind) if self._indent(line) > dash]
        line = deeper[-1] + 1 if deeper else end
        run = line
        while run < behind and self._leads(run):
            run += 1
        at_end = last and behind == self.sheet.end
        return run if run < behind or at_end else line

    def _indent(self, line: int) -> int:
        text = self.sheet.lines[line]
        return len(text) - len(text.lstrip()) if text.strip() else -1


def list_sections(sheet: Sheet, new: PlainMapping[str, Many[str]]) -> None:
    """Put sections into the list of deck.yaml.

    Args:
        sheet: deck.yaml.
        new: a section that is in the list, or nothing -> those that come behind it, or before all.

    Raises:
        DeckError: there is no such list.
    """
    node = sheet.root.get("sections")
    if not isinstance(node, Sequence) or not node.items or any(not isinstance(item, Scalar) for item in node.items):
        raise unsure(node.where if node else sheet.at(0), "deck.yaml has no list of `sections`.")
    items = [item for item in node.items if isinstance(item, Scalar)]
    known = {item.value: item for item in reversed(items)}
    splices: dict[int, list[tuple[int, str]]] = {}
    for after, names in new.items():
        item = known[after] if after else items[0]
        if node.flow:
            words = ", ".join(spelled(name, flow=True, strictly=True) for name in names)
            offset, text = (item.end, f", {words}") if after else (item.start, f"{words}, ")
            line = item.line if not after else sheet.line_of(item.end)
            splices.setdefault(line, []).append((offset - sheet.begin_of(line), text))
            continue
        if item.column <= node.column or sheet.lines[item.line][: item.column].strip() != "-":
            raise unsure(item.where, f"The section `{item.value}` does not stand in a line of its own.")
        line = item.line + 1 if after else item.line
        sheet.replace(line, line, [f"{' ' * node.column}- {spelled(name, strictly=True)}" for name in names])
    for line, pieces in splices.items():
        text = sheet.lines[line]
        for column, piece in sorted(pieces, reverse=True):
            text = text[:column] + piece + text[column:]
        sheet.replace(line, line + 1, [text])
