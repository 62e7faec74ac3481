r"""Cloze texts: a gap around a piece of Markdown, or around a side of a formula, and a check that the text is sound."""

from __future__ import annotations

import re

from cards.cloze import ClozeError, Plain, parse_cloze
from cards.draft.ids import slug
from cards.draft.tex import split_relation

IF_THEN = re.compile(
    r"^(?P<head>(?:if|whenever|when|suppose|assume|let)\b.*?[,.]\s+then\s+|\S.{5,}?\s(?:if and only if|iff)\s+)"
    r"(?P<then>\S.*)$",
    re.I | re.S,
)
"""A statement as what it supposes and what follows."""

_RESERVED = frozenset({"forward", "backward", "problem"})


def gap(name: str, content: str) -> str:
    r"""A gap: `\cloze{name}{content}`, its name made one that a deck takes."""
    name = slug(name, 30) or "part"
    return rf"\cloze{{{name}-part}}{{{content}}}" if name in _RESERVED else rf"\cloze{{{name}}}{{{content}}}"


def is_sound(text: str) -> bool:
    """Whether a cloze text can be read, and says something beside its gaps."""
    try:
        pieces = parse_cloze(text)
    except ClozeError:
        return False
    return any(isinstance(piece, Plain) and re.search(r"\w", piece.text) for piece in pieces)


def side_gap(tex: str, name: str) -> str | None:
    r"""A formula whose right side is a gap; with its sign, where that is no plain `=`. None if it has no two sides."""
    sides = split_relation(tex)
    if len(sides) < 2 or not sides[0].tex or not sides[1].tex:
        return None
    start = tex.find(sides[1].tex, tex.find(sides[0].tex) + len(sides[0].tex))
    if start < 0:
        return None
    aside = re.search(r"\\q?quad|\\text\{\s*(?:for|if|when|where|with)\b|,\s*\\forall", tex[start:])
    tex, rest = (tex[: start + aside.start()], tex[start + aside.start() :]) if aside else (tex, "")
    end = len(re.sub(r"(?:\\q?quad|\\[,;!]|[\s.,;])+$", "", tex))
    if sides[1].op not in {"=", r"\approx", ":=", r"\equiv"}:
        start = tex.find(sides[0].tex) + len(sides[0].tex)
        start += len(tex[start:]) - len(tex[start:].lstrip())
    return f"{tex[:start]}{gap(name, tex[start:end])}{tex[end:]}{rest}"
