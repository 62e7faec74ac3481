"""Letters run together, parted into the declared symbols, the constants and the functions: `nx` is n times x."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from types import MappingProxyType

from cards.expr.tex import GREEK


class Kind(Enum):
    """What a piece of a word is."""

    NAME = "NAME"
    FUNCTION = "FUNCTION"
    WORD = "WORD"
    """One of those that join or name sets."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a word: what it is, the name that it stands for, and how many letters it has."""

    kind: Kind
    name: str
    length: int


LETTERS: Mapping[str, str] = MappingProxyType(
    dict(
        zip(
            "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΥΦΨΩς",
            (
                *("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda"),
                *("mu", "nu", "xi", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega"),
                *("Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega", "sigma"),
            ),
            strict=True,
        )
    )
)
_OF_NAME = {name: letter for letter, name in LETTERS.items() if letter != "ς"}
_VARIANTS = {"varepsilon": "epsilon", "vartheta": "theta", "varphi": "phi", "varpi": "pi"}

CONSTANTS: Mapping[str, str] = MappingProxyType(
    {
        "e": "e",
        "ℯ": "e",
        "pi": "pi",
        "π": "pi",
        "oo": "oo",
        "inf": "oo",
        "infty": "oo",
        "infinity": "oo",
        "∞": "oo",
        "i": "i",
    }
)
# What is typed, and the function of the small language (or of the grader) that it stands for.
FUNCTIONS: Mapping[str, str] = MappingProxyType(
    {
        **{name: name for name in ("sin", "cos", "tan", "exp", "sqrt", "cbrt", "abs", "max", "min", "mean", "softmax")},
        **{name: name for name in ("floor", "ceil", "round", "gcd", "dot", "transpose", "matmul", "sum", "len")},
        **{"ln": "ln", "log": "log", "lg": "log_10", "ld": "log_2"},
        **{name: name for name in ("cot", "sec", "csc", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh")},
        **{name: name for name in ("asin", "acos", "atan", "root", "factorial", "binom")},
        **{
            "arcsin": "asin",
            "arccos": "acos",
            "arctan": "atan",
            "arsinh": "asinh",
            "arcosh": "acosh",
            "artanh": "atanh",
        },
        **{"comb": "binom", "tg": "tan", "ctg": "cot", "cosec": "csc", "sen": "sin"},
        # what puts a list into a program's own type
        **dict.fromkeys(("array", "matrix", "vector", "tensor", "Matrix", "Vector"), "vector"),
    }
)
WORDS: Mapping[str, str] = MappingProxyType(
    {
        **{
            "or": "OR",
            "oder": "OR",
            "and": "AND",
            "und": "AND",
            "in": "IN",
            "union": "UNION",
            "U": "UNION",
            "u": "UNION",
        },
        **{"R": "REALS", "RR": "REALS", "reals": "REALS", "without": "WITHOUT", "ohne": "WITHOUT"},
    }
)
"""Words that join or name sets, unless they are declared."""
_NUMBERED = re.compile(r"\d(?:[,/;]\d)?")
_ONLY_OF_SETS = frozenset({"U", "u", "R", "RR", "reals", "in"})
_SELDOM = frozenset({"ld", "lg", "tg"})
"""Functions that are a product if their letters are declared."""
IN_RUNS = frozenset({"sin", "cos", "tan", "ln", "log", "lg", "exp", "sqrt"})
"""Functions that are known inside a run of letters too: `xsinx`, `xlnx`."""


class Lexicon:
    """What words mean in one question: its declared symbols, the constants and the functions."""

    def __init__(self, symbols: tuple[str, ...], of_sets: bool = False, vectors: tuple[str, ...] = ()) -> None:
        self.symbols = symbols
        self.vectors = vectors  # whose elements are x_1, x_2 and so on
        self.of_sets = of_sets  # whether words may name sets, and x_1 and x_2 solutions for x
        names = {spelling: name for spelling, name in CONSTANTS.items() if name not in symbols}
        for symbol in symbols:
            base, bar, rest = symbol.partition("_")
            names[symbol] = symbol
            other = _OF_NAME.get(base) or LETTERS.get(base)
            if other:
                names[other + bar + rest] = symbol
        for variant, plain in _VARIANTS.items():
            if plain in names:
                names[variant] = names[plain]
        self.names = names
        self.greek = GREEK
        self.longest = max(map(len, [*names, *FUNCTIONS]), default=1)

    def whole(self, word: str) -> Piece | None:
        """A word as one piece, if it is one; capitals of a phone's keyboard are forgiven."""
        if word in self.names:
            return Piece(Kind.NAME, self.names[word], len(word))
        if word in FUNCTIONS and not (word in _SELDOM and all(letter in self.symbols for letter in word)):
            return Piece(Kind.FUNCTION, FUNCTIONS[word], len(word))
        if word in WORDS and (self.of_sets or word not in _ONLY_OF_SETS):
            return Piece(Kind.WORD, word, len(word))
        lower = word.lower()
        if lower != word:
            return self.whole(lower)
        return None

    def split(self, word: str) -> list[Piece] | None:
        """A word as its pieces, the longest first from the left; None if some letter belongs to none."""
        whole = self.whole(word)
        if whole is not None:
            return [whole]
        chosen: list[Piece | None] = [None] * len(word)
        readable = [False] * len(word) + [True]
        for start in range(len(word) - 1, -1, -1):
            for end in range(min(len(word), start + self.longest), start, -1):
                piece = self._inside(word[start:end]) if readable[end] else None
                if piece is not None:
                    chosen[start], readable[start] = piece, True
                    break
        pieces, at = [], 0
        while at < len(word):
            piece = chosen[at]
            if piece is None:
                return None
            pieces.append(piece)
            at += piece.length
        return pieces

    def _inside(self, part: str) -> Piece | None:
        if part in self.names:
            return Piece(Kind.NAME, self.names[part], len(part))
        if part in IN_RUNS:
            return Piece(Kind.FUNCTION, FUNCTIONS[part], len(part))
        return None

    def with_subscript(self, base: str, below: str) -> Piece | None:
        """A declared symbol with a subscript."""
        name = self.names.get(f"{base}_{below}") or self.names.get(f"{base}_{_OF_NAME.get(below, below)}")
        if name is None and below.isalnum():
            name = self.names.get(base + below)
        if name is None and self.of_sets and _NUMBERED.fullmatch(below) and base in self.symbols:
            name = base
        if name is None and base in self.vectors and below.isdecimal():
            name = f"{base}_{int(below)}"
        if name is not None:
            return Piece(Kind.NAME, name, len(base))
        return None

    def with_digits(self, base: str, digits: str) -> Piece | None:
        """A declared symbol whose name ends in digits (`x1`, or `x_1` typed so), or `log10`."""
        name = self.names.get(base + digits) or self.names.get(f"{base}_{digits}")
        if name is None and self.of_sets and base in self.symbols and len(digits) == 1:
            name = base
        if name is not None:
            return Piece(Kind.NAME, name, len(base))
        if base.lower() == "log" and digits in ("2", "10"):
            return Piece(Kind.FUNCTION, f"log_{digits}", len(base))
        return None

    def unknown(self, word: str, at: int) -> tuple[str, int]:
        """What to say of a word that cannot be parted, and where."""
        if "_" not in word and self.symbols:
            strange = [place for place in range(len(word)) if self._inside(word[place]) is None]
            if len(strange) == 1 or (strange and len(word) <= 2):
                return f"`{word[strange[0]]}` is no symbol of this question; {self._there_are()}", at + strange[0]
        return f"`{word}` is no symbol of this question; {self._there_are()}", at

    def _there_are(self) -> str:
        if not self.symbols:
            return "it has none"
        if len(self.symbols) == 1:
            return f"there is {self.symbols[0]}"
        return f"there are {', '.join(self.symbols[:-1])} and {self.symbols[-1]}"


@lru_cache(maxsize=256)
def lexicon(symbols: tuple[str, ...], of_sets: bool = False, vectors: tuple[str, ...] = ()) -> Lexicon:
    """The words of a question with these symbols; `of_sets` lets words name sets, and `x_1` be another name of `x`."""
    return Lexicon(symbols, of_sets, vectors)
