"""Short texts: the same words, however they are written, and words that are only misspelt."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from enum import Enum, auto

LONG = 5
"""Letters that a word must have for a slip in it to be recognisable: `row` and `raw` are two words."""
LONGEST = 500
_ARTICLES = re.compile(r"^(?:the|an?|der|die|das|eine?|les?|la|une?|el|los|las)\s+(?=\S)")
_BETWEEN_LETTERS = re.compile(r"(?<=[^\W\d_])[-‐‑‒–—_](?=[^\W\d_])")
_AROUND = re.compile(r" ?([,;:=+*/<>()\[\]{}]|(?<=[\d ])x(?= ?\d)) ?")
_MINUS = re.compile("[−‐‑‒–—]")
_QUOTES = "\"'`´‘’‚‛“”„‟«»‹›*_$"
_PRIMES = re.compile("[`´‘’‛′ʼ]")
_APOSTROPHE = re.compile(r"(?<=[^\W\d_]{2})'+|(?<=[^\W\d_]'[^\W\d_])'+")
"""Behind a word: of f' it is a part."""
_ENDS = ".,;:!?…"


class Likeness(Enum):
    """How two texts compare."""

    SAME = auto()
    MISSPELT = auto()
    DIFFERENT = auto()


def plain(text: str) -> str:
    """The text without what does not matter: case, accents, hyphens, quotes, an article, a full stop, more blanks."""
    straight = _PRIMES.sub("'", text[:LONGEST])  # before NFKC, which makes a blank and an accent of some of them
    folded = unicodedata.normalize("NFKC", straight).casefold().replace("×", "x")
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(sign))
    quoted = _APOSTROPHE.sub("", _PRIMES.sub("'", bare))
    spaced = _MINUS.sub("-", _BETWEEN_LETTERS.sub(" ", quoted))
    words = _AROUND.sub(r"\1", " ".join(spaced.split())).strip(_QUOTES + " ")
    ended = words.rstrip(_ENDS + _QUOTES + " ") or words
    return _ARTICLES.sub("", ended).lstrip(_QUOTES)


def alike(typed: str, right: Iterable[str]) -> Likeness:
    """How what was typed compares with the texts that are right: the best of them counts."""
    found = plain(typed)
    texts = [plain(each) for each in right]
    closed = _closed(found)
    if any(found == text or (closed == _closed(text) and closed.isalpha()) for text in texts):
        return Likeness.SAME
    return Likeness.MISSPELT if any(_is_slip(found, text) for text in texts) else Likeness.DIFFERENT


def _closed(text: str) -> str:
    return text.replace(" ", "")


def _is_slip(typed: str, right: str) -> bool:
    """Whether one letter is wrong, missing, too many or in its neighbour's place, but not the first of a word.

    The first letter tells words apart that mean opposite things: symmetric and asymmetric, affect and effect.
    """
    a, b = typed.split(), right.split()
    if len(a) != len(b):
        return False
    slips = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    return len(slips) == 1 and all(_one_letter(x, y) for x, y in slips)


def _one_letter(x: str, y: str) -> bool:
    if len(y) < LONG or abs(len(x) - len(y)) > 1 or x[:1] != y[:1] or not (x.isalpha() and y.isalpha()):
        return False
    same = next((place for place, (p, q) in enumerate(zip(x, y, strict=False)) if p != q), min(len(x), len(y)))
    rest_x, rest_y = x[same:], y[same:]
    return (
        rest_x[1:] == rest_y[1:]
        or rest_x[1:] == rest_y
        or rest_x == rest_y[1:]
        or (rest_x[1:2] + rest_x[:1] + rest_x[2:] == rest_y)
    )
