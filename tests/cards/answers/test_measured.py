from __future__ import annotations

import pytest

from cards.answers import Verdict, grade
from tests.cards.answers.grading_tables import asked

RIGHT, WRONG_FORM, WRONG, UNREADABLE = Verdict.RIGHT, Verdict.WRONG_FORM, Verdict.WRONG, Verdict.UNREADABLE


@pytest.mark.parametrize(
    ("typed", "expected", "unit", "verdict", "says"),
    [
        ("1 m", "1", "m", RIGHT, ""),
        ("100 cm", "1", "m", RIGHT, ""),
        ("0.001 km", "1", "m", RIGHT, ""),
        ("1", "1", "m", WRONG_FORM, "its unit is missing"),
        ("2", "1", "m", WRONG, ""),
        ("1 s", "1", "m", WRONG, "What was asked for is not measured in `s`."),
        ("1 cm", "1", "m", WRONG, "factor of 100"),
        ("36 km/h", "10", "m/s", RIGHT, ""),
        (r"10\,\mathrm{m/s}", "10", "m/s", RIGHT, ""),
        ("9.81 m/s²", "9.81", "m/s^2", RIGHT, ""),
        ("50 %", "50", "%", RIGHT, ""),
        ("0.5", "50", "%", RIGHT, ""),
        ("1/2", "50", "%", RIGHT, ""),
        ("50", "50", "%", WRONG_FORM, "its unit is missing"),
        ("180°", "180", "°", RIGHT, ""),
        ("pi", "180", "°", RIGHT, ""),
        ("pi rad", "180", "°", RIGHT, ""),
        ("180", "180", "°", WRONG_FORM, "its unit is missing"),
        ("5 tokens", "5", "tokens", RIGHT, ""),
        ("5 token", "5", "tokens", RIGHT, ""),
        ("5 apples", "5", "tokens", UNREADABLE, "`apples` is no unit that is known here."),
        ("2x m", "2*x", "m", RIGHT, ""),
        ("x^2 m", "2*x", "m", WRONG, ""),
        ("-1 m", "1", "m", WRONG, "Check the sign."),
        ("3 bit", "3", "bits", RIGHT, ""),
        ("2 bytes", "16", "bits", RIGHT, ""),
    ],
)
def test_units_are_converted_and_missed(typed: str, expected: str, unit: str, verdict: Verdict, says: str) -> None:
    graded = grade(asked(expected, unit=unit), typed)
    assert graded.verdict is verdict, graded
    assert says in graded.message
    assert bool(says) == bool(graded.message), graded.message


def test_a_unit_is_shown_as_it_was_read() -> None:
    graded = grade(asked("1/2", unit="m/s"), "1/2 m/s")
    assert (graded.read_as, graded.latex) == ("1/2 m/s", r"\frac{1}{2}\,\mathrm{m/s}")


def test_a_form_with_a_unit_is_asked_in_that_unit() -> None:
    question = asked("1/3", unit="m", form="decimal:2")
    assert grade(question, "0.33 m").verdict is RIGHT
    assert grade(question, "33.33 cm").verdict is WRONG_FORM
    assert "in m" in grade(question, "100/3 cm").message


@pytest.mark.parametrize(
    ("typed", "expected", "verdict", "says"),
    [
        ("5 kg", "5", WRONG_FORM, "no unit was asked for"),
        ("6 kg", "5", WRONG, ""),
        ("2 rad", "2", RIGHT, ""),
        ("50 %", "1/2", RIGHT, ""),
        ("180°", "pi", RIGHT, ""),
    ],
)
def test_a_unit_that_was_not_asked_for(typed: str, expected: str, verdict: Verdict, says: str) -> None:
    graded = grade(asked(expected), typed)
    assert (graded.verdict, says in graded.message) == (verdict, True), graded
