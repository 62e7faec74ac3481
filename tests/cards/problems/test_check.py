from __future__ import annotations

import pytest

from cards.findings import Severity
from cards.problems.check import check_problem
from tests.cards.problems.problem import written

# What a problem says, where it is wrong, with which code, and words of the message.
WRONG = [
    (
        r"""
        given: {a: 2..5, b: 3..6}
        symbols: {x: real}
        front: \val{a} \val{b}
        answer: (-oo, 0) ∪ (a, b]
     """,
        "10:13",
        "problem-value",
        "The interval from 3 to 3 holds no number (with a = 3, b = 3)",
    ),
    (
        r"""
        given: {x_1: 2..5, x: 1..3 size 2}
        front: \val{x_1} \val{x}
        answer: x_1 + x_2
     """,
        "7:24",
        "problem-given",
        "`x_1`, an element of `x`, has values already",
    ),
    (
        r"""
        given: {a: 2..5, b: 2..5}
        front: \val{a} \val{b}
        answer: a + b == 5
     """,
        "9:13",
        "problem-answer",
        "has no symbol",
    ),
    (
        r"""
        given: {a: 2..5, b: 2..5}
        symbols: {x: real}
        front: \val{a} \val{b}
        answer: a < b
     """,
        "10:13",
        "problem-answer",
        "has no symbol",
    ),
    (
        r"""
        given: {a: 2..5, b: 2..5}
        front: \val{a} \val{b}
        answer: a + b
        tolerance: 100%
     """,
        "9:13",
        "problem-tolerance",
        "would make 0 a right answer",
    ),
    (
        r"""
        given: {a: 2..5, b: 2..5}
        front: \val{a} \val{b}
        answer: a + b
        form: power
     """,
        "9:13",
        "problem-value",
        "`a + b` is not written as one power",
    ),
    (
        r"""
        given: {a: 2..5, b: 1..5}
        front: \val{a} \val{b}
        answer: sqrt(a + b)
        form: lowest_terms
     """,
        "9:13",
        "problem-value",
        "`sqrt(3)` is no fraction",
    ),
    (
        r"""
        given: {a: 2..5, a_1: 1..2, v: 1..3 size 2, v_1: 2..3}
        front: \val{a} \val{a_1} \val{v} \val{v_1}
        answer: a + a_1 + v_1
     """,
        "7:49",
        "problem-given",
        "`v_1` is an element of `v` already",
    ),
    (
        r"""
        given: {a: 2..5}
        let: {a: a + 1}
        front: \val{a}
        answer: a + 1
     """,
        "8:11",
        "problem-given",
        "`a` has values already",
    ),
    (
        r"""
        given: {f: {expressions: [x + b, x]}, b: 2..3}
        symbols: {x: real}
        front: \val{f} \val{b}
        answer: f + b
     """,
        "7:35",
        "problem-name",
        "`b` gets its values only later",
    ),
    (
        r"""
        given: {f: {expressions: [x + c, x]}}
        symbols: {x: real}
        front: \val{f}
        answer: f + 1
     """,
        "7:35",
        "problem-name",
        "`c` is neither drawn nor declared",
    ),
    (
        r"""
        given: {f: {expressions: [x, x]}}
        symbols: {x: real}
        front: \val{f}
        answer: f + 1
     """,
        "7:34",
        "problem-given",
        "given x twice",
    ),
    (
        r"""
        given: {a: 2..5}
        let: {b: c + a, c: b*2}
        front: \val{a}
        answer: b
     """,
        "8:11",
        "problem-let",
        "worked out from itself (b → c → b)",
    ),
    (
        r"""
        given: {a: 2..5}
        let: {b: a/(a - 3)}
        front: \val{a}
        answer: b
     """,
        "8:17",
        "problem-value",
        "Division by zero (with a = 3)",
    ),
    (
        r"""
        given: {w: {texts: [row, column]}}
        front: \val{w}
        answer: w + 1
     """,
        "9:13",
        "problem-name",
        "`w` is a text",
    ),
    (
        r"""
        given: {w: {texts: [row, column]}, n: 2..3}
        where: [w != n]
        front: \val{w} \val{n}
        answer: n + 1
     """,
        "8:13",
        "problem-name",
        "`w` is a text",
    ),
    (
        r"""
        given: {a: 2..5}
        front: \val{a} is even?
        answer: even
     """,
        "9:13",
        "problem-name",
        "`even` is neither drawn nor declared",
    ),
    (
        r"""
        given: {a: 2..5}
        front: \val{a}
        answer: y == a*x = 3
        symbols: {x: real, y: real}
     """,
        "9:22",
        "problem-syntax",
        "An equation has one =",
    ),
    (
        r"""
        given: {a: 2..5}
        front: \val{a}
        answer: "{a, b}"
     """,
        "9:18",
        "problem-name",
        "`b` is neither drawn nor declared",
    ),
    (
        r"""
        given: {a: 2..5}
        front: \val{a}
        answer: a + 1
        mistakes: [{answer: a == 1, hint: No.}]
     """,
        "10:25",
        "problem-answer",
        "This is an equation, and the answer is an expression",
    ),
    (
        r"""
        given: {a: 2..5}
        front: \val{a}
        answer: a + 1
        mistakes: [{answer: a + b, hint: No.}]
     """,
        "10:29",
        "problem-name",
        "`b`",
    ),
    (
        r"""
        given: {a: 2..5}
        front: \val{a}
        answer: a + 1
        mistakes: [{answer: a - 1, hint: 'Not \val{c}.'}]
     """,
        "10:48",
        "problem-name",
        "`c`",
    ),
    (
        r"""
        given: {a: 2..5}
        front: \val{a}
        answer: a + 1
        mistakes: [{answer: 1/(a - 4), hint: No.}]
     """,
        "10:28",
        "problem-value",
        "Division by zero (with a = 4)",
    ),
    (
        r"""
        given: {a: 2..5}
        front: $e^{\val{a}}$
        answer: exp(a)
        form: decimal:2
        mistakes: [{answer: exp(a), hint: No.}]
     """,
        "11:25",
        "problem-mistake",
        "the right answer in every instance",
    ),
    (
        r"""
        given: {a: 2..5}
        front: \val{a}
        answer: a + 1
        mistakes: [{answer: 1 + a, hint: No.}]
     """,
        "10:25",
        "problem-mistake",
        "the right answer in every instance",
    ),
    (
        r"""
        given: {a: 2..5}
        front: \val{a} more than one?
        takes: text
        answer: many
        form: power
     """,
        "10:13",
        "problem-form",
        "a text has no form",
    ),
    (
        r"""
        given: {a: 2..5}
        front: \val{a}
        answer: a + 1
        tolerance: a little
     """,
        "9:13",
        "problem-tolerance",
        "'a little' is no tolerance",
    ),
    (
        r"""
        given: {a: 2..5}
        front: \val{a}
        answer: 1/a
        tolerance: 1%
        form: lowest_terms
     """,
        "9:13",
        "problem-tolerance",
        "asks for the exact value",
    ),
    (
        r"""
        given: {a: 2..5}
        front: \val{a}
        answer: "{1, a}"
        tolerance: 1%
     """,
        "9:14",
        "problem-tolerance",
        "a set has no tolerance",
    ),
    (
        r"""
        given: {a: 2..5}
        front: \val{a}
        answer: a + 1
        unit: m//s!
     """,
        "9:13",
        "problem-unit",
        "'m//s!' cannot be read",
    ),
    (
        r"""
        given: {a: 2..5}
        front: \val{a}
        answer: a + 1
        also: [one more]
     """,
        "10:12",
        "problem-also",
        "only texts have others",
    ),
    (
        r"""
        given: {a: 2..5}
        front: \val{a}
        answer: a + 1
        choose: true
     """,
        "9:13",
        "problem-choose",
        "nothing to choose but the answer",
    ),
    (
        r"""
        given: {a: 2..5}
        front: \val{a}
        answer: a + 1
        choose: true
        mistakes: [{answer: a}, {answer: a + 2}, {answer: a + 3}, {answer: a + 4}, {answer: a + 5}, {answer: a + 6}]
     """,
        "11:106",
        "problem-choose",
        "7 answers to choose from; at most 6",
    ),
    (
        r"""
        given: {a: 2..5}
        front: \val{a}
        answer: a + 1
        choose: true
        unit: m
        mistakes: [{answer: a}]
     """,
        "9:13",
        "problem-unit",
        "chosen, not typed",
    ),
    (
        r"""
        given: {a: 2..5}
        front: \val{a}
        answer: a + 1
        choose: true
        mistakes: [{answer: a}, {answer: 2*a - 3}]
     """,
        "11:38",
        "problem-mistake",
        "the right answer, such as with a = 4",
    ),
    (
        r"""
        given: {a: 2..5}
        front: \val{a}
        answer: a + 1
        choose: true
        mistakes: [{answer: a}, {answer: 2*a - 2}]
     """,
        "9:13",
        "problem-choose",
        "Two answers to choose from are $2$, such as with a = 2",
    ),
    (
        r"""
        given: {a: 2..5}
        front: \val{a}
        answer: sqrt(a)*exp(a)/(1 + exp(-a))
     """,
        "9:13",
        "problem-inexact",
        "is shown rounded, 9.2",
    ),
    (
        r"""
        given: {a: 2..50, b: 2..50, c: 2..50, d: 2..50}
        where: ["a + b == c + d + 70"]
        front: \val{a} \val{b} \val{c} \val{d}
        answer: a + b + c + d
     """,
        "8:14",
        "problem-constraint",
        "Only about one in",
    ),
    (
        r"""
        given: {p: 1..3 size 4}
        where: [sum(p) == 30]
        front: \val{p}
        answer: p_1 + p_2
     """,
        "8:13",
        "problem-constraint",
        "No combination",
    ),
    (
        r"""
        given: {a: 2..5}
        front: Next?
        snippet: {code: 'print(\val{a + b})', prints: '\val{a + 1}'}
        answer: a + 1
     """,
        "9:37",
        "problem-name",
        "`b`",
    ),
    (
        r"""
        given: {a: 2..5}
        front: Next?
        snippet:
          code: |
            x = \val{a}
            print(x +
          prints: \val{a + 1}
        answer: a + 1
     """,
        "12:9",
        "problem-snippet",
        "not Python",
    ),
    (
        r"""
        given: {a: 2..5}
        front: Next?
        snippet: {code: 'print(\answer)', prints: '\answer'}
        answer: \val{a} + 1
        takes: text
     """,
        "9:48",
        "problem-snippet",
        "stands in what is printed",
    ),
]


