"""Change any number or sign of a true formula: it must be found false exactly when it is.

Truth is decided beside the checker, by plain Python: fractions, floats, differences.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cards.claims.decide import decide
from cards.claims.verdicts import Answer, Question, Verdict

Ask = Callable[..., list[Question]]
Decide = Callable[..., Answer]
POINTS = (0.3, 0.7, 1.0, 1.9, 2.6, 4.2)


@dataclass(frozen=True)
class Formula:
    """A formula with holes for its numbers and signs, what fills them, and when it is true."""

    latex: str
    parts: tuple[str, ...]
    is_true: Callable[..., bool]
    symbols: tuple[tuple[str, str], ...] = ()

    def filled(self, parts: tuple[str, ...]) -> str:
        latex = self.latex
        for part in parts:
            latex = latex.replace("@", part, 1)
        return latex

    def truth(self, parts: tuple[str, ...]) -> bool:
        values = [part if part in "+-<>" else Decimal(part) if "." in part else int(part) for part in parts]
        try:
            return self.is_true(*values)
        except (ZeroDivisionError, ValueError, OverflowError):
            return False

    def mutants(self) -> Iterator[tuple[str, ...]]:
        for place, part in enumerate(self.parts):
            for other in variants(part):
                yield (*self.parts[:place], other, *self.parts[place + 1 :])


def variants(part: str) -> list[str]:
    if part in "+-":
        return ["-" if part == "+" else "+"]
    if part in "<>":
        return [">" if part == "<" else "<"]
    if "." in part:  # each digit in turn
        return [
            part[:i] + str((int(digit) + 1) % 10) + part[i + 1 :] for i, digit in enumerate(part) if digit.isdigit()
        ]
    return [str(int(part) + 1), str(int(part) - 1), str(-int(part))]


def power(base: int, exponent: Fraction | int) -> Fraction | float:
    if base == 0 and exponent <= 0:
        raise ZeroDivisionError
    if isinstance(exponent, int) or exponent.denominator == 1:
        return Fraction(base) ** int(exponent)
    return math.pow(base, exponent)


def near(a: float | Fraction, b: float | Fraction) -> bool:
    return math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-12)


def signed(sign: str, value: float) -> float:
    return value if sign == "+" else -value


def rounds(value: float, shown: Decimal | int) -> bool:
    exponent = shown.as_tuple().exponent if isinstance(shown, Decimal) else 0
    assert isinstance(exponent, int)
    return Decimal(value).quantize(Decimal(1).scaleb(exponent), ROUND_HALF_UP) == shown


def slope(function: Callable[[float], float], x: float) -> float:
    h = 1e-5
    return (function(x + h) - function(x - h)) / (2 * h)


def everywhere(claim: Callable[[float], bool]) -> bool:
    return all(claim(x) for x in POINTS)


def same_slope(function: Callable[[float], float], derivative: Callable[[float], float]) -> bool:
    return everywhere(lambda x: math.isclose(slope(function, x), derivative(x), rel_tol=1e-5, abs_tol=1e-6))


X = (("x", "positive"),)
AMN = (("a", "positive"),)
FORMULAS = [
    Formula("@^{@} = @", ("2", "3", "8"), lambda a, b, c: power(a, b) == c),
    Formula("@^{@} = @", ("5", "2", "25"), lambda a, b, c: power(a, b) == c),
    Formula(r"@^{@} = \frac{@}{@}", ("2", "-3", "1", "8"), lambda a, b, c, d: power(a, b) == Fraction(c, d)),
    Formula(r"@^{@} \times @^{@} = @^{@} = @", ("2", "3", "2", "2", "2", "5", "32"),
            lambda a, b, c, d, e, f, g: power(a, b) * power(c, d) == power(e, f) == g),
    Formula(r"@^{@/@} = @", ("9", "1", "2", "3"), lambda a, b, c, d: near(power(a, Fraction(b, c)), d)),
    Formula(r"\sqrt{@} = @", ("49", "7"), lambda a, b: near(math.sqrt(a), b)),
    Formula(r"@ @ @ = @", ("7", "-", "3", "4"), lambda a, s, b, c: a + signed(s, b) == c),
    Formula(r"@ + @ + @ = @", ("0.3", "0.5", "0.2", "1.0"), lambda a, b, c, d: a + b + c == d),
    Formula(r"\frac{@ + @ @ @}{@} = @", ("2", "4", "+", "6", "3", "4"),
            lambda a, b, s, c, d, e: Fraction(a + b + int(signed(s, c)), d) == e),
    Formula(r"\sum_{i=@}^{@} i = @", ("1", "4", "10"), lambda a, b, c: sum(range(a, b + 1)) == c),
    Formula(r"\sum_{k=@}^{@} k^{@} = @", ("1", "3", "2", "14"),
            lambda a, b, n, c: sum(power(k, n) for k in range(a, b + 1)) == c),
    Formula(r"\sum_{i=@}^{@} x_i = x_1 + x_2 + x_3", ("1", "3"), lambda a, b: (a, b) == (1, 3)),
    Formula(r"e^{@} \approx @", ("1", "2.718"), lambda n, d: rounds(math.exp(n), d)),
    Formula(r"e^{@} \approx @", ("-1", "0.368"), lambda n, d: rounds(math.exp(n), d)),
    Formula(r"\ln @ \approx @", ("7.389", "2.000"), lambda x, d: rounds(math.log(x), d)),
    Formula(r"@\ln @ \approx @", ("-", "0.1", "2.303"), lambda s, x, d: rounds(signed(s, math.log(x)), d)),
    Formula(r"\sqrt{@} \approx @", ("2", "1.414"), lambda x, d: rounds(math.sqrt(x), d)),
    Formula(r"\ln @ = @", ("1", "0"), lambda x, y: near(math.log(x), y)),
    Formula(r"\ln @ @ @", ("0.5", "<", "0"), lambda x, op, y: (math.log(x) < y) == (op == "<")),
    Formula("[@, @] + [@, @] = [@, @]", ("1", "2", "3", "4", "4", "6"),
            lambda a, b, c, d, e, f: (a + c, b + d) == (e, f)),
    Formula(r"@ \times [@, @] = [@, @]", ("2", "3", "4", "6", "8"), lambda k, a, b, c, d: (k * a, k * b) == (c, d)),
    Formula(r"[@, @] \cdot [@, @] = @", ("1", "2", "3", "4", "11"), lambda a, b, c, d, e: a * c + b * d == e),
    Formula(r"\begin{bmatrix} @ & @ \\ @ & @ \end{bmatrix} \begin{bmatrix} @ \\ @ \end{bmatrix}"
            r" = \begin{bmatrix} @ \\ @ \end{bmatrix}", ("1", "2", "3", "4", "5", "6", "17", "39"),
            lambda a, b, c, d, x, y, u, v: (a * x + b * y, c * x + d * y) == (u, v)),
    Formula(r"\text{mean}([@, @, @]) = @", ("2", "4", "6", "4"), lambda a, b, c, d: Fraction(a + b + c, 3) == d),
    Formula(r"\max(@, @) = @", ("0", "-3", "0"), lambda a, b, c: max(a, b) == c),
    Formula(r"\frac{d}{dx} x^{@} = @ x^{@}", ("3", "3", "2"),
            lambda n, c, m: same_slope(lambda x: math.pow(x, n), lambda x: c * math.pow(x, m)), X),
    Formula(r"\frac{d}{dx} (@ x @ @) = @", ("7", "+", "2", "7"), lambda c, _s, _d, e: c == e, X),
    Formula(r"\frac{d}{dx} e^{@ x} = @ e^{@ x}", ("3", "3", "3"),
            lambda a, b, c: same_slope(lambda x: math.exp(a * x), lambda x: b * math.exp(c * x)), X),
    Formula(r"\frac{d}{dx} \ln(@ x) = \frac{@}{x}", ("5", "1"),
            lambda a, b: a > 0 and same_slope(lambda x: math.log(a * x), lambda x: b / x), X),
    Formula(r"\frac{d}{dx} (@x @ @)^{@} = @ (@x @ @)", ("3", "+", "1", "2", "6", "3", "+", "1"),
            lambda a, s, b, n, c, d, t, e: same_slope(
                lambda x: math.pow(a * x + signed(s, b), n), lambda x: c * (d * x + signed(t, e))), X),
    Formula("(x @ @)^{@} = x^{@} @ @ x + @", ("+", "3", "2", "2", "+", "6", "9"),
            lambda s, a, n, m, t, b, c: everywhere(
                lambda x: near(math.pow(x + signed(s, a), n), math.pow(x, m) + signed(t, b * x) + c)), X),
    Formula("a^{@} a^{@} = a^{@}", ("2", "3", "5"),
            lambda m, n, k: everywhere(lambda a: near(math.pow(a, m) * math.pow(a, n), math.pow(a, k))), AMN),
    Formula(r"a^{@} = \frac{@}{a^{@}}", ("-2", "1", "2"),
            lambda n, c, m: everywhere(lambda a: near(math.pow(a, n), c / math.pow(a, m))), AMN),
    Formula(r"\ln(x^{@}) = @ \ln x", ("3", "3"),
            lambda n, c: everywhere(lambda x: near(math.log(math.pow(x, n)), c * math.log(x))), X),
    Formula("a^{m @ n} = a^m a^{@n}", ("-", "-"), lambda s, t: s == t, AMN),
    Formula("e^{x @ @} = e^x e^{@}", ("+", "2", "2"), lambda s, a, b: signed(s, a) == b),
    Formula(r"\lim_{x \to @} (x @ @) = @", ("2", "+", "1", "3"), lambda a, s, b, c: a + signed(s, b) == c),
]  # fmt: skip


@pytest.mark.parametrize("formula", FORMULAS, ids=lambda formula: formula.latex)
def test_a_true_formula_is_proved_and_each_mutant_is_false_if_it_is(verdict_on: Decide, formula: Formula) -> None:
    symbols = dict(formula.symbols)
    assert formula.truth(formula.parts)
    assert verdict_on(formula.filled(formula.parts), **symbols).verdict is Verdict.PROVED
    false = 0
    for parts in formula.mutants():
        if any(part.startswith("-") and part != "-" for part in parts):
            parts_shown = tuple(f"({part})" if part[0] == "-" and len(part) > 1 else part for part in parts)
        else:
            parts_shown = parts
        answer = verdict_on(formula.filled(parts_shown), **symbols)
        if formula.truth(parts):
            assert answer.verdict in (Verdict.PROVED, Verdict.TESTED), (parts, answer)
        else:
            false += 1
            assert answer.verdict is Verdict.FALSE, (parts, answer)
    assert false


Shown = tuple[str, Fraction]  # LaTeX and the value that it stands for


def sums() -> st.SearchStrategy[Shown]:
    """Arithmetic as an author may write it, with its value; brackets around everything that is no number."""
    numbers = st.one_of(
        st.integers(0, 12).map(lambda n: (str(n), Fraction(n))),
        st.decimals(0, 9, places=1).map(lambda d: (str(d), Fraction(d))),
    )

    def grown(inner: st.SearchStrategy[Shown]) -> st.SearchStrategy[Shown]:
        def bracketed(shown: Shown) -> str:
            return shown[0] if shown[0].replace(".", "").isdecimal() else rf"\left({shown[0]}\right)"

        def binary(a: Shown, b: Shown, sign: str) -> Shown:
            x, y = bracketed(a), bracketed(b)
            match sign:
                case "+" | "-":
                    return f"{x} {sign} {y}", a[1] + b[1] if sign == "+" else a[1] - b[1]
                case "/" | r"\frac" | r"\div":
                    value = a[1] / b[1] if b[1] else Fraction(0)
                    return (rf"\frac{{{a[0]}}}{{{b[0]}}}" if sign == r"\frac" else f"{x} {sign} {y}"), value
                case _:
                    return f"{x} {sign} {y}", a[1] * b[1]

        def raised(a: Shown, n: int) -> Shown:
            if a[1] == 0 and n <= 0:
                n = 1
            return f"{bracketed(a)}^{{{n}}}", a[1] ** n

        signs = st.sampled_from(["+", "-", r"\times", r"\cdot", "/", r"\frac", r"\div"])
        divisible = st.tuples(inner, inner, signs).filter(
            lambda parts: parts[1][1] != 0 or parts[2] not in ("/", r"\frac", r"\div")
        )
        return st.one_of(
            divisible.map(lambda parts: binary(*parts)),
            st.builds(raised, inner, st.integers(-3, 3)),
            inner.map(lambda a: (f"-{bracketed(a)}", -a[1])),
        )

    return st.recursive(numbers, grown, max_leaves=8)


def as_latex(value: Fraction) -> str:
    sign = "-" if value < 0 else ""
    if value.denominator == 1:
        return f"{sign}{abs(value.numerator)}"
    return rf"{sign}\frac{{{abs(value.numerator)}}}{{{value.denominator}}}"


@given(shown=sums(), off=st.integers(-3, 3))
def test_arithmetic_is_true_exactly_when_it_is(ask: Ask, shown: Shown, off: int) -> None:
    latex, value = shown
    assume(abs(value) < 10**12)
    assume(value.denominator < 10**12)
    (question,) = ask(f"{latex} = {as_latex(value + off)}")
    assert decide(question, proving=False).verdict is (Verdict.FALSE if off else Verdict.PROVED)
