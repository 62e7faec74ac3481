r"""Notations that look like arithmetic and are none: `O(n)`, `f(-k)` beside `f(k)`, the index of `y^{(k)}`."""

from __future__ import annotations

import re

from cards.draft.tex.relations import split_relation

_ORDER = re.compile(
    r"(?<![A-Za-z\\])(?:[oO]|\\(?:mathcal|mathrm|operatorname)\s*\{?\s*[oO]\s*\}?|\\(?:Theta|Omega|omega|tilde\s*\{?O\}?))"
    r"\s*(?:\\(?:left|[bB]igg?l?)\s*)?\("
)
_INDEX = re.compile(r"\^\s*\{\s*(?:\\left)?\(")
_HEAD = re.compile(
    r"^\s*[-+]?\s*(?P<head>(?:[A-Za-z]|\\[A-Za-z]+)(?:_(?:\w|\{[^{}]*\}))?)\s*(?:\\left\s*)?\((?P<inner>[^()]*)\)"
)
_WHOLE = re.compile(r"-?\d+")


def is_other_notation(tex: str) -> bool:
    """Whether a formula may mean something else than its signs say as products and powers.

    So do orders of growth, indices in raised brackets, sides that apply one letter to different things, and a letter
    `e` that is given a whole number: whoever reads them as arithmetic would call true formulas false.
    """
    if _ORDER.search(tex) or _INDEX.search(tex):
        return True
    sides = [side.tex.strip() for side in split_relation(tex)]
    applied = [found for found in map(_HEAD.match, sides) if found and not found["head"].startswith(r"\left")]
    if len(applied) > 1 and len({found["head"] for found in applied}) == 1:
        return len({found["inner"] for found in applied}) > 1
    return "e" in sides and any(_WHOLE.fullmatch(side) for side in sides)
