from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from math_core import LatexToMathML

from cards.expr import (
    Binary,
    EvaluationError,
    Expr,
    Name,
    Number,
    Unary,
    Value,
    evaluate,
    free_names,
    parse,
    parse_statement,
    simplify,
)
from cards.expr.latex import rounded, to_latex

LATEX = [
    ("n*x**(n-1)", "n x^{n - 1}"),
    ("3*x", "3x"),
    ("x*3", r"x \cdot 3"),
    ("2*3", r"2 \cdot 3"),
    ("2*pi*r", r"2\pi r"),
    ("2*sqrt(2)", r"2\sqrt{2}"),
    ("x/2", r"\frac{x}{2}"),
    ("1/2*x", r"\frac{1}{2} x"),
    ("(1/2)**3", r"\left(\frac{1}{2}\right)^{3}"),
    ("(-2)**3", "(-2)^{3}"),
    ("-2**2", "-2^{2}"),
    ("x**(1/2)", "x^{1/2}"),
    ("x**(-1/2)", "x^{-1/2}"),
    ("x**(1/2*y)", "x^{(1/2) y}"),
    ("x**((a+b)/2)", r"x^{\frac{a + b}{2}}"),
    ("2**3**x", "2^{3^{x}}"),
    ("(2**3)**x", "(2^{3})^{x}"),
    ("a - (b - c)", "a - (b - c)"),
    ("a + (b - c)", "a + b - c"),
    ("a - -b", "a - (-b)"),
    ("a + -b", "a + (-b)"),
    ("a * -b", r"a \cdot (-b)"),
    ("-(a + b)", "-(a + b)"),
    ("-a/b", r"-\frac{a}{b}"),
    ("(a+b)*c", "(a + b) c"),
    ("c*(a+b)", r"c \cdot (a + b)"),
    ("2*(a+b)", "2(a + b)"),
    ("(a+b)*(c+d)", "(a + b)(c + d)"),
    ("f(x)*(a+b)", r"f(x) \cdot (a + b)"),
    ("(a/b)**2", r"\left(\frac{a}{b}\right)^{2}"),
    ("sqrt(x)**2", r"(\sqrt{x})^{2}"),
    ("exp(-x)", "e^{-x}"),
    ("e**x", "e^{x}"),
    ("ln(x)", r"\ln x"),
    ("ln(x+1)", r"\ln(x + 1)"),
    ("ln(x)*y", r"\ln x \cdot y"),
    ("ln(x)**2", r"(\ln x)^{2}"),
    ("log(8, 2)", r"\log_{2} 8"),
    ("abs(x)", r"\left|x\right|"),
    ("max(0, x)", r"\max(0, x)"),
    ("sum(x_i, i, 1, 3)", r"\sum_{i=1}^{3} x_{i}"),
    ("sum(i, i, 1, n) + 1", r"\left(\sum_{i=1}^{n} i\right) + 1"),
    ("1 + sum(i, i, 1, n)", r"1 + \sum_{i=1}^{n} i"),
    ("sum([1, -2])", "1 + (-2)"),
    ("sum(x)", r"\sum_{i} x_{i}"),
    ("sum(t*t for t in x)", r"\sum_{t \in x} t t"),
    ("diff(x**2 + 1, x)", r"\frac{d}{dx} (x^{2} + 1)"),
    ("diff(x**2, x, 3)", r"\left.\frac{d}{dx} x^{2}\right|_{x=3}"),
    ("deriv(f, g(x))", "f'(g(x))"),
    ("limit(1/x, x, oo)", r"\lim_{x \to \infty} \frac{1}{x}"),
    ("[1, -2]", "[1, -2]"),
    ("[1/2, 2]", r"\left[\frac{1}{2}, 2\right]"),
    ("[[1, 2], [3, 4]] @ [1, 2]", r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix} [1, 2]"),
    ("dot([1, 2], [3, 4])", r"[1, 2] \cdot [3, 4]"),
    ("transpose(A)", r"A^{\top}"),
    ("a % b", r"a \bmod b"),
    ("a//b", r"\left\lfloor \frac{a}{b} \right\rfloor"),
    ("x[0] + x[i] + x[i-1]", "x_{1} + x_{i + 1} + x_{i}"),
    ("head_dim**0.5", r"\mathrm{head\_dim}^{0.5}"),
    ("alpha_1 + theta_t", r"\alpha_{1} + \theta_{t}"),
    ("mean([2, 4])", r"\operatorname{mean}([2, 4])"),
    (
        "piecewise((x, x > 0), (0, otherwise))",
        r"\begin{cases} x & \text{if } x > 0 \\ 0 & \text{otherwise} \end{cases}",
    ),
    ("0.50 + 1e-5", "0.50 + 0.00001"),
    ("1e-8", "10^{-8}"),
    ("2.5e-8*x", r"2.5 \cdot 10^{-8} x"),
]


