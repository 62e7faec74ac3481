"""Points as some schools write them: `(1|2)`, `(1|2|-3)`."""

from __future__ import annotations

from cards.answers.reading.tokens import Tok

_OPENING, _CLOSING = frozenset({"(", "[", "{", "LPAR", "MATRIX"}), frozenset({")", "]", "}", "RPAR", "ENDMATRIX"})
_OF_NUMBERS = frozenset({"NUM", "MINUS", "MUL", "LPAR", "RPAR", "PLUS"})


def part_points(tokens: list[Tok]) -> list[Tok]:
    """The tokens with commas for the bars of a point, if all of them are one.

    One bar in parentheses, or three, cannot be those of an absolute value; two are a point's if only numbers stand
    between them, as in `(1|2|-3)`.
    """
    if len(tokens) < 5 or tokens[0].type != "(" or tokens[-1].type != ")":
        return tokens
    bars = _bars(tokens)
    if not bars or 1 in bars or len(tokens) - 2 in bars:
        return tokens
    numbers = all(tok.type in _OF_NUMBERS for place, tok in enumerate(tokens[1:-1], start=1) if place not in bars)
    if len(bars) % 2 == 0 and not numbers:
        return tokens
    return [Tok("COMMA", ",", tok.at, tok.end, tok.gap) if place in bars else tok for place, tok in enumerate(tokens)]


def _bars(tokens: list[Tok]) -> frozenset[int]:
    """The places of the bars directly in the outer parentheses; none if these are two pairs, or have a comma."""
    depth, bars = 0, set()
    for place, tok in enumerate(tokens):
        if tok.type in _OPENING:
            depth += 1
        elif tok.type in _CLOSING:
            depth -= 1
            if depth == 0 and place < len(tokens) - 1:
                return frozenset()
        elif depth == 1 and tok.type == "COMMA":
            return frozenset()
        elif depth == 1 and tok.type == "|":
            bars.add(place)
    return frozenset(bars)
