"""Answers that nobody should have to grade: random, mutated, nested without end, huge, and meant to break in.

All of it is drawn from a seed, so that a slow or a broken one can be found again.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from cards.answers import KnownMistake, Question, Takes, Tolerance, parse_tolerance, read_expected
from cards.answers.types import LONGEST


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and answers to it that are right: what others are made from."""

    question: Question
    right: tuple[str, ...]


def _asked(
    expected: str,
    *right: str,
    takes: Takes | None = None,
    mistakes: tuple[str, ...] = (),
    symbols: dict[str, str] | None = None,
    form: str = "",
    unit: str = "",
    tolerance: Tolerance | None = None,
) -> Asked:
    names = symbols or {}
    value, kind = read_expected(expected, takes, names)
    known = tuple(KnownMistake(read_expected(each, kind, names)[0], "A hint.") for each in mistakes)
    question = Question(value, kind, names, form=form, unit=unit, tolerance=tolerance, mistakes=known)
    return Asked(question, (expected, *right))


REAL = {"x": "real", "y": "real"}


def questions() -> list[Asked]:
    """One question of every kind."""
    return [
        _asked("1/8", "2^-3", "0.125", "½^3", r"\frac18", mistakes=("-8", "1/6")),
        _asked("2**5", "2^5", "2**(2+3)", "32", form="power", mistakes=("2**6", "4**5")),
        _asked(
            "n*x**(n-1)",
            "n x^(n-1)",
            "nx^{n-1}",
            symbols={"x": "positive", "n": "integer"},
            mistakes=("x**(n-1)", "n*x**n"),
        ),
        _asked("(x+1)*exp(x)", "e^x(x+1)", "xe^x+e^x", symbols={"x": "real"}, form="factored"),
        _asked("2*x*cos(x**2)", "cos(x^2)*2x", "2x cos x^2", symbols=REAL, mistakes=("cos(x**2)", "2*x*sin(x**2)")),
        _asked("[4, 6]", "(4, 6)", r"\begin{pmatrix}4\\6\end{pmatrix}"),
        _asked("[[1, 2], [3, 4]]", "[1, 2; 3, 4]", r"\begin{pmatrix}1&2\\3&4\end{pmatrix}"),
        _asked("sqrt(2)/2", "1/√2", r"\frac{\sqrt{2}}{2}", "0.7071", form="exact"),
        _asked("softmax([1, 2, 3])", "[0.090, 0.245, 0.665]", form="decimal:3"),
        _asked("y = 2*x + 1", "y-2x=1", "2x+1=y", takes=Takes.EQUATION, symbols=REAL),
        _asked("(0, 1] ∪ {3}", "0 < x <= 1 or x = 3", "{3} U (0;1]", takes=Takes.SET, symbols={"x": "real"}),
        _asked("dot product", "the Dot-Product", takes=Takes.TEXT),
        _asked(
            "sum(xi*xi for xi in x)/len(x)",
            "sum(x[i]**2 for i in range(len(x)))/len(x)",
            takes=Takes.PYTHON,
            symbols={"x": "vector"},
        ),
        _asked("9.81", "9.81 m/s^2", "981 cm/s²", unit="m/s^2"),
        _asked("22/7", "3.14", "3.1429", tolerance=parse_tolerance("1%")),
    ]


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


CORPUS = (
    *Path(__file__).with_name("hostile_answers.txt").read_text(encoding="utf-8").splitlines(),
    *("", " ", "\x00", "\ud800", "\u202e1/8", "\ufeff", "x" * 500, "x" * 501, "x" * 10_000),
    *("9" * 490, "1/" + "9" * 480, "0." + "0" * 400 + "1", "-" * 400 + "1", "+" * 400 + "1", "1/" * 240 + "1"),
    *("sin " * 60 + "x", "sqrt" * 80 + "x", "√" * 400 + "2", "|" * 401, "(" * 499, ")" * 500, "[" * 250 + "]" * 250),
    *("{" * 250, "x_" * 200, "^" * 300, "1^" * 240 + "1", "-2^" * 160 + "1", "1," * 240 + "1", "1;" * 240 + "1"),
    *(r"\frac" * 80, r"\sqrt[" * 60, r"\left(" * 70, r"\begin{pmatrix}" * 30, r"\frac{" * 70, r"\\" * 200, "$" * 300),
    *("[" + "1," * 240 + "1]", "{1" + ",1" * 240 + "}", "(0,1]" + "∪(0,1]" * 80, "0<x<1 or " * 40 + "x=2", "x!=" * 99),
)
"""What somebody thought of."""

