"""Values of answers without symbols: exact where they are rational, else with an error that bounds them."""

import math
from fractions import Fraction

import pytest

from cards.answers.equality import Approximation, value_of
from cards.expr import parse


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.1 + 0.2", Fraction(3, 10)),
        ("2**-3", Fraction(1, 8)),
        ("sqrt(9/4)", Fraction(3, 2)),
        ("8**(2/3)", Fraction(4)),
        ("cbrt(-27)", Fraction(-3)),
        ("floor(-2.5)", Fraction(-3)),
        ("factorial(5)", Fraction(120)),
        ("mean([1, 2, 6])", Fraction(3)),
        ("sum(k, k, 1, 1000000)", None),
        ("sum(k, k, 1, 100)", Fraction(5050)),
        ("exp(0)", Fraction(1)),
        ("10**-20", Fraction(1, 10**20)),
    ],
)
def test_a_rational_value_is_exact(text: str, value: Fraction | None) -> None:
    assert value_of(parse(text)) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("pi", math.pi),
        ("exp(1)", math.e),
        ("sqrt(2)", math.sqrt(2)),
        ("ln(10)", math.log(10)),
        ("exp(i*pi/3)", complex(0.5, math.sqrt(3) / 2)),
        ("(-8)**(1/3)", complex(1, math.sqrt(3))),
        ("ln(-1)", complex(0, math.pi)),
        ("10**-30*pi", 1e-30 * math.pi),
        ("exp(100)", math.exp(100)),
    ],
)
def test_an_irrational_value_has_30_digits_and_says_how_far_off_it_may_be(text: str, value: complex) -> None:
    found = value_of(parse(text))
    assert isinstance(found, Approximation)
    assert complex(found.real, found.imaginary) == pytest.approx(value, rel=1e-13)
    assert 0 < found.error <= max(abs(found.real), abs(found.imaginary)) / 10**30


def test_more_digits_can_be_had() -> None:
    found = value_of(parse("sqrt(2)"), digits=100)
    assert isinstance(found, Approximation)
    assert found.error < Fraction(1, 10**100)
    assert abs(found.real**2 - 2) < Fraction(1, 10**99)
    assert found.imaginary == 0


@pytest.mark.parametrize(
    "text",
    ["1/0", "0**0", "ln(0)", "oo", "x", "9**9**9**9", "f(1)", "[1, 2] + 1", "factorial(-1)", "1/(sqrt(2)**2 - 2)"],
)
def test_what_has_no_finite_value_has_none(text: str) -> None:
    assert value_of(parse(text)) is None


def test_vectors_and_matrices_have_the_values_of_their_elements() -> None:
    assert value_of(parse("2*[1, 0.5]")) == (Fraction(2), Fraction(1))
    assert value_of(parse("transpose([[1, 2], [3, 4]])")) == (
        (Fraction(1), Fraction(3)),
        (Fraction(2), Fraction(4)),
    )
    assert value_of(parse("[1, 1/0]")) is None
