from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.claims.latex.tokens import tokenize
from cards.draft.tex import cleaned, statements


def said(tex: str) -> list[str]:
    return [" | ".join([each.tex, *map(str, each.conditions)]) for each in statements(tex)]


@pytest.mark.parametrize(
    ("tex", "stated"),
    [
        ("a = b", ["a = b"]),
        (r"2^3 = 8, \quad 5^2 = 25", ["2^3 = 8", "5^2 = 25"]),
        ("P(A) = 1, P(B) = 0", ["P(A) = 1", "P(B) = 0"]),
        (r"a = 1 \quad b = 2", ["a = 1", "b = 2"]),
        (r"f(x) = x^2 \text{ and } g(x) = x", ["f(x) = x^2", "g(x) = x"]),
        (r"a = b \\ c = d", ["a = b", "c = d"]),
        ("a = b.", ["a = b"]),
        ("p = 5,8072, q = 1", ["p = 5,8072", "q = 1"]),
        (r"10,8072 \approx 10,81", [r"10,8072 \approx 10,81"]),
        # lists are one
        ("x, y > 0", ["x, y > 0"]),
        (r"x_1, x_2, \dots, x_n \in A", [r"x_1, x_2, \dots, x_n \in A"]),
        ("(a, b) = (c, d)", ["(a, b) = (c, d)"]),
        (r"x \in \{1, 2\}, \quad y := 3", [r"x \in \{1, 2\}", "y := 3"]),
        # conditions
        (r"a^0 = 1 \quad (a \neq 0)", [r"a^0 = 1 | (a \neq 0)"]),
        (r"a^0 = 1 (a \neq 0)", [r"a^0 = 1 | (a \neq 0)"]),
        (r"\ln x < 0 \text{ for } 0 < x < 1", [r"\ln x < 0 | \text{for } 0 < x < 1"]),
        (r"\text{if } x > 0 \text{ then } y = 1", [r"y = 1 | \text{if } x > 0"]),
        (
            r"|x| = x \text{ if } x \ge 0, \quad |x| = -x \text{ if } x < 0",
            [r"|x| = x | \text{if } x \ge 0", r"|x| = -x | \text{if } x < 0"],
        ),
        (r"y_i = w x_i, \qquad i = 1, \ldots, N", [r"y_i = w x_i | i = 1, \ldots, N"]),
        (r"x^2 \ge 0 \; \forall x \in \mathbb{R}", [r"x^2 \ge 0 | \text{for all } x \in \mathbb{R}"]),
        (r"a = b, \; b = c \quad \text{for all } a", [r"a = b | \text{for all } a", r"b = c | \text{for all } a"]),
        (r"a = b \quad \text{(by definition)}", [r"a = b | \text{(by definition)}"]),
        # rows
        (r"\begin{aligned} a &= b \\ &= c \\[4pt] d &= e, \end{aligned}", ["a = b = c", "d = e"]),
        (r"\begin{align*} a &= b + c \\ &\quad + d \end{align*}", [r"a = b + c + d"]),
        (r"\begin{align} x &= y, & u &= v \end{align}", ["x = y", "u = v"]),
        (r"\begin{equation} a = b \label{eq:1} \tag{1} \end{equation}", ["a = b"]),
        (r"\begin{cases} x + y = 1 \\ x - y = 0 \end{cases}", [r"\begin{cases} x + y = 1 \\ x - y = 0 \end{cases}"]),
        # arrows hold a formula together
        (
            r"p = 0.3, \quad q = 0.7 \quad \implies \quad p + q = 1",
            [r"p = 0.3, \quad q = 0.7 \quad \implies \quad p + q = 1"],
        ),
        # hostile
        ("{" * 10_000, []),
        (r"\begin{aligned} a &= b", []),
        ("a = b, " * 200_000, []),
        ("", []),
    ],
)
def test_statements_are_found_one_by_one(tex: str, stated: list[str]) -> None:
    assert said(tex) == stated


def test_a_derivation_counts_its_rows() -> None:
    (only,) = statements(r"\begin{aligned} a &= b \\ &= c \\ &= d \end{aligned}")
    assert only.rows == 3
    assert [side.op for side in only.sides] == ["", "=", "=", "="]


def test_numbered_environments_become_those_that_cards_can_show() -> None:
    assert cleaned(r"\begin{align} a &= b \nonumber \\ c &= d \end{align}") == (
        r"\begin{aligned} a &= b  \\ c &= d \end{aligned}"
    )


SIDES = st.sampled_from(
    [r"\frac{a}{b}", "x^{2, 3}", "f(a, b)", "2.5", r"\{1, 2\}", r"\sqrt{a = b}", r"[1, 2]", r"\text{a, b}"]
)
STATED = st.builds(lambda a, b: f"{a} = {b}", SIDES, SIDES)
BETWEEN = st.sampled_from([", ", r", \quad ", r" \quad ", r" \text{ and } ", r" \qquad "])


@given(st.lists(STATED, min_size=1, max_size=5), st.data())
def test_statements_joined_cover_the_whole_formula(parts: list[str], data: st.DataObject) -> None:
    tex = parts[0] + "".join(data.draw(BETWEEN) + part for part in parts[1:])
    found = statements(tex)
    assert [each.tex for each in found] == parts
    assert all(" = ".join(side.tex for side in each.sides) == each.tex for each in found)


@given(st.text(alphabet=r"ab12=<>,.(){}[]\$&^_| ", max_size=60))
def test_any_text_is_taken_apart_without_an_error_and_nothing_is_added(tex: str) -> None:
    signs = sorted(token.text for token in tokenize(tex)) if statements(tex) else []
    for statement in statements(tex):
        for token in tokenize(statement.tex):
            assert token.text in signs
