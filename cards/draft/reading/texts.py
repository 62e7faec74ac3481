"""Headings and paragraphs: what a run of text is, beyond its spans."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cards.draft.page import (
    Block,
    Break,
    Emphasis,
    Equation,
    Formula,
    Heading,
    Paragraph,
    Span,
    Strong,
    Words,
)
from cards.draft.reading import tex
from cards.draft.reading.context import Context, left_out
from cards.draft.reading.headings import numbered, without_sign
from cards.draft.reading.openings import KINDS, of_attributes
from cards.draft.reading.spans import read_text

_AFTER_HEADING = re.compile(r"\s*\{[^{}]*\}\s*$|\s*(?:\[[¶#\N{LINK SYMBOL}]\]\([^()]*\)|[¶\N{LINK SYMBOL}])\s*$")
_LINKED = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")
_CAPTION = re.compile(r":\s*[A-Z](?![^\n]*:$)")
_TAGS = re.compile(r"(?:#[A-Za-z][\w/-]*[\s,]*)+")
_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)+\|?\s*")


def heading(content: str, level: int, line: int, context: Context) -> Heading:
    """A heading, and in the page's `headings` what its anchor may be made of."""
    read = read_text(content, line, context)
    number, prose = numbered(without_sign(read.prose))
    anchors = [of_attributes(attributes.lstrip(": ")).label for attributes in read.attributes]
    context.headings[line] = _LINKED.sub(r"\1", _AFTER_HEADING.sub("", content))
    return Heading(level, prose, line, number, next(filter(None, anchors), ""))


def paragraph(content: str, line: int, context: Context) -> tuple[list[Block], str]:
    """A paragraph, or the displays or the tags that it consists of; and the kind of box that its attributes name."""
    if content.startswith("#") and _TAGS.fullmatch(content):
        return [left_out("tags", line, content)], ""
    if content.startswith(":") and _CAPTION.match(content):  # of a table, above or below it
        content = content[1:].lstrip()
    read = read_text(content, line, context)
    kinds = [of_attributes(attributes).kind for attributes in read.attributes]
    kind = next((kind for kind in kinds if kind in KINDS), "")
    spans = read.prose.spans
    if not spans:
        return [], kind
    flat = [*_flat(spans)]
    formulas = [span for span in flat if isinstance(span, Formula) and span.display]
    if formulas and all((isinstance(span, Formula) and span.display) or _is_nothing(span) for span in flat):
        label = tex.label_in(content)
        return [Equation(formula.tex, line, label) for formula in formulas], kind
    header, rest = (*content.split("\n", 1), "")[:2]
    if "|" in header and _RULE.fullmatch(rest.partition("\n")[0]):
        message = "This is no table: its first line has not as many cells as the line below it."
        context.warn(line, "ragged-row", message, "Give both the same number.")
    return [Paragraph(read.prose, line)], kind


def _is_nothing(span: Span) -> bool:
    return isinstance(span, Break) or (isinstance(span, Words) and not span.text.strip(" .,;()[]"))


def _flat(spans: Sequence[Span]) -> Iterator[Span]:
    for span in spans:
        if isinstance(span, Strong | Emphasis):
            yield from _flat(span.spans)
        else:
            yield span
