"""What a reader sees of a text, in order: `("text", words)`, `("math", LaTeX)`, `("code", text)`, `("image", alt)`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from cards.draft.page import Break, CodeSpan, Emphasis, FootnoteMark, Formula, Image, Link, Span, Strong, Words
from cards.render.markdown import parse_markdown

LIVE = re.compile(r"\\(cloze|val)(?![a-zA-Z])")
"""A command of our decks, which no page means."""


def tex_inside(tex: str) -> str:
    """LaTeX on one line, with nothing in it that would end the formula or be a command of ours."""
    tex = " ".join(tex.split())
    tex = LIVE.sub(r"\\operatorname{\1}", tex)
    tex = re.sub(r"(\\.)|\$", lambda sign: sign[1] or r"\$", tex)
    if tex and re.search(r"(?<!\\)(?:\\\\)*\\$", tex):
        tex += " {}"
    return tex


Shown: TypeAlias = tuple[tuple[str, str], ...]


def shown(spans: Iterable[Span]) -> Shown:
    """What is to be seen of spans."""
    return _settled(_pieces_of(spans))


def _pieces_of(spans: Iterable[Span]) -> Iterator[tuple[str, str]]:
    for span in spans:
        match span:
            case Words(text=text):
                yield "text", text
            case Formula(tex=tex):
                yield "math", tex_inside(tex)
            case CodeSpan(text=text):
                yield "text" if LIVE.search(text) else "code", text
            case Strong(spans=inner) | Emphasis(spans=inner) | Link(spans=inner):
                yield from _pieces_of(inner)
            case Image(alt=alt):
                yield "image", alt
            case Break():
                yield "text", " "
            case FootnoteMark():
                pass


def read_back(markdown: str) -> Shown | None:
    """What our renderer shows of the text; None if it sees more in it than one paragraph."""
    tokens = parse_markdown(markdown)
    blocks = [token.type for token in tokens]
    if blocks == ["math_block"]:
        return _settled([("math", tokens[0].content)])
    if blocks and blocks != ["paragraph_open", "inline", "paragraph_close"]:
        return None
    pieces: list[tuple[str, str]] = []
    for token in (child for block in tokens for child in block.children or []):
        if token.type == "text":
            pieces.append(("text", token.content))
        elif token.type.startswith("math_inline"):
            pieces.append(("math", token.content))
        elif token.type == "code_inline":
            pieces.append(("code", token.content))
        elif token.type == "image":
            pieces.append(("image", "".join(child.content for child in token.children or [])))
        elif token.type.endswith("break"):
            pieces.append(("text", " "))
        elif token.type not in {"strong_open", "strong_close"}:
            return None
    return _settled(pieces)


def _settled(pieces: Iterable[tuple[str, str]]) -> Shown:
    """Neighbouring words (and code) as one piece; spaces count as one, and not at the ends."""
    settled: list[tuple[str, str]] = []
    for kind, text in pieces:
        if settled and kind == settled[-1][0] and kind in {"text", "code"}:
            settled[-1] = (kind, settled[-1][1] + text)
        elif kind in {"text", "image"} or text.strip():
            settled.append((kind, text))
    spaced = [(kind, re.sub(r"\s+", " ", text)) for kind, text in settled]
    if spaced and spaced[0][0] == "text":
        spaced[0] = ("text", spaced[0][1].lstrip())
    if spaced and spaced[-1][0] == "text":
        spaced[-1] = ("text", spaced[-1][1].rstrip())
    return tuple((kind, text if kind == "text" else text.strip()) for kind, text in spaced if kind == "image" or text)
