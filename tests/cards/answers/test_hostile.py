from __future__ import annotations

import warnings
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.hostile import CORPUS, Asked, answers, questions
from cards.answers import LONGEST, Graded, Question, Takes, UnreadableError, Verdict, grade, read

ASKED = questions()
SHARE = 4000
"""Answers tried here. `python -m benchmarks --only grade` tries 100,000 and measures them."""


def check(asked: Asked, typed: str) -> Graded:
    """Grade an answer and check what holds for each."""
    for decimal_comma in (False, True):
        graded = grade(asked.question, typed, decimal_comma=decimal_comma)
        assert (graded.verdict is Verdict.UNREADABLE) == (graded.at is not None)
        if graded.verdict is Verdict.UNREADABLE:
            assert graded.message
            assert graded.at is not None
            assert 0 <= graded.at <= max(len(typed), LONGEST)
        else:
            assert graded.read_as
        assert graded.verdict is not Verdict.RIGHT or not graded.message
        assert len(graded.message) < 1000
    return graded


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked.right[0])
def test_everything_that_somebody_thought_of_gets_a_verdict_from_every_question(asked: Asked) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for typed in CORPUS:
            check(asked, typed)


def test_thousands_of_random_mutated_nested_and_huge_answers_each_get_a_verdict() -> None:
    corpus = len(CORPUS) * len(ASKED)
    for asked, typed in islice(answers(1, corpus + SHARE, ASKED), corpus, None):
        check(asked, typed)


@given(st.sampled_from(ASKED), st.text(max_size=80))
@settings(max_examples=300)
def test_any_text_gets_a_verdict(asked: Asked, typed: str) -> None:
    check(asked, typed)


@given(st.sampled_from(ASKED), st.text(alphabet="x1.+-*/^()[]{}|,=<√²e \\", max_size=40))
@settings(max_examples=300)
def test_any_run_of_mathematical_signs_gets_a_verdict(asked: Asked, typed: str) -> None:
    check(asked, typed)


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked.right[0])
def test_the_right_answer_of_each_question_is_right_by_value(asked: Asked) -> None:
    for typed in asked.right:
        verdict = grade(asked.question, typed).verdict
        assert verdict in (Verdict.RIGHT, Verdict.WRONG_FORM), (typed, verdict)


def test_the_line_that_shows_how_an_answer_was_read_is_right_where_that_answer_is() -> None:
    tried = 0
    for asked, typed in islice(answers(2, 10**6, ASKED), len(CORPUS) * len(ASKED), len(CORPUS) * len(ASKED) + 1500):
        question = asked.question
        if question.takes is not Takes.EXPRESSION:
            continue
        try:
            reading = read(typed, question.takes, question.symbols)
        except UnreadableError:
            continue
        itself = Question(reading.value, question.takes, question.symbols)
        shown = reading.text.removesuffix(f" {reading.unit}") if reading.unit else reading.text
        if len(shown) <= LONGEST:
            tried += 1
            assert grade(itself, shown).verdict is Verdict.RIGHT, (typed, shown)
    assert tried > 200
