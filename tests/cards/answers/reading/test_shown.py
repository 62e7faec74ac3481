"""How answers are shown: as LaTeX that the product can render, and in one line."""

from __future__ import annotations

import pytest
from hypothesis import given

from cards.answers.reading import latex_of, read, text_of
from cards.answers.types import FiniteSet, Interval, Takes, Union, UnreadableError, Where
from cards.expr import Expr, parse, parse_statement
from cards.render import render
from tests.cards.answers.reading.test_readings import ROWS, Row
from tests.cards.answers.reading.trees import expressions

READABLE = [row for row in ROWS if row.expected.startswith("=>")]


@pytest.mark.parametrize("rows", [READABLE[start::20] for start in range(20)], ids=lambda rows: f"{rows[0].line}...")
def test_the_latex_of_every_row_of_the_table_can_be_rendered(rows: list[Row]) -> None:
    for row in rows:
        latex = read(row.typed, row.takes, row.symbols, decimal_comma=row.decimal_comma).latex
        assert not latex or "<math" in render(f"${latex}$")


@given(expressions)
def test_the_latex_of_any_expression_can_be_rendered(tree: Expr) -> None:
    assert "<math" in render(f"${latex_of(tree)}$")


ZERO, ONE = parse("0"), parse("1")


@pytest.mark.parametrize(
    ("union", "text", "latex"),
    [
        (Union((Interval(ZERO, ONE, (True, False)),)), "[0, 1)", r"\left[0, 1\right)"),
        (Union((FiniteSet(()),)), "∅", r"\emptyset"),
        (Union(()), "∅", r"\emptyset"),
        (Union((FiniteSet((ONE, ZERO)),)), "{1, 0}", r"\left\{1, 0\right\}"),
        (Union((Where((parse_statement("x != 0").relation,)),)), "x != 0", r"x \neq 0"),
        (
            Union((Interval(ZERO, ONE, (False, True)), FiniteSet((parse("2"),)))),
            "(0, 1] ∪ {2}",
            r"\left(0, 1\right] \cup \left\{2\right\}",
        ),
    ],
)
def test_sets_are_shown_in_their_own_notation(union: Union, text: str, latex: str) -> None:
    assert text_of(union) == text
    assert latex_of(union) == latex


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("1/2*x", "(1/2)*x"),
        ("1/(2*x)", "1/(2*x)"),
        ("x**n", "x^n"),
        ("x**(n - 1)", "x^(n - 1)"),
        ("-3**2", "-(3^2)"),
        ("(-3)**2", "(-3)^2"),
        ("2**3**2", "2^(3^2)"),
        ("(2**3)**2", "(2^3)^2"),
        ("x**1/2", "(x^1)/2"),
        ("sin(2*x)", "sin(2*x)"),
        ("a - (b - c)", "a - (b - c)"),
        ("0.50", "0.50"),
        ("6/8", "6/8"),
    ],
)
def test_a_line_of_text_has_the_parentheses_that_show_how_it_is_read(expression: str, text: str) -> None:
    assert text_of(parse(expression)) == text


def test_a_text_has_no_latex() -> None:
    assert latex_of("a row") == ""
    assert text_of("a row") == "a row"


def test_nothing_is_worked_out() -> None:
    reading = read("2*3^2 + 0.50 + 6/8", Takes.EXPRESSION, {})
    assert (reading.text, reading.latex) == ("2*3^2 + 0.50 + 6/8", r"2 \cdot 3^{2} + 0.50 + \frac{6}{8}")


def test_the_places_of_a_decimal_are_told() -> None:
    assert read("0.50", Takes.EXPRESSION, {}).decimals == 2
    assert read("-0.125", Takes.EXPRESSION, {}).decimals == 3
    assert read("1/2", Takes.EXPRESSION, {}).decimals is None
    assert read("0,5", Takes.EXPRESSION, {}, decimal_comma=True).decimals == 1


def test_a_unit_is_told_apart_from_the_number() -> None:
    reading = read("9.81 m/s^2", Takes.EXPRESSION, {"x": "real"})
    assert (text_of(reading.value), reading.unit, reading.text) == ("9.81", "m/s^2", "9.81 m/s^2")
    assert read("5 m", Takes.EXPRESSION, {"m": "real"}).unit == ""


def test_a_declared_symbol_is_no_unit() -> None:
    with pytest.raises(UnreadableError, match="`s` is no symbol"):
        read("5 m/s", Takes.EXPRESSION, {"m": "real"})
