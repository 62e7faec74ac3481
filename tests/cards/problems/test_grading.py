from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from cards.answers import Verdict
from cards.findings import DeckError
from cards.model import ProblemNote
from cards.problems import draw
from tests.cards.problems.problem import grade_typed, written

CHOICE = written(r"""
    given: {n: 3..9}
    symbols: {x: real}
    front: The derivative of $x^{\val{n}}$
    answer: n*x**(n - 1)
    choose: true
    mistakes: [{answer: x**(n - 1), hint: 'Where is the \val{n}?'}, {answer: n*x**n}, {answer: (n - 1)*x**n}]
""")
POWER = written(r"""
    given: {a: 2..9, m: 2..5, n: 2..5}
    where: [m + n != m*n]
    front: Write $\val{a}^{\val{m}} \val{a}^{\val{n}}$ as one power.
    answer: a**(m + n)
    form: power
    mistakes: [{answer: a**(m*n), hint: 'You multiplied \val{m} and \val{n}.'}]
""")


@given(st.integers())
def test_a_known_mistake_is_told_with_the_numbers(seed: int) -> None:
    a, m, n = (str(draw(POWER, seed).values[name]) for name in "amn")
    assert grade_typed(POWER, seed, f"{a}^({m}+{n})").verdict in (Verdict.RIGHT, Verdict.WRONG_FORM)
    assert grade_typed(POWER, seed, f"{a}^{int(m) + int(n)}").verdict is Verdict.RIGHT
    graded = grade_typed(POWER, seed, f"{a}^{int(m) * int(n)}")
    assert (graded.verdict, graded.message, graded.mistake) == (Verdict.WRONG, f"You multiplied ${m}$ and ${n}$.", 0)


@given(st.integers())
def test_one_choice_is_right_and_the_others_are_the_mistakes(seed: int) -> None:
    made = draw(CHOICE, seed)
    assert [choice.key for choice in made.choices] == ["a", "b", "c", "d"]
    graded = {choice: grade_typed(CHOICE, seed, choice.key) for choice in made.choices}
    assert [choice.markdown for choice, one in graded.items() if one.verdict is Verdict.RIGHT] == [made.answer_markdown]
    assert sorted(one.mistake for one in graded.values() if one.mistake is not None) == [0, 1, 2]
    hints = {one.mistake: one.message for one in graded.values()}
    assert hints == {None: "", 0: f"Where is the ${made.values['n']}$?", 1: "", 2: ""}


def test_every_order_of_the_choices_is_as_likely() -> None:
    orders = Counter(tuple(choice.mistake for choice in draw(CHOICE, seed).choices) for seed in range(2400))
    assert len(orders) == 24
    assert min(orders.values()) > 60
    assert max(orders.values()) < 140


@pytest.mark.parametrize("typed", ["", "e", "ab", "3x^2", "\x00"])
def test_what_is_no_key_is_no_choice(typed: str) -> None:
    graded = grade_typed(CHOICE, 0, typed)
    assert (graded.verdict, graded.message) == (Verdict.UNREADABLE, "Choose one of the answers: a, b, c or d.")


def test_a_key_may_have_a_bracket_and_be_large() -> None:
    right = next(choice.key for choice in draw(CHOICE, 5).choices if choice.right)
    for typed in (right.upper(), f" {right}) ", f"({right})"):
        assert grade_typed(CHOICE, 5, typed).verdict is Verdict.RIGHT


def test_symbols_of_the_section_may_be_typed() -> None:
    note = written("given: {a: 2..3}\nfront: '\\val{a}'\nanswer: a*t", symbols="{t: real}")
    assert grade_typed(note, 1, f"t*{draw(note, 1).values['a']}").verdict is Verdict.UNREADABLE
    graded = grade_typed(note, 1, f"t*{draw(note, 1).values['a']}", symbols=[("t", "real")])
    assert graded.verdict is Verdict.RIGHT


def test_decimals_may_have_a_comma() -> None:
    note = written("given: {a: 0.5..2.5}\nfront: '\\val{a}'\nanswer: a + 1")
    text = draw(note, 1).answer_text.replace(".", ",")
    assert grade_typed(note, 1, text, decimal_comma=True).verdict is Verdict.RIGHT


OPERATIONS = st.sampled_from(["{} + {}", "{} - {}", "{}*{}", "({})/({})", "({})**2 + {}", "sqrt({}) + {}"])


@st.composite
def answers(draw_from: st.DrawFn) -> str:
    expr = draw_from(st.sampled_from(["a", "b", "v_1", "x", "3"]))
    for _ in range(draw_from(st.integers(1, 3))):
        expr = draw_from(OPERATIONS).format(f"({expr})", draw_from(st.sampled_from(["a", "b", "v[1]", "x", "2"])))
    return expr


@given(answers(), st.integers(0, 10**6))
def test_the_answer_that_is_shown_is_right_when_it_is_typed(answer: str, seed: int) -> None:
    note: ProblemNote = written(f"""
        given: {{a: 2..9, b: [1/2, 0.25, 3], v: 1..5 size 2}}
        symbols: {{x: positive}}
        front: \\val{{a}} \\val{{b}} \\val{{v}}
        answer: "{answer}"
    """)
    try:
        made = draw(note, seed)
    except DeckError:
        reject()  # the root of a negative number
    if made.parts.answer.exact:
        assert grade_typed(note, seed, made.answer_text).verdict is Verdict.RIGHT, made.answer_text
        assert grade_typed(note, seed, made.answer_latex).verdict is Verdict.RIGHT, made.answer_latex
    else:
        assert made.answer_latex.startswith(r"\approx")
