"""What was typed as raw tokens: numbers, words, signs, each with its place; nothing is understood yet."""

from __future__ import annotations

import re

from cards.answers.reading.signs import SUBSCRIPTS, SUPERSCRIPTS, plain
from cards.answers.types import UnreadableError


class Tok:
    """One token: its type (a terminal of the grammar in the end), its text, and where it stands in what was typed.

    Attributes:
        gap: whether a blank stands before it.
        end: where what it was made of ends.
    """

    __slots__ = ("at", "end", "gap", "text", "type")
    # What lark asks of the last token, to make one for the end.
    line = column = end_line = end_column = start_pos = end_pos = 0

    def __init__(self, kind: str, text: str, at: int, end: int, gap: bool = False) -> None:
        self.type = kind
        self.text = text
        self.at = at
        self.end = end
        self.gap = gap

    def __repr__(self) -> str:
        return f"{self.type}:{self.text}"


VULGAR = {
    sign: (above, below)
    for sign, above, below in (
        *(("½", 1, 2), ("⅓", 1, 3), ("⅔", 2, 3), ("¼", 1, 4), ("¾", 3, 4), ("⅕", 1, 5), ("⅖", 2, 5), ("⅗", 3, 5)),
        *(("⅘", 4, 5), ("⅙", 1, 6), ("⅚", 5, 6), ("⅐", 1, 7), ("⅛", 1, 8), ("⅜", 3, 8), ("⅝", 5, 8), ("⅞", 7, 8)),
        *(("⅑", 1, 9), ("⅒", 1, 10)),
    )
}
_TERMS = r"""
    (?P<blank>[ ]+)
  | (?P<number>(?:\d+\{,\}\d+|COMMA\d+(?:\.\d*)?|\.\d+)EXPONENT)
  | (?P<word>[A-Za-zΑ-ω]+)
  | (?P<macro>\\(?:[A-Za-z]+|.|$))
  | (?P<sup>[SUP]+)
  | (?P<sub>[SUB]+)
  | (?P<vulgar>[VULGAR])
  | (?P<arrow>->|→|⇒)
  | (?P<compare>=>|=<|=/=|/=|={1,3}|!=(?!=)|<=|>=|<>|:=|[<>≤≥≠≈~])
  | (?P<power>\*\*|\^)
  | (?P<dots>\.{2,}|…)
  | (?P<other>.)
"""


def _compiled(comma: str, exponent: str) -> re.Pattern[str]:
    pattern = (
        _TERMS.replace("COMMA", comma)
        .replace("EXPONENT", exponent)
        .replace("[SUP]", f"[{re.escape(''.join(SUPERSCRIPTS))}]")
    )
    pattern = pattern.replace("[SUB]", f"[{''.join(SUBSCRIPTS)}]").replace("[VULGAR]", f"[{''.join(VULGAR)}]")
    return re.compile(pattern, re.VERBOSE | re.ASCII | re.DOTALL)


_EXPONENT = r"(?:[eE][+-]?\d+(?![\d.]*\w))?"
_COMMA = r"(?<!\d,)\d+,\d+(?!,?\d*,\d)|(?<![^-+*/^(\[{;=<>]),\d+|"
_PATTERNS = {
    (comma, scientific): _compiled(_COMMA if comma else "", _EXPONENT if scientific else "")
    for comma in (False, True)
    for scientific in (False, True)
}
_LARGE = re.compile(r"[1-9]\d{0,2}(\.\d{3})+")


def scan(typed: str, *, decimal_comma: bool = False, scientific: bool = True) -> list[Tok]:
    """The raw tokens of what was typed; `scientific` makes `2e-3` one number.

    Raises:
        UnreadableError: with a decimal comma, points could be anything.
    """
    text, places = plain(typed)
    result: list[Tok] = []
    gap = False
    for match in _PATTERNS[decimal_comma, scientific].finditer(text):
        kind = match.lastgroup or "other"
        if kind == "blank":
            gap = True
            continue
        start, end = match.span()
        if places is not None:
            start, end = places[start], places[end - 1] + 1
        if decimal_comma and kind == "number" and _LARGE.fullmatch(match[0]):
            whole, comma = match[0].replace(".", ""), match[0].replace(".", ",", 1)
            raise UnreadableError(f"{match[0]} could be two numbers; write {whole} or {comma}", start)
        result.append(Tok(kind, match[0], start, end, gap))
        gap = False
    return result
