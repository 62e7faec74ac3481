"""Every formula of a page's prose is checked: what is false is told with its line, what claims nothing is let be."""

from __future__ import annotations

from pathlib import Path

import pytest

from cards.draft.drafted import Options
from cards.draft.fitting import Bench, LessonFitting, Places, fit_lessons
from cards.draft.lesson import lesson_of
from cards.draft.sections import parts_of
from cards.findings import Severity
from tests.cards.draft.conftest import ReadText


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(cache=tmp_path_factory.mktemp("cache"))


class Fit:
    """Fits the lesson of a page."""

    def __init__(self, page: ReadText, bench: Bench) -> None:
        self.page, self.bench = page, bench

    def __call__(self, text: str, *, narrow: bool = True) -> LessonFitting:
        read = self.page(f"# Course\n\n{text}\n")
        lesson = lesson_of(parts_of([read], Options())[0])
        fitting = LessonFitting({"section": "s", "title": "S", "lesson": lesson.text}, lesson, read.name)
        fit_lessons([fitting], self.bench, Places([read]), narrow=narrow)
        return fitting


@pytest.fixture
def fit(page: ReadText, bench: Bench) -> Fit:
    return Fit(page, bench)


def test_a_true_lesson_stays_as_it_is(fit: Fit) -> None:
    lesson = fit("It is $2^3 = 8$, and $(a + b)^2 = a^2 + 2ab + b^2$.")
    assert set(lesson.data) == {"section", "title", "lesson"}
    assert not lesson.findings


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("It is $2^3 = 9$.", 3, 7),
        ("First\nand then $2^3 = 9$.", 4, 10),
        ("| a | b |\n|---|---|\n| x | $2^3 = 9$ |", 5, 7),
        ("- one\n- **two:** $2^3 = 9$", 4, 12),
        ("!!! note\n\n    It is $2^3 = 9$.", 5, 11),
        ("$$\n2^3 = 9\n$$", 3, 1),
        (r"It is \(2^3 = 9\).", 3, 7),
        ("It is so.[^1]\n\n[^1]: Since $2^3 = 9$.", 5, 13),
        ("Fine: $2^3 = 8$.\n\nFalse: $(a + b)^2 = a^2 + b^2$.", 5, 8),
        ("Since $n^{2} = n \\cdot n$, also $\\ln(x^2) = (\\ln x)^2$.", 3, 33),
    ],
)
def test_what_is_false_is_told_at_its_place_and_holds_the_lesson_back(
    fit: Fit, text: str, line: int, column: int
) -> None:
    lesson = fit(text)
    (finding,) = lesson.findings
    assert (finding.code, finding.severity) == ("false-claim", Severity.ERROR)
    assert (finding.where.line, finding.where.column) == (line, column)
    assert lesson.data["todo"] == finding.message


def test_the_same_false_formula_twice_is_told_twice(fit: Fit) -> None:
    lesson = fit("Here $2^3 = 9$.\n\nThere $2^3 = 9$.")
    assert [finding.where.line for finding in lesson.findings] == [3, 5]


@pytest.mark.parametrize(
    "text",
    [
        "For $x > 0$ only.",
        "Let $A x = b$ be so.",
        "The circle $x^2 + y^2 = r^2$.",
        "Solve $x^2 = 4$.",
        "We solve $2x + 3 = x + 5$ now.",
        "Here $q_1^s = q_1^d$.",
        "Linear: $T(a + b) = T(a) + T(b)$.",
        "It is $e^{i \\pi} + 1 = 0$, and $z = a + b i = r e^{i t}$.",
        "$$\\begin{aligned} x + y &= 2x \\\\ x - y &= 2y \\end{aligned}$$",
        "The letter $z = 5$.",
        "As numbers $e = 2$ and $k = 3$.",
        "Always $(a, b) = (b, a)$.",
        "Norms: $N(a + b) = N(a) + N(b)$.",
        "By convention $0^0 = 1$, and $9 = (2 + \\sqrt{-5})(2 - \\sqrt{-5})$.",
        "Fast: $O\\left(n (\\log m + \\log n)\\right) = O\\left(n \\log n\\right)$.",
        "The share is $\\frac{32}{55} = 0.582$.",
        "Where they meet, $\\frac{1}{2} x + 1 = 3 - x$.",
        "So $\\displaystyle p \\neq \\frac{1}{6}$, where $p = \\frac{1}{6}$ is tested.",
        "The chance is $\\pi = 0.07$.",
        "Let $a = 4$, $m = 6$. It exists if and only if they have no common factor ($\\gcd(a, m) = 1$).",
        "It is even: $\\gamma(-k) = \\gamma(k)$.",
        "Choose two: $\\begin{pmatrix} 5 \\\\ 2 \\end{pmatrix} = 10$.",
        "Bayes: $P(A \\mid B) = \\frac{P(B \\mid A) P(A)}{P(B)}$.",
    ],
)
def test_what_claims_nothing_of_all_values_is_not_called_false(fit: Fit, text: str) -> None:
    lesson = fit(text)
    assert "todo" not in lesson.data
    assert not [finding for finding in lesson.findings if finding.severity is Severity.ERROR]


def test_symbols_get_domains_for_the_whole_lesson(fit: Fit) -> None:
    lesson = fit("Rules: $a^0 = 1$ and $\\sqrt{a} = a^{1/2}$.")
    assert lesson.data["symbols"] == {"a": "positive"}
    assert "unchecked" not in lesson.data


def test_a_domain_that_makes_another_formula_false_is_not_given(fit: Fit) -> None:
    lesson = fit("It is $a^0 = 1$.\n\nIt is $\\frac{d}{da} \\ln a = \\frac{1}{a}$.")
    assert "symbols" not in lesson.data
    assert "todo" not in lesson.data
    assert lesson.data["unchecked"] == [{"says": "$a^0 = 1$", "because": "It is said where its sides have a value."}]


def test_without_domains_what_needs_them_is_exempted(fit: Fit) -> None:
    lesson = fit("It is $a^0 = 1$.", narrow=False)
    assert "symbols" not in lesson.data
    assert lesson.data["unchecked"]


def test_a_condition_beside_a_formula_is_quoted_for_it(fit: Fit) -> None:
    lesson = fit("It is $\\ln x < 0$ for $0 < x < 1$.")
    assert lesson.data["claims"] == [{"says": "$\\ln x < 0$", "when": "$0 < x < 1$"}]
    assert not lesson.findings


def test_a_formula_that_is_false_without_a_condition_is_told(fit: Fit, tmp_path: Path) -> None:
    lesson = fit("It is $\\sqrt{x^2} = x$.")
    (finding,) = lesson.findings
    assert finding.code == "condition-missing"
    assert lesson.data["symbols"] == {"x": "nonnegative"}
