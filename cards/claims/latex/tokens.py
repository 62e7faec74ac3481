r"""LaTeX to tokens: what only changes the look (`\left`, `\,`, `\displaystyle`) is gone, and text is one token."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from cards.claims.latex.errors import Unreadable

MAX_TOKENS = 1000


class Kind(Enum):
    """What a token is."""

    NUMBER = auto()  # digits, maybe with a decimal point
    LETTER = auto()  # one letter
    COMMAND = auto()  # a backslash and a name, or a backslash and a sign
    SIGN = auto()  # any other character
    TEXT = auto()  # \text{...} and the like: `text` is what stands in the braces
    GAP = auto()  # wide space: \quad, which keeps statements apart


@dataclass(frozen=True, slots=True)
class Token:
    """A token: its kind, what it says, where it begins and ends in the formula."""

    kind: Kind
    text: str
    at: int
    end: int

    def __str__(self) -> str:
        return rf"\text{{{self.text}}}" if self.kind is Kind.TEXT else self.text


_TOKEN = re.compile(
    r"""(?P<space>\s+|~)
    | (?P<number>\d{1,3}(?:(?:\{,\}|\\,)\d{3}(?!\d))+(?:\.\d+)? | \d+(?:\.\d+)? | \.\d+)
    | (?P<letter>[A-Za-z])
    | (?P<command>\\(?:[A-Za-z]+\*?|[^A-Za-z]))
    | (?P<sign>[^\\])""",
    re.VERBOSE | re.DOTALL,
)
_SIZES = frozenset(rf"\{size}{side}" for size in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "r", "m"))
_LOOKS = _SIZES | {
    *(r"\left", r"\right", r"\middle", r"\displaystyle", r"\textstyle", r"\scriptstyle", r"\limits", r"\nolimits"),
    *(r"\,", r"\!", r"\:", r"\;", r"\>", "\\ ", "\\\n", r"\thinspace", r"\medspace", r"\thickspace", r"\negthinspace"),
    *(r"\mathstrut", r"\strut"),
}
_WIDE = frozenset({r"\quad", r"\qquad", r"\enspace", r"\hfill"})
_TEXTS = frozenset(
    {r"\text", r"\textrm", r"\textit", r"\textbf", r"\textsf", r"\texttt", r"\textnormal", r"\mbox", r"\mathrm"}
    | {r"\operatorname", r"\operatorname*", r"\mathit", r"\mathsf", r"\mathtt"}
)
_SAME = {
    "×": r"\times",
    "·": r"\cdot",
    "⋅": r"\cdot",
    "÷": r"\div",
    "−": "-",
    "≤": r"\le",
    "≥": r"\ge",
    "≠": r"\ne",
    "≈": r"\approx",
    "∞": r"\infty",
    "…": r"\dots",
    "→": r"\to",
    "⇒": r"\implies",
    r"\leq": r"\le",
    r"\leqslant": r"\le",
    r"\geq": r"\ge",
    r"\geqslant": r"\ge",
    r"\neq": r"\ne",
    r"\lt": "<",
    r"\gt": ">",
    r"\dfrac": r"\frac",
    r"\tfrac": r"\frac",
    r"\cfrac": r"\frac",
    r"\dbinom": r"\binom",
    r"\ast": r"\times",
    "*": r"\times",
    r"\lbrace": r"\{",
    r"\rbrace": r"\}",
    r"\lbrack": "[",
    r"\rbrack": "]",
    r"\vert": "|",
    r"\ldots": r"\dots",
    r"\cdots": r"\dots",
    r"\dotsb": r"\dots",
    r"\dotsc": r"\dots",
    r"\Rightarrow": r"\implies",
    r"\Longrightarrow": r"\implies",
    r"\Leftrightarrow": r"\iff",
    r"\Longleftrightarrow": r"\iff",
    r"\rightarrow": r"\to",
    r"\longrightarrow": r"\to",
    r"\operatornamewithlimits": r"\operatorname",
}


def tokenize(source: str) -> tuple[Token, ...]:
    """The tokens of a formula.

    Raises:
        Unreadable: a comment, an unclosed text, a lone backslash, or more than 1,000 tokens.
    """
    tokens: list[Token] = []
    i = 0
    while i < len(source):
        found = _TOKEN.match(source, i)
        if found is None:
            raise Unreadable("a backslash stands alone at the end", i)
        text, kind = found[0], found.lastgroup
        end = found.end()
        if kind == "command" and text in _TEXTS:
            inner, end = _braced(source, end, text)
            tokens.append(Token(Kind.TEXT, inner, i, end))
        elif text == "%":
            raise Unreadable(r"% begins a comment in LaTeX; write \% for per cent", i)
        elif text in _WIDE:
            tokens.append(Token(Kind.GAP, text, i, end))
        elif text == r"\hspace":
            _, end = _braced(source, end, text)
        elif text == r"\not":
            end = source.find("=", end) + 1
            if not end or source[found.end() : end - 1].strip():
                raise Unreadable(r"\not is read before = alone", i)
            tokens.append(Token(Kind.COMMAND, r"\ne", i, end))
        elif kind != "space" and text not in _LOOKS:
            tokens.append(Token(_kind(kind, text), _plain(kind, text), i, end))
        i = end
        if len(tokens) > MAX_TOKENS:
            raise Unreadable(f"the formula has more than {MAX_TOKENS:,} signs", i)
    return tuple(tokens)


def _kind(group: str | None, text: str) -> Kind:
    if group == "number":
        return Kind.NUMBER
    if group == "letter":
        return Kind.LETTER
    return Kind.COMMAND if _SAME.get(text, text).startswith("\\") else Kind.SIGN


def _plain(group: str | None, text: str) -> str:
    if group == "number":
        return text.replace("{,}", "").replace("\\,", "")
    return _SAME.get(text, text)


def _braced(source: str, start: int, command: str) -> tuple[str, int]:
    """What stands in the braces after a command, and the offset behind them."""
    while start < len(source) and source[start].isspace():
        start += 1
    if not source.startswith("{", start):
        raise Unreadable(f"{command} has no braces behind it", max(0, start - 1))
    depth, i = 0, start
    while i < len(source):
        if source[i] == "\\":
            i += 1
        elif source[i] == "{":
            depth += 1
        elif source[i] == "}":
            depth -= 1
            if depth == 0:
                return source[start + 1 : i], i + 1
        i += 1
    raise Unreadable(f"the brace behind {command} is never closed", start)
