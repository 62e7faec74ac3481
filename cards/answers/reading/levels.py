"""What a joiner keeps in mind: the brackets that are open, and what could have been read in two ways."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from cards.answers.reading.tokens import Tok


class Doubt(IntEnum):
    """What could be read in two ways; of several the first is told."""

    EXPONENT_SLASH = 1
    """`x^1/2`: only the 1 is raised."""
    EXPONENT_PRODUCT = 2
    """`e^2x`: only the 2 is raised."""
    SLASH = 3
    """`1/2x`: only the 2 is below."""
    ROOT = 4
    """`√2x`: only the 2 is under the root."""
    FUNCTION = 5
    """`ln x/x`: only the first x is in the logarithm."""
    EXPONENT_SUM = 6
    """`x^n-1`: only the n is raised."""
    ARGUMENT = 7
    """`cos x (x+1)`: all of the product is in the cosine."""


@dataclass(slots=True)
class Level:
    """An open bracket, or one that nobody typed: around a function's argument, or to read in the other way.

    Attributes:
        opened: the sign that opened it, as typed; empty for the whole answer and for a bracket nobody typed.
        index: the place of its token in the result, whose type may change when it is closed; -1 for the whole answer.
        start: the place of its token among those given.
        call: whether it holds a function's arguments.
        closers: how many brackets close with it.
        set_like: whether sets may stand in it.
        unseen: whether nobody typed it.
        function: of an unseen one: the place of the function without parentheses whose argument it holds; else -1.
        root: of an unseen one: whether it holds what a root sign takes: the next number, name or bracket.
        doubt: of an unseen one: which doubt it settles in the other way; None for an argument.
        left: of an unseen one: how many signs it may still take in.
        commas: how many commas stand in it.
        joined: whether a comparison, or what joins sets, stands in it.
        divided: the place of the slash below which one is; -1 for none.
    """

    opened: str = ""
    index: int = -1
    start: int = -1
    call: bool = False
    closers: int = 1
    set_like: bool = False
    unseen: bool = False
    function: int = -1
    root: bool = False
    doubt: Doubt | None = None
    left: int = 0
    commas: int = 0
    joined: bool = False
    divided: int = -1


CLOSES = {"(": ")", "LPAR": ")", "[": "]", "{": "}", "|": "|", "<": ">", "MATRIX": r"\end", "]": "["}
"""What closes a bracket, by what opened it."""
CLOSING = {")": ")", "RPAR": ")", "]": "]", "}": "}", "ENDMATRIX": r"\end"}
STARTS = frozenset({"NUM", "NAME", "LPAR", "(", "[", "{", "FUNCTION", "ROOT", "MATRIX", "REALS", "EMPTY"})
"""Tokens that begin an operand."""
OF_LISTS = frozenset({"max", "min", "mean", "softmax", "sum", "len", "transpose", "dot", "matmul", "gcd"})
"""Functions whose argument in square brackets is a list."""
OF_MANY = frozenset({"max", "min", "gcd", "dot", "matmul", "root", "round", "binom"})
"""Functions that make no sense without parentheses."""


def brackets_with_commas(tokens: list[Tok]) -> set[int]:
    """The places of the brackets that have a comma directly in them."""
    result: set[int] = set()
    open_at: list[int] = []
    for place, tok in enumerate(tokens):
        kind = tok.type
        if kind in ("(", "[", "{", "LPAR", "MATRIX"):
            open_at.append(place)
        elif kind in CLOSING:
            if open_at:
                open_at.pop()
        elif kind == "COMMA" and open_at:
            result.add(open_at[-1])
    return result
