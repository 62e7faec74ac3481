"""From libyaml's events to nodes, with a stack of open containers instead of recursion."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import yaml

from cards.findings import Finding, Position, Severity
from cards.yaml_source import hints
from cards.yaml_source.nodes import Mapping, Node, Scalar, Sequence, SourceFile

MAX_DEPTH = 32
MAX_ALIASED_NODES = 20_000
MAX_FINDINGS = 500  # in one file

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C loader where this Python has it: ten times faster


class Mark(Protocol):
    """A place in the text, counted from 0, as both of PyYAML's loaders give it."""

    @property
    def line(self) -> int: ...  # noqa: D102 -- said above
    @property
    def column(self) -> int: ...  # noqa: D102
    @property
    def index(self) -> int: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Document:
    """A file's content.

    Attributes:
        root: None if the file has no content, or none that can be read.
        findings: what is wrong with it as YAML.
        text: the file as text, even where it is no YAML; empty if it is no text either.
        aliased: whether an alias stands somewhere for what is written elsewhere.
    """

    root: Node | None
    findings: tuple[Finding, ...]
    text: str = ""
    aliased: bool = False


class _GiveUpError(Exception):
    """The rest of the file cannot be read; the reason is among the findings."""


class Composer:
    """Builds the nodes of one file from libyaml's events, with a stack of open containers instead of recursion."""

    def __init__(self, file: SourceFile) -> None:
        self.file = file
        self.findings: list[Finding] = []
        self.stack: list[Sequence | Mapping] = []
        self.open_anchors: list[str | None] = []
        self.anchors: dict[str, Node] = {}
        self.unused: dict[str, Position] = {}
        self.aliased = 0
        self.root: Node | None = None
        self.documents = 0
        self.hash_lines = {i for i, line in enumerate(file.lines) if "#" in line}
        self.handlers: dict[type[yaml.Event], Callable[..., None]] = {
            yaml.ScalarEvent: self._scalar,
            yaml.SequenceStartEvent: self._sequence,
            yaml.MappingStartEvent: self._mapping,
            yaml.SequenceEndEvent: self._close,
            yaml.MappingEndEvent: self._close,
            yaml.AliasEvent: self._alias,
            yaml.DocumentStartEvent: self._document,
        }

    def compose(self) -> Document:
        """The file's content and everything wrong with it that the syntax alone shows."""
        try:
            for event in yaml.parse(self.file.text, Loader=_LOADER):
                handler = self.handlers.get(type(event))
                if handler:
                    handler(event)
            for anchor, where in self.unused.items():
                message = f"`&{anchor}` is left out: YAML takes it for an anchor, and nothing refers to it."
                self._report(where, "yaml-anchor", message, "Quote text that begins with `&` with single quotes.")
        except yaml.MarkedYAMLError as error:
            self.findings.append(hints.explain(error, self.file.name, self.file.lines))
            self.root = None
        except yaml.YAMLError as error:
            self._report(Position(self.file.name), "not-yaml", f"This is not YAML: {error}.")
            self.root = None
        except _GiveUpError:
            self.root = None
        if self.root is None and not self.findings:
            self._report(Position(self.file.name), "empty-file", "The file is empty.", "Write the deck's keys in it.")
        return Document(self.root, tuple(self.findings), self.file.text, self.aliased > 0)

    def _report(
        self, where: Position, code: str, message: str, hint: str = "", severity: Severity = Severity.ERROR
    ) -> None:
        self._found(Finding(where, code, message, hint, severity))

    def _found(self, finding: Finding | None) -> None:
        if finding is None:
            return
        self.findings.append(finding)
        if len(self.findings) >= MAX_FINDINGS:
            message = f"The file has more than {MAX_FINDINGS} mistakes; the rest of it was not read."
            self.findings.append(Finding(finding.where, "too-many", message, "Mend these first."))
            raise _GiveUpError

    def _at(self, mark: Mark | None) -> Position:
        return Position(self.file.name, mark.line + 1, mark.column + 1) if mark else Position(self.file.name)

    def _document(self, event: yaml.DocumentStartEvent) -> None:
        self.documents += 1
        if self.documents > 1:
            self._report(
                self._at(event.start_mark),
                "two-documents",
                "A second YAML document begins here.",
                "Take the `---` line out: one file is one section.",
            )
            raise _GiveUpError

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        begin, end = _mark(event.start_mark), _mark(event.end_mark)
        if event.tag is not None or event.anchor is not None:
            self._tagged(event)
        style = event.style or ""  # plain text has none
        node = Scalar(self.file, event.value, (begin.line, begin.column), style, (begin.index, end.index))
        if not node.style:
            if end.line in self.hash_lines:
                self._found(node.cut())
            if self.stack and self.stack[-1].flow and not hints.balanced(node.value):
                self._found(hints.split_at_comma(node.value, node.where))
        elif style == '"' and self.file.text.find("\\", node.start, node.end) != -1:
            before = len(self.findings)
            for finding in hints.eaten_escapes(self.file.text, node.start, node.end, self.file.name):
                self._found(finding)
            if len(self.findings) == before:
                self._found(hints.invisible(node.value, node.where))
        self._add(node, event.anchor)

    def _tagged(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        """Note an anchor, and complain of a tag."""
        if event.anchor is not None:
            self.unused[event.anchor] = self._at(event.start_mark)
        if event.tag is not None:
            self._report(
                self._at(event.start_mark),
                "yaml-tag",
                f"The YAML tag {event.tag} has no meaning here.",
                "Take it out, or quote the text with single quotes if `!` begins it.",
            )

    def _sequence(self, event: yaml.SequenceStartEvent) -> None:
        begin = _mark(event.start_mark)
        self._tagged(event)
        self._open(Sequence(self.file, begin.line, begin.column, bool(event.flow_style)), event)

    def _mapping(self, event: yaml.MappingStartEvent) -> None:
        begin = _mark(event.start_mark)
        self._tagged(event)
        self._open(Mapping(self.file, begin.line, begin.column, bool(event.flow_style)), event)

    def _open(self, node: Sequence | Mapping, event: yaml.NodeEvent) -> None:
        if len(self.stack) >= MAX_DEPTH:
            self._found(hints.too_deep(node.where))
            raise _GiveUpError
        self.stack.append(node)
        self.open_anchors.append(event.anchor)

    def _close(self, _event: yaml.Event) -> None:
        node = self.stack.pop()
        self._add(node, self.open_anchors.pop())

    def _alias(self, event: yaml.AliasEvent) -> None:
        target = self.anchors.get(event.anchor or "")
        if target is None:
            self._report(
                self._at(event.start_mark),
                "yaml-alias",
                f"The alias *{event.anchor} stands for nothing that is complete before it.",
                f"Define &{event.anchor} above, outside of what uses it, or quote the text if `*` begins it.",
            )
            raise _GiveUpError
        self.unused.pop(event.anchor or "", None)
        self.aliased += _size(target)
        if self.aliased > MAX_ALIASED_NODES:
            self._report(
                self._at(event.start_mark),
                "yaml-alias",
                f"Aliases make the file grow to more than {MAX_ALIASED_NODES:,} nodes.",
                "Write out what is meant.",
            )
            raise _GiveUpError
        self._add(target, None)

    def _add(self, node: Node, anchor: str | None) -> None:
        if anchor is not None:
            self.anchors[anchor] = node
        if not self.stack:
            self.root = node
            return
        parent = self.stack[-1]
        parent.size += _size(node)
        if isinstance(parent, Sequence):
            parent.items.append(node)
        elif parent.pending is None:
            parent.pending = self._key(node)
        else:
            key, parent.pending = parent.pending, None
            earlier = parent.entries.get(key.value)
            if earlier is None:
                parent.entries[key.value] = (key, node)
            else:
                self._report(
                    key.where,
                    "duplicate-key",
                    f"The key `{key.value}` stands here a second time (first in line {earlier[0].line + 1}).",
                    "Keep one of the two.",
                )

    def _key(self, node: Node) -> Scalar:
        if isinstance(node, Scalar):
            return node
        self._report(node.where, "not-a-key", "A list or mapping stands where a key should.", "A key is plain text.")
        raise _GiveUpError


def _mark(mark: Mark | None) -> Mark:
    if mark is None:
        raise AssertionError("a parsed event has its marks")
    return mark


def _size(node: Node) -> int:
    return 1 if isinstance(node, Scalar) else node.size
