r"""Notations that look like arithmetic and are none: `O(n)`, `f(-k)` beside `f(k)`, the index of `y^{(k)}`."""

from __future__ import annotations

import re

from cards.draft.tex.relations import split_relation

_ORDER = re.compile(
    r"(?<![A-Za-z\\])(?:[oO]|\\(?:mathcal|mathrm|operatorname)\s*\{?\s*[oO]\s*\}?|\\(?:Theta|Omega|omega|tilde\s*\{?O\}?))"
    r"\s*(?:\\(?:left|[bB]igg?l?)\s*)?\("
)
_INDEX = re.compile(r"\^\s*\{\s*(?:\\left)?\(")
_GREEK = r"\\(?:alpha|beta|gamma|delta|theta|lambda|mu|phi|varphi|psi|rho|sigma|tau|omega|Phi|Psi|Gamma|Lambda)"
_BELOW = r"(?:_(?:\w|\{[^{}]*\}))?"
_OPEN = r"\s*(?:\\left\s*)?\("
_APPLIED = re.compile(rf"(?P<head>{_GREEK}{_BELOW}){_OPEN}(?P<inner>[^()]*)\)")
_SEVERAL = re.compile(rf"(?<![A-Za-z\\])(?:[A-Za-z]|{_GREEK}){_BELOW}{_OPEN}[^()=]*,")
_CONSTANTS = {"e": 2.71828, r"\pi": 3.14159}
_NUMBER = re.compile(r"-?(?:\d+(?:\.\d+)?|\.\d+)(?:\s*/\s*\d+)?|\\[dt]?frac\s*\{\d+\}\s*\{\d+\}")
_FAR = 0.1  # of a constant's value: so far off, a letter is meant


def is_other_notation(tex: str) -> bool:
    r"""Whether a formula may mean something else than its signs say as products and powers.

    So do orders of growth, indices in raised brackets, letters applied to several things, a Greek letter applied
    to different things, and a letter `e` or `\pi` that is given another number than the constant's: whoever reads them
    as arithmetic would call true formulas false.
    """
    if _ORDER.search(tex) or _INDEX.search(tex) or _SEVERAL.search(tex):
        return True
    applied = {(found["head"], found["inner"].strip()) for found in _APPLIED.finditer(tex)}
    if len({head for head, _ in applied}) < len(applied):
        return True
    sides = [side.tex.strip() for side in split_relation(tex)]
    numbers = [_number(side) for side in sides if _NUMBER.fullmatch(side)]
    return any(
        abs(number / value - 1) > _FAR for name, value in _CONSTANTS.items() if name in sides for number in numbers
    )


def _number(tex: str) -> float:
    """The value of a number, a quotient of numbers or a fraction of them."""
    above, _, below = re.sub(r"\\[dt]?frac\s*\{(\d+)\}\s*\{(\d+)\}", r"\1/\2", tex).partition("/")
    return float(above) / (float(below or 1) or 1)
