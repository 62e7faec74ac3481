from __future__ import annotations

from fractions import Fraction

import pytest

from cards.claims.natural import is_rule, may_have_kinks, speaks_at
from cards.claims.values import Point
from cards.claims.verdicts import Question
from cards.domains import REAL
from cards.expr import parse


def question(left: str, right: str) -> Question:
    return Question(parse(left), "==", parse(right))


def test_a_rule_is_an_equation_with_a_derivative_and_no_declared_symbol() -> None:
    rule = question("diff(x**n, x)", "n*x**(n-1)")
    assert is_rule(rule)
    assert not is_rule(question("x**2", "x*x"))
    assert not is_rule(Question(rule.left, "<", rule.right))
    assert not is_rule(Question(rule.left, "==", rule.right, (("x", REAL),)))


@pytest.mark.parametrize(
    ("left", "right", "at", "speaks"),
    [
        ("diff(ln(x), x)", "1/x", 2, True),
        ("diff(ln(x), x)", "1/x", -1, False),  # the function has no value
        ("diff(x**2, x)", "2*x**2/x", 0, False),  # the formula has none
        ("diff(sqrt(x), x)", "0", 0, False),  # the function ends here
        ("diff(abs(x), x)", "0", 0, True),  # a kink: to give a slope there is wrong
        ("diff(ln(x), x, x - 3)", "1/(x - 3)", 2, False),  # it is derived at a negative number
    ],
)
def test_a_rule_speaks_where_its_function_is_defined_all_around_and_its_formula_too(
    left: str, right: str, at: int, speaks: bool
) -> None:
    assert speaks_at(question(left, right), Point({"x": Fraction(at)})) is speaks


def test_what_may_have_kinks_is_known_by_its_functions() -> None:
    assert may_have_kinks(question("diff(abs(x - 7/5), x)", "1"))
    assert may_have_kinks(question("diff(max(0, x), x)", "1"))
    assert not may_have_kinks(question("diff(exp(x), x)", "exp(x)"))
