from __future__ import annotations

import pytest

from cards.answers import (
    Graded,
    KnownMistake,
    Question,
    Takes,
    UnreadableError,
    Verdict,
    grade,
    parse_tolerance,
    read_expected,
)
from tests.cards.answers.grading_tables import SYMBOLS, Row, rows

RIGHT, WRONG_FORM, WRONG, UNREADABLE = Verdict.RIGHT, Verdict.WRONG_FORM, Verdict.WRONG, Verdict.UNREADABLE


def asked(
    expected: str,
    *,
    takes: Takes | None = None,
    symbols: dict[str, str] | None = None,
    form: str = "",
    unit: str = "",
    tolerance: str = "",
    also: tuple[str, ...] = (),
    mistakes: dict[str, str] | None = None,
) -> Question:
    names = SYMBOLS if symbols is None else symbols
    value, kind = read_expected(expected, takes, names)
    known = tuple(KnownMistake(read_expected(each, kind, names)[0], hint) for each, hint in (mistakes or {}).items())
    off = parse_tolerance(tolerance) if tolerance else None
    return Question(value, kind, names, form=form, also=also, tolerance=off, unit=unit, mistakes=known)


@pytest.mark.parametrize("row", rows("form_cases.txt"), ids=str)
def test_forms(row: Row) -> None:
    graded = grade(row.question(), row.typed)
    assert (graded.verdict.value, row.says in graded.message) == (row.verdict, True), graded.message
    if graded.verdict is RIGHT:
        assert graded.message == ""


def test_the_table_of_forms_is_long_and_has_no_row_twice() -> None:
    table = rows("form_cases.txt")
    assert len({(row.typed, row.expected, row.form) for row in table}) == len(table) >= 150


def test_what_is_right_is_shown_as_it_was_read() -> None:
    graded = grade(asked("n*x**(n-1)"), "n x^(n-1)")
    assert graded == Graded(RIGHT, read_as="n*x^(n - 1)", latex="n x^{n - 1}")


def test_what_cannot_be_read_says_why_and_where() -> None:
    graded = grade(asked("2*x"), "2q")
    assert graded.verdict is UNREADABLE
    assert graded.message.startswith("`q` is no symbol of this question; there are x, ")
    assert graded.message.endswith(".")
    assert (graded.at, graded.read_as, graded.latex) == (1, "", "")


def test_an_ambiguous_answer_that_would_be_right_if_read_otherwise_is_told_its_parentheses() -> None:
    graded = grade(asked("1/(2*x)", mistakes={"x/2": "It is below the line."}), "1/2x")
    assert graded.verdict is WRONG
    assert "It was read as `(1/2)*x`" in graded.message
    assert "`1/(2*x)`" in graded.message
    assert "parentheses" in graded.message
    assert grade(asked("x/2"), "1/2x").verdict is RIGHT
    assert grade(asked("3*x"), "1/2x").message == ""


def test_known_mistakes_are_recognised_by_value_and_the_first_that_fits_is_told() -> None:
    question = asked("a**(m+n)", mistakes={"a**(m*n)": "The exponents *add*.", "(a**m)**n": "Never told.", "2*a": ""})
    for typed in ("a^(mn)", "(a^n)^m", "a^{m n}", "(a^m)^n", "1/a^(-m n)"):
        graded = grade(question, typed)
        assert (graded.verdict, graded.message, graded.mistake) == (WRONG, "The exponents *add*.", 0), typed
    graded = grade(question, "a+a")
    assert (graded.verdict, graded.message, graded.mistake) == (WRONG, "", 2)
    assert grade(question, "a^m").mistake is None


def test_a_known_mistake_is_recognised_with_the_rounding_and_the_tolerance_of_the_question() -> None:
    rounded = asked("1/3", form="decimal:3", mistakes={"2/3": "The other one."})
    assert grade(rounded, "0.667").mistake == 0
    near = asked("100", tolerance="1%", mistakes={"200": "Twice as much."})
    assert grade(near, "201").mistake == 0
    assert grade(near, "100.5").verdict is RIGHT


def test_a_right_value_in_the_wrong_form_may_be_a_known_mistake_if_it_is_written_like_it() -> None:
    question = asked("3/4", form="lowest_terms", mistakes={"6/8": "Halve both.", "0.75": "A fraction was asked."})
    assert grade(question, "6/8") == Graded(WRONG_FORM, "Halve both.", "6/8", r"\frac{6}{8}", mistake=0)
    assert grade(question, "9/12").mistake is None
    assert grade(question, "3/4") == Graded(RIGHT, "", "3/4", r"\frac{3}{4}")


