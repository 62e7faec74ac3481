from __future__ import annotations

from dataclasses import replace

import pytest

from cards.problems.check import check_problem
from cards.problems.choosing import listed
from cards.problems.draw import instance
from cards.problems.trivial import why_trivial
from tests.cards.problems.problem import written


def reasons(given: str, answer: str, more: str = "", front: str = "") -> set[str]:
    """Why the instances are trivial; an empty text for those that are not."""
    front = front or r"\val{a} \val{b}"
    note = written(f"given: {{{given}}}\nfront: '{front}'\nanswer: '{answer}'\n{more}")
    return {why_trivial(instance(note, drawn).parts) for drawn in listed(note)}


@pytest.mark.parametrize(
    ("given", "answer", "reason"),
    [
        ("a: 5, b: [0]", "a + b", "`b` is 0"),
        ("a: 5, b: [0]", "b + a", "`b` is 0"),
        ("a: 5, b: [0]", "a - b", "`b` is 0"),
        ("a: 5, b: [0]", "b - a", ""),
        ("a: 5, b: [1]", "a*b", "`b` is 1"),
        ("a: 5, b: [1]", "b*a", "`b` is 1"),
        ("a: 5, b: [0]", "a*b", "`b` is 0"),
        ("a: 5, b: [1]", "a/b", "`b` is 1"),
        ("a: 5, b: [1]", "b/a", ""),
        ("a: 5, b: [0]", "b/a", "`b` is 0"),
        ("a: 5, b: [0]", "a**b", "the exponent `b` is 0"),
        ("a: 5, b: [1]", "a**b", "the exponent `b` is 1"),
        ("a: 5, b: [1]", "b**a", "the base `b` is 1"),
        ("a: 5, b: [0]", "b**a", "the base `b` is 0"),
        ("a: 5, b: [1]", "-a**b", "the exponent `b` is 1"),
        ("a: 5, b: [1]", "2*b", ""),
        ("a: 5, b: [0]", "a + 2*b + 1", ""),
        ("a: 5, b: [0]", "a*2 + b", ""),
        ("a: 5, b: [0]", "max(a, b)", ""),
        ("a: [4], b: [4]", "a - b", ""),
        ("a: 2..3 size 2, b: [0]", "a + [b, b]", "`[b, b]` is 0"),
    ],
)
def test_an_operation_on_two_drawn_numbers_that_does_nothing_is_trivial(given: str, answer: str, reason: str) -> None:
    assert reasons(given, answer) == {reason}


@pytest.mark.parametrize(
    ("given", "answer", "reason"),
    [
        ("a: 5, m: [0], n: 3", "a**(m + n)", "`m` is 0"),
        ("a: 5, m: [2], n: [1]", "a**(m - n)", "the exponent `m - n` is 1"),
        ("a: 5, m: [2], n: [1]", "a**(m + n)", ""),
        ("a: 5, m: [2], n: [1]", "exp(m - n)", "the exponent `m - n` is 1"),
        ("a: 5, m: [1], n: [3]", "exp(m*n)", "`m` is 1"),
    ],
)
def test_what_is_left_as_a_power_has_its_exponent_for_an_answer(given: str, answer: str, reason: str) -> None:
    front = r"$\val{a}^\val{m}$ \val{n}"
    assert reasons(given, answer, "form: power", front) == {reason}


@pytest.mark.parametrize(
    ("front", "answer", "more", "reason"),
    [
        (r"What is $\val{a + b}$?", "a + b", "", "the answer stands in the question as it is"),
        (r"What is $\val{a}$?", "a", "", "the answer stands in the question as it is"),
        (r"What is \val{a}?", "a", "", "the answer stands in the question as it is"),
        (r"What is $\ln(e^{\val{a}})$?", "a", "", ""),
        (r"What is $\val{a + b} + 1$?", "a + b + 1", "", ""),
        (r"Write $\val{a**2}$ as a power.", "a**2", "form: power", ""),
        (r"Write $\val{c}$.", "a + b", "let: {c: a + b}", "the answer stands in the question as it is"),
    ],
)
def test_an_answer_that_the_question_shows_is_trivial(front: str, answer: str, more: str, reason: str) -> None:
    assert reasons("a: 5, b: [3]", answer, more, front) == {reason}


@pytest.mark.parametrize(
    ("given", "answer", "reason"),
    [
        ("v: '0 size 2'", "dot(v, v)", "`v` is all zeros"),
        ("v: '0 size 2x2'", "v[0][0]", "`v` is all zeros"),
        ("v: '1 size 2'", "dot(v, v)", ""),
        ("a: 2..3, v: '1 size 1x1'", "a*v[0][0]", "`v[0][0]` is 1"),
        ("k: [1], a: 2..3, b: 4..5", "[k*a, k*b]", "`k` is 1"),
        ("k: [2], a: [1], b: [1]", "[k*a, k*b]", ""),
        ("a: 2..3, b: 4..5, c: [0], d: [0]", "[a + c, b + d]", "`c` is 0"),
        ("a: 2..3, b: [0], c: [0], d: 4..5", "[a + c, b + d]", ""),
    ],
)
def test_vectors_are_trivial_only_as_a_whole(given: str, answer: str, reason: str) -> None:
    names = [part.split(":")[0].strip() for part in given.split(", ")]
    assert reasons(given, answer, front=" ".join(rf"\val{{{name}}}" for name in names)) == {reason}


def test_an_identity_matrix_is_trivial() -> None:
    note = written("given: {A: 0..1 size 2x2}\nfront: '\\val{A}'\nanswer: 'A[0][1] + 2'")
    found = {str(instance(note, drawn).values["A"]): why_trivial(instance(note, drawn).parts) for drawn in listed(note)}
    assert sorted(why for why in found.values() if why) == ["`A` is all zeros", "`A` is the identity matrix"]


def test_trivial_instances_are_counted_and_can_be_allowed() -> None:
    note = written("given: {a: 2..9, b: 0..4}\nfront: '$\\val{a} + \\val{b}$'\nanswer: a + b")
    (finding,) = check_problem(note)
    assert finding.code == "problem-trivial"
    assert (
        finding.message == "There is nothing to work out: with a = 2, b = 0, `b` is 0. So it is in 8 of 40 instances."
    )
    assert check_problem(replace(note, allow=("trivial",))) == []
