from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.expr import evaluate, holds, parse, parse_conditions
from cards.findings import DeckError, Position, Severity
from cards.given import parse_given
from cards.model import Parameter, ProblemNote, Text
from cards.problems import draw
from cards.problems.check import check_problem

FILE = "section.yaml"


def text(source: str, line: int) -> Text:
    return Text(source, FILE, tuple((line + row, 1) for row in range(source.count("\n") + 1)))


def problem(  # noqa: PLR0917 - one argument a key of the note
    values: dict[str, str | list[str]],
    front: str,
    answer: str,
    where: tuple[str, ...] = (),
    form: str | None = None,
    back: str | None = None,
    symbols: tuple[str, ...] = (),
    first_id: str = "p",
) -> ProblemNote:
    """A note at line 1, `given` at 2, `where` at 3, `front` at 10, `answer` at 20, `back` at 30."""
    parameters = []
    for name, written in values.items():
        read = parse_given(written)
        parameters.append(Parameter(name, read.values, Position(FILE, 2), read.decimal))
    return ProblemNote(
        id=first_id,
        first_id=first_id,
        where=Position(FILE, 1),
        parameters=tuple(parameters),
        constraints=tuple(text(each, 3) for each in where),
        front=text(front, 10),
        answer=text(answer, 20),
        form=form,
        back=text(back, 30) if back else None,
        symbols=tuple((name, "real") for name in symbols),
    )


POWERS = problem(
    {"a": "2..5", "m": "2..4", "n": "2..4"},
    r"Write $\val{a}^{\val{m}} \cdot \val{a}^{\val{n}}$ as one power.",
    "a**(m+n)",
    where=("m != n",),
    form="power",
    back=r"$\val{a}^{\val{m}+\val{n}} = \val{answer} = \val{a**(m+n)}$",
)
FRACTIONS = problem({"p": "0..1 step 0.1", "q": ["1/2", "-1/3", "2"]}, r"$\val{p} \cdot \val{q}$", "p*q")
SLOPES = problem({"n": "1..5"}, r"Differentiate $x^{\val{n}}$.", "n*x**(n-1)", symbols=("x",))


# A change here means that every learner's problem changes under their hands: reviews record seeds.
@pytest.mark.parametrize(
    ("note", "seed", "values"),
    [
        (POWERS, 0, {"a": "2", "m": "2", "n": "3"}),
        (POWERS, 1, {"a": "2", "m": "2", "n": "4"}),
        (POWERS, 2, {"a": "2", "m": "4", "n": "3"}),
        (POWERS, 2**63, {"a": "2", "m": "3", "n": "4"}),
        (POWERS, -1, {"a": "4", "m": "2", "n": "4"}),
        (FRACTIONS, 0, {"p": "9/10", "q": "-1/3"}),
        (FRACTIONS, 12345, {"p": "1/5", "q": "-1/3"}),
        (SLOPES, 7, {"n": "3"}),
    ],
)
def test_a_seed_gives_the_same_values_for_ever(note: ProblemNote, seed: int, values: dict[str, str]) -> None:
    assert draw(note, seed).values == {name: Fraction(value) for name, value in values.items()}


def test_an_instance_has_question_answer_and_solution_with_the_values_in() -> None:
    made = draw(POWERS, 2)
    assert made.values == {"a": Fraction(2), "m": Fraction(4), "n": Fraction(3)}
    assert made.front == r"Write $2^{4} \cdot 2^{3}$ as one power."
    assert made.answer == parse("2**7")
    assert (made.answer_text, made.answer_latex) == ("2**7", "2^{7}")
    assert (made.answer_markdown, made.answer_block) == ("$2^{7}$", "$$2^{7}$$")
    assert made.back == r"$2^{4+3} = 2^{7} = 128$"


@given(st.integers(-(2**70), 2**70))
def test_every_instance_fits_the_constraints_and_the_ranges(seed: int) -> None:
    for note in (POWERS, FRACTIONS, SLOPES):
        made = draw(note, seed)
        for parameter in note.parameters:
            assert made.values[parameter.name] in parameter.values
        for constraint in note.constraints:
            values = {name: Fraction(str(value)) for name, value in made.values.items()}
            assert all(holds(condition, values) for condition in parse_conditions(constraint.source))
        assert made == draw(note, seed)


def test_every_combination_that_fits_is_as_likely() -> None:
    counts = Counter(tuple(draw(POWERS, seed).values.values()) for seed in range(2400))
    assert len(counts) == 24
    assert min(counts.values()) > 60
    assert max(counts.values()) < 140


