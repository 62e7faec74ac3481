from __future__ import annotations

from fractions import Fraction

import pytest

from cards.expr import EvaluationError, Expr, Listing, Number, free_names, parse, simplify
from cards.expr.simplify import as_expr, number

F = Fraction


def given(**values: str) -> dict[str, Expr]:
    return {name: number(F(value), decimal="." in value) for name, value in values.items()}


@pytest.mark.parametrize(
    ("text", "values", "simple"),
    [
        ("n*x**(n-1)", {"n": "3"}, "3*x**2"),
        ("n*x**(n-1)", {"n": "2"}, "2*x"),
        ("n*x**(n-1)", {"n": "1"}, "1"),
        ("n*x**(n-1)", {"n": "1/2"}, "1/(2*sqrt(x))"),
        ("n*x**(n-1)", {"n": "-2"}, "-(2/x**3)"),
        ("a**m * a**n", {"a": "2", "m": "3", "n": "4"}, "128"),
        ("x**m * x**n", {"m": "3", "n": "4"}, "x**7"),
        ("x**m / x**n", {"m": "3", "n": "4"}, "1/x"),
        ("a*x + b - c", {"a": "1", "b": "-3", "c": "2"}, "x - 5"),
        ("a*x - b", {"a": "-1", "b": "-3"}, "-x + 3"),
        ("2*x + y + 3*x - y", {}, "5*x"),
        ("x - x", {}, "0"),
        ("0*x", {}, "0"),
        ("x/2 + x/2", {}, "x"),
        ("x*3*2", {}, "6*x"),
        ("-3*x/4", {}, "-(3*x/4)"),
        ("a*(x + b)", {"a": "2", "b": "-3"}, "2*(x - 3)"),
        ("--x", {}, "x"),
        ("sqrt(a)", {"a": "8"}, "2*sqrt(2)"),
        ("sqrt(a)", {"a": "9/4"}, "3/2"),
        ("sqrt(a)", {"a": "3/4"}, "sqrt(3)/2"),
        ("sqrt(a)", {"a": "1/2"}, "1/sqrt(2)"),
        ("sqrt(a)", {"a": "2/3"}, "sqrt(2/3)"),
        ("a**(-1/2)", {"a": "2"}, "1/sqrt(2)"),
        ("a**(1/3)", {"a": "2"}, "2**(1/3)"),
        ("sqrt(2)*sqrt(2)", {}, "2"),
        ("sqrt(2)*2 + sqrt(8)", {}, "4*sqrt(2)"),
        ("exp(a)", {"a": "2"}, "e**2"),
        ("exp(a*x)", {"a": "1"}, "e**x"),
        ("e**2 * e**a", {"a": "3"}, "e**5"),
        ("ln(a)", {"a": "3"}, "ln(3)"),
        ("ln(e**a)", {"a": "3"}, "3"),
        ("0.5*a", {"a": "3"}, "1.5"),
        ("1 - p", {"p": "0.1"}, "0.9"),
        ("p/3", {"p": "0.1"}, "1/30"),
        ("a**-0.5", {"a": "4"}, "1/2"),
        ("0.5*x*a", {"a": "3"}, "1.5*x"),
        ("[a, b] + 2*[x, 1]", {"a": "1", "b": "2"}, "[1 + 2*x, 4]"),
        ("[a, b]/2", {"a": "1", "b": "2"}, "[1/2, 1]"),
        ("[[1, 2], [3, 4]] @ [a, 1]", {"a": "1"}, "[3, 7]"),
        ("dot([a, 1], [2, x])", {"a": "1"}, "dot([1, 1], [2, x])"),
        ("diff(a*x**2 + b*x, x)", {"a": "3", "b": "1"}, "6*x + 1"),
        ("diff(x**n, x, a)", {"n": "3", "a": "2"}, "12"),
        ("diff(x**2*y, x, a)", {"a": "2"}, "4*y"),
        ("diff(max(0, x), x)", {"x": "2"}, "1"),
        ("sum(x**k, k, 1, n)", {"n": "3"}, "x + x**2 + x**3"),
        ("sum(k, k, 1, n)", {"n": "4"}, "10"),
        ("sum(x_k, k, 1, n)", {"n": "2"}, "x_1 + x_2"),
        ("sum(k, k, 1, n)", {}, "sum(k, k, 1, n)"),
        ("limit(a*x, x, 2)", {"a": "3"}, "6"),
        ("max(a, b)", {"a": "1", "b": "2"}, "2"),
        ("max(a, x)", {"a": "1"}, "max(1, x)"),
        ("f(x + a)", {"a": "0"}, "f(x)"),
        ("softmax([a, 1])", {"a": "2"}, "softmax([2, 1])"),
        ("piecewise((a, x > a), (0, otherwise))", {"a": "1"}, "piecewise((1, x > 1), (0, otherwise))"),
        ("piecewise((a, b > a), (0, otherwise))", {"a": "1", "b": "2"}, "1"),
        ("x[a]", {"a": "1"}, "x[1]"),
        ("[5, 6][a]", {"a": "1"}, "6"),
    ],
)
def test_what_is_numeric_is_worked_out_and_the_rest_stays(text: str, values: dict[str, str], simple: str) -> None:
    assert str(simplify(parse(text), given(**values))) == simple