@pytest.mark.parametrize(("text", "latex"), LATEX)
def test_expressions_are_written_as_one_writes_them(text: str, latex: str) -> None:
    assert to_latex(parse(text)) == latex


@pytest.mark.parametrize("text", [text for text, _ in LATEX])
def test_the_browser_can_show_what_is_written(text: str) -> None:
    LatexToMathML(fancy_error=False).convert_with_local_state(to_latex(parse(text)), displaystyle=True)


@pytest.mark.parametrize(
    ("value", "latex"),
    [
        (Fraction(3), "3"),
        (Fraction(-3), "-3"),
        (Fraction(1, 2), r"\frac{1}{2}"),
        (Fraction(-1, 2), r"-\frac{1}{2}"),
        (1.23456, "1.2346"),
        (-0.5, "-0.5"),
        (2.0, "2"),
        (0.0, "0"),
        (0.0123456, "0.01235"),
        (0.000123456, r"1.235 \cdot 10^{-4}"),
        (-float("inf"), r"-\infty"),
        (1.5e-12, r"1.5 \cdot 10^{-12}"),
        (12345.678, "12345.678"),
        ((Fraction(1), Fraction(-2)), "[1, -2]"),
        (((Fraction(1), Fraction(2)), (Fraction(3), Fraction(4))), r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}"),
        ((0.26894142, 0.73105858), "[0.2689, 0.7311]"),
    ],
)
def test_values_are_written_exactly_or_rounded(value: Value, latex: str) -> None:
    assert to_latex(value) == latex


def test_statements_are_written_with_their_conditions() -> None:
    statement = parse_statement("a**0 == 1 where a != 0, n integer")
    assert to_latex(statement) == r"a^{0} = 1 \quad \text{where } a \neq 0,\ n \in \mathbb{Z}"


@given(st.floats(-1e6, 1e6))
def test_rounding_is_off_by_less_than_half_a_unit(value: float) -> None:
    shown = rounded(value)
    assert abs(shown.value - Fraction(value)) <= Fraction(1, 2) * Fraction(1, 10**4)
    assert shown.places == 0 or shown.value * 10 ** (shown.places - 1) % 1 != 0


def _grown(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    return (
        st.builds(Unary, st.just("-"), inner)
        | st.builds(Binary, st.sampled_from("+-*/"), inner, inner)
        | st.builds(Binary, st.just("**"), inner, st.integers(-3, 3).map(lambda n: Number(Fraction(n))))
    )


LETTERS = {"x": Fraction(3), "y": Fraction(5, 7), "k": Fraction(11)}
NUMBERS = st.fractions(-9, 9, max_denominator=9).map(Number) | st.just(Number(Fraction(1, 4), places=2))
TREES: st.SearchStrategy[Expr] = st.recursive(st.sampled_from(sorted(LETTERS)).map(Name) | NUMBERS, _grown)


@given(tree=TREES)
def test_reading_the_latex_gives_the_same_value(
    tree: Expr, read_latex: Callable[[str, dict[str, Fraction]], Fraction]
) -> None:
    try:
        value = evaluate(tree, LETTERS)
    except EvaluationError:
        return
    assert not isinstance(value, Fraction) or read_latex(to_latex(tree), LETTERS) == value


@given(TREES)
def test_simplifying_keeps_the_value(tree: Expr) -> None:
    """Also with only some of the names put in first."""
    try:
        value = evaluate(tree, LETTERS)
        part = simplify(tree, {"x": Number(LETTERS["x"])})
    except EvaluationError:
        return
    assert "x" not in free_names(part)
    assert not isinstance(value, Fraction) or evaluate(part, LETTERS) == value
    whole = simplify(tree, {name: Number(number) for name, number in LETTERS.items()})
    assert not isinstance(value, Fraction) or whole == Number(value)
