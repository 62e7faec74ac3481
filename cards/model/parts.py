"""What a note or a lesson may have besides its texts: code, plots, claims, and where it was drafted from."""

from __future__ import annotations

from dataclasses import dataclass

from cards.findings import Position
from cards.model.texts import Text


@dataclass(frozen=True, slots=True)
class CodeUse:
    """Where a program uses the idea: the file, the symbol in it, the line itself and what it does."""

    file: str
    symbol: str
    line: Text
    does: Text | None = None
    language: str = "python"


@dataclass(frozen=True, slots=True)
class Plot:
    """A function plot to draw.

    Attributes:
        functions: expressions of one variable `x` in the small language of `cards.expr`.
        x: the interval drawn, from and to.
        y: the interval shown, or None to fit the functions.
        points: marked points, as pairs of expressions.
        bars: labels and heights, for a distribution instead of functions.
        alt: what the picture shows, for those who cannot see it.
        labels: a legend entry a function; empty for none.
    """

    functions: tuple[str, ...]
    x: tuple[str, str]
    where: Position
    y: tuple[str, str] | None = None
    points: tuple[tuple[str, str], ...] = ()
    bars: tuple[tuple[str, str], ...] = ()
    alt: str = ""
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement for the machine to check.

    Attributes:
        holds: the statement in the small language; None if `says` itself is to be read from its LaTeX.
        says: the displayed formula that it stands for, word for word with its dollars; None if bound by meaning.
        when: a displayed condition, word for word, under which it holds; None for the declared domains alone.
    """

    holds: Text | None
    says: Text | None = None
    when: Text | None = None


@dataclass(frozen=True, slots=True)
class Unchecked:
    """A displayed formula that no machine checks, and the author's reason why."""

    says: Text
    because: str


@dataclass(frozen=True, slots=True)
class Drafted:
    """Where a drafted note or section came from.

    Attributes:
        page: the page's file.
        line: the line of the page, counted from 1.
        under: the heading that it stands under.
        rule: the rule that drafted it.
        sure: how sure the rule is: `high`, `medium`, `low`, or nothing for a section.
    """

    page: str
    line: int
    under: str = ""
    rule: str = ""
    sure: str = ""
