"""The verdict on one formula under declared domains: the table that says what the checker may be trusted with."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cards.claims.verdicts import Answer, Verdict

Decide = Callable[..., Answer]

A = {"a": "positive"}
INTEGERS = {"a": "nonzero", "m": "integer", "n": "integer"}

PROVED: list[tuple[str, dict[str, str]]] = [
    # arithmetic
    (r"2^3 = 2 \times 2 \times 2 = 8", {}),
    ("2^{-3} = 1/8", {}),
    ("4^{-0.5} = 1/2", {}),
    ("9^{1/2} = 3", {}),
    ("8^{2/3} = 4", {}),
    ("-2^2 = -4", {}),
    ("(-2)^2 = 4", {}),
    ("0.3 + 0.5 + 0.2 = 1.0", {}),
    (r"0.1 + 0.2 = 0.3", {}),
    (r"\frac{2 + 4 + 6}{3} = 4", {}),
    (r"\sqrt{4} = 2", {}),
    (r"\sqrt{2}\sqrt{3} = \sqrt{6}", {}),
    (r"\sqrt{12} = 2\sqrt{3}", {}),
    (r"\sqrt{2} \ne \frac{3}{2}", {}),
    (r"\sqrt[3]{-8} = -2", {}),
    (r"30\% = 0.3", {}),
    ("5! = 120", {}),
    (r"\binom{5}{2} = 10", {}),
    (r"\log_2 8 = 3", {}),
    (r"\log_{10} 0.01 = -2", {}),
    (r"\ln 1 = 0", {}),
    (r"\ln e = 1", {}),
    (r"e^{\ln 3} = 3", {}),
    (r"\ln 6 = \ln 2 + \ln 3", {}),
    (r"e^{100} > 100^{10}", {}),
    (r"\pi > 3.14", {}),
    (r"\lfloor 2.7 \rfloor = 2", {}),
    # rounding
    (r"e \approx 2.718", {}),
    (r"e^{-1} \approx 0.368", {}),
    (r"2.718 \approx e", {}),
    (r"\ln(7.389) \approx 2", {}),
    (r"\ln 7.389 \approx 2.000", {}),
    (r"\sqrt{2} \approx 1.414", {}),
    (r"-\ln 0.1 \approx 2.303", {}),
    (r"\ln 0.5 \approx -0.693", {}),
    (r"0.125 \approx 0.13", {}),
    (r"0.125 \approx 0.12", {}),
    (r"e^{10} \approx 22026", {}),
    (r"e^{10} \approx 22000", {}),
    (r"e^{20} \approx 4.85 \times 10^8", {}),
    (r"7.389 \approx 7.39", {}),
    (r"\text{softmax}([1, 2]) \approx [0.27, 0.73]", {}),
    # powers
    ("a^m a^n = a^{m+n}", A),
    ("a^m a^n = a^{m+n}", INTEGERS),
    (r"\frac{a^m}{a^n} = a^{m-n}", INTEGERS),
    ("(a^m)^n = a^{mn}", A),
    ("(a^m)^n = a^{mn}", INTEGERS),
    (r"(ab)^n = a^n b^n", {"a": "positive", "b": "positive"}),
    (r"a^{-n} = \frac{1}{a^n}", INTEGERS),
    ("a^0 = 1", {"a": "nonzero"}),
    ("a^0 = 1 \\quad (a \\ne 0)", {}),
    (r"a^{1/2} = \sqrt{a}", {"a": "nonnegative"}),
    (r"a^{-1/2} = \frac{1}{\sqrt{a}}", A),
    (r"\sqrt{x^2} = |x|", {}),
    (r"\sqrt{x^2} = x", {"x": "nonnegative"}),
    (r"\sqrt{x^2} = -x", {"x": "negative"}),
    (r"(\sqrt{x})^2 = x", {"x": "nonnegative"}),
    (r"\frac{x}{x} = 1", {"x": "nonzero"}),
    (r"\frac{x^2 - 1}{x - 1} = x + 1", {"x": "x != 1"}),
    ("(a + b)^2 = a^2 + 2ab + b^2", {}),
    (r"\begin{aligned} (a + b)^2 &= (a + b)(a + b) \\ &= a^2 + 2ab + b^2 \end{aligned}", {}),
    # exponential and logarithm
    ("e^x > 0", {}),
    (r"e^x \ge 1 + x", {}),
    (r"e^{x+y} = e^x e^y", {}),
    (r"e^{-x} = \frac{1}{e^x}", {}),
    (r"\ln(e^x) = x", {}),
    (r"e^{\ln x} = x", {"x": "positive"}),
    (r"\ln(x y) = \ln x + \ln y", {"x": "positive", "y": "positive"}),
    (r"\ln(x^2) = 2 \ln x", {"x": "positive"}),
    (r"\ln(x^2) = 2 \ln |x|", {"x": "nonzero"}),
    (r"\ln x < 0", {"x": "0 < x < 1"}),
    (r"\ln x < 0 \text{ for } 0 < x < 1", {}),
    (r"-\ln p > 0", {"p": "0 < p < 1"}),
    (r"\ln x > 0 \text{ for } x > 1", {}),
    # sums
    (r"\sum_{i=1}^{3} x_i = x_1 + x_2 + x_3", {}),
    (r"\sum_{i=1}^{4} i = 10", {}),
    (r"\sum_{i=1}^{n} i = \frac{n(n+1)}{2}", {"n": "natural"}),
    (r"\sum_{i=1}^{n} c = nc", {"n": "natural"}),
    (r"\sum_{i=1}^{n} c x_i = c \sum_{i=1}^{n} x_i", {"n": "natural"}),
    (r"\sum_{i=1}^{3} x_i = \sum_{j=1}^{3} x_j", {}),
    (r"1 + 2 + \dots + 100 = 5050", {}),
    (r"\sum_{k=0}^{\infty} \frac{1}{2^k} = 2", {}),
    (r"\prod_{i=1}^{4} i = 24", {}),
    # derivatives
    (r"\frac{d}{dx} c = 0", {}),
    (r"\frac{d}{dx} x = 1", {}),
    (r"\frac{d}{dx} (c x) = c", {}),
    (r"\frac{d}{dx} x^2 = 2x", {}),
    (r"\frac{d}{dx} x^n = n x^{n-1}", {"x": "positive"}),
    (r"\frac{d}{dx} x^n = n x^{n-1}", {"x": "nonzero", "n": "integer"}),
    (r"\frac{d}{dx} x^n = n x^{n-1}", {"n": "integer, n > 1"}),
    (r"\frac{d}{dx} e^x = e^x", {}),
    (r"\frac{d}{dx} e^{3x} = 3 e^{3x}", {}),
    (r"\frac{d}{dx} \ln x = \frac{1}{x}", {"x": "positive"}),
    (r"\frac{d}{dx} \ln |x| = \frac{1}{x}", {"x": "nonzero"}),
    (r"\frac{d}{dx} \sqrt{x} = \frac{1}{2\sqrt{x}}", {"x": "positive"}),
    (r"\frac{d}{dx} (3x + 1)^2 = 6 (3x + 1)", {}),
    (r"\frac{d}{dx} f(g(x)) = f'(g(x)) \cdot g'(x)", {}),
    (r"\frac{d}{dx} (f(x) g(x)) = f'(x) g(x) + f(x) g'(x)", {}),
    (r"\frac{d}{dx} \max(0, x) = 1", {"x": "positive"}),
    (r"\frac{d}{dx} \max(0, x) = 0", {"x": "negative"}),
    (r"\frac{d}{dx} \max(0, x) = \begin{cases} 1 & x > 0 \\ 0 & x \le 0 \end{cases}", {"x": "nonzero"}),
    (r"\frac{d}{dx} |x| = \frac{x}{|x|}", {"x": "nonzero"}),
    (r"\max(0, x) = \begin{cases} x & x > 0 \\ 0 & x \le 0 \end{cases}", {}),
    (r"\frac{d}{dx} \frac{1}{1 + e^{-x}} = \frac{1}{1 + e^{-x}} \left(1 - \frac{1}{1 + e^{-x}}\right)", {}),
    # rules of differentiation are said where both sides have a value, if no domain is declared
    (r"\frac{d}{dx} x^n = n\,x^{n-1}", {}),
    (r"\frac{d}{dx} \ln x = \frac{1}{x}", {}),
    (r"\frac{d}{dx} \sqrt{x} = \frac{1}{2\sqrt{x}}", {}),
    (r"\frac{d}{dx} \frac{1}{x} = -\frac{1}{x^2}", {}),
    # limits
    (r"\lim_{x \to -\infty} e^x = 0", {}),
    (r"\lim_{x \to 0^+} \ln x = -\infty", {}),
    (r"\lim_{h \to 0} \frac{(x + h)^2 - x^2}{h} = 2x", {}),
    (r"\lim_{n \to \infty} \left(1 + \frac{1}{n}\right)^n = e", {}),
    # vectors and matrices
    ("[1, 2] + [3, 4] = [4, 6]", {}),
    (r"2 \times [3, 4] = [6, 8]", {}),
    (r"[1, 2] \cdot [3, 4] = 1 \times 3 + 2 \times 4 = 11", {}),
    (r"[u_1, u_2] \cdot [v_1, v_2] = \sum_{i=1}^{2} u_i v_i", {}),
    (r"[1, 2] \ne [2, 1]", {}),
    (
        r"\begin{bmatrix} 1 & 2 & 3 \\ 4 & 5 & 6 \end{bmatrix} \begin{bmatrix} 1 \\ 2 \\ 3 \end{bmatrix}"
        r" = \begin{bmatrix} 14 \\ 32 \end{bmatrix}",
        {},
    ),
    (r"\begin{bmatrix} 1 & 0 \\ 0 & 1 \end{bmatrix} [a, b] = [a, b]", {}),
    (r"\text{mean}([2, 4, 6]) = \frac{2 + 4 + 6}{3} = 4", {}),
    (r"\text{softmax}([0, 0]) = [0.5, 0.5]", {}),
    (r"\lVert [3, 4] \rVert = 5", {}),
    (r"[1, 2]^T [3, 4] = 11", {}),
    (r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}^T = \begin{bmatrix} 1 & 3 \\ 2 & 4 \end{bmatrix}", {}),
    # inequalities
    (r"|x| \ge 0", {}),
    (r"x^2 + 1 > 0", {}),
    (r"x^2 + 1 \ge 2x", {}),
    (r"0 \le p (1 - p)", {"p": "0 <= p <= 1"}),
    (r"\frac{1}{1 + e^{-x}} < 1", {}),
    (r"\sqrt{a} < \sqrt{b} \text{ for } 0 < a < 1, b > 2", {}),
    ("x > 0", {"x": "positive"}),
    (r"a \ne 0", {"a": "nonzero"}),
    ("0 < t < 1", {"t": "0 < t < 1"}),
]

TESTED: list[tuple[str, dict[str, str]]] = [
    (r"u \cdot v = v \cdot u", {"u": "vector", "v": "vector"}),
    (r"u^\top v = u \cdot v", {"u": "vector", "v": "vector"}),
    (r"2(u + v) = 2u + 2v", {"u": "vector", "v": "vector"}),
    (r"M (u + v) = M u + M v", {"u": "vector", "v": "vector", "M": "matrix"}),
    (r"a < b \implies e^a < e^b", {}),
    (r"|x + y| \le |x| + |y|", {}),
    (r"\sum_{i=0}^{n-1} x_{i+1} = \sum_{i=1}^{n} x_i", {"n": "positive_integer"}),
    (r"\frac{d}{dx} |x| = \frac{x}{|x|}", {}),
]

FALSE: list[tuple[str, dict[str, str], str]] = [
    ("2^3 = 9", {}, "the left side is 8, the right side is 9"),
    ("2^{-3} = -8", {}, "the left side is 1/8, the right side is -8"),
    (r"\sqrt{2} = 1.414", {}, "the left side is 1.41421, the right side is 1.414"),
    (r"e \approx 2.719", {}, "rounds to 2.718"),
    (r"\sqrt{2} \approx 1.41421357", {}, "rounds to 1.41421356"),
    (r"e^{10} \approx 23000", {}, "rounds to 22026"),
    (r"\ln 0.5 \approx 0.693", {}, "rounds to -0.693"),
    (r"\text{softmax}([1, 2]) \approx [0.27, 0.74]", {}, "rounds to 0.73"),
    # domains
    (r"\sqrt{x^2} = x", {}, "at x = -1 the left side is 1, the right side is -1"),
    (r"\ln(x^2) = 2 \ln x", {}, "the logarithm of a number that is not positive"),
    (r"\ln(x^2) = 2 \ln x", {"x": "nonzero"}, "at x = -1 the right side has no value"),
    ("a^0 = 1", {}, "at a = 0 the left side has no value: 0 to the power of 0"),
    ("0^0 = 1", {}, "0 to the power of 0 is not defined"),
    (r"\frac{x}{x} = 1", {}, "at x = 0 the left side has no value: division by zero"),
    (r"\frac{x^2 - 1}{x - 1} = x + 1", {}, "at x = 1 the left side has no value"),
    (r"a^{1/2} = \sqrt{a}", {}, "the square root of a negative number"),
    ("a^m a^n = a^{m+n}", {}, "has no value"),
    ("a^m a^n = a^{m+n}", {"a": "nonzero"}, "has no value"),
    (r"(a^2)^{1/2} = a", {"a": "nonzero"}, "at a = -1"),
    (r"\frac{d}{dx} \ln x = \frac{1}{x}", {"x": "real"}, "has no value"),
    (r"\frac{d}{dx} x^n = n x^{n-1}", {"x": "real", "n": "real"}, "has no value"),
    (r"\frac{d}{dx} x^n = n x^{n-1}", {"n": "positive_integer"}, "0 to the power of 0"),
    (r"\frac{d}{dx} |x| = \frac{x}{|x|}", {"x": "real"}, "at x = 0"),
    (r"\frac{d}{dx} |x| = \begin{cases} 1 & x > 0 \\ -1 & x \le 0 \end{cases}", {}, "at x = 0"),
    (r"\frac{d}{dx} x^n = n x^{n-2}", {}, "at n = "),
    (r"\frac{d}{dx} x^n = (n + 1) x^{n-1}", {}, "at n = "),
    (r"\frac{d}{dx} \ln x = -\frac{1}{x}", {}, "at x = 2"),
    (r"\frac{d}{dx} \ln x = \ln x", {}, "at x = 2"),
    (r"\frac{d}{dx} \sqrt{x} = \frac{1}{\sqrt{x}}", {}, "at x = 2"),
    (r"\frac{d}{dx} \max(0, x) = \begin{cases} 1 & x > 0 \\ 0 & x \le 0 \end{cases}", {}, "does not exist"),
    (r"\frac{d}{dx} \begin{cases} x & x > 0 \\ 0 & x \le 0 \end{cases} = 0", {}, "at x = 2"),
    (
        r"\frac{d}{dx} \begin{cases} x & x > 0 \\ 0 & x \le 0 \end{cases}"
        r" = \begin{cases} 1 & x > 0 \\ 0 & x \le 0 \end{cases}",
        {},
        "the slope is 0 on the left and 1 on the right",
    ),
    (r"x^{1/3} = \sqrt[3]{x}", {}, "at x = -1 the left side has no value"),
    (r"\sum_{i=1}^{n} i = \frac{n(n+1)}{2}", {"n": "integer"}, "at n = -2"),
    (r"\sum_{i=1}^{n} i = \frac{n(n+1)}{2}", {"n": "n > 0"}, "a sum runs between two integers"),
    (r"\frac{1}{n} \sum_{i=1}^{n} c = c", {"n": "natural"}, "at c = 2, n = 0"),
    # plainly wrong
    ("a^m a^n = a^{mn}", INTEGERS, "the left side is 32, the right side is 64"),
    ("(a + b)^2 = a^2 + b^2", {}, "at a = 2, b = 2"),
    (r"\ln(x + y) = \ln x + \ln y", {"x": "positive", "y": "positive"}, "at x = 2, y = 3"),
    (r"\sum_{i=1}^{3} x_i = x_1 + x_2 + x_4", {}, "x_4 = "),
    (r"\frac{d}{dx} x^2 = x", {}, "at x = 2 the left side is 4, the right side is 2"),
    (r"\frac{d}{dx} f(g(x)) = f'(x) \cdot g'(x)", {}, "f(t) = "),
    (r"\lim_{x \to -\infty} e^x = 1", {}, "the left side is 0, the right side is 1"),
    (r"\lim_{x \to 0^-} \ln x = -\infty", {}, "with x below the target"),
    (r"\lim_{h \to 0} \frac{(x + h)^2 - x^2}{h} = 3x", {}, "the left side is 4, the right side is 6"),
    ("[1, 2] + [3, 4] = [4, 7]", {}, "the left side is [4, 6], the right side is [4, 7]"),
    ("[1, 2] + [3, 4, 5] = [4, 6, 5]", {}, "lists of 2 and of 3 elements"),
    (r"[1, 2] \cdot [3, 4, 5] = 11", {}, "the dot product needs equal lengths, not 2 and 3"),
    ("[1, 2] = 3", {}, "the right side is 3"),
    ("[1, 2] < [3, 4]", {}, "vectors have no order"),
    (r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix} [1, 2, 3] = [1, 2]", {}, "a 2 x 2 matrix cannot be multiplied"),
    (r"u \cdot v = 0", {"u": "vector", "v": "vector"}, "u = ["),
    (r"\text{mean}([2, 4, 6]) = 5", {}, "the left side is 4"),
    ("e^x > 1 + x", {}, "at x = 0 the left side is 1, the right side is 1"),
    ("e^x < 0", {}, "at x = 2"),
    (r"x \ge 0", {}, "at x = -1"),
    (r"a \ne 0", {}, "at a = 0"),
    ("x > 0", {"x": "nonnegative"}, "at x = 0"),
    ("0 < t < 1", {"t": "0 <= t < 1"}, "at t = 0"),
    (r"\frac{1}{n} < 1", {"n": "positive_integer"}, "at n = 1"),
    (r"n^2 > n", {"n": "natural"}, "at n = 0"),
    ("x < x", {}, ""),
    (r"e^{100} < 100^{10}", {}, ""),
    (r"a < b \implies e^{-a} < e^{-b}", {}, "at a = "),
]

UNSETTLED: list[tuple[str, dict[str, str], str]] = [
    (r"\ln(1 + x) \approx x", {}, "x has no value here"),
    (r"\frac{22}{7} \approx \pi", {}, "written decimal"),
    (r"x > 1 \text{ for } x < y, y < x", {}, "fulfil the conditions"),
    ("9^{9^{9^9}} = 9^{9^{9^9}} + 1", {}, "too large"),
]


@pytest.mark.parametrize(("latex", "symbols"), PROVED)
def test_what_is_true_is_proved(verdict_on: Decide, latex: str, symbols: dict[str, str]) -> None:
    answer = verdict_on(latex, **symbols)
    assert answer.verdict is Verdict.PROVED, answer.detail


@pytest.mark.parametrize(("latex", "symbols"), TESTED)
def test_what_is_true_and_not_proved_is_tested_and_says_so(
    verdict_on: Decide, latex: str, symbols: dict[str, str]
) -> None:
    answer = verdict_on(latex, **symbols)
    assert answer.verdict is Verdict.TESTED, answer.detail
    assert "points" in answer.detail


@pytest.mark.parametrize(("latex", "symbols", "reason"), FALSE)
def test_what_is_false_is_refuted_with_a_counterexample(
    verdict_on: Decide, latex: str, symbols: dict[str, str], reason: str
) -> None:
    for proving in (True, False):
        answer = verdict_on(latex, proving=proving, **symbols)
        if not proving and "lim" in latex:
            continue  # without SymPy a limit is not computed
        assert answer.verdict is Verdict.FALSE, answer.detail
        assert reason in answer.detail


@pytest.mark.parametrize(("latex", "symbols", "reason"), UNSETTLED)
def test_what_cannot_be_settled_is_no_verdict(
    verdict_on: Decide, latex: str, symbols: dict[str, str], reason: str
) -> None:
    answer = verdict_on(latex, **symbols)
    assert answer.verdict is Verdict.UNSETTLED, answer.detail
    assert reason in answer.detail


@pytest.mark.parametrize(("latex", "symbols"), [*PROVED, *TESTED])
def test_no_test_point_contradicts_what_is_true(verdict_on: Decide, latex: str, symbols: dict[str, str]) -> None:
    answer = verdict_on(latex, proving=False, **symbols)
    assert answer.verdict is not Verdict.FALSE, answer.detail
