"""A YAML file as lines that are cut and filled in: whatever is not touched stays byte for byte."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator
from collections.abc import Sequence as Many
from dataclasses import dataclass, field

from cards.findings import DeckError, Finding, Position, Severity
from cards.yaml_source import Mapping, Node, Scalar, Sequence, parse_yaml

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_END = re.compile(r"(?:\.\.\.|---)(?:\s|\Z)")
_BOM = "\ufeff"


def unsure(where: Position, what: str) -> DeckError:
    """The error for a file into which nothing can be put safely."""
    hint = "Lay it out as drafted: a key in each line, notes as a list below `notes:`. Nothing was written."
    return DeckError([Finding(where, "draft-layout", what, hint)])


@dataclass(frozen=True, slots=True)
class Part:
    """A key with its value: the lines from `begin` to before `end`, without the comments that lead to the next one."""

    begin: int
    end: int
    column: int


@dataclass
class Sheet:
    """One file.

    Attributes:
        name: how positions call it.
        root: its content.
        lines: its lines, without their ends.
    """

    raw: bytes
    name: str
    edits: list[tuple[int, int, int, int, list[str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        document = parse_yaml(self.raw, self.name)
        wrong = [finding for finding in document.findings if finding.severity is Severity.ERROR]
        if wrong:
            raise DeckError(wrong)
        if not isinstance(document.root, Mapping):
            message = "The file holds no `key: value` lines."
            raise DeckError([Finding(Position(self.name), "wrong-type", message, "Write the deck's keys in it.")])
        self.root = document.root
        self.text = document.text
        self.lines = document.text.split("\n")
        self._begins = [0]
        for line in self.lines:
            self._begins.append(self._begins[-1] + len(line) + 1)

    # Reading

    def at(self, line: int) -> Position:
        """The position of a line, counted from 0."""
        return Position(self.name, line + 1)

    def line_of(self, offset: int) -> int:
        """The line, counted from 0, of a character of the text."""
        return bisect(self._begins, offset) - 1

    def begin_of(self, line: int) -> int:
        """The offset of a line's first character."""
        return self._begins[line]

    @property
    def end(self) -> int:
        """The line after the content's last: the end of the file or of the document."""
        begin = self.root.line + 1
        marks = (i for i in range(begin, len(self.lines)) if _END.match(self.lines[i]))
        return next(marks, len(self.lines))

    def parts(self, mapping: Mapping, end: int) -> dict[str, Part] | None:
        """The keys of a mapping; None if one of them does not stand in lines of its own.

        Args:
            mapping: a mapping of the file.
            end: the line after what may be the mapping's.
        """
        entries = list(mapping.entries.items())
        found: dict[str, Part] = {}
        for index, (name, (key, value)) in enumerate(entries):
            behind = entries[index + 1][1][0].line if index + 1 < len(entries) else end
            before = self.lines[key.line][: key.column].strip()
            alone = key.column == mapping.column and (not before or (index == 0 and before == "-"))
            if mapping.flow or not alone or behind <= key.line:
                return None
            found[name] = Part(key.line, self.last(value, key.line, behind), key.column)
        return found

    def last(self, node: Node, begin: int, limit: int) -> int:
        """The line after a node's last, of those from `begin` to before `limit`; comments behind it are not its."""
        end = limit
        while end > begin + 1 and self.is_aside(end - 1):
            end -= 1
        for scalar in _scalars(node):
            last = self.line_of(max(scalar.end - 1, scalar.start)) + 1
            if scalar.style in ("|", ">") and "+" not in self._header(scalar):
                while last > scalar.line + 1 and not self.lines[last - 1].strip():
                    last -= 1
            if begin < last <= limit:
                end = max(end, last)
        return end

    def is_aside(self, line: int) -> bool:
        """Whether a line holds nothing, or nothing but a comment, unless it belongs to a text."""
        text = self.lines[line].strip()
        return not text or text.startswith("#")

    def has_comment(self, node: Node, begin: int, end: int) -> bool:
        """Whether a comment stands in these lines of a node, beside or among its texts."""
        start, stop = self._begins[begin], self._begins[end]
        text = list(self.text[start:stop])
        for scalar in _scalars(node):
            if start <= scalar.start < stop:
                text[scalar.start - start : scalar.end - start] = "x" * (scalar.end - scalar.start)
                if scalar.style in ("|", ">") and "#" in self._header(scalar):
                    return True
        return "#" in text

    def _header(self, scalar: Scalar) -> str:
        return self.text[scalar.start : scalar.end].split("\n", 1)[0]

    # Writing

    def replace(self, begin: int, end: int, lines: Many[str], rank: int = 0) -> None:
        """Put lines in the place of those from `begin` to before `end`; where they meet, a lower rank comes first."""
        self.edits.append((begin, end, rank, len(self.edits), list(lines)))

    def result(self) -> bytes:
        """The file with all that was put into it."""
        text = self.raw.decode("utf-8")
        bom, text = (_BOM, text[1:]) if text.startswith(_BOM) else ("", text)
        old = _LINE.findall(text)
        ends = [line[len(line.rstrip("\r\n")) :] for line in old]
        newline = max(("\n", "\r\n", "\r"), key=ends.count)
        for begin, end, _, _, lines in sorted(self.edits, reverse=True):
            new = [line + newline for line in lines]
            if new and begin < end == len(old) and not old[end - 1].endswith(("\r", "\n")):
                new[-1] = lines[-1]
            if new and 0 < begin <= len(old) and not old[begin - 1].endswith(("\r", "\n")):
                old[begin - 1] += newline
            old[begin:end] = new
        return (bom + "".join(old)).encode()


def _scalars(node: Node) -> Iterator[Scalar]:
    waiting: list[Node] = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Scalar):
            yield one
        elif isinstance(one, Sequence):
            waiting += one.items
        else:
            for key, value in one.entries.values():
                waiting += (key, value)