def test_notes_with_the_same_ranges_draw_differently() -> None:
    other = replace(POWERS, first_id="other")
    assert any(draw(POWERS, seed).values != draw(other, seed).values for seed in range(5))


def test_one_combination_among_many_is_found() -> None:
    note = problem({"a": "1..100", "b": "1..100"}, r"$\val{a} \val{b}$", "a*b", where=("a == 77 and b == 3",))
    assert [draw(note, seed).values for seed in range(2)] == [{"a": 77, "b": 3}] * 2


@pytest.mark.parametrize(
    ("value", "template", "filled"),
    [
        ("-2", r"$\val{a}^{3}$", "$(-2)^{3}$"),
        ("1/2", r"$\val{a}^{3}$", r"$\left(\frac{1}{2}\right)^{3}$"),
        ("2", r"$\val{a}^{3}$", "$2^{3}$"),
        ("-3", r"$x - \val{a}$", "$x - (-3)$"),
        ("-3", r"$x + \val{a}$", "$x + (-3)$"),
        ("-3", r"$-\val{a}$", "$-(-3)$"),
        ("-3", r"$\val{a} + x$", "$-3 + x$"),
        ("-3", r"$x = \val{a}$", "$x = -3$"),
        ("-3", r"$[\val{a}, \val{a}]$", "$[-3, -3]$"),
        ("-3", r"$f(\val{a})$", "$f(-3)$"),
        ("-3", r"$x^{\val{a}}$", "$x^{-3}$"),
        ("-3", r"$x^\val{a}$", "$x^{-3}$"),
        ("12", r"$x^\val{a}$", "$x^{12}$"),
        ("1/2", r"$x^{\val{a}}$", "$x^{1/2}$"),
        ("1/2", r"$x^{2\val{a}}$", "$x^{2(1/2)}$"),
        ("-3", r"$2 \cdot \val{a}$", r"$2 \cdot (-3)$"),
        ("-3", r"$2 \times\val{a}$", r"$2 \times(-3)$"),
        ("3", r"$2 \cdot \val{a}$", r"$2 \cdot 3$"),
        ("3", r"$2\val{a}$", "$2(3)$"),
        ("3", r"$2\,\val{a}$", r"$2\,(3)$"),
        ("3", r"$\val{a}\val{a}$", "$3(3)$"),
        ("3", r"$\val{a}x$", "$3x$"),
        ("-3", r"$\val{a}x$", "$-3x$"),
        ("3", r"$x\val{a}$", "$x3$"),
        ("-3", r"$x \val{a}$", "$x (-3)$"),
        ("-3", r"$\pi \val{a}$", r"$\pi (-3)$"),
        ("3", r"$\frac{1}{2} \val{a}$", r"$\frac{1}{2} (3)$"),
        ("3", r"$\frac{\val{a}}{2}$", r"$\frac{3}{2}$"),
        ("3", r"$\frac\val{a}\val{a}$", r"$\frac{3}{3}$"),
        ("-3", r"$\sqrt{\val{a}}$", r"$\sqrt{-3}$"),
        ("3", r"$\sqrt\val{a}$", r"$\sqrt{3}$"),
        ("3", r"$\ln \val{a}$", r"$\ln 3$"),
        ("-3", r"$\ln \val{a}$", r"$\ln (-3)$"),
        ("1/2", r"$\ln \val{a}$", r"$\ln \left(\frac{1}{2}\right)$"),
        ("3", r"$\sum_{i=1}^{9} \val{a}$", r"$\sum_{i=1}^{9} 3$"),
        ("-3", r"$\sum_{i=\val{a}}^{9} \val{a}$", r"$\sum_{i=-3}^{9} (-3)$"),
        ("-3", r"$\text{for } \val{a}$", r"$\text{for } -3$"),
        ("-3", r"$a \le \val{a}$", r"$a \le -3$"),
        ("-3", r"$1, \quad \val{a}$", r"$1, \quad -3$"),
        ("-3", r"$\begin{bmatrix} \val{a} & \val{a} \\ \val{a} & 0 \end{bmatrix}$", None),
        ("-3", r"$$\val{a}$$", "$$-3$$"),
        ("-3", r"It is \val{a}.", "It is $-3$."),
        ("1/2", r"It is \val{a}.", r"It is $\frac{1}{2}$."),
        ("-3", r"It is 5 - \val{a}.", "It is 5 - $(-3)$."),
        ("-3", r"So-\val{a}", "So-$-3$"),
        ("-3", r"\val{a}$x$", "−3$x$"),
        ("-3", r"`\val{a}**2`", "`(-3)**2`"),
        ("-3", r"`f(\val{a}, [\val{a}])`", "`f(-3, [-3])`"),
        ("-3", r"`x = \val{a}`", "`x = -3`"),
        ("1/2", r"`x * \val{a}`", "`x * (1/2)`"),
        ("-3", "```\nx = \\val{a}\n```\n$\\val{a}^2$", "```\nx = -3\n```\n$(-3)^2$"),
        ("-3", r"a \$5 bill, \val{a}", r"a \$5 bill, $-3$"),
        ("3", r"$\val{a**2} = \val{a}^2$", "$9 = 3^2$"),
        ("3", r"$\val{sqrt(a)} + \val{exp(a)}$", r"$\sqrt{3} + e^{3}$"),
        ("8", r"$\val{sqrt(a)}^2$", r"$(2\sqrt{2})^2$"),
        ("3", r"$\val{x + a}$, $2\val{x + a}$, $1 - \val{x + a}$", "$x + 3$, $2(x + 3)$, $1 - (x + 3)$"),
        ("1", r"$\val{a*x**2}$", "$x^{2}$"),
        ("1", r"$\val{[a, a/2]}$", r"$\left[1, \frac{1}{2}\right]$"),
        ("1", r"$\val{softmax([a, 2])} = \val{softmax([a, 2])}$", r"$[0.2689, 0.7311] \approx [0.2689, 0.7311]$"),
        ("1", r"$p &= \val{softmax([a, 2])[0]}$", r"$p &\approx 0.2689$"),
        ("1", r"about \val{softmax([a, 2])}", r"about $\approx [0.2689, 0.7311]$"),
        ("0.5", r"$\val{a}$, $\val{a/2}$, $\val{1 - a}$", "$0.5$, $0.25$, $0.5$"),
        ("0.5", r"$\val{a}^2$ and $\val{a/3}$", r"$0.5^2$ and $\frac{1}{6}$"),
        ("3", r"\\val{a} \value{a}", r"\\val{a} \value{a}"),
    ],
)
def test_a_value_is_put_in_with_the_parentheses_that_it_needs(value: str, template: str, filled: str | None) -> None:
    note = problem({"a": value}, template, "a", symbols=("x",))
    expected = template.replace(r"\val{a}", "-3") if filled is None else filled
    assert draw(note, 0).front == expected


