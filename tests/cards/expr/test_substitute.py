from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.expr import EvaluationError, compile_floats, evaluate, free_names, parse, simplify, substituted, to_latex
from cards.expr.calls import check_call
from cards.expr.nodes import Call

TREES = {"outer": parse("u**3"), "inner": parse("2*x + 1")}


@pytest.mark.parametrize(
    ("text", "put_in"),
    [
        ("outer + 1", "u**3 + 1"),
        ("-outer*inner", "-u**3*(2*x + 1)"),
        ("[outer, inner[0]]", "[u**3, (2*x + 1)[0]]"),
        ("diff(outer, u)", "diff(u**3, u)"),
        ("diff(outer, u, inner)", "diff(u**3, u, 2*x + 1)"),
        ("sum(inner, inner, 1, outer)", "sum(inner, inner, 1, u**3)"),
        ("deriv(f, inner)", "deriv(f, 2*x + 1)"),
        ("piecewise((outer, inner > 0), (x, otherwise))", "piecewise((u**3, 2*x + 1 > 0), (x, otherwise))"),
        ("x + u", "x + u"),
    ],
)
def test_names_are_replaced_by_trees_but_where_they_are_bound(text: str, put_in: str) -> None:
    assert substituted(parse(text), TREES) == parse(put_in)


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("at(x**2 + y, x, 3)", "y + 9"),
        ("at(x**2, x, x + 1)", "(x + 1)**2"),
        ("at(u**3, u, 2*x + 1)", "(2*x + 1)**3"),
        ("diff(at(u**3, u, 2*x + 1), x)", "6*(2*x + 1)**2"),
        ("diff(at(u**3, u, 2*x + 1), x, 2)", "150"),
        ("diff(at(x**3, x, 2*x), x)", "24*x**2"),
        ("at(diff(u**2*x, x), u, x)", "x**2"),
        ("at(at(x*y, x, 2), y, 3)", "6"),
        ("at([x, 2*x], x, 4)", "[4, 8]"),
    ],
)
def test_at_puts_a_value_into_an_expression(text: str, result: str) -> None:
    env = {"x": Fraction(3, 5), "y": Fraction(-7, 3)}
    assert evaluate(simplify(parse(text)), env) == evaluate(parse(text), env) == evaluate(parse(result), env)


@given(st.fractions(-5, 5, max_denominator=9))
def test_at_has_the_value_of_the_expression_there(x: Fraction) -> None:
    assert evaluate(parse("at(u**3 - x, u, 2*x + 1)"), {"x": x}) == (2 * x + 1) ** 3 - x
    assert evaluate(parse("diff(at(u**3, u, 2*x + 1), x)"), {"x": x}) == 6 * (2 * x + 1) ** 2
    assert compile_floats(parse("at(u**2, u, x + 1)"), "x")(float(x)) == pytest.approx(float((x + 1) ** 2))


def test_at_binds_its_name_and_is_written_with_a_bar() -> None:
    assert free_names(parse("at(x + y, x, z)")) == {"y", "z"}
    assert to_latex(parse("at(x**2 + 1, x, 3)")) == r"\left.x^{2} + 1\right|_{x=3}"


def test_at_needs_an_expression_a_name_and_a_value() -> None:
    for text in ("at(x, 3, 2)", "at(x, x)"):
        call = parse(text)
        assert isinstance(call, Call)
        with pytest.raises(EvaluationError):
            check_call(call)


def test_a_number_as_subscript_is_an_element_of_a_list() -> None:
    assert evaluate(parse("x_2 + x[0]"), {"x": (Fraction(5), Fraction(7))}) == 12
    assert simplify(parse("x_2*y"), {"x": parse("[5, 7]")}) == parse("7*y")
    assert simplify(parse("x_2*y")) == parse("x_2*y")
