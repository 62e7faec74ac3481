"""Spans of text as Markdown, escaped no more than they need."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from cards.draft.markdown.shown import LIVE, read_back, shown, tex_inside
from cards.draft.page import Break, CodeSpan, Emphasis, FootnoteMark, Formula, Image, Link, Span, Strong, Words

_COMMAND = re.compile(r"\\(?=(?:cloze|val)(?![a-zA-Z]))")
_ESCAPED = re.compile(
    r"""
      \\(?=[!-/:-@\[-`{-~]|$)                                # a backslash that would take its neighbour along
    | [`$]
    | (?<!\s)\*|\*(?!\s)|^\*|\*$                             # not the one of 2 * 3
    | (?<![^\W_])_(?!\s)|(?<!\s)_(?![^\W_])|^_|_$            # not the one of snake_case
    | &(?=\#?\w{1,40};)
    | <(?=[a-zA-Z][a-zA-Z0-9+.-]*:|[^\s<>]*@)                # an address
    | !(?=\[)
    | \[(?=[^\]]{0,300}\][(:\[])|\](?=[(:\[])
    """,
    re.VERBOSE,
)
_TAG = re.compile(r"<(?=/?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>|!--)")
_LINE_START = re.compile(
    r"^(?:(\d{1,9})[.)](?=\s|$)|[-+*](?=\s|$)|\#{1,6}(?=\s|$)|>|[-=\s]+$|~~~|\||\[[^\]]{0,300}\]:)"
)
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_HARD = "\0"  # the end of a line that the author asked for, while the text is put together
_LONG = 5_000  # characters of one text beyond which all signs are escaped, without a look at whether they need it


def markdown_of(spans: Iterable[Span]) -> str:
    """Text as Markdown for a deck: reading it back with our renderer shows the same words, formulas and code.

    Bold stays bold; a link becomes its text, a slanted word a plain one, a footnote's mark nothing. The end of a line
    becomes a space unless the author asked for it.
    """
    pieces = tuple(spans)
    wanted = shown(pieces)
    for full, bold in ((False, True), (True, True)):
        written = _Text(full=full, bold=bold).write(pieces)
        if len(written) > _LONG:
            break
        if read_back(written) == wanted:
            return written
    return _Text(full=True, bold=False).write(pieces)


def plain_of(spans: Iterable[Span]) -> str:
    """Text as plain words on one line, for ids, subjects and reports; formulas are their LaTeX without dollars."""
    return " ".join("".join(_plain(span) for span in spans).split())


class _Text:
    """Spans written one after the other. `full`: every sign is escaped. `bold`: bold stays bold."""

    def __init__(self, *, full: bool, bold: bool) -> None:
        self.full = full
        self.bold = bold

    def write(self, spans: Iterable[Span]) -> str:
        written = ""
        for line in map(str.strip, self._joined(spans).split(_HARD)):
            # A display has lines of its own anyway.
            end = " " if line.startswith("$$") or written.endswith("$$") else "\\\n"
            if line:
                written += f"{end if written else ''}{self._line_start(line)}"
        return written

    def _joined(self, spans: Iterable[Span]) -> str:
        pieces = _merged(spans, bold=self.bold)
        return "".join(self._beside(pieces, index) for index in range(len(pieces)))

    def _beside(self, spans: Sequence[Span], index: int) -> str:
        """A piece as it has to be written between its neighbours."""
        span = spans[index]
        around = [None, *spans, None][index : index + 3 : 2]
        text = self._span(span)
        if isinstance(span, Words):
            # A formula with a digit beside it is none: the digit is written as a reference.
            if isinstance(around[0], Formula) and text[0].isdecimal():
                text = f"&#{ord(text[0])};{text[1:]}"
            if isinstance(around[1], Formula) and text[-1].isdecimal():
                text = f"{text[:-1]}&#{ord(text[-1])};"
        return text

    def _span(self, span: Span) -> str:
        match span:
            case Words(text=text):
                return self._words(text)
            case Formula(tex=tex, display=display):
                return formula_markdown(tex, display=display)
            case CodeSpan(text=text):
                return self._words(text) if LIVE.search(text) else _code(text)
            case Strong(spans=inner):
                return self._strong(self._joined(inner))
            case Emphasis(spans=inner) | Link(spans=inner):  # words like others
                return self._joined(inner)
            case Image(alt=alt, target=target):
                place = f"<{target}>" if re.search(r"[\s()]", target) else target
                return f"![{_PUNCTUATION.sub(_backslash, _one_line(alt))}]({place})"
            case Break(hard=hard):
                return _HARD if hard else " "
            case FootnoteMark():
                return ""

    def _words(self, text: str) -> str:
        text = _one_line(text)
        if self.full:
            # A command of ours is one even behind a backslash, to those who look for it; a reference hides it.
            return _PUNCTUATION.sub(_backslash, text).replace(r"\\cloze", "&#92;cloze").replace(r"\\val", "&#92;val")
        pieces = _COMMAND.split(text)
        return "&#92;".join(_TAG.sub("&lt;", _ESCAPED.sub(_backslash, piece)) for piece in pieces)

    def _strong(self, inner: str) -> str:
        bare = inner.strip(f" {_HARD}")
        if not self.bold or not bare or _HARD in bare:
            return inner
        at = inner.index(bare)
        return f"{inner[:at]}**{bare}**{inner[at + len(bare) :]}"

    def _line_start(self, line: str) -> str:
        found = _LINE_START.match(line)
        if found is None or self.full:
            return line
        at = found.end(1) if found[1] else 0
        return f"{line[:at]}\\{line[at:]}"


def _backslash(sign: re.Match[str]) -> str:
    return f"\\{sign[0]}"


def _one_line(text: str) -> str:
    return re.sub(r"\s", " ", text)


def _merged(spans: Iterable[Span], *, bold: bool) -> tuple[Span, ...]:
    """The same text with neighbouring words (and code) as one piece, links and slanted words being words too."""
    merged: list[Span] = []
    for piece in _flat(spans, bold=bold):
        last = merged[-1] if merged else None
        if isinstance(piece, Words) and isinstance(last, Words):
            merged[-1] = Words(last.text + piece.text)
        elif isinstance(piece, CodeSpan) and isinstance(last, CodeSpan):
            merged[-1] = CodeSpan(last.text + piece.text)  # two would be read as one with backticks in it
        else:
            merged.append(piece)
    return tuple(merged)


def _flat(spans: Iterable[Span], *, bold: bool) -> Iterator[Span]:
    for span in spans:
        match span:
            case Emphasis(spans=inner) | Link(spans=inner):
                yield from _flat(inner, bold=bold)
            case Strong(spans=inner) if not bold:
                yield from _flat(inner, bold=bold)
            case Words(text="") | FootnoteMark():
                pass
            case Formula(tex=tex) if not tex.strip():
                pass
            case _:
                yield span


def formula_markdown(tex: str, *, display: bool) -> str:
    """A formula with its dollars; nothing if it is empty."""
    tex = tex_inside(tex)
    if not tex:
        return ""
    return f"$${tex}$$" if display else f"${tex}$"


def _code(text: str) -> str:
    text = _one_line(text)
    if not text.strip():
        return ""
    fence = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    if text.startswith("`") or text.endswith("`") or (text.startswith(" ") and text.endswith(" ")):
        text = f" {text} "
    return f"{fence}{text}{fence}"


def _plain(span: Span) -> str:
    match span:
        case Words(text=text) | CodeSpan(text=text):
            return text
        case Formula(tex=tex):
            return tex
        case Strong(spans=inner) | Emphasis(spans=inner) | Link(spans=inner):
            return "".join(_plain(piece) for piece in inner)
        case Image(alt=alt):
            return alt
        case Break():
            return " "
        case FootnoteMark():
            return ""
