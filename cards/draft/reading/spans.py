"""The tokens of a run of text as spans."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from markdown_it.token import Token

from cards.draft.markdown import plain_of
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
from cards.draft.reading import parser
from cards.draft.reading.context import Context
from cards.draft.reading.headings import numbered
from cards.draft.reading.pictured import formula_of
from cards.draft.reading.roles import role_spans, wiki_link
from cards.draft.reading.tags import HTML_TAGS, Tag, tag_of
from cards.draft.reading.words import script, words

MAX_TEXT = 100_000
"""Characters of a paragraph, a heading or a cell: nobody's has a tenth of it."""

_MONEY = re.compile(r"\$\d|\$[A-Z][A-Z_]|\$\s|\$$|\$[({?!]")
_BLOCK_ID = re.compile(r"(?:^|\s)\^[A-Za-z0-9-]{4,}\s*$")
_BOLD, _SLANTED = {"b", "strong"}, {"i", "em", "u", "mark", "cite", "dfn", "s", "del", "ins", "strike"}
_CODE, _SCRIPTS = {"code", "kbd", "samp", "tt", "var"}, {"sub", "sup"}


@dataclass(slots=True)
class Text:
    """A run of text as it was read.

    Attributes:
        prose: its spans.
        attributes: the `{..}` that stood in it, without the braces.
    """

    prose: Prose
    attributes: list[str] = field(default_factory=list)


def read_text(text: str, line: int, context: Context) -> Text:
    """Read a run of text that begins on the line."""
    if len(text) > MAX_TEXT:
        message = f"A text of {len(text):,} characters without a blank line was taken for plain words."
        context.warn(line, "too-long", message, "Part it into paragraphs.")
        return Text(Prose((Words(" ".join(text.split())),), line))
    reading = _Reading(line, context)
    for token in parser.inline(text.strip(), context.env):
        reading.take(token)
    return Text(Prose(reading.finish(), line), reading.attributes)


@dataclass(slots=True)
class _Frame:
    """Something that is open: Markdown's own (`html` is False), or a tag. Its spans so far are `spans`."""

    name: str
    html: bool = False
    target: str = ""
    spans: list[Span] = field(default_factory=list)


