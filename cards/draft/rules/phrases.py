r"""Lines of a page as text that patterns can be matched on, with every formula and bold word in it as one sign.

A pattern such as "bold term, dash, meaning" is then a plain regular expression, and what it finds is still the page's
own spans, formulas and all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from cards.draft.markdown import markdown_of, plain_of
from cards.draft.page import (
    Break,
    CodeSpan,
    Emphasis,
    FootnoteMark,
    Formula,
    Image,
    Link,
    Paragraph,
    Prose,
    Span,
    Strong,
    Words,
)

_KINDS: Mapping[type, int] = {Formula: 0xE000, CodeSpan: 0xE400, Strong: 0xE800, Emphasis: 0xEC00, Image: 0xF000}
_ROOM = 0x400

FORMULA = "[\ue000-\ue3ff]"
CODE = "[\ue400-\ue7ff]"
STRONG = "[\ue800-\uebff]"
EMPHASIS = "[\uec00-\uefff]"
SIGN = "[\ue000-\uf8ff]"
"""One sign each, as a regular expression: a formula, a code span, bold text, slanted text, any of these."""

_OURS = re.compile("[\ue000-\uf8ff]")
_ABBREVIATED = re.compile(
    r"\b(?:e\.g|i\.e|etc|vs|cf|fig|eq|no|dr|mr|ms|st|approx|resp|ca|al|ch|sec|w\.r\.t|[A-Z])\.$", re.I
)
_LONGEST_SHORT = 8  # characters of an abbreviation
_SENTENCE_END = re.compile(rf"[.!?…]+[\"”’')\]]*(?=\s+[\"“‘'(\[]?(?:[A-ZÀ-Þ0-9]|{SIGN})|\s*\n|\s*$)")
_ASKS = re.compile(
    rf"\?(?:\[+[^\[\]]{{0,30}}\]+|(?!{SIGN}|[)\[\]])[\W_])*$"
)  # a mark, and behind it at most a reference


@dataclass(frozen=True, slots=True)
class Line:
    r"""A run of text.

    Attributes:
        text: the words; a formula, code, bold or slanted text or picture in them is one sign of a private kind, the end
            of a line `\n` where the author asked for it, else a space.
        signs: what each sign stands for.
    """

    text: str
    signs: Mapping[str, Span] = field(default_factory=dict)

    def spans(self, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
        """A stretch of it as spans."""
        pieces: list[Span] = []
        for word in re.split(f"({_OURS.pattern}|\n)", self.text[start:end]):
            if word in self.signs:
                pieces.append(self.signs[word])
            elif word == "\n":
                pieces.append(Break(hard=True))
            elif word:
                pieces.append(Words(word))
        return tuple(pieces)

    def cut(self, start: int = 0, end: int | None = None) -> Line:
        """A stretch of it, without the space at its ends."""
        return Line(self.text[start:end].strip(), self.signs)

    def markdown(self, start: int = 0, end: int | None = None) -> str:
        """A stretch of it as Markdown for a deck."""
        return markdown_of(self.spans(start, end))

    def plain(self, start: int = 0, end: int | None = None) -> str:
        """A stretch of it as plain words."""
        return plain_of(self.spans(start, end))

    def unmarked(self) -> Line:
        """The same without bold and slanted type: what is only stressed is words like others."""
        return line_of(_unmarked(self.spans()))

    def inner(self, sign: str) -> Line:
        """The line inside of a bold or slanted sign."""
        span = self.signs[sign]
        return line_of(span.spans) if isinstance(span, Strong | Emphasis) else Line(sign, self.signs)

    def sole_formula(self) -> Formula | None:
        """The formula that the line consists of, but for a final dot or comma; None if there is more to it."""
        bare = self.text.strip().rstrip(".,;").strip()
        span = self.signs.get(bare)
        return span if isinstance(span, Formula) else None

    def sole_code(self) -> CodeSpan | None:
        """The code that the line consists of; None if there is more to it."""
        span = self.signs.get(self.text.strip())
        return span if isinstance(span, CodeSpan) else None

    def formulas(self) -> tuple[tuple[int, Formula], ...]:
        """The formulas in it, with where each stands in `text`."""
        found = ((at, self.signs.get(sign)) for at, sign in enumerate(self.text))
        return tuple((at, span) for at, span in found if isinstance(span, Formula))

    def sentences(self) -> tuple[Line, ...]:
        """Its sentences, as far as full stops tell."""
        ends = [0]
        for found in _SENTENCE_END.finditer(self.text):
            if not _ABBREVIATED.search(self.text, max(0, found.end() - _LONGEST_SHORT), found.end()):
                ends.append(found.end())
        if ends[-1] < len(self.text):
            ends.append(len(self.text))
        cuts = (self.cut(start, end) for start, end in pairwise(ends))
        return tuple(cut for cut in cuts if cut)

    @property
    def says_something(self) -> bool:
        """Whether there is a word in it, and not only signs and formulas."""
        return re.search(r"[^\W_]", re.sub(SIGN, "", self.text)) is not None

    @property
    def asks(self) -> bool:
        """Whether it ends in a question mark, but for signs that are no words: *What is a tree? 🌲*."""
        return _ASKS.search(self.text) is not None

    def question(self) -> Line:
        """A question without the signs around it that are no words."""
        text = _ASKS.sub("?", self.text)
        return Line(re.sub(rf"^(?:(?!{SIGN})[^\w(\[\"“‘'`-])+", "", text), self.signs)

    def __bool__(self) -> bool:
        return bool(self.text.strip())


def line_of(spans: Iterable[Span]) -> Line:
    """Spans as a line: links are their text, footnote marks are gone, spaces are single."""
    signs: dict[str, Span] = {}
    counts: dict[int, int] = dict.fromkeys(_KINDS.values(), 0)

    def written(pieces: Iterable[Span]) -> Iterator[str]:
        for span in pieces:
            match span:
                case Words(text=text):
                    yield _OURS.sub("", re.sub(r"\s+", " ", text))
                case Link(spans=inner):
                    yield from written(inner)
                case Break(hard=hard):
                    yield "\n" if hard else " "
                case FootnoteMark():
                    pass
                case _:
                    base = _KINDS[type(span)]
                    if counts[base] < _ROOM:
                        sign = chr(base + counts[base])
                        counts[base] += 1
                        signs[sign] = span
                        yield sign
                    else:
                        yield re.sub(r"\s+", " ", plain_of([span]))

    text = "".join(written(spans))
    return Line(re.sub(r" *\n *", "\n", re.sub(r" {2,}", " ", text)).strip(), signs)


def runs_of(spans: Sequence[Span]) -> tuple[tuple[Span, ...], ...]:
    """Spans cut where a line of the source ends, hard or soft."""
    runs: list[list[Span]] = [[]]
    for span in spans:
        if isinstance(span, Break):
            runs.append([])
        else:
            runs[-1].append(span)
    return tuple(tuple(run) for run in runs if run)


def rejoined(runs: Iterable[Sequence[Span]]) -> Line:
    """What `runs_of` cut, as one line again."""
    spans: list[Span] = []
    for run in runs:
        spans += [Break(), *run] if spans else run
    return line_of(spans)


def prose_line(prose: Prose | Paragraph) -> Line:
    """A paragraph, or any run of text, as a line."""
    return line_of(prose.text.spans if isinstance(prose, Paragraph) else prose.spans)


def _unmarked(spans: Iterable[Span]) -> Iterator[Span]:
    for span in spans:
        if isinstance(span, Strong | Emphasis):
            yield from _unmarked(span.spans)
        else:
            yield span
