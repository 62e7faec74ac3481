"""What is asked about one comparison, and what the answer can be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cards.domains import Domain
from cards.expr import Expr, Relation


class Verdict(StrEnum):
    """What came of a displayed formula or a claim.

    `given` is for what cannot be false: a definition that other formulas use, a condition that a claim quotes.
    """

    PROVED = "proved"
    TESTED = "tested"
    FALSE = "false"
    UNSETTLED = "unsettled"
    UNCHECKED = "unchecked"
    GIVEN = "given"


@dataclass(frozen=True, slots=True)
class Question:
    """Whether `left op right` holds for all values of the symbols.

    Attributes:
        left: a tree, in which definitions are expanded and products made plain.
        op: one of == != < <= > >= ~=.
        right: a tree likewise.
        domains: of the names that stand in it, sorted by name.
        conditions: what else the values have to fulfil (`a != b`).
    """

    left: Expr
    op: str
    right: Expr
    domains: tuple[tuple[str, Domain], ...] = ()
    conditions: tuple[Relation, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """A verdict and what there is to say about it: how it was found, or a counterexample."""

    verdict: Verdict
    detail: str = ""
