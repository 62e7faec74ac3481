"""How an equation that is false may be meant."""

from __future__ import annotations

import pytest

from cards.claims.latex import read
from cards.draft.fitting.senses import is_rounded, is_to_be_solved
from cards.expr import Relation


def relations(tex: str) -> list[Relation]:
    return [each.says for each in read(tex, frozenset()) if isinstance(each.says, Relation)]


@pytest.mark.parametrize(
    ("tex", "left", "right", "rounded"),
    [
        (r"\frac{32}{55} = 0.582", "32/55", "0.582", True),
        (r"\sqrt{0.739} = 0.86", "0.859651", "43/50", True),
        (r"1.5 \cdot 0.0611 = 0.09", "0.09165", "9/100", True),
        (r"-\frac{1}{3} = -0.33", "-1/3", "-33/100", True),
        (r"0.582 = \frac{32}{55}", "0.582", "32/55", True),
        (r"\frac{100}{100000} = 0.01", "0.001", "0.01", False),
        (r"\frac{108}{343} = 0.3148", "108/343", "0.3148", False),
        (r"2^3 = 9", "8", "9", False),
        (r"\frac{7}{2} = 3", "7/2", "3", False),
        (r"x = 0.5", "", "", False),
    ],
)
def test_a_value_rounded_to_the_digits_shown_is_known(tex: str, left: str, right: str, rounded: bool) -> None:
    assert is_rounded(relations(tex), f"the left side is {left}, the right side is {right}") is rounded


@pytest.mark.parametrize(
    ("tex", "to_solve"),
    [
        ("x^2 = x + 1", True),
        (r"-\frac{1}{2} x + \frac{3}{2} = \frac{1}{3} - x", True),
        ("4(1 - p) = p", True),
        (r"4 \cdot (1 - p) = p", True),
        (r"2 \cdot x = x + 3", True),
        ("2x + 1 = 0", True),
        (r"r = 1 + \frac{1}{r}", True),
        ("n = n + 1", True),
        # claims
        (r"\sqrt{x^2} = x", False),
        ("(x + 1)^2 = x^2 + 1", False),
        ("2(x + 1) = 2x + 1", False),
        ("x + x = x^2", False),
        ("2x + 3x = 6x", False),
        (r"x \cdot x = x + x", False),
        ("x^2 = 2x", False),
        (r"\sqrt{x^2} = x + 0", False),
        ("a + b = b + 2a", False),
        ("x < x + 1", False),
    ],
)
def test_an_equation_with_nothing_to_work_out_is_to_be_solved(tex: str, to_solve: bool) -> None:
    assert [is_to_be_solved(relation) for relation in relations(tex)] == [to_solve]
