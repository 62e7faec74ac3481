from __future__ import annotations

import pytest

from cards.draft.candidate import Sure
from cards.draft.rules.equations import RULE
from tests.cards.draft.conftest import ReadText
from tests.cards.draft.rules.applied import applied, cards


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "## Exponents\n\n$$2^3 = 2 \\times 2 \\times 2 = 8, \\quad 5^2 = 25$$",
            [
                ("Exponents: what is $2^3$?", r"$2^3 = 2 \times 2 \times 2 = 8$"),
                ("Exponents: what is $5^2$?", "$5^2 = 25$"),
            ],
            id="each statement of a display is a note",
        ),
        pytest.param(
            "## Growth\n\n$$e^1 \\approx 2.718$$",
            [("Growth: about how much is $e^1$?", r"$e^1 \approx 2.718$")],
            id="an approximation asks about how much",
        ),
        pytest.param(
            "## Derivatives\n\nA rule for a chain of functions.\n\n**The Chain Rule:**\n\n"
            "$$\\frac{d}{dx} f(g(x)) = f'(g(x)) \\cdot g'(x)$$",
            [
                (
                    r"Derivatives: what does the chain rule say about $\frac{d}{dx} f(g(x))$?",
                    r"$\frac{d}{dx} f(g(x)) = f'(g(x)) \cdot g'(x)$",
                )
            ],
            id="a bold label names a law",
        ),
        pytest.param(
            "## Spread\n\nThen the variance is\n\n$$\\sigma^2 = E[(X - \\mu)^2]$$\n\nwhere $\\mu$ is the mean.",
            [
                (
                    r"Spread: what is the formula for the variance $\sigma^2$?",
                    r"$\sigma^2 = E[(X - \mu)^2]$, where $\mu$ is the mean.",
                )
            ],
            id="what explains the symbols goes with the answer",
        ),
        pytest.param(
            "## Spread\n\nThe sample variance is given by $$s = \\frac{1}{n} \\sum_{i=1}^n x_i^2$$",
            [
                (
                    "Spread: what is the formula for the sample variance $s$?",
                    r"$s = \frac{1}{n} \sum_{i=1}^n x_i^2$",
                )
            ],
            id="a display inside of a paragraph, named by its sentence",
        ),
        pytest.param(
            "## Activations\n\nThe sigmoid squashes numbers.\n\n$$\\sigma(x) = \\frac{1}{1 + e^{-x}}$$",
            [(r"Activations: how is $\sigma(x)$ defined?", r"$\sigma(x) = \frac{1}{1 + e^{-x}}$")],
            id="a function of bare symbols is defined",
        ),
        pytest.param(
            "## Roots\n\n$$\\sqrt{x^2} = x \\quad \\text{for } x \\ge 0$$",
            [(r"Roots: what is $\sqrt{x^2}$, for $x \ge 0$?", r"$\sqrt{x^2} = x \quad \text{for } x \ge 0$")],
            id="a condition goes into the question",
        ),
        pytest.param(
            "## Chance\n\nIf $X$ and $Y$ are independent, then\n\n$$E[XY] = E[X] E[Y]$$",
            [("Chance: what is $E[XY]$, if $X$ and $Y$ are independent?", "$E[XY] = E[X] E[Y]$")],
            id="a condition in words goes into the question",
        ),
        pytest.param(
            "## Norms\n\n**Triangle inequality:**\n\n$$|x + y| \\le |x| + |y|$$",
            [("Norms: what does the triangle inequality say about $|x + y|$?", r"$|x + y| \le |x| + |y|$")],
            id="a named inequality",
        ),
        pytest.param(
            "## Norms\n\n$$|x + y| \\le |x| + |y|$$\n\n$$e^x > 0$$\n\n$$0 \\le P(A) \\le 1$$\n\n$$AB \\neq BA$$",
            [
                ("Norms: what is an upper bound for $|x + y|$?", r"$|x + y| \le |x| + |y|$"),
                ("Norms: what is known about the sign of $e^x$?", "$e^x > 0$"),
                ("Norms: between which bounds does $P(A)$ lie?", r"$0 \le P(A) \le 1$"),
                ("Norms: is $AB$ equal to $BA$?", r"No: $AB \neq BA$"),
            ],
            id="inequalities ask for a bound, a sign, both ends",
        ),
        pytest.param(
            "## Samples\n\n$$X \\sim N(0, 1)$$\n\n$$a = b \\iff b = a$$\n\n$$p = 1 \\implies q = 0$$",
            [
                ("Samples: how is $X$ distributed?", r"$X \sim N(0, 1)$"),
                ("Samples: what is $a = b$ equivalent to?", r"$a = b \iff b = a$"),
                ("Samples: what follows from $p = 1$?", r"$p = 1 \implies q = 0$"),
            ],
            id="other relations",
        ),
        pytest.param(
            "## Matrices\n\n$$\\begin{bmatrix} 1 & 2 \\end{bmatrix} \\begin{bmatrix} 3 \\\\ 4 \\end{bmatrix} = 11$$",
            [
                (
                    "Matrices: what does this equal?\n\n"
                    r"$$\begin{bmatrix} 1 & 2 \end{bmatrix} \begin{bmatrix} 3 \\ 4 \end{bmatrix}$$",
                    r"$$\begin{bmatrix} 1 & 2 \end{bmatrix} \begin{bmatrix} 3 \\ 4 \end{bmatrix} = 11$$",
                )
            ],
            id="matrices stay whole, below the question",
        ),
        pytest.param(
            "## Steps\n\n$$f(x) = \\begin{cases} 1 & x > 0 \\\\ 0 & x \\leq 0 \\end{cases}$$",
            [
                (
                    "Steps: how is $f(x)$ defined?",
                    r"$$f(x) = \begin{cases} 1 & x > 0 \\ 0 & x \leq 0 \end{cases}$$",
                )
            ],
            id="cases stay whole",
        ),
        pytest.param(
            "## Rules\n\n"
            "$$\\begin{align} (fg)' &= f'g + fg' && \\text{Product rule} \\\\ (f + g)' &= f' + g' \\end{align}$$",
            [
                (
                    "What does the product rule say about $(fg)'$?",
                    r"$(fg)' = f'g + fg' \quad \text{Product rule}$",
                ),
                ("What is $(f + g)'$?", "$(f + g)' = f' + g'$"),
            ],
            id="rows are statements, and a remark may name the law",
        ),
        pytest.param(
            "## Powers\n\n$$f(x) = x^n, \\quad f'(x) = n x^{n-1}$$",
            [("Powers: for $f(x) = x^n$, what is $f'(x)$?", "$f'(x) = n x^{n-1}$")],
            id="a function and its derivative are one note",
        ),
        pytest.param(
            "## Powers\n\nThe function\n\n$$y = x^2$$\n\nhas the slope\n\n$$\\frac{dy}{dx} = 2x$$",
            [(r"Powers: for $y = x^2$, what is $\frac{dy}{dx}$?", r"$\frac{dy}{dx} = 2x$")],
            id="a function and its derivative in two displays",
        ),
        pytest.param(
            "## Chain rule\n\n$$(f(u))' = f'(u) u'$$\n\n$$a b = c d$$",
            [
                ("What does the chain rule say about $(f(u))'$?", "$(f(u))' = f'(u) u'$"),
                ("Chain rule: what is $a b$?", "$a b = c d$"),
            ],
            id="a heading names the law that stands first below it",
        ),
        pytest.param(
            "## Accuracy\n\n$$\\text{accuracy} = \\frac{TP + TN}{n}$$",
            [(r"Accuracy: what is the formula for $\text{accuracy}$?", r"$\text{accuracy} = \frac{TP + TN}{n}$")],
            id="a word in place of a symbol",
        ),
        pytest.param("$$1 + 1 = 2$$", [("What is $1 + 1$?", "$1 + 1 = 2$")], id="no heading, no topic"),
        pytest.param("## Formeln\n\nDas ist die Fläche und der Umfang von einem Kreis:\n\n$$A = \\pi r^2$$",
            [(r"Formeln: $\displaystyle A = {}?$", r"$A = \pi r^2$")], id="a page in another language gets a gap"),
        pytest.param(
            "## Growth\n\n$$C_n = C_{n-1} + n, \\quad {n} \\geq 2$$",
            [("Growth: what is $C_n$?", "$C_n = C_{n-1} + n$")],
            id="a condition of a letter is no fact",
        ),
        pytest.param(
            "## Counts\n\n$$E[X] = \\frac{r}{p}, \\quad P(A) = 1$$",
            [("Counts: what is $E[X]$?", r"$E[X] = \frac{r}{p}$"), ("Counts: what is $P(A)$?", "$P(A) = 1$")],
            id="what an expectation is follows, and is not defined",
        ),
        pytest.param(
            "## Example: squares\n\n$$(a + b)^2 = a^2 + 2ab + b^2$$",
            [("What is $(a + b)^2$?", "$(a + b)^2 = a^2 + 2ab + b^2$")],
            id="a rule in an example",
        ),
        # nothing
        pytest.param("## Sets\n\n$$g(a) > 1 \\wedge g(b) > 1$$", [], id="relations that are joined"),
        pytest.param("The rule is:\n\n$$\\begin{array}{l} f & g \\\\ h & k \\end{array}$$", [], id="a table"),
        pytest.param(
            "## Chain rule\n\n### Application: a clock\n\n$$p_0 = p_1 p_2$$",
            [("Chain rule: what is $p_0$?", "$p_0 = p_1 p_2$")],
            id="an application is not the law",
        ),
        pytest.param("## Data\n\n$$x = 3, \\quad v = [1, 2]$$", [], id="numbers of an example are no facts"),
        pytest.param(
            "## Data\n\n$$A = \\begin{bmatrix} a & b \\\\ c & d \\end{bmatrix}$$", [], id="names of entries are no fact"
        ),
        pytest.param("## A die\n\n$$\\text{Var}(X) = 2.5$$", [], id="a number of letters is an example's"),
        pytest.param("## Example: a shop\n\n**Sensitivity:**\n\n$$S = \\frac{80}{100} = 0.8$$", [], id="a step"),
        pytest.param("!!! example\n\n    $$T = 20 + 3.5 h$$", [], id="a step in a box"),
        pytest.param("## Plans\n\n$$\\text{subject to } x_1 + x_2 = c$$", [], id="a constraint"),
        pytest.param("## Circle\n\n$$72 = 2 r^2 \\mid \\div 2$$", [], id="a step with what is done next"),
        pytest.param("## Lines\n\n$$4x - 6 = y \\mid + 6$$", [], id="another"),
        pytest.param("## Lines\n\n$$0 = 4x - y$$", [], id="what a number is equal to"),
        pytest.param(
            "## A test\n\nThe test statistic is\n\n$$z = \\frac{3 - 1}{0.5} = 4$$", [], id="a value worked out"
        ),
        pytest.param("## A test\n\n$$H_0: \\mu = \\nu$$", [], id="a hypothesis"),
        pytest.param("## A test\n\n$$\\text{Estimate: } \\frac{a}{b} = c$$", [], id="a label in a formula"),
        pytest.param(
            "## Rank\n\n$$\\begin{bmatrix} 2 & 2 \\\\ 1 & 1 \\end{bmatrix} \\to \\begin{bmatrix} 1 \\end{bmatrix}$$",
            [],
            id="a matrix brought to another",
        ),
        pytest.param("## Plans\n\n$$j \\le n$$", [], id="a bound of a letter"),
        pytest.param("## Data\n\nLet $$y = a x + b$$", [], id="what is assumed is no fact"),
        pytest.param("## Data\n\n$$\\int_0^1 f(x)\\,dx$$", [], id="a formula that states nothing"),
        pytest.param("## Exercises\n\n$$a^2 = b^2 + c^2$$", [], id="exercises hold tasks"),
        pytest.param("!!! proof\n\n    $$a^2 = b^2 + c^2$$", [], id="proofs hold steps"),
        pytest.param("## Bad\n\n$$a = {b$$", [], id="unbalanced braces"),
        pytest.param("## Bad\n\n$$" + "{" * 10_000 + "$$", [], id="ten thousand braces"),
        pytest.param("## Bad\n\n$$" + "a = b + " * 200_000 + "c$$", [], id="a formula of more than a megabyte"),
    ],
)  # fmt: skip
def test_a_display_is_asked_by_its_left_side(page: ReadText, text: str, expected: list[tuple[str, str]]) -> None:
    assert cards(RULE, page(text)) == expected


