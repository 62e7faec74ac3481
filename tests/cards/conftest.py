from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

import pytest


class Reader:
    """Reads simple LaTeX as a person does: side by side is a product, and two numbers side by side are a mistake."""

    def __init__(self, latex: str, letters: dict[str, Fraction]) -> None:
        latex = latex.replace(r"\left(", "(").replace(r"\right)", ")")
        self.tokens = re.findall(r"\\[a-z]+|[\d.]+|\S", latex)
        self.letters = letters

    def next(self) -> str:
        return self.tokens[0] if self.tokens else ""

    def take(self, token: str) -> None:
        assert self.tokens.pop(0) == token

    def whole(self) -> Fraction:
        value = self.sum()
        assert not self.tokens
        return value

    def sum(self) -> Fraction:
        sign = 1
        if self.next() == "-":
            self.take("-")
            sign = -1
        value = sign * self.product()
        while self.next() in ("+", "-"):
            sign = 1 if self.tokens.pop(0) == "+" else -1
            value += sign * self.product()
        return value

    def product(self) -> Fraction:
        value = self.power()
        while self.next() not in ("", "+", "-", ")", "}", "/"):
            if self.next() == r"\cdot":
                self.take(r"\cdot")
            else:
                assert not self.next()[0].isdigit()
            value *= self.power()
        return value

    def power(self) -> Fraction:
        base = self.atom()
        if self.next() == "^":
            self.take("^")
            base **= self.group().numerator
            assert self.next() != "^"
        return base

    def group(self) -> Fraction:
        self.take("{")
        value = self.sum()
        if self.next() == "/":
            self.take("/")
            value /= self.sum()
        self.take("}")
        return value

    def atom(self) -> Fraction:
        piece = self.tokens.pop(0)
        if piece == "(":
            value = self.sum()
            self.take(")")
            return value
        if piece == r"\frac":
            above = self.group()
            return above / self.group()
        return self.letters[piece] if piece in self.letters else Fraction(piece)


@pytest.fixture(scope="session")
def read_latex() -> Callable[[str, dict[str, Fraction]], Fraction]:
    """The value of simple LaTeX, given what its letters stand for."""
    return lambda latex, letters: Reader(latex, letters).whole()