# Formulas with a value in them, and what they are meant to say.
MEANT = {
    r"\val{a}^{2}": "a**2",
    r"x^{2} - \val{a}": "x**2 - a",
    r"-\val{a} + \val{a}x": "-a + a * x",
    r"x \cdot \val{a} \cdot \val{2*a}": "x * a * 2 * a",
    r"2\val{a}": "2 * a",
    r"\val{a}\val{a+1}": "a * (a + 1)",
    r"\frac{1}{2} \val{a} - \val{a}": "a / 2 - a",
    r"\frac{\val{a}}{\val{a*a + 1}}": "a / (a * a + 1)",
    r"x^{2}\val{a}": "x**2 * a",
    r"(x + \val{a}) \val{a}": "(x + a) * a",
    r"\val{a} (x - \val{a})": "a * (x - a)",
    r"x \cdot \val{a} + 1": "x * a + 1",
    r"1 - \val{x + a}": "1 - (x + a)",
    r"3 \cdot \val{x - a} \cdot 2": "3 * (x - a) * 2",
    r"\val{a*x}^{2}": "(a * x) ** 2",
    r"x - \val{a*x**2}": "x - a * x**2",
    r"\val{x + a}\val{x - a}": "(x + a) * (x - a)",
    r"\val{x + a} x": "(x + a) * x",
    r"\val{a**2}^{2}": "a**4",
}


@pytest.mark.parametrize("template", MEANT)
@given(a=st.fractions(-9, 9, max_denominator=9))
def test_a_filled_formula_reads_as_it_was_meant(
    template: str, a: Fraction, read_latex: Callable[[str, dict[str, Fraction]], Fraction]
) -> None:
    x = Fraction(7, 3)
    front = draw(problem({"a": [str(a)]}, f"${template}$", "a", symbols=("x",)), 0).front
    assert read_latex(front.strip("$"), {"x": x}) == evaluate(parse(MEANT[template]), {"a": a, "x": x})


