"""Displayed formulas: where `$...$` and `$$...$$` stand in an author's Markdown, with the offset of every character."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cards.cloze import ClozeError, Gap, parse_cloze
from cards.findings import Position
from cards.model import Text

_MARKS = r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*"
_LINE_START = re.compile(_MARKS)
_FENCE = re.compile(_MARKS + r"(`{3,}(?![^\n]*`)|~{3,})")
_TICKS = re.compile(r"`+")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_DISPLAY = re.compile(r"\$\$((?:[^$\\]|\\.)+)\$\$", re.DOTALL)
_DOLLAR_LINE = re.compile(r"\n[ \t>]*(\$\$)")
_BLOCK = re.compile(r"\$\$((?:(?!\$\$).)+)\$\$[ \t]*$", re.DOTALL | re.MULTILINE)
_INLINE = re.compile(r"\$(?![\s$])((?:[^$\\]|\\.)+?)(?<!\s)\$(?!\d)", re.DOTALL)
_TAKES_GROUP = re.compile(r"(?:[\^_]|\\[A-Za-z]+)\s*$")


@dataclass(frozen=True, slots=True)
class Formula:
    r"""One displayed formula.

    Attributes:
        source: the LaTeX between the dollars, with gaps (`\cloze{name}{content}`) replaced by their contents.
        shown: `source` with its dollars.
        raw: the formula with its dollars as it stands in the file, gaps and all.
        text: the text that it stands in.
        offsets: for each character of `source`, its offset in `text`.
        start: the offset of the opening dollar in `text`.
    """

    source: str
    shown: str
    raw: str
    text: Text
    offsets: tuple[int, ...]
    start: int

    def where(self, at: int | None = None) -> Position:
        """The place of the character at offset `at` of `source`; of the opening dollar without one."""
        if at is None or not self.offsets:
            return self.text.at(self.start)
        return self.text.at(self.offsets[min(at, len(self.offsets) - 1)])

    def is_quoted_by(self, quote: str) -> bool:
        """Whether an author's quotation, dollars included, means this formula (line ends count as blanks)."""
        wanted = _spaced(quote)
        return wanted in (_spaced(self.shown), _spaced(self.raw))


def _spaced(text: str) -> str:
    return " ".join(text.split())


def formulas_in(text: Text, *, gaps: bool = False) -> tuple[Formula, ...]:
    r"""Every formula that the text displays, in order. Code is no formula, and `\$` is no dollar.

    Args:
        text: Markdown.
        gaps: whether the text is a cloze text, whose gaps stand for their contents.
    """
    source, offsets = _without_gaps(text.source) if gaps else (text.source, tuple(range(len(text.source))))
    found = []
    for start, inner, inner_end, end in _spans(source):
        first, last = offsets[start], offsets[end - 1]
        found.append(
            Formula(
                source=source[inner:inner_end],
                shown=source[start:end],
                raw=text.source[first : last + 1],
                text=text,
                offsets=offsets[inner:inner_end],
                start=first,
            )
        )
    return tuple(found)


def _without_gaps(source: str) -> tuple[str, tuple[int, ...]]:
    """The text with each gap's content in its place, and the offset in `source` of each of its characters."""
    try:
        pieces = parse_cloze(source)
    except ClozeError:  # the loader reports it; the text is read as it stands
        return source, tuple(range(len(source)))
    text = ""
    offsets: list[int] = []
    for piece in pieces:
        # As the renderer does: TeX would take only the first sign of x^12 into the exponent, or read \times2 as a name.
        grouped = isinstance(piece, Gap) and _TAKES_GROUP.search(text)
        if isinstance(piece, Gap) and grouped:
            text += "{" + piece.text + "}"
            offsets += [piece.start, *range(piece.offset, piece.offset + len(piece.text)), piece.end - 1]
        else:
            text += piece.text
            offsets += range(piece.offset, piece.offset + len(piece.text))
    return text, tuple(offsets)


def _spans(source: str) -> Iterator[tuple[int, int, int, int]]:
    """For each formula: the offsets of its opening dollar, its first character, its end, and the end with dollars."""
    i, line_start = 0, True
    while i < len(source):
        if line_start:
            fence = _FENCE.match(source, i)
            if fence:
                i = _after_fence(source, fence)
                continue
        character = source[i]
        line_start = character == "\n"
        if character == "\\":
            i += 2
        elif character == "`":
            i = _after_code(source, i)
        elif character == "$":
            found = _formula_at(source, i)
            if found is None:
                i += 1
                continue
            yield found.start(), found.start(1), found.end(1), found.end()
            i = found.end()
        else:
            i += 1


def _formula_at(source: str, start: int) -> re.Match[str] | None:
    """The formula whose opening dollar stands at `start`, by the renderer's rules (see cards.render.markdown)."""
    if _LINE_START.fullmatch(source, source.rfind("\n", 0, start) + 1, start):
        block = _BLOCK.match(source, start, _blank_line(source, start))
        if block:
            return block
    stop = _paragraph_end(source, start)
    displayed = _DISPLAY.match(source, start, stop)
    if displayed and displayed[1].strip():
        return displayed
    if start and source[start - 1].isdigit():
        return None
    return _INLINE.match(source, start, stop)


def _blank_line(source: str, start: int) -> int:
    """The offset of the next blank line, or of the end."""
    blank = _BLANK_LINE.search(source, start)
    return blank.start() if blank else len(source)


def _paragraph_end(source: str, start: int) -> int:
    """Where the paragraph ends: at a blank line, or at a display formula on lines of its own."""
    stop = _blank_line(source, start)
    for line in _DOLLAR_LINE.finditer(source, start, stop):
        if _BLOCK.match(source, line.start(1), stop):
            return line.start()
    return stop


def _after_fence(source: str, fence: re.Match[str]) -> int:
    mark = fence[1]
    closing = re.compile(rf"^[ \t>]*{re.escape(mark[0])}{{{len(mark)},}}[ \t]*$", re.MULTILINE)
    line_end = source.find("\n", fence.end())
    if line_end == -1:
        return len(source)
    found = closing.search(source, line_end + 1)
    return found.end() if found else len(source)


def _after_code(source: str, start: int) -> int:
    """The offset after the code that opens at `start`, or after its ticks if they are never closed."""
    end = start
    while source.startswith("`", end):
        end += 1
    for closing in _TICKS.finditer(source, end, _paragraph_end(source, start)):
        if len(closing[0]) == end - start:
            return closing.end()
    return end
