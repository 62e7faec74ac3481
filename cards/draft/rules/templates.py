r"""LaTeX of a page as a problem's template: symbols or numbers in it become `\val{...}`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice, product

from cards.claims.latex.tokens import Kind
from cards.claims.latex.vocabulary import GREEK
from cards.draft.rules.numeric_values import agree, named
from cards.draft.tex import expression_of
from cards.draft.tex.pieces import Piece, pieces_of
from cards.expr import Binary, Expr, Name, Number, Unary, free_names, walk

_COMMANDS_TAKING = re.compile(r"[\^_]\s*$")
_MOST_TRIED = 64


def general(tex: str, names: Iterable[str]) -> str:
    r"""A general formula with its symbols as values: `a^m` is `\val{a}^{\val{m}}`, `x^{n-1}` is `x^{\val{n - 1}}`.

    An exponent that is worked out of them alone is one value.
    """
    wanted = set(names)
    pieces = pieces_of(tex)
    out, at, i = "", 0, 0
    while i < len(pieces):
        group = _group(tex, pieces, i, wanted)
        if group is not None:
            value, end = group
            out += tex[at : pieces[i].token.at] + rf"{{\val{{{value}}}}}"
            at, i = pieces[end].token.end, end + 1
            continue
        name, end = _symbol(pieces, i)
        if name in wanted:
            before = tex[at : pieces[i].token.at]
            value = rf"\val{{{name}}}"
            out += before + (f"{{{value}}}" if _COMMANDS_TAKING.search(out + before) else value)
            at, i = pieces[end].token.end, end + 1
            continue
        i += 1
    return out + tex[at:]


def _group(tex: str, pieces: tuple[Piece, ...], i: int, wanted: set[str]) -> tuple[str, int] | None:
    """The expression in braces that begin here and where they close, if it is worked out of the wanted symbols."""
    if pieces[i].text != "{" or not i or pieces[i - 1].text != "^":
        return None
    end = next(place for place in range(i + 1, len(pieces)) if pieces[place].depth == pieces[i].depth)
    expr = expression_of(tex[pieces[i].token.end : pieces[end].token.at])
    if expr is None or isinstance(expr, Unary | Number | Name) or not free_names(expr) or free_names(expr) - wanted:
        return None
    if not all(isinstance(node, Name | Number | Unary | Binary) for node in walk(expr)):
        return None
    if any(isinstance(node, Binary) and node.op not in ("+", "-", "*") for node in walk(expr)):
        return None
    return str(expr), end


def _symbol(pieces: tuple[Piece, ...], i: int) -> tuple[str, int]:
    """The name of the symbol that begins here, and its last piece; empty if none does."""
    token = pieces[i].token
    name = GREEK.get(token.text, token.text) if token.kind in (Kind.LETTER, Kind.COMMAND) else ""
    if token.kind is Kind.COMMAND and token.text not in GREEK:
        return "", i
    if name and i + 2 < len(pieces) and pieces[i + 1].text == "_":
        below = pieces[i + 2]
        if below.text == "{" and i + 4 < len(pieces) and pieces[i + 4].text == "}":
            return f"{name}_{pieces[i + 3].token.text}", i + 4
        return f"{name}_{below.token.text}", i + 2
    return name, i


def numbers_in(tex: str) -> Iterator[tuple[int, int]]:
    """Where the numbers of a formula stand: the offsets of their first sign and behind their last."""
    for piece in pieces_of(tex):
        if piece.token.kind is Kind.NUMBER:
            yield piece.token.at, piece.token.end


def numeric(tex: str, values: Mapping[int, str]) -> str:
    r"""A formula with values in place of numbers, by the offset at which each number stands."""
    out, at = "", 0
    for start, end in numbers_in(tex):
        if start in values:
            value = rf"\val{{{values[start]}}}"
            before = tex[at:start]
            out += before + (f"{{{value}}}" if _COMMANDS_TAKING.search(out + before) else value)
            at = end
    return out + tex[at:]


def step(tex: str, same_as: Expr, numbers: Mapping[str, str], given: Mapping[str, str], where: tuple[str, ...]) -> str:
    r"""A step of an example's chain as a template that is right for all numbers drawn; empty if none is found.

    Args:
        tex: the step: `1 \times 3 + 2 \times 4`.
        same_as: what it has to be equal to, over the names.
        numbers: the number of the example that each name stands for, as written there.
        given: what is drawn for each name.
        where: the conditions on that.
    """
    example = expression_of(tex)
    if example is None:
        return ""
    places = [node.at for node in walk(example) if isinstance(node, Number)]
    written = {start: tex[start:end] for start, end in numbers_in(tex)}
    if any(place not in written for place in places) or len(places) != len(written):
        return ""
    for chosen in _choices([written[place] for place in places], numbers):
        names = {place: name for place, name in zip(places, chosen, strict=True) if name}
        if len(set(names.values())) == len(numbers) and agree(named(example, names), same_as, given, where):
            return numeric(tex, names)
    return ""


def _choices(written: list[str], numbers: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """The ways to take each number for a name with that value, or for itself; those that use names first."""
    options = [[*(name for name, value in numbers.items() if value == text), ""] for text in written]
    return islice(product(*options), _MOST_TRIED)
