"""The nodes of a YAML file: texts, lists and mappings that know where they stand."""

from __future__ import annotations

from typing import TypeAlias

from cards.findings import Position
from cards.model import Text
from cards.yaml_source import hints


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
        """The value with the place of each of its lines."""
        return Text(self.value, self.file.name, self._starts(), self._doubled())

    def _starts(self) -> tuple[tuple[int, int], ...]:
        if self.style in ("|", ">"):
            return self._block_starts()
        return ((self.line + 1, self.column + (2 if self.style else 1)),)

    def _block_starts(self) -> tuple[tuple[int, int], ...]:
        rows = self.value.split("\n")
        first = next((i for i, row in enumerate(rows) if row.strip()), None)
        if first is None:
            return ((self.line + 1, self.column + 1),)
        lines = self.file.lines
        if self.style == ">":  # folding joins lines: only the first can be placed
            at = next(i for i in range(self.line + 1, len(lines)) if lines[i].strip())
            return ((at + 1, len(lines[at]) - len(lines[at].lstrip(" ")) + 1),)
        begin = self.line + 1
        indent = len(lines[begin + first]) - len(rows[first])
        return tuple((begin + i + 1, indent + 1) for i in range(len(rows)))

    def _doubled(self) -> tuple[int, ...]:
        if self.style == "'" and "'" in self.value:
            return tuple(i for i, character in enumerate(self.value) if character == "'")
        if self.style == '"' and "\\" in self.file.text[self.start : self.end]:
            return hints.doubled_in_double_quotes(self.file.text[self.start + 1 : self.end - 1])
        return ()


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

    def get(self, key: str) -> Node | None:
        """The value of a key, or None."""
        entry = self.entries.get(key)
        return entry[1] if entry else None


Node: TypeAlias = Scalar | Sequence | Mapping
