"""Rules of differentiation without declared domains: they are said where the function and the formula have values.

Everybody writes that the derivative of x^n is n x^(n-1), and means it where x^n has a derivative and the formula a
value. Everything else is held to all real numbers: that a^0 = 1 leaves out a = 0 has to be said.
"""

from __future__ import annotations

from collections.abc import Iterator

from cards.claims.evaluate import NEAR, evaluate
from cards.claims.reals import Undecided, Undefined, add
from cards.claims.trees import everything
from cards.claims.values import Point, as_real
from cards.claims.verdicts import Question
from cards.expr import Call, Expr, Name, Piecewise

_KINKED = frozenset({"abs", "max", "min", "relu", "floor", "ceil", "round"})


def is_rule(question: Question) -> bool:
    """Whether it is an equation with a derivative in it and without any declared symbol or condition."""
    if question.op != "==" or question.domains or question.conditions:
        return False
    return any(True for side in (question.left, question.right) for _ in _slopes(side))


def speaks_at(question: Question, point: Point) -> bool:
    """Whether a rule says something at a point: where each formula has a value, and each function has some all around.

    A kink is such a place: the function has a value there, and a formula that has one too gives it a wrong slope.
    """
    for side in (question.left, question.right):
        slopes = list(_slopes(side))
        if not slopes and not _has_value(side, point):
            return False
        if not all(_defined_around(slope, point) for slope in slopes):
            return False
    return True


def may_have_kinks(question: Question) -> bool:
    """Whether a function in it may have a value and no slope at places that no test would meet."""
    return any(
        isinstance(node, Piecewise) or (isinstance(node, Call) and node.name in _KINKED)
        for side in (question.left, question.right)
        for node in everything(side)
    )


def _slopes(side: Expr) -> Iterator[Call]:
    for node in everything(side):
        if isinstance(node, Call) and node.name == "diff":
            yield node


def _defined_around(slope: Call, point: Point) -> bool:
    body, variable, *at = slope.args
    if not isinstance(variable, Name):
        return True
    try:
        place = as_real(evaluate(at[0] if at else variable, point), slope)
    except (Undefined, Undecided):
        return False
    around = (add(place, step) for step in (-NEAR, NEAR))
    return all(_has_value(body, Point({**point, variable.name: each})) for each in (place, *around))


def _has_value(expr: Expr, point: Point) -> bool:
    try:
        evaluate(expr, point)
    except Undefined:
        return False
    except Undecided:
        return True
    return True