@pytest.mark.parametrize(
    ("answer", "form", "value", "latex"),
    [
        ("a**2", None, "3", "9"),
        ("a**(3+4)", "power", "3", "3^{7}"),
        ("a**(3+4)", "power", "1/2", r"\left(\frac{1}{2}\right)^{7}"),
        ("a**-2", "power", "-3", "(-3)^{-2}"),
        ("exp(a+1)", "power", "3", "e^{4}"),
        ("1/a", None, "3", r"\frac{1}{3}"),
        ("1/a", "decimal:2", "3", r"\approx 0.33"),
        ("1/a", "decimal:2", "8", r"\approx 0.13"),
        ("1/a", "decimal:3", "8", "0.125"),
        ("-1/a", "decimal:2", "8", r"\approx -0.13"),
        ("sqrt(a)", "decimal:1", "4", "2"),
        ("sqrt(a)", "decimal:3", "2", r"\approx 1.414"),
        ("[a, 1/a]", "decimal:2", "3", r"\approx [3.00, 0.33]"),
        ("a", None, "0.5", "0.5"),
        ("a", "lowest_terms", "0.5", r"\frac{1}{2}"),
        ("6/a", "lowest_terms", "4", r"\frac{3}{2}"),
        ("sqrt(a)", None, "8", r"2\sqrt{2}"),
        ("1/sqrt(a)", None, "2", r"\frac{1}{\sqrt{2}}"),
        ("ln(a)", None, "3", r"\ln 3"),
        ("exp(a)", None, "0", "1"),
        ("softmax([a, 2])", None, "1", r"\approx [0.2689, 0.7311]"),
        ("softmax([a, 2])", "exact", "1", r"\operatorname{softmax}([1, 2])"),
        ("a", "factored", "360", r"2^{3} \cdot 3^{2} \cdot 5"),
        ("-a", "factored", "13", "-13"),
        ("a*(x + 1)", "factored", "3", "3(x + 1)"),
        ("a*x**(a-1)", None, "3", "3x^{2}"),
        ("a*x**(a-1)", None, "1", "1"),
        ("diff(x**a, x)", None, "4", "4x^{3}"),
        ("x - a", None, "-3", "x + 3"),
        ("[a, 2] + [3, 4]", None, "1", "[4, 6]"),
        ("[[1, 2], [3, 4]] @ [a, 1]", None, "1", "[3, 7]"),
        ("[[a, 2], [3, 4]]", None, "1", r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}"),
        ("mean([a, 2, 4])", None, "1", r"\frac{7}{3}"),
    ],
)
def test_answers_are_shown_exactly_or_in_the_form_asked_for(
    answer: str, form: str | None, value: str, latex: str
) -> None:
    note = problem({"a": value}, r"$\val{a}$", answer, form=form, symbols=("x",))
    assert draw(note, 0).answer_latex == latex


def test_a_rounded_answer_is_kept_exactly() -> None:
    note = problem({"a": "3"}, r"$\val{a}$", "1/a", form="decimal:2")
    assert str(draw(note, 0).answer) == "1/3"


def test_good_problems_have_no_findings() -> None:
    for note in (POWERS, replace(FRACTIONS, allow=("trivial",)), SLOPES):
        assert check_problem(note) == []


def test_a_symbol_of_the_section_may_stand_in_the_answer() -> None:
    note = replace(SLOPES, symbols=())
    assert [finding.code for finding in check_problem(note)] == ["problem-name"]
    assert check_problem(note, [("x", "real")]) == []


