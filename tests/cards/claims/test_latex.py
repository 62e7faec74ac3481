from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.claims.latex import Shown, Unreadable, defined_functions, has_relation, read
from cards.expr import Relation


def said(shown: Shown) -> str:
    text = str(shown.says)
    if shown.conditions:
        text += " where " + ", ".join(map(str, shown.conditions))
    if shown.premises:
        text += " given " + ", ".join(map(str, shown.premises))
    return text


@pytest.mark.parametrize(
    ("latex", "meaning"),
    [
        # numbers and powers
        ("2^3 = 8", "2**3 == 8"),
        ("2^{-3}", "2**-3"),
        ("2^{10}", "2**10"),
        ("-2^2", "-2**2"),
        ("(-2)^2", "(-2)**2"),
        ("4^{-0.5}", "4**-0.5"),
        ("a^{b^c}", "a**b**c"),
        ("{x}^2", "x**2"),
        ("1{,}000", "1000"),
        (r"10\,000.5", "10000.5"),
        (r"30\%", "0.30"),
        ("n!", "factorial(n)"),
        (r"x_1 + x_{12}", "x_1 + x_12"),
        (r"x_{i+1} - x_i", "x[i + 1 - 1] - x_i"),
        (r"x_{\text{max}}", "x_max"),
        # products and quotients
        (r"2 \times 3", "2*3"),
        (r"2 \cdot 3", "cdot(2, 3)"),
        (r"6 \div 2", "6/2"),
        ("n x^{n-1}", "n*x**(n - 1)"),
        (r"n\,x^{n-1}", "n*x**(n - 1)"),
        ("a^m a^n", "a**m*a**n"),
        ("2x", "2*x"),
        ("2(x+1)(x-1)", "2*(x + 1)*(x - 1)"),
        ("n(n+1)", "n*(n + 1)"),
        ("1/2", "1/2"),
        ("1/a^n", "1/a**n"),
        ("2x/3", "2*x/3"),
        (r"a / b \cdot c", "cdot(a/b, c)"),
        (r"2 \times -3", "2*-3"),
        (r"\frac18", "1/8"),
        (r"\frac12 x", "1/2*x"),
        (r"\dfrac{a+b}{c}", "(a + b)/c"),
        (r"\frac{1}{\sqrt{a}}", "1/sqrt(a)"),
        # roots, functions
        (r"\sqrt2", "sqrt(2)"),
        (r"\sqrt[3]{8}", "root(3, 8)"),
        (r"\ln x", "ln(x)"),
        (r"\ln(x)", "ln(x)"),
        (r"\ln{x}", "ln(x)"),
        (r"\ln x^2", "ln(x**2)"),
        (r"\ln \frac{a}{b}", "ln(a/b)"),
        (r"(\ln x)^2", "ln(x)**2"),
        (r"\sqrt{x}^2", "sqrt(x)**2"),
        (r"\max(0, x)^2", "max(0, x)**2"),
        (r"f(x)^2", "f(x)**2"),
        (r"\ln x \ln y", "ln(x)*ln(y)"),
        (r"2\ln x + 1", "2*ln(x) + 1"),
        (r"\log_2 8", "log(8, 2)"),
        (r"\log_{10}(x)", "log(x, 10)"),
        (r"\sin^2 x + \cos^2 x", "sin(x)**2 + cos(x)**2"),
        (r"\exp(-x)", "exp(-x)"),
        ("e^x", "e**x"),
        (r"\max(0, x)", "max(0, x)"),
        (r"\min\{a, b\}", "min(a, b)"),
        (r"|x|", "abs(x)"),
        (r"\lvert x - y \rvert", "abs(x - y)"),
        (r"\left|x\right|", "abs(x)"),
        (r"||x| - 1|", "abs(abs(x) - 1)"),
        (r"|x||y|", "abs(x)*abs(y)"),
        (r"\lfloor x \rfloor", "floor(x)"),
        (r"\text{mean}([2, 4, 6])", "mean([2, 4, 6])"),
        (r"\operatorname{mean}(x)", "mean(x)"),
        (r"\text{softmax}([0, 0])", "softmax([0, 0])"),
        (r"\text{softmax}(z)_1", "softmax(z)[0]"),
        (r"\text{ReLU}(x)", "max(0, x)"),
        ("f(g(x))", "f(g(x))"),
        (r"\binom{n}{2}", "binomial(n, 2)"),
        (r"\hat{y}_1", "y_hat_1"),
        (r"\theta x", "theta*x"),
        # vectors and matrices
        ("[1, 2] + [3, 4]", "[1, 2] + [3, 4]"),
        (r"[1, 2] \cdot [3, 4]", "cdot([1, 2], [3, 4])"),
        ("(1, 2)", "[1, 2]"),
        (
            r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix} \begin{bmatrix} 5 \\ 6 \end{bmatrix}",
            "[[1, 2], [3, 4]]*[5, 6]",
        ),
        (r"\lVert v \rVert", "sqrt(dot(v, v))"),
        ("A^T", "A**T"),
        (r"A^\top", "transpose(A)"),
        # sums, limits, derivatives
        (r"\sum_{i=1}^{3} x_i", "sum(x_i, i, 1, 3)"),
        (r"\sum_{i=1}^n i^2 + 1", "sum(i**2, i, 1, n) + 1"),
        (r"\sum_{i=1}^{n} w_i \cdot x_i", "sum(cdot(w_i, x_i), i, 1, n)"),
        (r"\frac1n \sum_{i=1}^n x_i", "1/n*sum(x_i, i, 1, n)"),
        (r"\prod_{i=1}^{3} i", "prod(i, i, 1, 3)"),
        (r"\lim_{x \to 0} x", "limit(x, x, 0)"),
        (r"\lim_{x \to -\infty} e^x", "limit(e**x, x, -oo)"),
        (r"\lim_{x \to 0^+} \ln x", "limit(ln(x), x, 0, 1)"),
        (r"\frac{d}{dx} x^2", "diff(x**2, x)"),
        (r"\frac{d}{dx}\left(3x^2\right)", "diff(3*x**2, x)"),
        (r"\frac{d}{dx} [x + 1]", "diff(x + 1, x)"),
        (r"\frac{d}{dx} (3x + 1)^2", "diff((3*x + 1)**2, x)"),
        (r"\frac{d}{dx} f(g(x))", "diff(f(g(x)), x)"),
        (r"\frac{dy}{dx}", "leibniz(y, x)"),
        ("dy/dx", "leibniz(y, x)"),
        ("d/dx (x^2)", "diff(x**2, x)"),
        ("3 dy/dx", "3*leibniz(y, x)"),
        (r"\frac{\mathrm{d}y}{\mathrm{d}x}", "leibniz(y, x)"),
        (r"\frac{df}{dx}", "diff(f(x), x)"),
        (r"\frac{d^2y}{dx^2}", "diff(leibniz(y, x), x)"),
        (r"\frac{\partial L}{\partial w}", "leibniz(L, w)"),
        (r"f'(g(x)) \cdot g'(x)", "cdot(deriv(f, g(x)), deriv(g, x))"),
        ("f''(x)", "deriv(f, x, 2)"),
        ("y'", "prime(y, 1)"),
        # dots
        (r"x_1 + x_2 + \dots + x_n", "sum(x_κ, κ, 1, n)"),
        (r"1 + 2 + \cdots + 100", "sum(κ, κ, 1, 100)"),
        (r"1^2 + 2^2 + 3^2 + \dots + n^2", "sum(κ**2, κ, 1, n)"),
        (r"\underbrace{a \times a \times \cdots \times a}_{n \text{ factors}}", "a**n"),
        (r"\underbrace{2 \cdot 2 \cdot 2}_{3}", "2**3"),
        (r"\underbrace{x + x + x}_{3 \text{ terms}}", "3*x"),
        # probability, words
        (r"P(\text{heads}) = \frac12", "P(heads) == 1/2"),
        ("P(X = 3)", "P(X=3)"),
        (r"3 \text{ apples}", "3*apples"),
        (r"\sqrt{\text{mean square}}", "sqrt(mean_square)"),
        # cases
        (
            r"\begin{cases} 1 & x > 0 \\ 0 & \text{otherwise} \end{cases}",
            "piecewise((1, x > 0), (0, otherwise))",
        ),
        (
            r"\begin{cases} x, & \text{if } x \ge 0, \\ -x, & \text{if } x < 0. \end{cases}",
            "piecewise((x, x >= 0), (-x, x < 0))",
        ),
        # chains and comparisons
        ("0 < x < 1", "0 < x < 1"),
        (r"e \approx 2.718", "e ~= 2.718"),
        (r"a \neq 0", "a != 0"),
        (r"a \not= 0", "a != 0"),
        (r"x \leq y \geqslant z", "x <= y >= z"),
        ("2^3 = 8.", "2**3 == 8"),
        ("x ≤ 2 · 3", "x <= cdot(2, 3)"),
    ],
)
def test_a_formula_is_read_as_a_reader_reads_it(latex: str, meaning: str) -> None:
    (shown,) = read(latex)
    assert said(shown) == meaning