@pytest.mark.parametrize(("keys", "place", "code", "words"), WRONG, ids=[row[3] or row[1] for row in WRONG])
def test_what_is_wrong_is_told_with_its_place(keys: str, place: str, code: str, words: str) -> None:
    found = check_problem(written(keys))
    assert (place, code) in [(f"{each.where.line}:{each.where.column}", each.code) for each in found], found
    assert any(words in each.message for each in found if each.code == code)
    assert all(each.message[0].isupper() or each.message[0] in "`'" for each in found)


RIGHT = {
    "vectors": r"""
        given: {p: 0.1..0.8 step 0.1 size 3}
        where: [sum(p) == 1]
        front: Is $\val{p}$ a distribution, and what is the sum of the first two?
        answer: p_1 + p[1]
    """,
    "the chain rule": r"""
        given:
          outer: {expressions: [u**3, exp(u), ln(u)]}
          inner: {expressions: [2*x + 1, x**2 + 1]}
        symbols: {x: positive, u: positive}
        front: Differentiate $\val{at(outer, u, inner)}$.
        answer: diff(at(outer, u, inner), x)
        mistakes:
          - {answer: 'diff(outer, u, inner)', hint: 'Times the inner derivative, $\val{diff(inner, x)}$.'}
          - {answer: 'at(diff(outer, u), u, diff(inner, x))', hint: The inner function stays inside.}
    """,
    "an equation": r"""
        given: {a: 2..9, b: 2..5}
        where: [a != b]
        symbols: {x: real, y: real}
        front: The line with slope \val{a} through $(0, \val{b})$
        answer: y == a*x + b
        mistakes: [{answer: y == b*x + a, hint: You swapped them.}]
    """,
    "sets": r"""
        given: {a: 2..9}
        symbols: {x: real}
        front: For which $x$ is $x^2 > \val{a**2}$?
        answer: (-oo, -a) ∪ (a, oo)
        mistakes: [{answer: x > a, hint: 'Negative numbers, too.'}]
    """,
    "texts": r"""
        given: {w: {texts: [row, column]}, n: 2..4}
        front: Which is the \val{w} number \val{n} called?
        takes: text
        answer: '\val{w} \val{n}'
        also: ['\val{n}']
    """,
    "python": r"""
        given: {i: 2..4}
        symbols: {x: vector}
        front: The squares, summed and divided by \val{i}
        takes: python
        answer: sum(xi*xi for xi in x)/i
        mistakes: [{answer: sum(x)/i, hint: Square each of them.}]
    """,
    "a rounded answer": r"""
        given: {z: -2..2 size 3}
        where: ["z_1 != z_2", "z != [0, 0, 0]"]
        front: The softmax of $\val{z}$
        answer: softmax(z)
        form: decimal:2
    """,
    "a tolerance and a unit": r"""
        given: {t: 2..9}
        front: How fast is a stone after \val{t} seconds?
        answer: 9.81*t
        unit: m/s
        tolerance: 2%
    """,
    "a choice": r"""
        given: {n: 3..9}
        symbols: {x: real}
        front: The derivative of $x^{\val{n}}$
        answer: n*x**(n - 1)
        choose: true
        mistakes: [{answer: x**(n - 1), hint: Where is the factor?}, {answer: n*x**n}, {answer: (n - 1)*x**n}]
    """,
    "a fixed question": r"""
        front: What is $2^{10}$?
        answer: 2**10
        mistakes: [{answer: "20", hint: You multiplied.}]
    """,
    "a snippet to complete": r"""
        given: {a: 2..5}
        front: Complete the line, so that it prints the square.
        snippet: {code: "x = \\val{a}\nprint(\\answer)", prints: '\val{a**2}'}
        symbols: {x: real}
        takes: python
        answer: x*x
        allow: [same-answer]
    """,
    "what is the same by intention": r"""
        given: {a: 2..9}
        front: What is $\val{a}^0$?
        answer: a**0
        allow: [same-answer, trivial]
    """,
}


