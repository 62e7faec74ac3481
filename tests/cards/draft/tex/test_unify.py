from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.draft.tex import expression_of, substituted, to_expression, unify
from cards.expr import evaluate


@pytest.mark.parametrize(
    ("pattern", "instance", "values"),
    [
        (r"a^m \times a^n", r"2^3 \times 2^2", {"a": "2", "m": "3", "n": "2"}),
        (r"a^m \cdot a^n", r"2^3 \times 2^{10}", {"a": "2", "m": "3", "n": "10"}),
        (r"a^m a^n", r"2^3 \cdot 2^4", {"a": "2", "m": "3", "n": "4"}),
        ("a^{-n}", "2^{-3}", {"a": "2", "n": "3"}),
        ("a^n", "2^{-3}", {"a": "2", "n": "-3"}),
        ("a^{1/2}", "9^{1/2}", {"a": "9"}),
        ("a^{-1/2}", "4^{-0.5}", {"a": "4"}),
        (r"(ab)^n", r"(2 \times 3)^4", {"a": "2", "b": "3", "n": "4"}),
        (r"\sqrt{ab}", r"\sqrt{4 \cdot 9}", {"a": "4", "b": "9"}),
        (r"\frac{a}{b} + \frac{c}{d}", r"\frac{1}{2} + \frac{1}{3}", {"a": "1", "b": "2", "c": "1", "d": "3"}),
        (r"\log_b(xy)", r"\log_2(8 \cdot 4)", {"b": "2", "x": "8", "y": "4"}),
        (r"\frac{d}{dx} x^n", r"\frac{d}{dx} x^3", {"n": "3"}),
        (r"\ln(e^x)", r"\ln(e^2)", {"x": "2"}),
        ("5", "5", {}),
        # they do not agree
        (r"a^m \times a^n", r"2^3 \times 3^2", None),
        ("a + b", r"2 \times 3", None),
        ("a^{1/2}", "9^{1/3}", None),
        ("a^0", "5^1", None),
        ("x + a", "x + x", None),
        ("x", "y", None),
        (r"\binom{n}{k}", r"\binom{5}{2}", None),
        ("a^{", "2^3", None),
        ("a = b", "2 = 2", None),
        ("{" * 10_000, "{" * 10_000, None),
    ],
)
def test_the_symbols_of_a_rule_take_the_numbers_of_its_example(
    pattern: str, instance: str, values: dict[str, str] | None
) -> None:
    bounds = unify(pattern, instance)
    found = None if bounds is None else {name: str(bound.value) for name, bound in bounds.items()}
    assert found == values


@given(st.data())
def test_putting_the_numbers_back_into_the_rule_gives_the_example(data: st.DataObject) -> None:
    pattern = data.draw(
        st.sampled_from(
            [r"a^m \times a^n", r"\frac{a}{b} + c", r"a(b + c)", r"\sqrt{a + b^2}", r"\ln(a b)", "[a, b] + [c, m]"]
        )
    )
    number = st.one_of(st.integers(1, 99).map(str), st.decimals("0.1", "9.9", places=1).map(str))
    names = sorted(
        set("abcmn")
        & set(pattern.replace(r"\frac", "").replace(r"\times", "").replace(r"\sqrt", "").replace(r"\ln", ""))
    )
    drawn = {name: data.draw(number) for name in names}
    instance = pattern.replace(r"\times", "T").replace(r"\frac", "F").replace(r"\sqrt", "S").replace(r"\ln", "L")
    for name, value in drawn.items():
        instance = instance.replace(
            name, f"({value})" if instance[instance.find(name) - 1 : instance.find(name)] != "^" else f"{{{value}}}"
        )
    instance = instance.replace("T", r"\times").replace("F", r"\frac").replace("S", r"\sqrt").replace("L", r"\ln")
    bounds = unify(pattern, instance)
    assert bounds is not None
    assert {name: bound.value for name, bound in bounds.items()} == {
        name: Fraction(value) for name, value in drawn.items()
    }
    general, example = expression_of(pattern), expression_of(instance)
    assert general is not None
    assert example is not None
    assert substituted(general, bounds) == example
    assert evaluate(substituted(general, bounds)) == evaluate(example)


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"n\,x^{n-1}", "n*x**(n - 1)"),
        (r"2 \cdot 3", "2*3"),
        (r"[1, 2] \cdot [3, 4]", "dot([1, 2], [3, 4])"),
        (
            r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix} \begin{bmatrix} 1 \\ 1 \end{bmatrix}",
            "matmul([[1, 2], [3, 4]], [1, 1])",
        ),
        (r"\sqrt[3]{8}", "8**(1/3)"),
        (r"\text{mean}([2, 4, 6])", "mean([2, 4, 6])"),
        (r"\mathbf{w} \cdot x", None),
        (r"P(\text{a})", None),
        (r"\int_0^1 x\,dx", None),
        ("a = b", None),
        ("a, b", None),
        ("5!", None),
        ("x" * 5000, None),
    ],
)
def test_formulas_are_said_in_the_small_language_as_far_as_it_goes(tex: str, text: str | None) -> None:
    assert to_expression(tex) == text
