"""YAML read as text with places: no guessing of types, no recursion, no surprises.

The parser is libyaml's. This package turns its events into small nodes that know where they stand, keeps every
scalar as the author wrote it (`5.10` stays "5.10", `no` stays "no"), and goes on after a mistake where it can, so that
one run reports them all. What the syntax allows and decks never need is limited: depth, size, the growth of aliases.
"""

from __future__ import annotations

import re
import stat
from pathlib import Path

from cards.findings import Finding, Position
from cards.yaml_source.composer import MAX_ALIASED_NODES, MAX_DEPTH, Composer, Document
from cards.yaml_source.nodes import Mapping, Node, Scalar, Sequence, SourceFile

__all__ = [
    "MAX_ALIASED_NODES",
    "MAX_BYTES",
    "MAX_DEPTH",
    "Document",
    "Mapping",
    "Node",
    "Scalar",
    "Sequence",
    "parse_yaml",
    "read_yaml",
]

MAX_BYTES = 8_000_000
_FORBIDDEN = re.compile("[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


def read_yaml(path: Path, name: str) -> Document:
    """Read one file. `name` is how positions call it. Never raises for what the file holds."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # reading a pipe would wait for ever
            what = "a folder" if stat.S_ISDIR(status.st_mode) else "a pipe or a device"
            return _refused(name, "unreadable", f"This is {what}, not a file.", "Only files may have names in .yaml.")
        if status.st_size > MAX_BYTES:
            message = f"The file is larger than {MAX_BYTES:,} bytes."
            return _refused(name, "too-large", message, "Split it into several.")
        raw = path.read_bytes()
    except OSError as error:
        return _refused(name, "unreadable", f"The file cannot be read: {error.strerror or error}.", "")
    return parse_yaml(raw, name)


def parse_yaml(raw: bytes, name: str) -> Document:
    """Read YAML from bytes. `name` is how positions call the file. Never raises for what the bytes hold."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")) or b"\0" in raw[:2]:
        return _refused(name, "not-utf8", "The file is written in UTF-16 or UTF-32.", "Save it as UTF-8.")
    raw = raw.removeprefix(b"\xef\xbb\xbf")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8").replace("\r\n", "\n")
        return _refused(
            name,
            "not-utf8",
            f"The byte 0x{raw[error.start]:02x} is not UTF-8.",
            "Save the file as UTF-8.",
            _place(name, before),
        )
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    bad = _FORBIDDEN.search(text)
    if bad:
        return _refused(
            name,
            "control-character",
            f"The invisible character U+{ord(bad[0]):04X} stands in the file.",
            "Delete it.",
            _place(name, text[: bad.start()]),
        )
    return Composer(SourceFile(name, text)).compose()


def _place(name: str, before: str) -> Position:
    return Position(name, before.count("\n") + 1, len(before) - before.rfind("\n"))


def _refused(name: str, code: str, message: str, hint: str, where: Position | None = None) -> Document:
    return Document(None, (Finding(where or Position(name), code, message, hint),))