def test_a_list_may_be_put_in_and_its_elements_named() -> None:
    env = {"x": Listing((Number(F(5)), Number(F(6))))}
    assert str(simplify(parse("sum(x_i, i, 1, 2) + y*x[0]"), env)) == "11 + 5*y"


@pytest.mark.parametrize(
    ("text", "values", "offset", "words"),
    [
        ("1 + 1/a", {"a": "0"}, 6, "division by zero"),
        ("x/(a - a)", {"a": "1"}, 3, "division by zero"),
        ("x + sqrt(a)", {"a": "-1"}, 4, "no real square root"),
        ("a**(1/2)", {"a": "-2"}, 0, "no real square root"),
        ("diff(max(0, x), x, a)", {"a": "0"}, 0, "kink"),
        ("sin(a, 1)", {"a": "0"}, 0, "takes 1"),
        ("9**9**9**a", {"a": "2"}, 0, "too large"),
        ("(0.5**(10**9 + 0.5))*(0.5**(10**9 + 0.5))*x**0 + a/0", {"a": "2"}, 51, "zero"),
    ],
)
def test_a_numeric_part_without_a_value_is_an_error_at_its_place(
    text: str, values: dict[str, str], offset: int, words: str
) -> None:
    with pytest.raises(EvaluationError) as raised:
        simplify(parse(text), given(**values))
    assert words in raised.value.message
    assert raised.value.offset == offset


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a*x + e**pi - oo", {"a", "x"}),
        ("sum(i*a, i, 1, n)", {"a", "n"}),
        ("sum(x_i, i, 1, 3)", set()),
        ("diff(f(x)*a, x)", {"x", "a"}),
        ("diff(x*a, x, b)", {"a", "b"}),
        ("limit(x*a, x, b)", {"a", "b"}),
        ("deriv(f, x)", {"x"}),
        ("piecewise((a, b > c), (d, n integer))", {"a", "b", "c", "d", "n"}),
        ("[a, b][c]", {"a", "b", "c"}),
        ("-a", {"a"}),
    ],
)
def test_free_names_are_those_that_need_a_value(text: str, names: set[str]) -> None:
    assert free_names(parse(text)) == names


def test_values_become_trees() -> None:
    assert as_expr((F(1), 0.5)) == Listing((Number(F(1)), Number(F(1, 2))))
    assert str(as_expr(0.5)) == "0.5"
    assert str(as_expr(-float("inf"))) == "-oo"
    with pytest.raises(EvaluationError, match="truth value"):
        as_expr(True)
