from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.expr import EvaluationError, compile_floats, evaluate, parse

FUNCTIONS = [
    "exp(x)",
    "ln(x)",
    "sqrt(x)",
    "max(0, x)",
    "piecewise((0, x <= 0), (1, otherwise))",
    "piecewise((1, x > 0), (-1, x < 0))",
    "x**2 - 2*x + 1",
    "x**0.5",
    "x**-1",
    "1/x",
    "abs(x)",
    "sin(x)*cos(x) + tan(x)/3",
    "x//1 + x%2",
    "e**-x + pi",
    "sum(x**k, k, 1, 3)",
    "diff(x**3, x)",
    "dot([x, 1], [2, 3])",
    "softmax([x, 0])[0]",
    "min(x, 1, x**2)",
]


@pytest.mark.parametrize("text", FUNCTIONS)
@given(x=st.floats(-50, 50) | st.sampled_from([0.0, 1.0, -1.0, 2.0]))
def test_the_compiled_function_agrees_with_evaluate(text: str, x: float) -> None:
    expr = parse(text)
    compiled = compile_floats(expr, "x")(x)
    try:
        value = evaluate(expr, {"x": x})
    except EvaluationError:
        assert math.isnan(compiled)
    else:
        assert isinstance(value, int | float) or hasattr(value, "numerator")
        assert math.isclose(compiled, float(value), rel_tol=1e-9, abs_tol=1e-9)  # type: ignore[arg-type]


def test_several_variables_come_in_the_order_named() -> None:
    assert compile_floats(parse("a - b"), "b", "a")(1.0, 3.0) == 2.0


@pytest.mark.parametrize("text", ["y + x", "f(x)", "sin(x, x)", "sum(x, 3)"])
def test_what_cannot_be_drawn_is_said_before_drawing(text: str) -> None:
    with pytest.raises(EvaluationError):
        compile_floats(parse(text), "x")


@pytest.mark.parametrize(("text", "x"), [("ln(x)", -1), ("1/x", 0), ("exp(x)", 1e4), ("x**0.5", -1), ("oo + x", 1)])
def test_a_point_without_a_value_is_nan(text: str, x: float) -> None:
    assert math.isnan(compile_floats(parse(text), "x")(x))


def test_a_list_is_nan_at_every_point() -> None:
    assert math.isnan(compile_floats(parse("[x, 1]"), "x")(1.0))