class _Reading:
    def __init__(self, line: int, context: Context) -> None:
        self.line = line
        self.context = context
        self.open = [_Frame("")]
        self.attributes: list[str] = []
        self.plain: list[str] = []  # words that are not put down yet
        self.warned = False
        self.dropped = False  # just now, so that the space before it stands before nothing

    def take(self, token: Token) -> None:
        kind, content = token.type, token.content
        if kind in {"text", "text_special"}:
            if kind == "text" and "$" in content:
                self._dollars(content)
            if self.dropped and self.plain and content.startswith((".", ",", ";", ":", ")", " ")):
                self.plain[-1] = self.plain[-1].rstrip(" ")
            self.dropped = False
            self.plain.append(content)
            return
        if kind in {"softbreak", "hardbreak"}:
            self._add(Break(hard=kind == "hardbreak"))
            self.line += 1
        elif kind == "html_inline":
            self._html(content)
        elif kind in _LEAVES:
            self._leaf(token)
        elif token.nesting > 0:
            self._flush()
            self.open.append(_Frame(token.tag, target=str(token.attrs.get("href", ""))))
        elif token.nesting < 0:
            self._close(token.tag, html=False)
        self.line += content.count("\n")

    def finish(self) -> tuple[Span, ...]:
        self._flush()
        while len(self.open) > 1:
            self._shut()
        spans = _trimmed(self.open[0].spans)
        return tuple(_in_line(spans))

    def _leaf(self, token: Token) -> None:
        content, meta = token.content, token.meta
        match token.type:
            case "code_inline":
                self._add(CodeSpan(content))
            case "math_inline":
                self._formula(content)
            case "math_inline_double":
                self._formula(content, display=True)
            case "image":
                self._picture(
                    plain_of(read_text(content, self.line, self.context).prose.spans), str(token.attrs.get("src", ""))
                )
            case "dropped":
                self.context.drop(str(meta["kind"]), self.line, content)
                self.dropped = True
            case "attributes":
                self.attributes.append(content)
            case "footnote_ref":
                self._footnote(token)
            case "keys":
                self._add(Words("+".join(key.strip('"').capitalize() for key in content.split("+"))))
            case "script":
                self.plain.append(script(content, raised=bool(meta["raised"])))
            case "wiki":
                self._wiki(token)
            case "role":
                self._role(str(meta["name"]), content)

    def _role(self, name: str, content: str) -> None:
        for span in role_spans(name, content, self._named):
            if isinstance(span, Formula):
                self._formula(span.tex)
            else:
                self._add(span)

    def _formula(self, written: str, *, display: bool = False) -> None:
        formula = self.context.formula(written, display=display)
        if formula:
            self._add(Formula(formula, display))
        else:
            self.context.drop("directive", self.line, written, "names for formulas")

    def _named(self, label: str) -> tuple[Span, ...]:
        """The heading that a label stands for, without its number; nothing if there is none on the page."""
        text = self.context.labels.get(label, "")
        return numbered(read_text(text, self.line, replace(self.context, labels={})).prose)[1].spans

    def _add(self, span: Span) -> None:
        self._flush()
        self.open[-1].spans.append(span)

    def _flush(self) -> None:
        if self.plain:
            in_link = any(frame.name == "a" for frame in self.open)
            self.open[-1].spans += words(re.sub(" {2,}", " ", "".join(self.plain)), links=not in_link)
            self.plain.clear()

    def _wiki(self, token: Token) -> None:
        shown, target = wiki_link(token.content, token.meta["shown"])
        if not token.meta["embed"]:
            spans = read_text(shown, self.line, self.context).prose.spans
            self._add(Link(spans, target))
        elif re.search(r"\.(?:png|jpe?g|gif|svg|webp|avif|bmp)$", token.content, re.IGNORECASE):
            alt = token.meta["shown"] or ""
            self._add(Image("" if re.fullmatch(r"[\dx]*", alt) else alt, token.content))
        else:
            self.context.drop("directive", self.line, f"![[{token.content}]]", "what stands in another file")

    def _footnote(self, token: Token) -> None:
        label = token.meta.get("label")
        if label is None:  # `^[text]`: the footnote stands here
            label = f"inline-{token.meta['id']}"
            note = self.context.env["footnotes"]["list"][token.meta["id"]]
            prose = read_text(note["content"], self.line, self.context).prose
            self.context.footnotes[label] = (Paragraph(prose, self.line),)
        self._add(FootnoteMark(str(label)))

    def _dollars(self, content: str) -> None:
        at = content.find("$")
        while at >= 0 and not self.warned:
            before = content[at - 1 : at]
            if content.startswith("$$", at):
                message = "A $$ begins or ends no formula."
                hint = "A display stands between two $$, and no text follows them on their line."
                self.context.warn(self.line, "unbalanced-display", message, hint)
                self.warned = True
            elif not _MONEY.match(content, at) and not before.isdigit():
                hint = r"Close the formula, or write \$ for a dollar sign."
                self.context.warn(self.line, "unbalanced-dollar", "A $ begins or ends no formula.", hint)
                self.warned = True
            at = content.find("$", at + 1)

    def _picture(self, alt: str, address: str) -> None:
        tex = formula_of(address)
        if tex:
            self._formula(tex, display=True)
        else:
            self._add(Image(alt, address))

    # Tags

    def _html(self, content: str) -> None:
        tag = tag_of(content)
        if content.startswith("<!--"):
            self.context.drop("comment", self.line, content)
        elif tag is None or (tag.name not in HTML_TAGS and not tag.attributes and not tag.name.count("-")):
            self.plain.append(content)  # `List<int>`
        elif tag.name in {"br", "wbr", "hr"}:
            if tag.name != "wbr":
                self._add(Break(hard=True))
        elif tag.name == "img":
            self._picture(tag.attributes.get("alt", ""), tag.attributes.get("src", ""))
        elif tag.closing:
            self._close(tag.name, html=True)
        else:
            self._open(tag, content)

    def _open(self, tag: Tag, content: str) -> None:
        known = tag.name in _BOLD | _SLANTED | _CODE | _SCRIPTS or (tag.name == "a" and "href" in tag.attributes)
        if known and not tag.alone:
            self._flush()
            self.open.append(_Frame(tag.name, html=True, target=tag.attributes.get("href", "")))
        elif tag.name not in {"a", "span", "font", "small", "big", "div", "p", "center"}:
            self.context.drop("html", self.line, content)

    def _close(self, name: str, *, html: bool) -> None:
        for depth in range(len(self.open) - 1, 0, -1):
            frame = self.open[depth]
            if frame.name == name and frame.html == html:
                self._flush()
                while len(self.open) > depth:
                    self._shut()
                return
            if html and not frame.html:
                return  # a tag ends nothing of Markdown's

    def _shut(self) -> None:
        """Close what was opened last."""
        frame = self.open.pop()
        spans = tuple(frame.spans)
        into = self.open[-1].spans
        if frame.name in _BOLD:
            into.append(Strong(spans))
        elif frame.name == "a":
            into.append(Link(spans, frame.target))
        elif frame.name in _CODE:
            into.append(CodeSpan(plain_of(spans)))
        elif frame.name in _SCRIPTS and all(isinstance(span, Words) for span in spans):
            into.append(Words(script(plain_of(spans), raised=frame.name == "sup")))
        elif frame.name in _SLANTED:
            into.append(Emphasis(spans))
        else:
            into += spans


_LEAVES = {
    *("code_inline", "math_inline", "math_inline_double", "image", "dropped", "attributes", "footnote_ref"),
    *("keys", "script", "wiki", "role"),
}


def _trimmed(spans: Sequence[Span]) -> list[Span]:
    """The spans with words joined, and without an Obsidian block's id, spaces and breaks at the end."""
    joined: list[Span] = []
    for span in spans:
        if isinstance(span, Words) and joined and isinstance(joined[-1], Words):
            joined[-1] = Words(joined[-1].text + span.text)
        else:
            joined.append(span)
    while joined:
        last = joined[-1]
        if isinstance(last, Words):
            text = _BLOCK_ID.sub("", last.text).rstrip()
            if text:
                joined[-1] = Words(text)
                break
        elif not isinstance(last, Break):
            break
        joined.pop()
    while joined and (isinstance(joined[0], Break) or joined[0] in (Words(" "), Words(""))):
        joined.pop(0)
    return joined


def _in_line(spans: Sequence[Span]) -> list[Span]:
    """`$$x$$` between words of one line is a formula in that line, as Jekyll's pages mean it."""
    placed = list(spans)
    for index, span in enumerate(spans):
        if isinstance(span, Formula) and span.display and 0 < index < len(spans) - 1:
            before, after = spans[index - 1], spans[index + 1]
            if isinstance(before, Words) and isinstance(after, Words) and not before.text.rstrip().endswith(":"):
                placed[index] = Formula(span.tex)
    return placed