@pytest.mark.parametrize(
    ("typed", "expected", "says"),
    [
        ("-2x", "2*x", "Check the sign."),
        ("[-1, 2]", "[1, -2]", "Check the sign."),
        ("3/2", "2/3", "This is the reciprocal"),
        ("x/2", "2/x", "This is the reciprocal"),
        ("25", "1/4", "percent"),
        ("0.0025", "1/4", "percent"),
        ("[1, 2]", "[1, 2, 3]", "The answer has 3 elements, not 2."),
        ("[1, 2, 3]", "[1, 2]", "The answer has 2 elements, not 3."),
        ("5", "[2, 3]", "The answer is a vector with 2 elements, not one number."),
        ("[2, 3]", "5", "One number was asked for, not several."),
        ("[1, 2]", "[[1, 2], [3, 4]]", "The answer is a 2 × 2 matrix, not a vector with 2 elements."),
        ("[[1, 2, 3]]", "[[1, 2], [3, 4]]", "The answer has 2 rows and 2 columns, not 1 and 3."),
        ("[[1, 2], [3, 4], [5, 6]]", "[[1, 3, 5], [2, 4, 6]]", "Rows and columns are swapped."),
        ("[[1, 2], [3, 4]]", "[[1, 3], [2, 4]]", "Rows and columns are swapped."),
        ("[3, 1, 2]", "[1, 2, 3]", "These are the right elements, in another order."),
        ("[1, 2, 4]", "[1, 2, 3]", "1 of the 3 elements is wrong."),
        ("[1, 5, 4]", "[1, 2, 3]", ""),
        ("{1}", "{1, 2}", "What is there is right, but something is missing."),
        ("{1, 2, 3}", "{1, 2}", "Everything right is there, but also something else."),
        ("{1, 3}", "{1, 2}", ""),
        ("[0, 1]", "(0, 1]", "The ends are right; check which of them belong to it."),
        ("(0, 2]", "(0, 1]", ""),
        ("7", "5", ""),
        ("x+1", "2*x", ""),
    ],
)
def test_a_wrong_answer_gets_the_hint_of_a_tutor_if_there_is_one(typed: str, expected: str, says: str) -> None:
    graded = grade(asked(expected), typed)
    assert graded.verdict is WRONG
    assert says in graded.message
    assert bool(graded.message) == bool(says), graded.message
    assert graded.mistake is None


@pytest.mark.parametrize(
    ("typed", "expected", "verdict"),
    [
        ("0.333", "1/3", WRONG_FORM),
        ("0.33", "1/3", WRONG_FORM),
        ("0.3", "1/3", WRONG),
        ("0.334", "1/3", WRONG),
        ("0.125", "1/8", RIGHT),
        ("0.13", "1/8", WRONG_FORM),
        ("0", "10**(-20)", WRONG),
        ("0.00", "10**(-20)", WRONG),
        ("2.00", "2.001", WRONG_FORM),
        ("7", "e**2", WRONG),
        ("0.3", "0.1 + 0.2", RIGHT),
        ("3.14", "pi", WRONG_FORM),
        ("22/7", "pi", WRONG),
    ],
)
def test_without_a_form_only_the_exact_value_is_right_and_a_rounded_one_is_told_so(
    typed: str, expected: str, verdict: Verdict
) -> None:
    assert grade(asked(expected), typed).verdict is verdict


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
    ("typed", "verdict", "says"),
    [
        ("dot product", RIGHT, ""),
        ("The Dot-Product.", RIGHT, ""),
        ("scalar product", RIGHT, ""),
        ("dot prodcut", WRONG_FORM, "spelling"),
        ("cross product", WRONG, "That is a vector."),
        ("outer product", WRONG, ""),
        ("", UNREADABLE, ""),
        ("   ", UNREADABLE, ""),
    ],
)
def test_texts(typed: str, verdict: Verdict, says: str) -> None:
    question = asked(
        "dot product", takes=Takes.TEXT, also=("scalar product",), mistakes={"cross product": "That is a vector."}
    )
    graded = grade(question, typed)
    assert graded.verdict is verdict
    assert says in graded.message


@pytest.mark.parametrize(
    ("typed", "verdict"),
    [
        ("sum(xi*xi for xi in x)/len(x)", RIGHT),
        ("sum(v**2 for v in x) / len(x)", RIGHT),
        ("sum(x[i]*x[i] for i in range(len(x)))/len(x)", RIGHT),
        ("dot(x, x)/len(x)", RIGHT),
        ("sum(x)/len(x)", WRONG),
        ("sum(xi*xi for xi in x)", WRONG),
        ("sum(xi^2 for xi in x)/len(x)", UNREADABLE),
        ("__import__('os')", UNREADABLE),
    ],
)
def test_python_expressions_are_compared_by_value_and_never_run(typed: str, verdict: Verdict) -> None:
    question = asked("sum(xi*xi for xi in x)/len(x)", takes=Takes.PYTHON, symbols={"x": "vector"})
    assert grade(question, typed).verdict is verdict


@pytest.mark.parametrize(
    ("typed", "verdict"),
    [("y = 2x + 1", RIGHT), ("2x+1=y", RIGHT), ("y-2x=1", RIGHT), ("2y = 4x+2", RIGHT), ("y = 2x", WRONG)],
)
def test_equations_with_the_same_solutions_are_right(typed: str, verdict: Verdict) -> None:
    assert grade(asked("y = 2*x + 1"), typed).verdict is verdict


@pytest.mark.parametrize(
    ("typed", "verdict"),
    [
        ("(0, 1] ∪ {3}", RIGHT),
        ("{3} U (0;1]", RIGHT),
        ("0 < x <= 1 or x = 3", RIGHT),
        ("(0, 1) ∪ {3}", WRONG),
        ("(0, 1]", WRONG),
    ],
)
def test_sets_are_right_however_they_are_written(typed: str, verdict: Verdict) -> None:
    assert grade(asked("(0, 1] ∪ {3}"), typed).verdict is verdict


def test_a_decimal_comma_is_read_where_it_is_the_learners() -> None:
    question = asked("[1/2, 3]")
    assert grade(question, "[0,5; 3]", decimal_comma=True).verdict is RIGHT
    assert grade(question, "[0,5; 3]").verdict is not RIGHT
    assert grade(asked("1/3", form="decimal:2"), "0,33", decimal_comma=True).verdict is RIGHT


def test_an_author_who_asks_for_a_form_that_there_is_not_is_told() -> None:
    with pytest.raises(ValueError, match="there is no form 'roman'"):
        grade(asked("4", form="roman"), "4")


def test_reading_an_authors_answer_says_what_is_not_declared() -> None:
    with pytest.raises(UnreadableError, match="`q` is no symbol"):
        asked("q + 1")
