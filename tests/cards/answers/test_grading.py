from __future__ import annotations

import pytest

from cards.answers import (
    Graded,
    Takes,
    UnreadableError,
    Verdict,
    grade,
)
from tests.cards.answers.grading_tables import asked

RIGHT, WRONG_FORM, WRONG, UNREADABLE = Verdict.RIGHT, Verdict.WRONG_FORM, Verdict.WRONG, Verdict.UNREADABLE


def test_what_is_right_is_shown_as_it_was_read() -> None:
    graded = grade(asked("n*x**(n-1)"), "n x^(n-1)")
    assert graded == Graded(RIGHT, read_as="n*x^(n - 1)", latex="n x^{n - 1}")


def test_what_cannot_be_read_says_why_and_where() -> None:
    graded = grade(asked("2*x"), "2q")
    assert graded.verdict is UNREADABLE
    assert graded.message.startswith("`q` is no symbol of this question; there are x, ")
    assert graded.message.endswith(".")
    assert (graded.at, graded.read_as, graded.latex) == (1, "", "")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Nothing was typed."),
        ("2x2", "x2 could be a power or a product; write x^2 or x*2."),
        ("x 2", "x 2 could be a power or a product; write x^2 or x*2."),
        ("a 2", "a 2 could be a power or a product; write a^2 or a*2."),
        ("(x", "A closing parenthesis ) is missing at the end."),
        (":2", "An answer cannot begin with :."),
        ("√", "A number is missing after √."),
        ("≤2", "An answer cannot begin with ≤."),
        ("2q", "`q` is no symbol of this question; there are x, y, a, n and m."),
    ],
)
def test_what_is_said_begins_with_a_capital_unless_it_begins_with_what_was_typed(typed: str, says: str) -> None:
    assert grade(asked("2*x"), typed).message == says


@pytest.mark.parametrize("typed", ["0.(3)", "0.333...", "0.3̅", r"1\x", "1 3", "0,3"])
def test_what_could_be_taken_for_something_else_is_not_read(typed: str) -> None:
    assert grade(asked("1/3"), typed).verdict is UNREADABLE


def test_an_ambiguous_answer_that_would_be_right_if_read_otherwise_is_told_its_parentheses() -> None:
    graded = grade(asked("1/(2*x)", mistakes={"x/2": "It is below the line."}), "1/2x")
    assert graded.verdict is WRONG
    assert "It was read as `(1/2)*x`" in graded.message
    assert "`1/(2*x)`" in graded.message
    assert "parentheses" in graded.message
    assert grade(asked("x/2"), "1/2x").verdict is RIGHT
    assert grade(asked("3*x"), "1/2x").message == ""
    assert "`cos(x)*(x + 1)`" in grade(asked("(x+1)*cos(x)"), "cos x (x+1)").message
    assert grade(asked("2"), "log 100").message.endswith("If you meant the base 10, write lg.")
    assert grade(asked("2*e - 3"), "2e-3").message.endswith("If you meant `2*e - 3`, write it so.")


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
    assert grade(question, "0.750").mistake is None
    same_by_chance = asked("1/2", form="lowest_terms", mistakes={"1 - 1/2": "", "1/2": "Never told."})
    assert grade(same_by_chance, "0.5").mistake is None
    assert grade(question, "3/4") == Graded(RIGHT, "", "3/4", r"\frac{3}{4}")


@pytest.mark.parametrize(
    ("typed", "expected", "told"),
    [
        ("0.333", "1/3", True),
        ("0.33", "1/3", True),
        ("0.3", "1/3", False),
        ("0.334", "1/3", False),
        ("0.13", "1/8", True),
        ("0", "10**(-20)", False),
        ("0.00", "10**(-20)", False),
        ("2.00", "2.001", True),
        ("7", "e**2", False),
        ("3.14", "pi", True),
        ("0.666", "2/3", True),
        ("-0.666", "-2/3", True),
        ("0.6", "2/3", False),
        ("0.665", "2/3", False),
        ("-0.66", "2/3", False),
        ("22/7", "pi", False),
    ],
)
def test_a_rounded_value_is_told_so_and_has_the_wrong_form_only_where_exactness_is_asked_for(
    typed: str, expected: str, told: bool
) -> None:
    plain, exact = grade(asked(expected), typed), grade(asked(expected, form="exact"), typed)
    assert plain.verdict is WRONG
    assert exact.verdict is (WRONG_FORM if told else WRONG)
    assert ("but the exact value was asked for" in plain.message) == told
    assert plain.message == exact.message


@pytest.mark.parametrize(("typed", "expected"), [("0.125", "1/8"), ("0.3", "0.1 + 0.2")])
def test_a_decimal_of_the_exact_value_is_right(typed: str, expected: str) -> None:
    assert grade(asked(expected), typed).verdict is RIGHT


def test_a_known_mistake_that_the_right_value_happens_to_round_to_is_a_mistake_unless_it_is_one_of_rounding() -> None:
    question = asked("1.004", mistakes={"1": "You forgot the rest."})
    assert grade(question, "1.00") == Graded(WRONG, "You forgot the rest.", "1.00", "1.00", mistake=0)
    question = asked("1/3", mistakes={"0.33": "A third has no end."})
    assert grade(question, "0.33") == Graded(WRONG, "A third has no end.", "0.33", "0.33", mistake=0)
    question = asked("1/3", form="exact", mistakes={"0.33": "A third has no end."})
    assert grade(question, "0.33") == Graded(WRONG_FORM, "A third has no end.", "0.33", "0.33", mistake=0)


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
        ("x @ x / len(x)", RIGHT),
        ("max()", UNREADABLE),
        ("ln()", UNREADABLE),
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
        ("x^2 <= x and x != 0 or x = 3", WRONG_FORM),
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