SIGNS = "0123456789xyn.,;+-−*×·/^()[]{}|√½²₁πe!%_ =<>≤∪\\'\"$&#@~`?"
PIECES = (
    *_words("x y n 2 3 10 0.5 999 e pi i oo + - * / ^ ** ( ) ( ) [ ] { } , ; | = < >= != sqrt √ sin ln exp log_2 ! _1"),
    *_words(r"\frac \frac{ \sqrt{ \left( \right) \cdot \pi ^{ ² ⁻¹ ½ % ° ∪ ∞ range( x[0] len(x) 1e9 ^9 ^(1/3) …"),
    *(" ", " ", " or ", " and ", " for x in "),
)
OPENINGS = _words(
    r"( [ { | - sqrt( sin( e^( x^( 2^( 1/( ln( √ \frac{1}{ \sqrt{ \left( 9^ x^ x/ 1+ 2( x( (1+ abs( (x, {x, x* cbrt("
)
FUNCTIONS = ("sqrt", "sin", "cos", "tan", "ln", "exp", "abs", "cbrt")


def answers(seed: int, count: int, asked: list[Asked]) -> Iterator[tuple[Asked, str]]:
    """So many answers, each with the question that it is an answer to.

    Args:
        seed: the same answers come of the same seed.
        count: how many.
        asked: the questions, each of which gets its turn.
    """
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    for place in range(count):
        question = asked[place % len(asked)]
        if place < len(CORPUS) * len(asked):
            yield question, CORPUS[place // len(asked)]
        else:
            yield question, chance.choice(WAYS)(chance, question)


def _unicode(chance: random.Random, _asked: Asked) -> str:
    highest = chance.choice((0x7F, 0x2FF, 0x2BFF, 0xFFFF, 0x10FFFF))
    return "".join(chr(chance.randint(0, highest)) for _ in range(_length(chance)))


def _signs(chance: random.Random, _asked: Asked) -> str:
    return "".join(chance.choices(SIGNS, k=_length(chance)))


def _pieces(chance: random.Random, _asked: Asked) -> str:
    return "".join(chance.choices(PIECES, k=_length(chance) // 2))


def _mutated(chance: random.Random, asked: Asked) -> str:
    letters = list(chance.choice(asked.right))
    for _ in range(chance.randint(1, 4)):
        at = chance.randint(0, len(letters))
        match chance.randint(0, 3):
            case 0:
                letters.insert(at, chance.choice(SIGNS))
            case 1:
                letters[at : at + 1] = []
            case 2:
                letters[at : at + 2] = reversed(letters[at : at + 2])
            case _:
                letters[at:at] = letters[max(0, at - chance.randint(1, 6)) : at]
    return "".join(letters)


def _joined(chance: random.Random, asked: Asked) -> str:
    return chance.choice(("+", "*", "/", "^", "-", " ", ",", " or ", "=")).join(
        f"({chance.choice(asked.right)})" for _ in range(chance.randint(2, 9))
    )


def _nested(chance: random.Random, _asked: Asked) -> str:
    opening = chance.choice(OPENINGS)
    times = chance.choice((3, 10, 30, 49, 60, 200))
    closing = {"(": ")", "[": "]", "{": "}", "|": "|"}.get(opening[-1], "") * chance.choice((times, times, times - 1))
    return opening * times + chance.choice(("x", "2", "1/3", "", "pi")) + closing


def _huge(chance: random.Random, _asked: Asked) -> str:
    number = "".join(chance.choices("0123456789", k=chance.choice((20, 100, 300, 480))))
    return chance.choice(
        (
            number,
            f"0.{number}",
            f"{number}^{number[:5]}",
            f"2^{number[:9]}",
            f"1/{number}",
            f"sin({number})",
            f"e^{number[:6]}",
            f"{number[:12]}!",
            f"{number[:40]}^(1/{number[40:44]})",
            f"x^{number[:3]}+x^{number[3:6]}",
            f"(1+1/{number[:20]})^{number[:20]}",
            f"{number[:5]}^{number[5:9]}^{number[9:12]}",
        )
    )


def _grown(chance: random.Random, asked: Asked) -> str:
    """An expression as a grammar makes them, which can be read and has to be worked out."""
    names = list(asked.question.symbols) or ["2", "pi"]
    return _expression(chance, names, chance.randint(1, 6))[:LONGEST]


def _expression(chance: random.Random, names: list[str], depth: int) -> str:
    if depth == 0 or chance.random() < 0.1:
        return chance.choice((*names, *names, "1", "2", "3", "1/2", "0.1", "pi", "e", "10", "0", "i"))
    inner = _expression(chance, names, depth - 1)
    match chance.randint(0, 6):
        case 0:
            return f"{chance.choice(FUNCTIONS)}({inner})"
        case 1:
            return f"-({inner})"
        case 2:
            return f"({inner})^({_expression(chance, names, min(depth - 1, 2))})"
        case _:
            return f"({inner}){chance.choice('+-*/')}({_expression(chance, names, depth - 1)})"


def _length(chance: random.Random) -> int:
    return chance.choice((1, 3, 8, 20, 60, 200, 600))


WAYS: tuple[Callable[[random.Random, Asked], str], ...] = (
    _unicode,
    _signs,
    _pieces,
    _pieces,
    _mutated,
    _mutated,
    _joined,
    _nested,
    _huge,
    _grown,
    _grown,
)
