from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cards.draft.candidate import Candidate, Sure
from cards.draft.rules.numeric_by_operation import by_operation
from cards.draft.rules.numeric_examples import RULE
from cards.draft.rules.numeric_problems import sound
from cards.draft.rules.numeric_values import combinations
from cards.draft.tex import Statement
from cards.findings import Position
from cards.given import parse_given
from cards.model import Parameter, ProblemNote, Text
from cards.problems import draw
from cards.problems.check import check_problem
from tests.cards.draft.conftest import ReadText
from tests.cards.draft.rules.applied import applied

HEAD = "| Rule | Example |\n|---|---|\n"


def note_of(candidate: Candidate) -> ProblemNote:
    where = Position("page")
    parameters = []
    for name, written in candidate.given.items():
        values = parse_given(written)
        parameters.append(Parameter(name, values.values, where, values.decimal))
    return ProblemNote(
        id="x",
        first_id="x",
        where=where,
        parameters=tuple(parameters),
        constraints=tuple(Text(each, "page") for each in candidate.where),
        front=Text(candidate.front, "page"),
        answer=Text(candidate.answer, "page"),
        form=candidate.form or None,
        back=Text(candidate.back, "page") if candidate.back else None,
        symbols=tuple(candidate.symbols.items()),
    )


@pytest.mark.parametrize(
    ("row", "given", "front", "answer"),
    [
        (
            r"| $a^m \times a^n = a^{m+n}$ | $2^3 \times 2^2 = 2^5 = 32$ |",
            {"a": "2..5", "m": "2..4", "n": "2..4"},
            r"Write $\val{a}^{\val{m}} \times \val{a}^{\val{n}}$ as one power.",
            ("a**(m + n)", "power"),
        ),
        (
            r"| $a^{-n} = 1/a^n$ | $2^{-3} = 1/8$ |",
            {"a": "2..5", "n": "2..4"},
            r"Write $\val{a}^{-\val{n}}$ as a fraction.",
            ("1/a**n", "lowest_terms"),
        ),
        (
            r"| $a^{1/2} = \sqrt{a}$ | $9^{1/2} = 3$ |",
            {"a": "[4, 9, 16, 25, 36, 49, 64, 81, 100]"},
            r"What is $\val{a}^{1/2}$?",
            ("sqrt(a)", ""),
        ),
        (
            r"| $\ln(e^x) = x$ | $\ln(e^3) = 3$ |",
            {"x": "2..5"},
            r"What is $\ln(e^{\val{x}})$?",
            ("x", ""),
        ),
        (
            r"| $a(b + c) = ab + ac$ | $2(3 + 4) = 14$ |",
            {"a": "2..5", "b": "2..5", "c": "2..5"},
            r"What is $\val{a}(\val{b} + \val{c})$?",
            ("a*b + a*c", ""),
        ),
        (
            r"| $\frac{a}{b} + \frac{c}{b} = \frac{a + c}{b}$ | $\frac{1}{5} + \frac{2}{5} = \frac{3}{5}$ |",
            {"a": "1..5", "b": "2..5", "c": "2..5"},
            r"Write $\frac{\val{a}}{\val{b}} + \frac{\val{c}}{\val{b}}$ as a fraction.",
            ("(a + c)/b", "lowest_terms"),
        ),
    ],
)
def test_the_rule_beside_an_example_makes_a_problem(
    page: ReadText, row: str, given: dict[str, str], front: str, answer: tuple[str, str]
) -> None:
    (note,) = applied(RULE, page(HEAD + row))
    assert (note.given, note.front, (note.answer, note.form)) == (given, front, answer)
    assert note.sure is Sure.HIGH


