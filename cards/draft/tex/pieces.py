r"""The tokens of a formula with how deep in brackets each stands, and the stretches of its source between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from cards.claims.latex import Unreadable
from cards.claims.latex.tokens import Kind, Token, tokenize

MAX_LENGTH = 4000
"""Characters in a formula: more than the renderer takes."""

_OPENING = frozenset({"(", "[", "{", r"\{", r"\begin", r"\lvert", r"\lVert", r"\lfloor", r"\lceil", r"\langle"})
_CLOSING = frozenset({")", "]", "}", r"\}", r"\end", r"\rvert", r"\rVert", r"\rfloor", r"\rceil", r"\rangle"})
_SIZE = re.compile(r"\\(?:left|right|middle|[bB]igg?[lrm]?)\s*$")
_PUNCTUATION = frozenset({",", ".", ";"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A token, and how many brackets are open around it (a bracket stands as deep as what is around it)."""

    token: Token
    depth: int

    @property
    def text(self) -> str:
        r"""What the token says; empty for words (`\text{...}`), which are no signs."""
        return "" if self.token.kind is Kind.TEXT else self.token.text

    @property
    def words(self) -> str:
        r"""The words of `\text{...}`; empty for other tokens."""
        return self.token.text if self.token.kind is Kind.TEXT else ""

    @property
    def wide(self) -> bool:
        r"""Whether it is a wide gap: `\quad`."""
        return self.token.kind is Kind.GAP


@lru_cache(maxsize=512)
def pieces_of(tex: str) -> tuple[Piece, ...]:
    """The pieces of a formula; none if it is unbalanced, too long or no LaTeX."""
    if len(tex) > MAX_LENGTH:
        return ()
    try:
        tokens = tokenize(tex)
    except Unreadable:
        return ()
    found: list[Piece] = []
    depth = braces = 0
    for token in tokens:
        piece = Piece(token, depth)
        change = _change(tex, token)
        if change < 0:
            piece = Piece(token, depth - 1)
        found.append(piece)
        depth += change
        braces += (piece.text == "{") - (piece.text == "}")
        if depth < 0 or braces < 0:
            return ()
    return tuple(found) if depth == braces == 0 else ()


def _change(tex: str, token: Token) -> int:
    if token.kind in (Kind.TEXT, Kind.GAP):
        return 0
    if token.text in ("<", ">", ".", "/", "|"):  # \left< x \right>, \left. x \right|
        named = _size_before(tex, token.at).strip()
        return 1 if named == r"\left" else -1 if named == r"\right" else 0
    return 1 if token.text in _OPENING else -1 if token.text in _CLOSING else 0


def is_sized(tex: str, token: Token) -> bool:
    r"""Whether a token is the sign of a sized bracket (`\left<`), so no relation."""
    return bool(_size_before(tex, token.at))


def _size_before(tex: str, at: int) -> str:
    match = _SIZE.search(tex, max(0, at - 12), at)
    return match[0] if match else ""


def source_of(tex: str, pieces: Sequence[Piece]) -> str:
    r"""The stretch of the source that some neighbouring pieces make, without gaps and punctuation at its ends.

    A `\left` before the first piece belongs to it.
    """
    kept = list(pieces)
    while kept and (kept[0].wide or kept[0].text in _PUNCTUATION) and not is_sized(tex, kept[0].token):
        kept.pop(0)
    while kept and (kept[-1].wide or kept[-1].text in _PUNCTUATION) and not is_sized(tex, kept[-1].token):
        kept.pop()
    return stretch(tex, kept) if kept else ""


def stretch(tex: str, pieces: Sequence[Piece]) -> str:
    r"""The source from the first piece, with a `\left` before it, to the last."""
    start = pieces[0].token.at
    return tex[start - len(_size_before(tex, start)) : pieces[-1].token.end]


def parted(pieces: Sequence[Piece], depth: int, separators: frozenset[str]) -> list[list[Piece]]:
    """The pieces between separators that stand at a depth."""
    parts: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece.depth == depth and piece.text in separators:
            parts.append([])
        else:
            parts[-1].append(piece)
    return parts
