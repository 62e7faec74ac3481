"""Laws of comparing, for expressions that nobody thought of."""

from fractions import Fraction

import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from cards.answers.equality import Comparison, compare, value_of
from cards.expr import Binary, Call, EvaluationError, Expr, Name, Number, Unary, evaluate, parse
from tests.cards.answers.equality.sympy_side import Translator
from tests.cards.answers.equality.trees import SYMBOLS, domains, expressions, rational

REAL = dict.fromkeys(SYMBOLS, "real")
ONE, TWO = Number(Fraction(1)), Number(Fraction(2))
SAME = (Comparison.EQUAL, Comparison.UNSETTLED)


def times(a: Expr, b: Expr) -> Expr:
    return Binary("*", a, b)


def plus(a: Expr, b: Expr) -> Expr:
    return Binary("+", a, b)


def is_defined(a: Expr) -> bool:
    """Whether a quotient of polynomials has a value at a point where nothing special is."""
    try:
        evaluate(a, {name: Fraction(1009 + place, 677) for place, name in enumerate(SYMBOLS)})
    except EvaluationError:
        return False
    return True


@given(expressions, domains)
def test_every_expression_equals_itself(a: Expr, of: dict[str, str]) -> None:
    assert compare(a, a, of) is Comparison.EQUAL


@given(expressions, expressions, domains)
def test_it_does_not_matter_which_side_comes_first(a: Expr, b: Expr, of: dict[str, str]) -> None:
    assert compare(a, b, of) is compare(b, a, of)


@given(expressions, expressions, domains)
def test_the_same_pair_has_the_same_verdict_again(a: Expr, b: Expr, of: dict[str, str]) -> None:
    assert compare(a, b, of) is compare(a, b, of)


@given(expressions, expressions, expressions, domains)
def test_rewriting_by_the_rules_of_algebra_makes_no_difference(a: Expr, b: Expr, c: Expr, of: dict[str, str]) -> None:
    for left, right in (
        (plus(a, b), plus(b, a)),
        (times(a, b), times(b, a)),
        (plus(a, plus(b, c)), plus(plus(a, b), c)),
        (times(a, plus(b, c)), plus(times(a, b), times(a, c))),
        (Binary("**", plus(a, b), TWO), plus(plus(times(a, a), times(TWO, times(a, b))), times(b, b))),
        (Binary("-", a, b), Unary("-", Binary("-", b, a))),
    ):
        assert compare(left, right, of) in SAME


@given(expressions, domains, st.fractions(-100, 100).filter(bool))
def test_adding_a_constant_is_noticed(a: Expr, of: dict[str, str], constant: Fraction) -> None:
    assert compare(a, plus(a, Number(constant)), of) is not Comparison.EQUAL


@given(rational, st.fractions(-1, 1, max_denominator=10**30).filter(bool))
def test_adding_a_tiny_constant_to_a_quotient_of_polynomials_is_noticed(a: Expr, constant: Fraction) -> None:
    assert compare(a, plus(a, Number(constant)), REAL) is not Comparison.EQUAL


@settings(max_examples=200)
@given(rational, rational)
def test_quotients_of_polynomials_are_compared_as_sympy_cancels_them(a: Expr, b: Expr) -> None:
    translator = Translator(REAL)
    left, right = translator.expr(a), translator.expr(b)
    if not (is_defined(a) and is_defined(b)):
        return  # SymPy goes on with something in place of a division by zero
    same = sp.cancel(sp.together(left - right)) == 0
    assert compare(a, b, REAL) is (Comparison.EQUAL if same else Comparison.DIFFERENT)


@settings(max_examples=50)
@given(rational)
def test_what_sympy_spreads_out_and_factors_stays_equal(a: Expr) -> None:
    translated = Translator(REAL).expr(a)
    if not is_defined(a):
        return
    for other in (sp.expand(translated), sp.factor(translated), sp.together(translated)):
        assert compare(a, parse(str(other)), REAL) is Comparison.EQUAL


@pytest.mark.parametrize("name", ["exp", "sin", "cos", "abs", "cbrt"])
@given(a=rational, b=rational)
@settings(max_examples=25)
def test_functions_of_equal_arguments_are_equal(name: str, a: Expr, b: Expr) -> None:
    left = Call(name, (times(plus(a, b), plus(a, b)),))
    right = Call(name, (plus(plus(times(a, a), times(times(TWO, a), b)), times(b, b)),))
    assert compare(left, right, REAL) in SAME


@given(expressions)
def test_a_value_lies_where_more_digits_find_it(a: Expr) -> None:
    closed = a
    for name in SYMBOLS:
        closed = Call("at", (closed, Name(name), Number(Fraction(7, 5))))
    rough, fine = value_of(closed, digits=15), value_of(closed, digits=40)
    if rough is None or fine is None:
        return
    parts = [
        (each, Fraction(0), Fraction(0)) if isinstance(each, Fraction) else (each.real, each.imaginary, each.error)
        for each in (rough, fine)
        if not isinstance(each, tuple)
    ]
    (real, imaginary, error), (other, another, less) = parts
    assert abs(real - other) <= error + less
    assert abs(imaginary - another) <= error + less
