"""A file as text: whatever its encoding and line ends, with the author's line of every line that is read."""

from __future__ import annotations

import codecs
import hashlib
import re
import stat
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cards.findings import Finding, Position, Severity

MAX_BYTES = 2_000_000
"""Bytes of one page. The longest chapter of a course has a tenth of it."""

_BOMS = ((codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF8, "utf-8-sig"))
_BOMS_16 = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_MAGIC = (b"%PDF-", b"\x89PNG", b"PK\x03\x04", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b")
_LINE_END = re.compile("\r\n?")
_SPACE = re.compile("[\x0b\x0c\x85\u2028\u2029]")  # no editor counts a line at these
# Signs that no page shows: controls, halves of surrogate pairs, and the private ones that the renderer keeps for it.
_UNSEEN = re.compile("[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ue000\ue001\ud800-\udfff]")


class PageError(Exception):
    """A page that cannot be read at all; `finding` says why and what would be right."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding
        super().__init__(str(finding))


@dataclass(frozen=True, slots=True)
class Source:
    """A page's text.

    Attributes:
        name: how positions call the file.
        rows: its lines, without their ends.
        lines: for each of `rows`, the line of the file that it stands on, counted from 1.
        digest: a hash of the text.
        warnings: what had to be mended to read it.
    """

    name: str
    rows: Sequence[str]
    lines: Sequence[int]
    digest: str = ""
    warnings: tuple[Finding, ...] = field(default=())

    @property
    def text(self) -> str:
        """All rows, with a line end after each."""
        return "".join(f"{row}\n" for row in self.rows)


def read_source(path: Path, name: str) -> Source:
    """The file's text. Raises PageError if it is no file, too large, or no text."""
    text, warnings = _decoded(_bytes_of(path, name), name)
    text = _SPACE.sub(" ", _LINE_END.sub("\n", text))
    unseen = _UNSEEN.search(text)
    if unseen:
        line = text.count("\n", 0, unseen.start()) + 1
        count = len(_UNSEEN.findall(text))
        what = f"The invisible character U+{ord(unseen[0]):04X} was left out"
        message = f"{what}, and {count - 1:,} more like it." if count > 1 else f"{what}."
        warnings.append(_lint(name, line, "invisible", message, "Delete it from the page."))
        text = _UNSEEN.sub("", text)
    rows = text.removesuffix("\n").split("\n") if text else []
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Source(name, rows, range(1, len(rows) + 1), digest, tuple(warnings))


def _lint(name: str, line: int, code: str, message: str, hint: str) -> Finding:
    return Finding(Position(name, line), code, message, hint, Severity.LINT)


def _refused(name: str, code: str, message: str, hint: str = "") -> PageError:
    return PageError(Finding(Position(name), code, message, hint))


def _bytes_of(path: Path, name: str) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # reading a pipe would wait for ever
            what = "a folder" if stat.S_ISDIR(status.st_mode) else "a pipe or a device"
            raise _refused(name, "unreadable", f"This is {what}, not a file.", "Give a Markdown file.")
        if status.st_size > MAX_BYTES:
            message = f"The page has {status.st_size:,} bytes; at most {MAX_BYTES:,} are read."
            raise _refused(name, "too-large", message, "Split it into a page a chapter.")
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)  # it may have grown since
    except OSError as error:
        message = f"The page cannot be read: {error.strerror or error}."
        raise _refused(name, "unreadable", message, "Check the name and who may read it.") from None
    if len(raw) > MAX_BYTES:
        message = f"The page has more than {MAX_BYTES:,} bytes."
        raise _refused(name, "too-large", message, "Split it into a page a chapter.")
    return raw


def _decoded(raw: bytes, name: str) -> tuple[str, list[Finding]]:
    for bom, encoding in (*_BOMS, *_BOMS_16):
        if raw.startswith(bom):
            return _by(raw, encoding, name), []
    wide = _wide(raw)
    if wide:
        return _by(raw, wide, name), []
    if _is_binary(raw):
        raise _refused(name, "binary", "This is a binary file, not a text.", "Only Markdown pages are read.")
    try:
        return raw.decode("utf-8"), []
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = f"The byte 0x{raw[error.start]:02x} is not UTF-8: the page was read as Windows-1252."
        return raw.decode("cp1252", errors="replace"), [
            _lint(name, line, "not-utf8", message, "Save the page as UTF-8.")
        ]


def _by(raw: bytes, encoding: str, name: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        message = f"The page says that it is {encoding.upper()}, and byte {error.start:,} is not."
        raise _refused(name, "not-utf8", message, "Save it as UTF-8.") from None


def _wide(raw: bytes) -> str:
    """UTF-16 without a byte order mark: every other byte of Latin text is zero."""
    head = raw[:2000]
    if len(head) < 4 or len(raw) % 2:
        return ""
    even, odd = head[::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > 0.7 * half and even < 0.1 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 * half and odd < 0.1 * half else ""


def _is_binary(raw: bytes) -> bool:
    """More control characters than slip into a text by mistake."""
    head = raw[:20_000]
    controls = sum(head.count(sign) for sign in range(32) if sign not in b"\t\n\r\f\x0b\x1b")
    return controls > 8 + len(head) // 250 or head.startswith(_MAGIC)