@pytest.mark.parametrize(
    ("latex", "meanings"),
    [
        (r"2^3 = 8, \quad 5^2 = 25", ["2**3 == 8", "5**2 == 25"]),
        (r"2^3 = 8 \text{ and } 5^2 = 25", ["2**3 == 8", "5**2 == 25"]),
        (r"\begin{aligned} a &= b \\ &= c \end{aligned}", ["a == b == c"]),
        (r"\begin{gathered} a = b \\ c = d \end{gathered}", ["a == b", "c == d"]),
        (r"a^0 = 1 \quad (a \neq 0)", ["a**0 == 1 where a != 0"]),
        (r"a^0 = 1 \; (a \neq 0)", ["a**0 == 1 where a != 0"]),
        (r"\ln x < 0 \text{ for } 0 < x < 1", ["ln(x) < 0 where 0 < x < 1"]),
        (r"ab > 0 \text{ for } a > 0, b > 0", ["a*b > 0 where a > 0, b > 0"]),
        (r"\text{if } x > 0, \quad |x| = x", ["abs(x) == x where x > 0"]),
        (r"\text{if } x > 0, |x| = x", ["abs(x) == x where x > 0"]),
        (r"\text{if } x > 0, y > 0, \text{ then } xy > 0", ["x*y > 0 where x > 0, y > 0"]),
        (r"e^x > 0 \text{ for all real } x", ["e**x > 0"]),
        (r"xy > 0 \text{ for } x, y > 0", ["x*y > 0 where y > 0, x > 0"]),
        (r"xy > 0 \text{ for all } x, y", ["x*y > 0"]),
        (r"e^x > 0 \text{ for } x \in \mathbb{R}", ["e**x > 0"]),
        (r"2^n \ge 1 \text{ for } n \in \mathbb{N}", ["2**n >= 1 where n natural"]),
        (r"a < b \implies e^a < e^b", ["e**a < e**b given a < b"]),
        (
            r"P(a) = 0.3, \quad P(b) = 0.7 \implies P(a) + P(b) = 1",
            ["P(a) + P(b) == 1 given P(a) == 0.3, P(b) == 0.7"],
        ),
        (r"x > 0 \iff x^3 > 0", ["x**3 > 0 given x > 0", "x > 0 given x**3 > 0"]),
        (r"(x > 0)", ["x > 0"]),
        (r"[1, 2], \quad [3, 4]", ["[1, 2]", "[3, 4]"]),
    ],
)
def test_a_formula_may_make_several_statements(latex: str, meanings: list[str]) -> None:
    assert [said(shown) for shown in read(latex)] == meanings


