"""How an author's answer is read, and what its own shape says is to be typed."""

from __future__ import annotations

import pytest

from cards.answers.reading import read_expected, text_of
from cards.answers.types import Takes, UnreadableError

SYMBOLS = {"x": "real", "y": "real", "n": "integer", "v": "vector"}


@pytest.mark.parametrize(
    ("text", "takes", "read"),
    [
        ("n*x**(n-1)", Takes.EXPRESSION, "n*x^(n - 1)"),
        ("n x^(n-1)", Takes.EXPRESSION, "n*x^(n - 1)"),
        ("nx", Takes.EXPRESSION, "n*x"),
        ("2x", Takes.EXPRESSION, "2*x"),
        (r"\frac18", Takes.EXPRESSION, "1/8"),
        ("[4, 6]", Takes.EXPRESSION, "[4, 6]"),
        ("[[1, 2], [3, 4]]", Takes.EXPRESSION, "[[1, 2], [3, 4]]"),
        ("sum(x_i, i, 1, n)", Takes.EXPRESSION, "sum(x_i, i, 1, n)"),
        ("v_1 + v_2", Takes.EXPRESSION, "v_1 + v_2"),
        ("e**(i*pi)", Takes.EXPRESSION, "e^(i*pi)"),
        ("y == 2*x + 1", Takes.EQUATION, "y = 2*x + 1"),
        ("y = 2x + 1", Takes.EQUATION, "y = 2*x + 1"),
        ("{1, 2}", Takes.SET, "{1, 2}"),
        ("(0, 1]", Takes.SET, "(0, 1]"),
        ("[0, oo)", Takes.SET, "[0, oo)"),
        ("(0, 1)", Takes.SET, "(0, 1)"),
        ("(-oo, 0) ∪ (0, oo)", Takes.SET, "(-oo, 0) ∪ (0, oo)"),
        ("(-oo, 0) U (0, oo)", Takes.SET, "(-oo, 0) ∪ (0, oo)"),
        ("x > 0", Takes.SET, "x > 0"),
        ("0 < x <= 1", Takes.SET, "0 < x <= 1"),
        ("x != 0", Takes.SET, "x != 0"),
        ("x = 2 or x = -2", Takes.SET, "{2, -2}"),
        ("±2", Takes.SET, "{2, -2}"),
        ("∅", Takes.SET, "∅"),
        ("R", Takes.SET, "(-oo, oo)"),
        ("(x+1)*(x-1)", Takes.EXPRESSION, "(x + 1)*(x - 1)"),
        ("(x+1)(x-1)", Takes.EXPRESSION, "(x + 1)*(x - 1)"),
        ("(1, 2, 3)", Takes.EXPRESSION, "[1, 2, 3]"),
    ],
)
def test_an_answer_says_itself_what_is_to_be_typed(text: str, takes: Takes, read: str) -> None:
    value, found = read_expected(text, None, SYMBOLS)
    assert (found, text_of(value)) == (takes, read)


@pytest.mark.parametrize(
    ("text", "takes", "read"),
    [
        ("[0, 1]", Takes.SET, "[0, 1]"),
        ("5", Takes.SET, "{5}"),
        ("(1, 2)", Takes.EXPRESSION, "[1, 2]"),
        ("sum(xi*xi for xi in v)", Takes.PYTHON, "sum(xi*xi, xi, v)"),
        ("a row", Takes.TEXT, "a row"),
        ("x = 5", Takes.EXPRESSION, "5"),
    ],
)
def test_the_author_may_say_what_is_to_be_typed(text: str, takes: Takes, read: str) -> None:
    value, found = read_expected(text, takes, SYMBOLS)
    assert (found, text_of(value)) == (takes, read)


@pytest.mark.parametrize(
    ("text", "takes", "says"),
    [
        ("a + 1", None, "`a` is no symbol of this question; there are x, y, n and v"),
        ("2**(m_1+1)", None, "`m_1` is no symbol of this question; there are x, y, n and v"),
        ("2 +", None, "something is missing after +"),
        ("y > 2", Takes.EQUATION, "an equation is asked for, with = and not >"),
        ("y + 2", Takes.EQUATION, "an equation is asked for, and this has no ="),
        ("", None, "nothing was typed"),
    ],
)
def test_an_answer_that_cannot_be_read_is_said_to_be(text: str, takes: Takes | None, says: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_expected(text, takes, SYMBOLS)
    assert caught.value.message == says
