"""Evaluation and ranges against plain Python: what is computed must be right, and what is bounded within its bounds."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cards.claims.canonical import canonical
from cards.claims.evaluate import evaluate
from cards.claims.points import candidates, drawn
from cards.claims.ranges import range_of
from cards.claims.reals import Undecided, Undefined, bounds
from cards.claims.values import Point
from cards.domains import WORDS, Domain, DomainError, parse_domain
from cards.expr import Binary, Call, Expr, Name, Number, Unary, parse

NAMES = ("x", "p", "t", "n")
DOMAINS = {
    "x": WORDS["real"],
    "p": WORDS["positive"],
    "t": parse_domain("t", "0 < t < 1"),
    "n": WORDS["integer"],
}
VALUES = st.fixed_dictionaries(
    {
        "x": st.fractions(-5, 5, max_denominator=12),
        "p": st.fractions(Fraction(1, 12), 5, max_denominator=12),
        "t": st.fractions(Fraction(1, 12), Fraction(11, 12), max_denominator=12),
        "n": st.integers(-4, 4).map(Fraction),
    }
)


def trees() -> st.SearchStrategy[Expr]:
    leaves: st.SearchStrategy[Expr] = st.one_of(
        st.sampled_from(NAMES).map(Name),
        st.integers(0, 4).map(lambda number: Number(Fraction(number))),
        st.sampled_from([Name("e"), Name("pi"), Number(Fraction(1, 2), 1)]),
    )

    def grown(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
        return st.one_of(
            st.builds(Binary, st.sampled_from(["+", "-", "*", "/"]), inner, inner),
            st.builds(lambda base, exponent: Binary("**", base, exponent), inner, leaves),
            st.builds(lambda name, x: Call(name, (x,)), st.sampled_from(["exp", "ln", "sqrt", "abs", "sin"]), inner),
            st.builds(lambda name, x, y: Call(name, (x, y)), st.sampled_from(["max", "min"]), inner, inner),
            st.builds(lambda x: Unary("-", x), inner),
        )

    return st.recursive(leaves, grown, max_leaves=7)


def plain(expr: Expr, env: dict[str, Fraction]) -> float:
    """The value by Python's floats, written without any of the code under test."""
    functions: dict[str, Callable[..., float]] = {
        "exp": math.exp, "ln": math.log, "sqrt": math.sqrt, "abs": abs, "sin": math.sin, "max": max, "min": min,
    }  # fmt: skip
    match expr:
        case Number(value=value):
            return float(value)
        case Name(name=name):
            return {"e": math.e, "pi": math.pi}[name] if name in ("e", "pi") else float(env[name])
        case Unary(operand=operand):
            return -plain(operand, env)
        case Binary(op=op, left=left, right=right):
            a, b = plain(left, env), plain(right, env)
            if op == "**":
                if a == 0 and b <= 0:
                    raise ZeroDivisionError
                return math.pow(a, b)
            return {"+": a + b, "-": a - b, "*": a * b}[op] if op != "/" else a / b
        case Call(name=name, args=arguments):
            return functions[name](*(plain(argument, env) for argument in arguments))
    raise AssertionError(expr)


@given(trees(), VALUES)
def test_values_agree_with_floats(expr: Expr, env: dict[str, Fraction]) -> None:
    try:
        low, high = bounds(evaluate(expr, Point(env)))
    except Undecided:
        return
    except Undefined:
        # what has no value here has none in plain Python, or hangs on a zero that floats miss
        try:
            value = plain(expr, env)
        except (ValueError, ZeroDivisionError, OverflowError):
            return
        assume(abs(value) < 1e12)
        return
    try:
        value = plain(expr, env)
    except (ValueError, ZeroDivisionError, OverflowError):
        return
    assume(math.isfinite(value) and abs(value) < 1e6)
    assert low <= high
    slack = 1e-6 * max(1.0, abs(value))
    assert float(low) - slack <= value or math.isclose(float(low), value, rel_tol=1e-6)