@pytest.mark.parametrize(
    ("latex", "at", "message"),
    [
        ("1/2x", 1, "what the division reaches is not clear"),
        ("a/bc", 1, "what the division reaches is not clear"),
        (r"\ln 2x", 5, "what the function reaches is not clear"),
        (r"\ln x y", 6, "what the function reaches is not clear"),
        (r"\ln x / x", 6, "what the function reaches is not clear"),
        (r"\ln(x)^2", 6, "the exponent may belong to the function or its argument"),
        (r"\ln -1", 4, "write brackets around what"),
        ("2^10 = 1024", 2, "shows only its first digit"),
        ("x_10", 2, "only the first digit"),
        (r"\sqrt12", 5, "only the first digit"),
        ("2^3^2", 3, "two exponents"),
        ("x 2", 2, "write \\times"),
        ("2 3", 2, "write \\times"),
        (r"2\frac12", 1, "a mixed number or a product"),
        ("L(w)", 0, "may be a factor or a function"),
        ("a(-1)", 0, "may be a factor or a function"),
        ("2[3 + 4]", 1, "a bracket or a vector"),
        ("0 < x, y < 1", 7, "write each by itself"),
        ("5!! = 15", 1, "no factorial of a factorial"),
        (r"a \nleq b", 2, "cannot be read here"),
        ("[0, 1)", 0, "never closed"),
        ("x = 1, 2", 7, "stands alone between the commas"),
        (r"x = 1 \text{ or } x = 2", 18, "write two formulas"),
        (r"x = \pm 2", 4, "is not read"),
        (r"a \pm b", 2, "two formulas"),
        (r"\frac{d}{dx} x^2 + 3x", 19, "whether the derivative reaches this"),
        (r"\frac{d}{dx} x^2 \cdot x", 23, "whether the derivative reaches this"),
        (r"\frac{d}{dx} (x + 1)(x + 2)", 20, "whether the derivative reaches this"),
        (r"\sum_{i=1}^3 i + i^2", 17, "whether the sum or limit reaches this"),
        (r"\sum_j x_j", 0, "with its index and both ends"),
        (r"\prod_{i=1}^3 i \cdot 2", 16, "whether the product reaches this"),
        (r"\int x dx", 0, "not read"),
        (r"x \in [0, 1]", 2, "not read"),
        (r"e^x \to 0", 4, "write the limit as"),
        (r"a \equiv b", 2, "a claim can say what it means"),
        (r"f = 2, f(x)'", 11, "cannot be read here"),
        ("f^{-1}(x)", 0, "without its argument"),
        (r"\text{loss}(x)", 0, "'loss' is not known"),
        (r"\text{x = 3}", 0, "an equation inside of text"),
        (r"x_{max}", 3, r"write \text{...} for a word"),
        (r"2 \times 2 \times \dots \times 2", 18, "how often the factor stands"),
        (r"2 + 3 + \dots + 5 + x", 20, "what the dots stand for"),
        (r"1 + 3 + \dots + 9", 16, "what the dots stand for"),
        (r"\underbrace{2 \cdot 2}_{3}", 24, "the label says 3, and there are 2"),
        (r"[1, \dots, n]", 4, "a list with dots"),
        (r"\begin{bmatrix} 1 & 2 \\ 3 \end{bmatrix}", 0, "different lengths"),
        (r"\begin{cases} 1 \\ 0 \end{cases}", 0, "lacks its condition"),
        (r"\foo x", 0, "cannot be read here"),
        ("x = ", 3, "an expression is missing"),
        ("(x", 0, "never closed"),
        ("x)", 1, "cannot be read here"),
        ("3 % 2", 2, "begins a comment"),
        ("", 0, "empty"),
        ("{x + 1}^2", 0, "braces are not shown"),
        ("α", 0, "cannot be read here"),
        ("(" * 60 + "x" + ")" * 60, 41, "nested more than"),
    ],
)
def test_what_could_be_read_in_two_ways_is_not_read_and_says_where(latex: str, at: int, message: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(latex)
    assert message in caught.value.message
    assert caught.value.at == at


@pytest.mark.parametrize(
    ("latex", "says"),
    [
        ("x", False),
        ("2^5", False),
        (r"\sum_{i=1}^3 x_i", False),
        (r"\begin{cases} 1 & x > 0 \\ 0 & x \le 0 \end{cases}", False),
        ("P(X = 1)", False),
        (r"\lim_{x \to 0} x", False),
        (r"e^x \to 0", False),
        ("x = 1", True),
        ("x > 1", True),
        (r"x \ne 1", True),
        (r"\text{x = 3}", True),
        (r"\frac{d}{dx} x = 1", True),
        (r"\sum_{i=1}^3 x_i = x_1", True),
        (r"(a \ne 0)", True),
        (r"a \equiv b", True),
        (r"a \nleq b", True),
        (r"\foo{x} = 3", True),
        ("x = 3 %", True),
        (r"{x = 3}", True),
        (r"\begin{aligned} x &= 3 \end{aligned}", True),
        (r"y = \begin{cases} 1 & x > 0 \\ 0 & x \le 0 \end{cases}", True),
    ],
)
def test_a_formula_says_something_if_it_compares(latex: str, says: bool) -> None:
    assert has_relation(latex) is says


def test_a_letter_defined_with_an_argument_is_a_function_in_the_whole_note() -> None:
    functions = defined_functions(["L(w) = w^2", r"\text{loss}(p) = -\ln p", r"\sigma'(x)", "P(a) = 0.5"])
    assert functions == {"f", "g", "h", "L", "loss"}
    (shown,) = read("L(3) = 9", functions)
    assert str(shown.says) == "L(3) == 9"


def test_bold_letters_and_arrows_mark_vectors_and_matrices() -> None:
    (shown,) = read(r"\vec{v} + \mathbf{w} = \mathbf{W} x")
    assert shown.kinds == {"v": "vector", "w": "vector", "W": "matrix"}


def test_offsets_point_into_the_formula() -> None:
    (shown,) = read(r"2 + 2 = 4, \quad 3 = 3")[1:]
    assert isinstance(shown.says, Relation)
    assert shown.at == 17


PIECES = st.sampled_from(
    [
        *"xy2^_{}()[]|+-/=<,'fgeP!&;d.",
        *(r"\times", r"\cdot", r"\le", r"\approx", r"\quad", r"\frac", r"\sqrt", r"\ln", r"\sum", r"\lim", r"\dots"),
        *(r"\text{for}", r"\text{mean}", r"\begin{cases}", r"\end{cases}", r"\begin{bmatrix}", r"\end{bmatrix}", r"\\"),
        *(r"\implies", r"\vec", r"\underbrace", r"\%", r"\left", r"\right", r"\frac{d}{dx}", r"\to", r"\infty", "{2}"),
        *("10", "0.5", "x_1", "{x}"),
    ]
)


def read_or_refused(latex: str) -> None:
    """Read a formula; if it is refused, the reason and its place must be there."""
    has_relation(latex)
    refusal = None
    try:
        shown = read(latex)
    except Unreadable as error:
        refusal = error
    else:
        assert shown
    if refusal is not None:
        assert refusal.message
        assert 0 <= refusal.at <= len(latex)


@given(st.lists(PIECES, max_size=25))
def test_any_sequence_of_signs_is_read_or_refused_with_a_place_in_it(pieces: list[str]) -> None:
    read_or_refused(" ".join(pieces))


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    read_or_refused(text)
