"""The nodes of a YAML file: texts, lists and mappings that know where they stand."""

from __future__ import annotations

import re
from typing import TypeAlias

from cards.findings import Finding, Position
from cards.model import Text
from cards.yaml_source import hints

_FOLD = r"[ \t]*\n[ \t\n]*"
_STEPS = {
    "": re.compile(_FOLD),
    ">": re.compile(_FOLD),
    "'": re.compile(rf"{_FOLD}|''"),
    '"': re.compile(rf"\\\n[ \t\n]*|\\(?:x..|u.{{4}}|U.{{8}}|.)|{_FOLD}"),
}


class SourceFile:
    """One file's text as a reader sees it: line ends made equal, a byte order mark taken off."""

    __slots__ = ("lines", "name", "text")

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self.lines = text.split("\n")


class Scalar:
    """A piece of text: the value of a key, an item of a list, or a key itself.

    Attributes:
        value: the text after YAML's unquoting.
        line: its first line, counted from 0; `column` likewise.
        style: "" for plain, else one of `'`, `"`, `|`, `>`.
        start: the index of its first character in the file's text; `end` is the index after its last.
    """

    __slots__ = ("column", "end", "file", "line", "start", "style", "value")

    def __init__(
        self, file: SourceFile, value: str, place: tuple[int, int], style: str = "", span: tuple[int, int] = (0, 0)
    ) -> None:
        self.file = file
        self.value = value
        self.line, self.column = place
        self.style = style
        self.start, self.end = span

    @property
    def where(self) -> Position:
        """Where the scalar begins, its quote or `|` included."""
        return Position(self.file.name, self.line + 1, self.column + 1)

    def as_text(self) -> Text:
        """The value with the place of each of its characters."""
        if self.style == "|":
            return Text(self.value, self.file.name, self._literal_starts())
        text, start, end = self.file.text, self.start, self.end
        begin = (self.line + 1, self.column + 1)
        if self.style == ">":
            start = text.find("\n", start, end)
            jumps = self._jumps(start, end) if start != -1 else ()
            return Text(self.value, self.file.name, (jumps[0][1:] if jumps else begin,), jumps)
        if self.style:
            start, end, begin = start + 1, end - 1, (begin[0], begin[1] + 1)
        plain = text.find("\n", start, end) == -1 and len(self.value) == end - start
        return Text(self.value, self.file.name, (begin,), () if plain else self._jumps(start, end))

    def cut(self, *, always: bool = False) -> Finding | None:
        """A lint if a ` #` cut this unquoted text short. `always`: also where it looks like a comment."""
        text = self.file.text
        line_end = text.find("\n", self.end)
        rest = text[self.end : line_end if line_end != -1 else len(text)]
        comment = rest.lstrip(" \t")
        if self.style or not comment.startswith("#"):
            return None
        row = self.line + text.count("\n", self.start, self.end)
        column = self.end - (text.rfind("\n", 0, self.end) + 1) + len(rest) - len(comment) + 1
        where = Position(self.file.name, row + 1, column)
        return hints.cut_by_comment(self.value, where, self.file.lines[row], always=always)

    def _literal_starts(self) -> tuple[tuple[int, int], ...]:
        """The lines of a `|` block: they stand below the `|`, all moved right by as much as the first."""
        rows = self.value.split("\n")
        first = next((i for i, row in enumerate(rows) if row.strip()), None)
        begin = self.line + 1
        if first is None or begin + first >= len(self.file.lines):
            return ((self.line + 1, self.column + 1),)
        indent = len(self.file.lines[begin + first]) - len(rows[first])
        return tuple((begin + i + 1, indent + 1) for i in range(len(rows)))

    def _jumps(self, start: int, end: int) -> tuple[tuple[int, int, int], ...]:
        """Where reading on in the value means a jump in the file, for folded and for quoted text.

        Between line breaks and escapes the value and the file are equal, so each is a step from one equal stretch to
        the next: over all white space around a line break, over one character for an escape.
        """
        text, value = self.file.text, self.value
        line_begin = text.rfind("\n", 0, start) + 1
        line = self.line + 1
        jumps = []
        offset, done = 0, start
        for match in _STEPS[self.style].finditer(text, start, end):
            offset += match.start() - done
            done = match.end()
            step = match[0]
            if "\n" in step:
                line += step.count("\n")
                line_begin = text.rfind("\n", 0, done) + 1
            if step.isspace():
                while offset < len(value) and value[offset] in " \t\n":
                    offset += 1
            elif not step.startswith("\\\n"):  # but for an escaped line break, which stands for nothing
                offset += 1
            jumps.append((offset, line, done - line_begin + 1))
        return tuple(jumps)


class Sequence:
    """A list and where it begins (line and column counted from 0)."""

    __slots__ = ("column", "file", "flow", "items", "line", "size")

    def __init__(self, file: SourceFile, line: int, column: int, flow: bool) -> None:
        self.file = file
        self.line = line
        self.column = column
        self.flow = flow
        self.items: list[Node] = []
        self.size = 1

    @property
    def where(self) -> Position:
        """Where the list begins."""
        return Position(self.file.name, self.line + 1, self.column + 1)


class Mapping:
    """Keys and values in the author's order, and where they begin (line and column counted from 0)."""

    __slots__ = ("column", "entries", "file", "flow", "line", "pending", "size")

    def __init__(self, file: SourceFile, line: int, column: int, flow: bool) -> None:
        self.file = file
        self.line = line
        self.column = column
        self.flow = flow
        self.entries: dict[str, tuple[Scalar, Node]] = {}
        self.pending: Scalar | None = None
        self.size = 1

    @property
    def where(self) -> Position:
        """Where the mapping begins."""
        return Position(self.file.name, self.line + 1, self.column + 1)

    def without(self, key: str) -> Mapping:
        """The same mapping without one key."""
        rest = Mapping(self.file, self.line, self.column, self.flow)
        rest.entries = {name: entry for name, entry in self.entries.items() if name != key}
        return rest

    def get(self, key: str) -> Node | None:
        """The value of a key, or None."""
        entry = self.entries.get(key)
        return entry[1] if entry else None


Node: TypeAlias = Scalar | Sequence | Mapping
