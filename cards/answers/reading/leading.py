"""What stands around an answer and is no part of it: `x =` before it, a unit behind it."""

from __future__ import annotations

import re
from itertools import pairwise

from cards.answers.reading.macros import UPRIGHT
from cards.answers.reading.tokens import Tok
from cards.answers.reading.words import Lexicon
from cards.answers.units import parse_unit

_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")
_EQUAL = frozenset({"=", "==", "===", ":=", "≈", "~"})
_BEGIN_SETS = frozenset({"{", "(", "[", "]", "∅", "ℝ", "R", r"\{", r"\left", r"\mathbb", r"\emptyset", r"\varnothing"})
_ASSIGNED = re.compile(r"\s*[A-Za-z_]\w*\s*=(?!=)")


def right_side(raw: list[Tok]) -> list[Tok]:
    """What stands behind the last `=`, as in `x = 5`, `f'(x) = 2x`, `2 + 3 = 5`; what stands before it in `5 = x`."""
    depth, place = 0, -1
    for at, tok in enumerate(raw):
        if tok.text in _OPENING:
            depth += 1
        elif tok.text in _CLOSING:
            depth -= 1
        elif tok.text in _EQUAL and depth <= 0:
            place = at
    if place < 0 or place == len(raw) - 1:
        return raw
    left, right = raw[:place], raw[place + 1 :]
    if len(right) == 1 and right[0].type == "word" and left and not any(tok.type in ("word", "macro") for tok in left):
        return left
    return right


def set_itself(raw: list[Tok], words: Lexicon) -> list[Tok]:
    """What stands behind `L =` or `D =`, if it is a set."""
    if len(raw) < 3 or raw[0].type != "word" or raw[1].text not in _EQUAL:
        return raw
    begins = raw[2].text in _BEGIN_SETS and raw[0].text not in words.symbols
    return raw[2:] if begins or raw[2].text in ("{", r"\{") else raw


def unit_behind(raw: list[Tok], typed: str, words: Lexicon) -> tuple[list[Tok], str]:
    """The tokens before a unit, and the unit: `5 m/s`, with a blank between them; an empty one if there is none."""
    for place, (before, tok) in enumerate(pairwise(raw), start=1):
        if before.type not in ("number", "vulgar") and before.text not in (")", "}"):
            continue
        if tok.type == "macro" and tok.text[1:] in UPRIGHT and place + 2 < len(raw):
            name = raw[place + 2].text
        elif tok.type == "word" and tok.gap:
            name = tok.text
        else:
            continue
        if words.split(name) is None and parse_unit(typed[tok.at :], known_only=True) is not None:
            return raw[:place], typed[tok.at :].strip()
    return raw, ""


def assigned(typed: str) -> str:
    """Python's `y = ` before an expression, blanked out so that places stay what they are."""
    found = _ASSIGNED.match(typed)
    return typed if found is None else " " * found.end() + typed[found.end() :]
