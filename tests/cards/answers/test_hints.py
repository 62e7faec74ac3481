from __future__ import annotations

import pytest

from cards.answers import Verdict, grade
from tests.cards.answers.grading_tables import asked


@pytest.mark.parametrize(
    ("typed", "expected", "says"),
    [
        ("-2x", "2*x", "Check the sign."),
        ("-2^4", "16", "A power is worked out before the sign: this is read as `-(2^4)`."),
        ("-2^3", "8", "Check the sign."),
        ("-x^2", "x**2", "A power is worked out before the sign: this is read as `-(x^2)`."),
        ("-16", "16", "Check the sign."),
        ("[-1, 2]", "[1, -2]", "Check the sign."),
        ("3/2", "2/3", "This is the reciprocal"),
        ("x/2", "2/x", "This is the reciprocal"),
        ("25", "1/4", "percent"),
        ("0.0025", "1/4", "percent"),
        ("[1, 2]", "[1, 2, 3]", "The answer has 3 elements, not 2."),
        ("[1, 2, 3]", "[1, 2]", "The answer has 2 elements, not 3."),
        ("5", "[2, 3]", "The answer is a vector with 2 elements, not one number."),
        ("[x + y]/2", "(x + y)/2", "Square brackets make a vector."),
        ("[5]", "5", "Square brackets make a vector."),
        ("[x, y]", "x + y", "One number was asked for, not several."),
        ("[2, 3]", "5", "One number was asked for, not several."),
        ("[1, 2]", "[[1, 2], [3, 4]]", "The answer is a 2 × 2 matrix, not a vector with 2 elements."),
        ("[[1, 2, 3]]", "[[1, 2], [3, 4]]", "The answer has 2 rows and 2 columns, not 1 and 3."),
        ("[[1, 2], [3, 4], [5, 6]]", "[[1, 3, 5], [2, 4, 6]]", "Rows and columns are swapped."),
        ("[[1, 2], [3, 4]]", "[[1, 3], [2, 4]]", "Rows and columns are swapped."),
        ("[3, 1, 2]", "[1, 2, 3]", "These are the right elements, in another order."),
        ("[1, 2, 4]", "[1, 2, 3]", "One of the 3 elements is wrong."),
        ("[1, 5, 4]", "[1, 2, 3]", ""),
        ("{1}", "{1, 2}", "What is there is right, but something is missing."),
        ("{1, 2, 3}", "{1, 2}", "Everything right is there, but also something else."),
        ("{1, 3}", "{1, 2}", ""),
        ("[0, 1]", "(0, 1]", "The ends are right; check which of them belong to it."),
        ("(0, 2]", "(0, 1]", ""),
        ("(-oo, oo)", "(-oo, 2) ∪ (2, oo)", ""),
        ("[-2, 2]", "{2, -2}", "These brackets make an interval. Single numbers stand in braces, { }."),
        ("x < 2, x > 2", "x != 2", "No number meets all of these conditions. If one of them is enough, write or"),
        ("x", "(0, oo)", ""),
        ("7", "5", ""),
        ("x+1", "2*x", ""),
    ],
)
def test_a_wrong_answer_gets_the_hint_of_a_tutor_if_there_is_one(typed: str, expected: str, says: str) -> None:
    graded = grade(asked(expected), typed)
    assert graded.verdict is Verdict.WRONG
    assert says in graded.message
    assert bool(graded.message) == bool(says), graded.message
    assert graded.mistake is None
