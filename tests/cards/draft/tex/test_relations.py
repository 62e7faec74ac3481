from __future__ import annotations

import pytest

from cards.draft.tex import split_relation


@pytest.mark.parametrize(
    ("tex", "sides"),
    [
        ("a = b", [("a", ""), ("b", "=")]),
        (r"e^1 = e \approx 2.718", [("e^1", ""), ("e", "="), ("2.718", r"\approx")]),
        (r"0 < x \leq 1", [("0", ""), ("x", "<"), ("1", r"\le")]),
        (r"x \neq 0", [("x", ""), ("0", r"\ne")]),
        ("f(x) := x^2", [("f(x)", ""), ("x^2", ":=")]),
        (r"f \coloneqq g", [("f", ""), ("g", r"\coloneqq")]),
        (r"x_n \rightarrow 0", [("x_n", ""), ("0", r"\to")]),
        (r"X \sim N(\mu, \sigma^2)", [("X", ""), (r"N(\mu, \sigma^2)", r"\sim")]),
        ("= 5", [("", ""), ("5", "=")]),
        ("x^2", [("x^2", "")]),
        (r"\quad a \, = b \qquad", [("a", ""), ("b", "=")]),
        # an arrow between statements binds loosest
        (r"a = b \Rightarrow b = a", [("a = b", ""), ("b = a", r"\implies")]),
        (r"A \iff B", [("A", ""), ("B", r"\iff")]),
        # nothing inside is cut
        (r"\lim_{x \to 0} f(x) = 1", [(r"\lim_{x \to 0} f(x)", ""), ("1", "=")]),
        (r"\sum_{i=1}^{n} i = s", [(r"\sum_{i=1}^{n} i", ""), ("s", "=")]),
        ("P(X = 1) = p", [("P(X = 1)", ""), ("p", "=")]),
        (r"\text{a = b} = c", [(r"\text{a = b}", ""), ("c", "=")]),
        (r"\left(\frac{a}{b}\right)^n = c", [(r"\left(\frac{a}{b}\right)^n", ""), ("c", "=")]),
        (r"\left< u, v \right> = 0", [(r"\left< u, v \right>", ""), ("0", "=")]),
        (r"\left. f \right|_{x=0} = 3", [(r"\left. f \right|_{x=0}", ""), ("3", "=")]),
        (
            r"f = \begin{cases} 1 & x > 0 \\ 0 \end{cases}",
            [("f", ""), (r"\begin{cases} 1 & x > 0 \\ 0 \end{cases}", "=")],
        ),
        ("[0, 1) = I", [("[0, 1)", ""), ("I", "=")]),
        # unsound formulas have no sides
        ("a = {b", []),
        ("a = b}", []),
        ("}{ = a", []),
        (r"a = \text{b", []),
        ("a = b % comment", []),
        ("", []),
        ("a" * 5000 + " = b", []),
        ("{" * 10_000, []),
    ],
)
def test_a_formula_is_cut_at_its_top_level_relations_alone(tex: str, sides: list[tuple[str, str]]) -> None:
    assert [tuple(side) for side in split_relation(tex)] == sides
