r"""Pieces of LaTeX that know how they bind, and how they are put together.

A product is written without a sign where that reads one way only; parentheses stand only where they are needed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

GREEK = frozenset(
    {
        *("alpha", "beta", "gamma", "delta", "epsilon", "varepsilon", "zeta", "eta", "theta", "vartheta", "iota"),
        *("kappa", "lambda", "mu", "nu", "xi", "pi", "rho", "sigma", "tau", "upsilon", "phi", "varphi", "chi", "psi"),
        *("omega", "Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega"),
    }
)


class Level(IntEnum):
    """How tightly the outermost operation of a piece of LaTeX binds."""

    SUM = 1
    NEGATION = 2
    SLASH = 3  # 1/2 in an exponent
    OPERATOR = 4  # \sum, \frac{d}{dx}, \lim: takes all that follows
    PRODUCT = 5
    FUNCTION = 6  # \ln x: takes the next factor
    FRACTION = 7  # as good as an atom, but not as a base
    POWER = 8
    ATOM = 9


@dataclass(frozen=True, slots=True)
class Tex:
    r"""A piece of LaTeX, and what its surroundings have to know of it.

    Attributes:
        text: the LaTeX itself.
        level: how tightly its outermost operation binds.
        tall: whether it is higher than a line, so that parentheses around it must grow.
        open: whether it ends in something that would take what follows for its own (`1 + \sum x_i`).
    """

    text: str
    level: Level = Level.ATOM
    tall: bool = False
    open: bool = False

    def in_parentheses(self) -> Tex:
        """The piece in parentheses of the right size."""
        text = rf"\left({self.text}\right)" if self.tall else f"({self.text})"
        return Tex(text, tall=self.tall)

    def at_least(self, level: Level) -> Tex:
        """The piece itself if it binds so tightly, else in parentheses."""
        return self if self.level >= level else self.in_parentheses()

    def closed(self) -> Tex:
        """The piece, such that something may follow it."""
        return self.in_parentheses() if self.open else self


def named(name: str) -> str:
    """A name as LaTeX: a Greek letter, one letter, a subscript, or upright if it is a word."""
    if name == "oo":
        return r"\infty"
    base, _, subscript = name.partition("_")
    if base in GREEK:
        base = rf"\{base}"
    elif len(base) > 1:
        return upright(name)
    if not subscript:
        return base
    inner = rf"\{subscript}" if subscript in GREEK else subscript
    if len(subscript) > 1 and subscript not in GREEK and not subscript.isdigit():
        inner = upright(subscript)
    return f"{base}_{{{inner}}}"


def upright(word: str, command: str = "mathrm") -> str:
    """A word in upright letters."""
    return rf"\{command}{{" + word.replace("_", r"\_") + "}"


def over(above: Tex, below: Tex, exponent: bool = False) -> Tex:
    r"""The quotient: `\frac{a}{b}`, or a/b in an exponent if both are short."""
    if exponent and above.level == below.level == Level.ATOM and not (above.tall or below.tall):
        return Tex(f"{above.text}/{below.text}", Level.SLASH)
    return Tex(rf"\frac{{{above.text}}}{{{below.text}}}", Level.FRACTION, tall=True)


def added(op: str, left: Tex, right: Tex) -> Tex:
    """The sum or difference, the right side in parentheses where its sign would be misread."""
    left = left.closed()
    strict = right.level <= Level.NEGATION and (op == "-" or right.level == Level.NEGATION or right.text[0] == "-")
    right = right.in_parentheses() if strict else right
    return Tex(f"{left.text} {op} {right.text}", Level.SUM, left.tall or right.tall, right.open)


def negated(inner: Tex) -> Tex:
    """The negation."""
    inner = inner if inner.level > Level.NEGATION else inner.in_parentheses()
    return Tex(f"-{inner.text}", Level.NEGATION, inner.tall, inner.open)


def raised_to(base: Tex, raised: Tex) -> Tex:
    """The power."""
    base = base.at_least(Level.ATOM)
    return Tex(f"{base.text}^{{{raised.text}}}", Level.POWER, base.tall)


def multiplied(left: Tex, right: Tex) -> Tex:
    r"""The product: side by side where that reads one way only (`3x`, `2\sqrt{2}`, `n x^{2}`), else with `\cdot`."""
    left = left.at_least(Level.PRODUCT) if left.level != Level.NEGATION else left
    left = left.in_parentheses() if left.open else left
    right = right.at_least(Level.OPERATOR)
    sign = _between(left, right)
    level = Level.NEGATION if left.level == Level.NEGATION else Level.PRODUCT
    return Tex(f"{left.text}{sign}{right.text}", level, left.tall or right.tall, right.open)


_SET_APART = (r"\frac", r"\mathrm", r"\begin")


def _between(left: Tex, right: Tex) -> str:
    first = right.text[0]
    is_number = re.fullmatch(r"-?[\d.]+", left.text) is not None
    hides_a_number = not is_number and re.search(r"\s[\d.]+$", left.text) is not None  # x \cdot 3 before y
    if first.isdigit() or right.text.startswith(_SET_APART) or left.level == Level.FUNCTION or hides_a_number:
        return r" \cdot "
    if right.text.startswith(("(", r"\left(")):
        return "" if is_number or (left.level == Level.ATOM and left.text.endswith(")")) else r" \cdot "
    if r"\cdot" in left.text and first == "[":
        return r" \cdot "
    if is_number:
        return "" if first != "[" else r" \cdot "
    return " "
