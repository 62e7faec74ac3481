r"""Problems from a general rule and an example of it: `a^m \times a^n = a^{m+n}` beside `2^3 \times 2^2 = 2^5`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

from cards.draft.rules.numeric_problems import Problem, ask, shown
from cards.draft.rules.numeric_ranges import given_for
from cards.draft.rules.numeric_values import contradicted, value_of
from cards.draft.rules.templates import general
from cards.draft.tex import Bound, Statement, expression_of, substituted, unify
from cards.expr import Binary, Expr, Name, Number, Value, free_names

_POINTS = (Fraction(2), Fraction(3), Fraction(5))  # values of a variable that stays, for trying an example out
Pair = tuple[Statement, Statement]


def by_rule(general_rule: Statement, its_example: Statement) -> Problem | None:
    """The problem of a rule and its example; None if the example is none of the rule's, or no numbers fit."""
    rule, example = general_rule.sides, its_example.sides
    bounds = unify(rule[0].tex, example[0].tex)
    left = expression_of(rule[0].tex)
    answers = [(side.tex, expression_of(side.tex)) for side in rule[1:]]
    known = [(tex, expr) for tex, expr in answers if expr is not None]
    if not bounds or left is None or not known:
        return None
    tex, answer = known[-1]
    if not _holds(answer, bounds, example[-1].tex) or not bounds.keys() & free_names(answer):
        return None
    drawn = given_for(answer, bounds)
    if drawn is None:
        return None
    given, where = drawn
    if contradicted(left, answer, given, where):
        return None
    asked = general(rule[0].tex, bounds)
    form, question = _form(left, answer, example[-1].tex)
    worked = general(tex, bounds)
    result = rf"\val{{{answer}}}" if form == "power" and _is_worked_out(example[-1].tex) else r"\val{answer}"
    chain = [asked, result] if _same_shape(worked, asked) or isinstance(answer, Name) else [asked, worked, result]
    return Problem(
        given=given,
        where=where,
        front=ask(question, asked),
        answer=str(answer),
        form=form,
        back=shown(" = ".join(chain)),
        symbols=dict.fromkeys(sorted((free_names(left) | free_names(answer)) - bounds.keys()), "real"),
    )


def _holds(answer: Expr, bounds: Mapping[str, Bound], result: str) -> bool:
    """Whether the rule's answer is what the example says, with the example's own numbers."""
    said, ours = expression_of(result), substituted(answer, bounds)
    free = free_names(ours)
    if said is None or free_names(said) != free:
        return False
    for value in _POINTS if free else _POINTS[:1]:
        point: dict[str, Value] = dict.fromkeys(free, value)
        found = value_of(ours, point)
        if found is None or not _close(found, value_of(said, point)):
            return False
    return True


def _close(a: Value, b: Value | None) -> bool:
    if isinstance(a, float) and isinstance(b, float | int):
        return abs(a - b) <= 1e-9 * max(1.0, abs(a))
    return a == b


def _form(left: Expr, answer: Expr, result: str) -> tuple[str, str]:
    """The shape that the answer must have, by what the rule is for, and the question that asks for it."""
    if isinstance(answer, Binary) and answer.op == "**" and not (isinstance(left, Binary) and _is_plain_power(left)):
        return "power", "Write {L} as one power."
    said = expression_of(result)
    if isinstance(said, Binary) and said.op == "/" and isinstance(answer, Binary) and answer.op == "/":
        return "lowest_terms", "Write {L} as a fraction."
    return "", "What is {L}?"


def _is_plain_power(expr: Binary) -> bool:
    return expr.op == "**" and all(not isinstance(part, Binary) for part in (expr.left, expr.right))


def _is_worked_out(tex: str) -> bool:
    return isinstance(expression_of(tex), Number)


def _same_shape(shown: str, asked: str) -> bool:
    return re.sub(r"\s", "", shown) == re.sub(r"\s", "", asked)


def by_other(general_pair: Pair, example: Pair) -> Problem | None:
    r"""The problem of two equations that go together, one told by the other, and an example of both.

    `y = x^n` with `\frac{dy}{dx} = n x^{n-1}`, and `y = x^2` with `\frac{dy}{dx} = 2x`.
    """
    told, asked = general_pair
    if any(a.sides[0] != b.sides[0] for a, b in zip(general_pair, example, strict=True)):
        return None
    bounds = unify(told.sides[-1].tex, example[0].sides[-1].tex)
    source, answer = expression_of(told.sides[-1].tex), expression_of(asked.sides[-1].tex)
    if not bounds or source is None or answer is None or not bounds.keys() & free_names(answer):
        return None
    drawn = given_for(answer, bounds) if _holds(answer, bounds, example[1].sides[-1].tex) else None
    if drawn is None:
        return None
    return Problem(
        given=drawn[0],
        where=drawn[1],
        front=f"For ${general(told.tex, bounds)}$, what is ${asked.sides[0].tex}$?",
        answer=str(answer),
        back=shown(general(asked.tex, bounds)),
        symbols=dict.fromkeys(sorted((free_names(source) | free_names(answer)) - bounds.keys()), "real"),
    )
