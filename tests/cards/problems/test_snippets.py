"""Code that a problem is about: what it prints is the answer, unless the learner completes it."""

from __future__ import annotations

import pytest

from cards.findings import Finding
from cards.problems import draw
from cards.problems.check import check_problem
from cards.problems.snippets import output_lines
from tests.cards.problems.problem import written

MEAN = r"""
    given: {x: -9..9 size 3}
    where: ["sum(x) % 3 == 0", "x_1 != x_2", "sum(x) != 0"]
    front: What does the last line print?
    snippet:
      code: |
        x = \val{x}
        print(sum(x) / len(x))
      prints: \val{sum(x)/3}.0
    answer: (x_1 + x_2 + x_3)/3
    back: It is \val{answer}.
"""


def found(keys: str) -> list[Finding]:
    return check_problem(written(keys))


def test_the_code_stands_below_the_question_with_its_numbers() -> None:
    made = draw(written(MEAN), 0)
    assert made.front.startswith("What does the last line print?\n\n```python\nx = [")
    assert made.front.endswith("]\nprint(sum(x) / len(x))\n```")


def test_code_whose_output_is_the_answer_is_all_right() -> None:
    assert found(MEAN) == []


def test_an_answer_that_is_not_what_is_printed_is_an_error_without_running_anything() -> None:
    (finding,) = found(MEAN.replace("answer: (x_1 + x_2 + x_3)/3", "answer: (x_1 + x_2 + x_3)/2"))
    assert finding.code == "problem-snippet"
    assert finding.where.line == 15
    assert "The snippet prints `" in finding.message
    assert "and whoever types that is not right (with x = [" in finding.message


@pytest.mark.parametrize("prints", [r"'\val{sum(x) - sum(x)}x'", r"It is \val{sum(x)/3}.0"])
def test_an_output_that_is_no_answer_at_all_is_an_error_too(prints: str) -> None:
    (finding,) = found(MEAN.replace(r"\val{sum(x)/3}.0", prints))
    assert finding.code == "problem-snippet"


def test_a_line_to_complete_prints_something_else_than_the_answer() -> None:
    keys = r"""
        symbols: {x: positive}
        front: Complete the line, so that it prints the root of `x`.
        snippet: {code: "x = 49\nprint(\\answer)", prints: "7.0"}
        answer: x ** 0.5
        takes: python
    """
    assert found(keys) == []
    assert draw(written(keys), 0).front.endswith("```python\nx = 49\nprint(____)\n```")


def test_the_answer_of_a_choice_is_shown_and_not_printed() -> None:
    keys = r"""
        front: What does this line print?
        snippet: {code: "print(type(2 ** 0.5))", prints: "<class 'float'>"}
        answer: A float's class.
        takes: text
        choose: true
        mistakes:
          - {answer: An integer's class., hint: A power with a fraction is a float.}
    """
    assert found(keys) == []


def test_outputs_are_compared_but_for_blanks_at_the_ends() -> None:
    assert output_lines("1  \n\n2\n\n  \n") == output_lines("1\n\n2") == ["1", "", "2"]
    assert output_lines(" 1") != output_lines("1")
    assert output_lines("") == []


def test_elements_of_a_vector_may_be_named_as_formulas_name_them() -> None:
    assert found("given: {x: 2..9 size 2}\nfront: What is $\\val{x_1} + \\val{x_2}$?\nanswer: x_1 + x_2") == []
