"""Titles of pages and headings as a deck shows them: plain text, in which no LaTeX is read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import PurePath

from cards.draft.markdown import plain_of
from cards.draft.page import Formula, Span, Words

_IN_BRACKETS = re.compile(r"\s*\([^()]*\\[^()]*(?:\([^()]*\)[^()]*)*\)")
_COMMAND = re.compile(r"\\([A-Za-z]+)\s*|\\(.)")
_SIGNS = {"times": "×", "cdot": "·", "to": "→", "infty": "∞", "leq": "≤", "geq": "≥", "neq": "≠", "sqrt": "√"}
_SIGNS |= {"sum": "∑", "int": "∫", "partial": "∂", "nabla": "∇", "pm": "±", "in": "∈", "dots": "…", "ldots": "…"}


def title_of(spans: Iterable[Span]) -> str:
    """A heading as a title: what stands in brackets and would need LaTeX is left out, other formulas become signs."""
    pieces = tuple(spans)
    whole = plain_of(pieces)
    short = _IN_BRACKETS.sub("", whole).strip()
    if short and "\\" not in short:
        return short
    shown = (Words(_signs(span.tex)) if isinstance(span, Formula) else span for span in pieces)
    return _IN_BRACKETS.sub("", plain_of(shown)).strip() or whole


def _signs(tex: str) -> str:
    return re.sub(r"[{}]", "", _COMMAND.sub(lambda found: _sign(found[1] or found[2]), tex)).strip()


def _sign(command: str) -> str:
    if command in _SIGNS:
        return _SIGNS[command]
    size = "CAPITAL" if command[0].isupper() else "SMALL"
    try:
        return unicodedata.lookup(f"GREEK {size} LETTER {command.upper()}")
    except KeyError:
        return f"{command} " if len(command) > 1 and command.isalpha() else command


def title_of_file(name: str) -> str:
    """A file's or folder's name in words: `02_chain-rule.md` becomes Chain rule."""
    stem = PurePath(name).name.rpartition(".")[0] or PurePath(name).name
    words = re.sub(r"^[\d._\s-]+(?=[^\W\d])", "", stem).replace("_", " ").replace("-", " ").strip() or stem
    return words[:1].upper() + words[1:]
