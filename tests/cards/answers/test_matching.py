from __future__ import annotations

import pytest

from cards.answers import Verdict, grade
from tests.cards.answers.grading_tables import asked

RIGHT, WRONG = Verdict.RIGHT, Verdict.WRONG


@pytest.mark.parametrize(
    ("typed", "tolerance", "verdict"),
    [
        ("9.81", "0.01", RIGHT),
        ("9.80", "0.01", RIGHT),
        ("9.82", "0.01", RIGHT),
        ("9.79", "0.01", WRONG),
        ("981/100", "0.01", RIGHT),
        ("pi^2", "0.1", RIGHT),
        ("-9.81", "0.01", WRONG),
        ("9.9", "1%", RIGHT),
        ("9.91", "1%", WRONG),
        ("9.7119", "1%", RIGHT),
    ],
)
def test_a_tolerance_is_an_amount_or_a_part_of_the_right_value(typed: str, tolerance: str, verdict: Verdict) -> None:
    assert grade(asked("9.81", tolerance=tolerance), typed).verdict is verdict


def test_a_tolerance_holds_for_each_element() -> None:
    question = asked("[1, 100]", tolerance="1%")
    assert grade(question, "[1.01, 99]").verdict is RIGHT
    assert grade(question, "[1.1, 100]").verdict is WRONG
    assert grade(asked("softmax([1, 2, 3])", tolerance="0.01"), "[0.09, 0.24, 0.66]").verdict is RIGHT
    assert grade(asked("{sqrt(2), -sqrt(2)}", tolerance="0.01"), "{-1.41, 1.42}").verdict is RIGHT
