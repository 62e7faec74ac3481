from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.answers.forms.polynomials import Polynomial, is_reducible, polynomial, share_a_factor
from cards.expr import Binary, Expr, parse


def poly(text: str) -> Polynomial:
    found = polynomial(parse(text))
    assert found is not None, text
    return found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("(x+1)*(x-1)", "x**2 - 1"),
        ("(x+y)**2", "x**2 + 2*x*y + y**2"),
        ("x - x", "0"),
        ("x/2 + x/2", "x"),
        ("1/x", "x**(-1)"),
        ("x**3/x", "x**2"),
        ("exp(x)*x", "x*e**x"),
        ("-(x - 1)", "1 - x"),
        ("(2*x)**3", "8*x**3"),
    ],
)
def test_equal_polynomials_are_the_same(one: str, other: str) -> None:
    assert poly(one) == poly(other)


@pytest.mark.parametrize("text", ["1/(x+1)", "[1, 2]", "x/0", "(x+1)**13", "(((x**12)**12)**12)**12"])
def test_what_is_none_or_too_long_is_none(text: str) -> None:
    assert polynomial(parse(text)) is None


@pytest.mark.parametrize(
    "text",
    [
        "x**2 - 1",
        "x**2 + x",
        "2*x + 2",
        "x*y + x",
        "x*y + x + y + 1",
        "x**2 - y**2",
        "x**2 + 2*x*y + y**2",
        "6*x**2 + 5*x + 1",
        "x**3 - x",
        "x**3 - 8",
        "x**3 + y**3",
        "x**4 + 4",
        "x**4 - 5*x**2 + 6",
        "x**6 - 1",
        "x*e**x + e**x",
        "e**(2*x) + 3*e**(2*x)*x",
        "x**2/4 - 1",
        "1/x + 1/x**2",
        "x*sin(x) + x*cos(x)",
    ],
)
def test_a_product_in_disguise_is_recognised(text: str) -> None:
    assert is_reducible(poly(text))


@pytest.mark.parametrize(
    "text",
    [
        "x + 1",
        "2*x + 1",
        "x + 1/2",
        "x**2 + 1",
        "x**2 - 2",
        "x**2 + x + 1",
        "x**3 - 2",
        "x**4 + 1",
        "x**6 + x**3 + 1",
        "x - y",
        "x**2 - y",
        "x**2 + y**2",
        "x**4 + y**4",
        "x*y + x + 2*y",
        "x**2*y + 1",
        "x**2 - 4*y**2 + 1",
        "1 + sqrt(2)",
        "x",
        "7",
    ],
)
def test_a_sum_that_is_no_product_of_rational_ones_is_left_alone(text: str) -> None:
    assert not is_reducible(poly(text))


@pytest.mark.parametrize(
    ("above", "below", "shares"),
    [
        ("6*x", "4", True),
        ("x**2", "x", True),
        ("x**2 - 1", "x - 1", True),
        ("x**2 + 3*x + 2", "x**2 + 4*x + 3", True),
        ("x + 1", "x - 1", False),
        ("3*x", "4", False),
        ("x", "y", False),
        ("x**2 + 1", "x + 1", False),
    ],
)
def test_whether_a_fraction_can_be_reduced(above: str, below: str, shares: bool) -> None:
    assert share_a_factor(poly(above), poly(below)) is shares


linear = st.tuples(st.integers(1, 9), st.integers(-9, 9)).map(lambda c: parse(f"{c[0]}*x + {c[1]}"))


@given(linear, linear, st.sampled_from(["x**2 + 1", "x**2 + x + 1", "y + x", "x - 3*y", "1"]))
def test_every_product_of_sums_is_recognised(one: Expr, other: Expr, more: str) -> None:
    product = polynomial(Binary("*", Binary("*", one, other), parse(more)))
    assert product is not None
    assert len(product) < 2 or is_reducible(product)