@pytest.mark.parametrize("keys", RIGHT.values(), ids=RIGHT)
def test_what_is_right_is_not_complained_about(keys: str) -> None:
    assert check_problem(written(keys)) == []


def test_a_mistake_that_is_mostly_right_is_remarked_on() -> None:
    note = written(r"""
        given: {a: -3..9}
        where: [a != 0]
        front: What is $|\val{a}|$?
        answer: abs(a)
        mistakes: [{answer: a, hint: Without the sign.}]
    """)
    (finding,) = check_problem(note)
    assert (finding.code, finding.severity) == ("problem-mistake", Severity.LINT)
    assert "the right answer in 9 of 12 instances, such as with a = " in finding.message


def test_a_mistake_may_be_the_right_value_in_a_form_that_was_not_asked_for() -> None:
    keys = r"""
        given: {a: 2..9}
        symbols: {x: real}
        front: Factor out what the terms of $x^2 + \val{a} x$ have in common.
        answer: x*(x + a)
        form: factored
        mistakes: [{answer: x**2 + a*x, hint: That is where you began.}]
    """
    assert check_problem(written(keys)) == []
    (finding,) = check_problem(written(keys.replace("answer: x**2 + a*x", "answer: x*(x + a)")))
    assert "the right answer in every instance" in finding.message


