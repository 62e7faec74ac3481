r"""A formula at its relations: `a = b \approx c` is `a`, then `= b`, then `\approx c`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cards.draft.tex.pieces import Piece, is_sized, pieces_of, source_of

ARROWS = frozenset({r"\implies", r"\iff", r"\impliedby"})
RELATIONS = frozenset(
    {"=", "<", ">", r"\le", r"\ge", r"\ne", r"\approx", r"\equiv", r"\sim", r"\simeq", r"\cong", r"\propto", r"\to"}
    | {r"\mapsto", r"\in", r"\notin", r"\ni", r"\subset", r"\subseteq", r"\supset", r"\supseteq", r"\ll", r"\gg"}
    | {r"\coloneqq", r"\triangleq", r"\doteq", r"\asymp", r"\prec", r"\succ", r"\preceq", r"\succeq", r"\mid"}
    | {r"\perp", r"\parallel", r"\lesssim", r"\gtrsim", r"\hookrightarrow", r"\leftarrow", r"\gets", r"\leftrightarrow"}
)
DEFINES = frozenset({":=", r"\coloneqq", r"\triangleq", r"\doteq", r"\equiv"})
"""Relations that say what their left side means."""


class Side(NamedTuple):
    r"""A side of a relation, and the relation before it; empty before the first side.

    Relations have one name each: `\leq` is `\le`, `\geq` is `\ge`, `\neq` is `\ne`, `\Rightarrow` is `\implies`.
    """

    tex: str
    op: str


def split_relation(tex: str) -> tuple[Side, ...]:
    r"""The sides of a formula at its top-level relations; the formula alone if it has none, nothing if it is unsound.

    Arrows between statements (`\implies`, `\iff`) bind loosest: where there are any, the formula is split at these
    alone. A relation without anything to its left has an empty first side.
    """
    pieces = pieces_of(tex)
    if not pieces:
        return ()
    arrows = any(piece.depth == 0 and piece.text in ARROWS for piece in pieces)
    sides: list[tuple[str, list[Piece]]] = [("", [])]
    for place, piece in enumerate(pieces):
        op = _relation_at(tex, pieces, place, arrows)
        if op:
            sides.append((op, []))
        elif not (piece.text == ":" and _relation_at(tex, pieces, place + 1, arrows) == ":="):
            sides[-1][1].append(piece)
    return tuple(Side(source_of(tex, part), op) for op, part in sides)


def _relation_at(tex: str, pieces: tuple[Piece, ...], place: int, arrows: bool) -> str:
    """The relation that a piece is; empty if it is none."""
    if place >= len(pieces) or pieces[place].depth:
        return ""
    text = pieces[place].text
    if arrows:
        return text if text in ARROWS else ""
    if text not in RELATIONS or is_sized(tex, pieces[place].token):
        return ""
    if text == "=" and place and pieces[place - 1].text == ":" and not pieces[place - 1].depth:
        return ":="
    return text


def relates(tex: str, pieces: Sequence[Piece]) -> bool:
    """Whether some pieces have a relation at their top level."""
    whole = tuple(pieces)
    return any(_relation_at(tex, whole, place, arrows) for place in range(len(whole)) for arrows in (False, True))