@pytest.mark.parametrize(
    ("text", "front", "answer", "back"),
    [
        pytest.param(
            "$$[1, 2] + [3, 4] = [4, 6]$$",
            r"What is $[\val{a}, \val{b}] + [\val{c}, \val{d}]$?",
            "[a, b] + [c, d]",
            r"$[\val{a}, \val{b}] + [\val{c}, \val{d}] = \val{answer}$",
            id="vectors added",
        ),
        pytest.param(
            r"$$[1, 2] \cdot [3, 4] = 1 \times 3 + 2 \times 4 = 11$$",
            r"What is $[\val{a}, \val{b}] \cdot [\val{c}, \val{d}]$?",
            "dot([a, b], [c, d])",
            r"$[\val{a}, \val{b}] \cdot [\val{c}, \val{d}]"
            r" = \val{a} \times \val{c} + \val{b} \times \val{d} = \val{answer}$",
            id="a dot product, with its steps",
        ),
        pytest.param(
            r"$$\text{mean}([2, 4, 6]) = \frac{2 + 4 + 6}{3} = 4$$",
            r"What is $\text{mean}([\val{a}, \val{b}, \val{c}])$?",
            "mean([a, b, c])",
            r"$\text{mean}([\val{a}, \val{b}, \val{c}]) = \frac{\val{a} + \val{b} + \val{c}}{3} = \val{answer}$",
            id="a mean, with its steps",
        ),
        pytest.param(
            r"$$2^3 = 2 \times 2 \times 2 = 8$$",
            r"What is $\val{a}^{\val{n}}$?",
            "a**n",
            r"$\val{a}^{\val{n}} = \val{answer}$",
            id="a step that is right for these numbers alone is left out",
        ),
        pytest.param(
            "| Operation | Example | Result |\n|---|---|---|\n| Scaling | $2 \\times [3, 4]$ | $[6, 8]$ |",
            r"What is $\val{a} \times [\val{b}, \val{c}]$?",
            "a*[b, c]",
            r"$\val{a} \times [\val{b}, \val{c}] = \val{answer}$",
            id="an example and its result in cells of their own",
        ),
        pytest.param(
            "The power rule is $$\\frac{d}{dx} x^n = n x^{n-1}$$\n\nFor example\n\n$$\\frac{d}{dx} x^3 = 3x^2$$",
            r"What is $\frac{d}{dx} x^{\val{n}}$?",
            "n*x**(n - 1)",
            r"$\frac{d}{dx} x^{\val{n}} = \val{n} x^{\val{n - 1}} = \val{answer}$",
            id="a rule, and its example behind a few words",
        ),
        pytest.param(
            "The power rule: $\\frac{d}{dx} x^n = n x^{n-1}$. For example, $\\frac{d}{dx} x^3 = 3x^2$.",
            r"What is $\frac{d}{dx} x^{\val{n}}$?",
            "n*x**(n - 1)",
            r"$\frac{d}{dx} x^{\val{n}} = \val{n} x^{\val{n - 1}} = \val{answer}$",
            id="a rule and its example in one paragraph",
        ),
        pytest.param(
            "| Function | Derivative |\n|---|---|\n| $y = x^2$ | $y' = 2x$ |\n| $y = x^n$ | $y' = n x^{n-1}$ |",
            r"For $y = x^{\val{n}}$, what is $y'$?",
            "n*x**(n - 1)",
            r"$y' = \val{n} x^{\val{n - 1}}$",
            id="a row of symbols of which another row is an example",
        ),
        pytest.param("$$2^3 = 9$$", None, None, None, id="an example that is wrong"),
        pytest.param("$$a^0 = 1$$\n\n$$5^0 = 1$$", None, None, None, id="an answer that never changes"),
        pytest.param("$$e^1 \\approx 2.718$$", None, None, None, id="an approximation"),
        pytest.param("$$3 + 4 = 7$$", None, None, None, id="sums of plain numbers"),
        pytest.param("$$\\sqrt{2} = \\sqrt{2}$$", None, None, None, id="a root that is no number"),
        pytest.param("$$2^{400} = 5^{3}$$", None, None, None, id="numbers for no head"),
        pytest.param("## Exercises\n\n$$2^3 = 8$$", None, None, None, id="an exercise"),
        pytest.param("$$2^{999999999} = 8$$", None, None, None, id="a power that nobody can work out"),
        pytest.param("$$" + "[" * 5000 + "$$", None, None, None, id="five thousand brackets"),
    ],
)
def test_an_example_makes_a_problem_if_what_it_is_about_is_general(
    page: ReadText, text: str, front: str | None, answer: str | None, back: str | None
) -> None:
    made = [(note.front, note.answer, note.back) for note in applied(RULE, page(text))]
    assert made == ([] if front is None else [(front, answer, back)])


def test_all_that_is_drafted_draws_soundly_and_has_the_example_among_its_draws(page: ReadText) -> None:
    rows = r"""
    | Rule | Example |
    |---|---|
    | $a^m \times a^n = a^{m+n}$ | $2^3 \times 2^2 = 2^5 = 32$ |
    | $\frac{a^m}{a^n} = a^{m-n}$ | $\frac{2^5}{2^3} = 2^2$ |
    | $(ab)^n = a^n b^n$ | $(2 \cdot 3)^2 = 36$ |
    | $\sqrt{ab} = \sqrt{a} \sqrt{b}$ | $\sqrt{4 \cdot 9} = 6$ |
    | $a - b = -(b - a)$ | $5 - 2 = 3$ |
    | $p q = q p$ | $0.5 \times 0.2 = 0.1$ |
    """
    notes = applied(RULE, page(rows))
    assert len(notes) == 6
    for candidate in notes:
        note = note_of(candidate)
        assert not check_problem(note, candidate.symbols.items())
        assert len({draw(note, seed).front for seed in range(30)}) > 3


@settings(max_examples=15)
@given(st.lists(st.integers(1, 9), min_size=4, max_size=4))
def test_the_numbers_of_an_example_are_among_those_drawn(numbers: list[int]) -> None:
    a, b, c, d = numbers
    problem = by_operation(Statement(f"[{a}, {b}] + [{c}, {d}] = [{a + c}, {b + d}]"))
    assert problem is not None
    assert sound(problem) is not None
    for value, written in zip(numbers, problem.given.values(), strict=True):
        assert Fraction(value) in parse_given(written).values


@given(st.integers(1, 9), st.integers(0, 9))
def test_an_example_that_does_not_hold_makes_nothing(a: int, wrong: int) -> None:
    right = 2 * a
    problem = by_operation(Statement(rf"2 \times [{a}, 1] = [{wrong}, 2]"))
    assert (problem is None) == (wrong != right)


@given(st.lists(st.integers(1, 30), min_size=1, max_size=6))
def test_combinations_are_few_and_lie_in_their_ranges(most: list[int]) -> None:
    ranges = {f"x_{place}": f"0..{end}" for place, end in enumerate(most)}
    tried = list(combinations(ranges))
    assert 0 < len(tried) <= 400
    for values in tried:
        assert all(0 <= values[f"x_{place}"] <= end for place, end in enumerate(most))


def test_a_worked_solution_that_cannot_be_shown_for_all_numbers_is_left_out(page: ReadText) -> None:
    (note,) = applied(RULE, page(r"$$\sqrt{9} = 3$$"))
    assert note.back == r"$\sqrt{\val{a}} = \val{answer}$"


def test_its_example_makes_notes(page: ReadText) -> None:
    assert applied(RULE, page(RULE.example))


def test_what_holds_of_some_numbers_alone_is_no_problem(page: ReadText) -> None:
    text = "## Combining\n\n$$a x + b y = \\gcd(a, b)$$\n\nFor example, $55 \\cdot 3 + 80 \\cdot (-2) = 5$.\n"
    assert applied(RULE, page(text)) == []