def test_a_mistake_that_another_hides_is_remarked_on() -> None:
    note = written(r"""
        given: {a: 2..9}
        front: What is $\val{a}^2$?
        answer: a**2
        mistakes: [{answer: 2*a, hint: Doubled.}, {answer: a + a, hint: Added.}]
    """)
    (finding,) = check_problem(note)
    assert finding.severity is Severity.LINT
    assert "never told" in finding.message
    assert (finding.where.line, finding.where.column) == (10, 56)


def test_a_mistake_without_a_hint_is_remarked_on_unless_it_is_to_be_chosen() -> None:
    note = written(r"""
        given: {a: 3..9}
        front: What is $\val{a}^2$?
        answer: a**2
        mistakes: [{answer: 2*a}]
    """)
    assert [(each.code, each.severity) for each in check_problem(note)] == [("problem-hint", Severity.LINT)]


def test_an_answer_that_most_questions_have_is_remarked_on() -> None:
    note = written(r"""
        given: {a: -9..3}
        where: [a != 0]
        front: What is $\max(0, \val{a})$?
        answer: max(0, a)
    """)
    (finding,) = check_problem(note)
    assert (finding.code, finding.severity) == ("problem-one-answer", Severity.LINT)
    assert finding.message == "The answer is 0 for 9 of 12 questions."


def test_more_mistakes_than_anybody_can_tell_apart_are_refused_at_once() -> None:
    mistakes = ", ".join(f"{{answer: a + {number}, hint: No.}}" for number in range(2, 1002))
    note = written(f"given: {{a: 2..9}}\nfront: \\val{{a}}\nanswer: 1 + 2*a\nmistakes: [{mistakes}]")
    (finding,) = check_problem(note)
    assert (finding.code, finding.message) == ("problem-mistake", "There are 1000 mistakes; at most 30 are told apart.")
    assert finding.where == note.mistakes[30].answer.where


def test_what_let_makes_of_itself_again_and_again_takes_no_longer_than_its_length() -> None:
    doubled = ", ".join(f"c{place}: c{place - 1} + c{place - 1}" for place in range(1, 60))
    note = written(f"given: {{a: 2..5}}\nlet: {{c0: a, {doubled}}}\nfront: \\val{{a}}\nanswer: c59 + 1")
    assert check_problem(note) == []


@pytest.mark.parametrize("keys", ["given: {a: 2..5, e: 2..5}", "given: {a: 2..5}\nlet: {pi: a}"])
def test_a_name_that_cannot_be_taken_is_told_of_once(keys: str) -> None:
    (finding,) = check_problem(written(f"{keys}\nfront: \\val{{a}}\nanswer: 2*a"))
    assert finding.code == "problem-given"