@given(trees(), VALUES)
def test_a_value_lies_within_the_range_of_its_tree(expr: Expr, env: dict[str, Fraction]) -> None:
    try:
        low, high = bounds(evaluate(expr, Point(env)))
    except (Undecided, Undefined):
        return
    values = range_of(expr, DOMAINS)
    if values.low.at is not None:
        assert high >= values.low.at
        if values.low.open and low == high:
            assert high > values.low.at
    if values.high.at is not None:
        assert low <= values.high.at
        if values.high.open and low == high:
            assert low < values.high.at
    if values.integer and low == high:
        assert low.denominator == 1
    if values.nonzero and low == high:
        assert low != 0


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("exp(x)", "+"),
        ("2**x", "+"),
        ("ln(t)", "-"),
        ("1 - t", "+"),
        ("t*(1 - t)", "+"),
        ("x**2 + 1", "+"),
        ("1/(1 + exp(-x)) - 1", "-"),
        ("sqrt(x**2 + 1)", "+"),
        ("abs(x) + p", "+"),
        ("max(p, x)", "+"),
        ("exp(p) - 1", "+"),
        ("exp(-p) - 1", "-"),
        ("-ln(t)", "+"),
        ("sin(x) - 2", "-"),
        ("x", ""),
        ("x - 1", ""),
        ("exp(x) - 1", ""),
    ],
)
def test_bounds_show_signs(text: str, sign: str) -> None:
    values = range_of(parse(text), DOMAINS)
    assert (values.is_positive, values.is_negative) == (sign == "+", sign == "-")


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("real", ["-1", "0", "1/2"], []),
        ("positive", ["1/2", "3"], ["0", "-1"]),
        ("nonnegative", ["0", "1/2"], ["-1"]),
        ("negative", ["-1/2"], ["0"]),
        ("nonzero", ["-1", "1/3"], ["0"]),
        ("integer", ["-2", "0"], ["1/2"]),
        ("natural", ["0", "3"], ["-1", "1/2"]),
        ("positive_integer", ["1"], ["0", "3/2"]),
        ("0 < t < 1", ["1/2"], ["0", "1", "2"]),
        ("t >= 1/2", ["1/2", "3"], ["1/3"]),
        ("t != 1", ["0", "2"], ["1"]),
        ("1 > t", ["0"], ["1"]),
        ("integer, t > 1", ["2", "5"], ["1", "5/2"]),
        ("t > -1 and t < 1", ["0"], ["1", "-1"]),
    ],
)
def test_domains_hold_what_they_say(text: str, inside: list[str], outside: list[str]) -> None:
    domain = parse_domain("t", text)
    assert all(domain.contains(Fraction(value)) for value in inside)
    assert not any(domain.contains(Fraction(value)) for value in outside)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("lovely", "'lovely' is no domain of t"),
        ("u > 1", "compare it with numbers"),
        ("t > pi", "compare it with numbers"),
        ("1 < t < 0", "no number is"),
        ("integer, 0 < t < 1", "no number is"),
        ("t >", "is no domain of t"),
        ("", "is no domain of t"),
    ],
)
def test_a_text_that_is_no_domain_is_refused(text: str, message: str) -> None:
    with pytest.raises(DomainError, match=message):
        parse_domain("t", text)


@pytest.mark.parametrize("domain", [*(WORDS[word] for word in WORDS if word not in ("vector", "matrix")), DOMAINS["t"]])
def test_test_points_lie_in_the_domain_and_reach_its_ends(domain: Domain) -> None:
    values = candidates(domain)
    assert values
    assert all(domain.contains(value) for value in values)
    if domain.low is not None and not domain.low_open:
        assert domain.low in values
    rng = random.Random(1)  # noqa: S311  reproducible, not secret
    assert all(value is not None and domain.contains(value) for value in (drawn(domain, rng) for _ in range(50)))


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("a + b", "b + a", True),
        ("a*b*c", "c*(b*a)", True),
        ("a - b", "-b + a", True),
        ("n*x**(n-1)", "x**(n-1)*n", True),
        ("exp(x)", "e**x", True),
        ("sqrt(x)", "x**(1/2)", True),
        ("1/2", "0.5", True),
        ("a/b", "a*b**-1", True),
        ("-(-x)", "x", True),
        ("2*(-x)", "-2*x", True),
        ("log(x)", "ln(x)", True),
        ("sum(i**2, i, 1, n)", "sum(k**2, k, 1, n)", True),
        ("sum(x_i, i, 1, n)", "sum(x_k, k, 1, n)", True),
        ("sum(sum(i*j, i, 1, 2), j, 1, 3)", "sum(sum(a*b, a, 1, 2), b, 1, 3)", True),
        ("2**3", "8", False),
        ("a - b", "b - a", False),
        ("a**b", "b**a", False),
        ("a/b", "b/a", False),
        ("ln(x)", "ln(y)", False),
        ("sum(i, i, 1, n)", "sum(i, i, 1, m)", False),
        ("diff(x**2, x)", "diff(y**2, y)", False),
    ],
)
def test_one_form_for_what_differs_in_writing_alone(a: str, b: str, same: bool) -> None:
    assert (canonical(parse(a)) == canonical(parse(b))) is same


@given(trees(), VALUES)
def test_trees_of_one_form_have_one_value(expr: Expr, env: dict[str, Fraction]) -> None:
    def turned(tree: Expr) -> Expr:
        match tree:
            case Binary(op="+" | "*" as op, left=left, right=right):
                return Binary(op, turned(right), turned(left))
            case Binary(op=op, left=left, right=right):
                return Binary(op, turned(left), turned(right))
            case Call(name=name, args=arguments):
                return Call(name, tuple(turned(argument) for argument in arguments))
            case Unary(operand=operand):
                return Unary("-", turned(operand))
        return tree

    other = turned(expr)
    assert canonical(expr) == canonical(other)
    try:
        a, b = bounds(evaluate(expr, Point(env))), bounds(evaluate(other, Point(env)))
    except (Undecided, Undefined):
        return
    assert a[0] <= b[1]
    assert b[0] <= a[1]