@pytest.mark.parametrize(
    ("note", "place", "code", "words"),
    [
        (problem({"e": "2..3"}, r"\val{e}", "e"), (2, 1), "problem-given", "constant"),
        (problem({"answer": "2..3"}, r"\val{answer}", "answer"), (2, 1), "problem-given", "problem's answer"),
        (problem({"a": "2..3"}, r"$\val{a}$", "a + b"), (20, 5), "problem-name", "`b` is neither drawn nor declared"),
        (problem({"a": "2..3"}, r"$\val{a} + \val{1 + c}$", "a"), (10, 21), "problem-name", "`c`"),
        (problem({"a": "2..3"}, "$\\val{a}$\n\n$\\val{c}$", "a"), (12, 7), "problem-name", "`c`"),
        (problem({"a": "2..3"}, r"$\val{a}$", "a", back=r"\val{c}"), (30, 6), "problem-name", "`c`"),
        (problem({"a": "2..3"}, r"$\val{a}$", "a", where=("a > c",)), (3, 5), "problem-name", "`c`"),
        (problem({"a": "2..3"}, r"$\val{a}$", "a +"), (20, 4), "problem-syntax", "ends too early"),
        (problem({"a": "2..3"}, r"$\val{a}$", "f(a)"), (20, 1), "problem-syntax", "no function f"),
        (problem({"a": "2..3"}, r"$\val{a}$", "sqrt(a, a)"), (20, 1), "problem-syntax", "takes 1"),
        (problem({"a": "2..3"}, r"$\val{2a}$", "a"), (10, 8), "problem-syntax", "product"),
        (problem({"a": "2..3"}, r"$\val{a$", "a"), (10, 2), "problem-syntax", "in braces"),
        (problem({"a": "2..3"}, r"$\val a$", "a"), (10, 2), "problem-syntax", "in braces"),
        (problem({"a": "2..3"}, r"$\val{ }$", "a"), (10, 2), "problem-syntax", "empty"),
        (problem({"a": "2..3"}, r"$\val{a}$", "a", where=("a",)), (3, 2), "problem-syntax", "comparison"),
        (problem({"a": "2..3"}, r"$\val{a}$", "a", form="roman"), (20, 1), "problem-form", "no form 'roman'"),
        (problem({"a": "2..3"}, r"$\val{a}$", "a", form="decimal:99"), (20, 1), "problem-form", "decimal:N"),
        (problem({"a": "2..3"}, r"$\val{a}$", "a*2", form="power"), (20, 1), "problem-value", "one power"),
        (problem({"a": "2..3"}, r"$\val{a}$", "sqrt(a)", form="lowest_terms"), (20, 1), "problem-value", "fraction"),
        (problem({"a": "2..3"}, r"$\val{answer}$", "a"), (10, 2), "problem-giveaway", "shows its answer"),
        (problem({"a": "2..3", "b": "1..2"}, r"$\val{a}$", "a"), (2, 1), "problem-unused", "`b` is drawn"),
        (problem({"a": "0..3"}, r"$\val{a}$", "6/a"), (20, 3), "problem-value", "Division by zero (with a = 0)"),
        (problem({"a": "-1..3"}, r"$\val{ln(a)}$", "a"), (10, 7), "problem-value", "with a = -1"),
        (problem({"a": "0..9"}, r"$\val{a}$", "a", where=("1/a > 0",)), (3, 3), "problem-value", "with a = 0"),
        (problem({"a": "0..500"}, r"$\val{a}$", "1/(a - 77)"), (20, 4), "problem-value", "with a = 77"),
        (problem({"a": "2..9"}, r"$\val{a}$", "a", where=("a > 9",)), (3, 1), "problem-constraint", "No combination"),
        (
            problem({"a": "1..999", "b": "1..999"}, r"$\val{a}\val{b}$", "a", where=("a + b > 9999",)),
            (3, 1),
            "problem-constraint",
            "None of 20,000 combinations",
        ),
        (problem({"a": "2..9"}, "$2$", "a - a"), (10, 1), "problem-constant", "same whatever is drawn"),
        (problem({"a": "2..9"}, "$a$", "a"), (10, 1), "problem-ambiguous", "3 with a = 3"),
        (problem({"a": "2..3"}, r"$\val{a}$", "9**9**9**a"), (20, 1), "problem-value", "too large"),
    ],
)
def test_a_wrong_problem_is_found_where_it_is_wrong(
    note: ProblemNote, place: tuple[int, int], code: str, words: str
) -> None:
    found = check_problem(note)
    finding = next(each for each in found if each.code == code)
    assert (finding.where.line, finding.where.column) == place
    assert words in finding.message
    assert finding.severity is Severity.ERROR


def test_every_error_is_reported_at_once() -> None:
    note = problem({"a": "2..3"}, r"$\val{b}$ $\val{c}$", "d", where=("f > 1",), form="roman")
    assert [finding.code for finding in check_problem(note)].count("problem-name") == 4
    assert "problem-form" in [finding.code for finding in check_problem(note)]


@pytest.mark.parametrize(
    ("note", "code"),
    [
        (problem({"a": "2..9"}, r"What is $\val{a}^0$?", "a**0"), "problem-one-answer"),
        (problem({"a": "2..9"}, r"Is it $f(\val{sqrt(a)*ln(a)*exp(a)*a*a})$?", "a"), "problem-rounded"),
    ],
)
def test_what_may_be_meant_is_only_remarked_on(note: ProblemNote, code: str) -> None:
    assert [(finding.code, finding.severity) for finding in check_problem(note)] == [(code, Severity.LINT)]


def test_drawing_a_wrong_problem_says_where_it_is_wrong() -> None:
    note = problem({"a": "0"}, r"$\val{1/a}$", "a")
    with pytest.raises(DeckError) as raised:
        draw(note, 0)
    assert [str(finding.where) for finding in raised.value.findings] == ["section.yaml:10:9"]