def test_the_steps_of_a_long_derivation_are_no_part_of_the_answer(page: ReadText) -> None:
    (note,) = applied(
        RULE,
        page(
            r"""
            ## Squares

            $$\begin{aligned} (a+b)^2 &= (a+b)(a+b) \\ &= a^2 + ab + ba + b^2 \\ &= a^2 + 2ab + b^2 \end{aligned}$$
            """
        ),
    )
    assert note.front == "Squares: what is $(a+b)^2$?"
    assert note.back == "$(a+b)^2 = a^2 + 2ab + b^2$"
    assert note.why.startswith(r"$$\begin{aligned}")


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("## Rates\n\n**The Chain Rule:**\n\n$$(f(g(x)))' = f'(g(x)) g'(x)$$", Sure.HIGH),
        ("## Rates\n\n$$(f(g(x)))' = f'(g(x)) g'(x)$$", Sure.MEDIUM),
        ("$$(f(g(x)))' = f'(g(x)) g'(x)$$", Sure.LOW),
        ("## Rates\n\n$$L = a + b$$", Sure.LOW),
        ("## Rates\n\nSubstituting this, we get\n\n$$a b = c d$$", Sure.LOW),
    ],
)
def test_it_is_surer_where_the_page_names_the_formula(page: ReadText, text: str, sure: Sure) -> None:
    assert [candidate.sure for candidate in applied(RULE, page(text))] == [sure]


def test_two_formulas_for_one_symbol_want_the_authors_eye(page: ReadText) -> None:
    first, second = applied(RULE, page("## Loss\n\n$$L = a + b$$\n\nText.\n\n$$L = c + d$$"))
    assert "$L$" in first.todo
    assert "$L$" in second.todo


def test_a_symbol_is_asked_for_by_what_the_text_says_it_is(page: ReadText) -> None:
    text = "## Means\n\nAdd them up.\n\n$$m = \\frac{a + b}{2}$$\n\nwhere $m$ is the midpoint and $a$ is the left end."
    (note,) = applied(RULE, page(text))
    assert note.front == "Means: what is the formula for the midpoint $m$?"
    assert note.sure is Sure.MEDIUM


def test_domains_that_the_text_tells_go_with_the_note(page: ReadText) -> None:
    (note,) = applied(RULE, page("## Powers\n\n$$a^0 b = b$$\n\nwhere $a > 0$ is the base."))
    assert note.symbols == {"a": "positive"}


def test_its_example_makes_notes(page: ReadText) -> None:
    assert applied(RULE, page(RULE.example))
