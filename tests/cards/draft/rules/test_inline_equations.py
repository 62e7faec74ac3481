from __future__ import annotations

import pytest

from cards.draft.candidate import Sure
from cards.draft.rules.inline_equations import RULE
from tests.cards.draft.conftest import ReadText
from tests.cards.draft.rules.applied import applied, cards


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            r"The number $e \approx 2.718$ is the base.",
            [("Growth: about how much is $e$?", r"$e \approx 2.718$")],
            id="a constant",
        ),
        pytest.param(
            r"Derivative: $\frac{d}{dx} \ln x = \frac{1}{x}$.",
            [(r"Growth: what is $\frac{d}{dx} \ln x$?", r"$\frac{d}{dx} \ln x = \frac{1}{x}$")],
            id="after a label",
        ),
        pytest.param(
            r"The sample mean $m = \frac{1}{n} \sum_{i=1}^n x_i$ tells where they lie.",
            [("Growth: what is the formula for the sample mean $m$?", r"$m = \frac{1}{n} \sum_{i=1}^n x_i$")],
            id="a symbol that the sentence names",
        ),
        pytest.param(
            "- $\\ln(1) = 0$\n- Positive: $e^x > 0$ for all $x$.",
            [
                (r"Growth: what is $\ln(1)$?", r"$\ln(1) = 0$"),
                ("Growth: what is known about the sign of $e^x$, for all $x$?", "$e^x > 0$"),
            ],
            id="items",
        ),
        pytest.param(
            "We know that $E[XY] = E[X] E[Y]$ if $X$ and $Y$ are independent.",
            [],
            id="what we know may be an argument",
        ),
        pytest.param(
            "Always $E[XY] = E[X] E[Y]$ if $X$ and $Y$ are independent.",
            [("Growth: what is $E[XY]$, if $X$ and $Y$ are independent?", "$E[XY] = E[X] E[Y]$")],
            id="with its condition",
        ),
        # nothing
        pytest.param("## Bets\n\nHere $\\text{Var}(X) = 2.5$.", [], id="a number of an example"),
        pytest.param("- `x ** 0.5` — the root: $\\sqrt{x} = x^{1/2}$", [], id="what code does"),
        pytest.param("Let $n = 3$.", [], id="an assignment"),
        pytest.param("Take the numbers from $i = 1$ to $n$.", [], id="an index"),
        pytest.param("It grows for $x > 0$ and falls for $x < 0$.", [], id="conditions"),
        pytest.param("The dot product is $11$.", [], id="a number alone"),
        pytest.param("Here $a = 2$ and $b = 5$.", [], id="values of an example"),
        pytest.param("If $a + b = c$, then $b = c - a$.", [], id="if and then"),
        pytest.param("Is $a + b = b + a$?", [], id="a question"),
        pytest.param("Use $f(x) = y$, $y = z^2$, $z + 1 = w$ and $w = u v$ in turn.", [], id="an argument"),
        pytest.param("The set $S = \\{1, 2\\}$ has two elements.", [], id="data"),
        pytest.param("The point $x \\in \\mathbb{R}$ lies on it.", [], id="where something lies"),
        pytest.param("The sum $" + "{" * 10_000 + "$ is nothing.", [], id="ten thousand braces"),
    ],
)
def test_facts_of_running_text_are_asked_for(page: ReadText, text: str, expected: list[tuple[str, str]]) -> None:
    assert cards(RULE, page(f"## Growth\n\n{text}")) == expected


def test_it_is_never_quite_sure(page: ReadText) -> None:
    text = "## Growth\n\nThe number $e \\approx 2.718$ is the base. In short: it says that all is $e^x = \\exp(x)$."
    assert {candidate.sure for candidate in applied(RULE, page(text))} <= {Sure.LOW, Sure.MEDIUM}


def test_exercises_and_proofs_are_left_alone(page: ReadText) -> None:
    assert not applied(RULE, page("## Exercises\n\nThe derivative of the sine is $\\sin' x = \\cos x$."))
    assert not applied(RULE, page("!!! proof\n\n    The derivative of the sine is $\\sin' x = \\cos x$."))


def test_its_example_makes_notes(page: ReadText) -> None:
    assert applied(RULE, page(RULE.example))
