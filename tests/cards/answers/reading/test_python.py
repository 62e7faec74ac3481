"""Python's own syntax: ways of writing one expression are read as the same."""

from __future__ import annotations

import pytest

from cards.answers.equality import Comparison, compare
from cards.answers.reading import read
from cards.answers.types import Takes
from cards.expr import Expr, parse

SYMBOLS = {"x": "vector", "w": "vector", "M": "matrix", "a": "positive"}


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("sum([xi*xi for xi in x])/len(x)", "sum(xi*xi for xi in x)/len(x)"),
        ("sum([w[i]*x[i] for i in range(len(x))])", "dot(w, x)"),
        ("sum(wi*xi for wi, xi in zip(w, x))", "dot(w, x)"),
        ("sum([b * c for b, c in zip(w, x)]) / 2", "dot(w, x)/2"),
        ("w @ x", "dot(w, x)"),
        ("np.sum(w * x)", "dot(w, x)"),
        ("sum(x**2)", "dot(x, x)"),
        ("-(w @ x) + x[0]", "x[0] - dot(w, x)"),
        ("return a ** 0.5", "a**0.5"),
        ("y = math.sqrt(a)", "a**0.5"),
    ],
)
def test_what_programs_write_around_an_expression_changes_nothing(typed: str, means: str) -> None:
    value = read(typed, Takes.PYTHON, SYMBOLS).value
    assert isinstance(value, Expr)
    assert compare(value, parse(means), SYMBOLS) is Comparison.EQUAL


def test_code_is_shown_as_it_was_typed() -> None:
    reading = read("y =  sum([xi*xi for xi in x])", Takes.PYTHON, SYMBOLS)
    assert (reading.text, reading.latex) == ("sum([xi*xi for xi in x])", "")
