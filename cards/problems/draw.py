"""From a seed to one instance of a problem, by hashing alone: the same on every machine and in every Python."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import prod

from cards.answers.forms import Form, parse_form
from cards.expr import (
    EvaluationError,
    Expr,
    ExprError,
    Number,
    Value,
    holds,
    parse,
    parse_conditions,
    simplify,
)
from cards.expr.latex import show
from cards.expr.simplify import number
from cards.findings import DeckError, Finding
from cards.model import ProblemNote, Text
from cards.problems.forms import Shown, in_form
from cards.problems.template import TemplateError, Val, fill

ATTEMPTS = 200
MAX_LISTED = 20_000
ANSWER = "answer"
Combination = tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class Instance:
    r"""One problem with its numbers.

    Attributes:
        values: what was drawn, by name.
        front: the question in Markdown, the values put in.
        answer: the answer with the values put in, simplified and never rounded: a number, a list, an irrational
            expression, or one in the note's symbols. In a form such as `power` it is left in that form.
        answer_latex: the answer as LaTeX without dollars; it begins with `\approx` if it is rounded.
        back: the worked solution in Markdown, or None.
    """

    values: Mapping[str, Fraction]
    front: str
    answer: Expr
    answer_latex: str
    back: str | None


def draw(note: ProblemNote, seed: int) -> Instance:
    """The instance of a problem that belongs to a seed; every combination that fits the constraints is as likely.

    Args:
        note: the problem.
        seed: any integer.

    Raises:
        DeckError: the note is wrong (no combination fits, a division by zero); its finding says where.
    """
    return instance(note, choose(note, seed))


def choose(note: ProblemNote, seed: int) -> Combination:
    """The values that belong to a seed, in the order of the note's parameters. Raises DeckError if none fit."""
    total = combinations(note)
    tries = ATTEMPTS if total <= MAX_LISTED else MAX_LISTED
    for attempt in range(tries):
        drawn = combination(note, _below(total, note.first_id, seed, attempt))
        if fits(note, drawn):
            return drawn
    fitting = [drawn for drawn in listed(note) if fits(note, drawn)] if total <= MAX_LISTED else []
    if not fitting:
        where = note.constraints[0].where if note.constraints else note.where
        raise DeckError([Finding(where, "problem-constraint", "No combination of the given values fits `where`.")])
    return fitting[_below(len(fitting), note.first_id, seed, tries)]


def _below(limit: int, *key: str | int) -> int:
    """An integer from 0 up to `limit`, chosen evenly by the key (256 bits of a hash; the bias is below 2**-200)."""
    digest = hashlib.sha256("/".join(map(str, key)).encode()).digest()
    return int.from_bytes(digest, "big") % limit


def combinations(note: ProblemNote) -> int:
    """How many combinations of values there are, whether they fit the constraints or not."""
    return prod(len(parameter.values) for parameter in note.parameters)


def combination(note: ProblemNote, place: int) -> Combination:
    """The combination at a place in the order in which the last parameter changes fastest."""
    drawn: list[Fraction] = []
    for parameter in reversed(note.parameters):
        place, index = divmod(place, len(parameter.values))
        drawn.append(parameter.values[index])
    return tuple(reversed(drawn))


def listed(note: ProblemNote) -> Iterator[Combination]:
    """Every combination, in order."""
    return (combination(note, place) for place in range(combinations(note)))


def fits(note: ProblemNote, drawn: Combination) -> bool:
    """Whether a combination fits every constraint. Raises DeckError if one cannot be read or has no value."""
    env: dict[str, Value] = {parameter.name: value for parameter, value in zip(note.parameters, drawn, strict=True)}
    for constraint in note.constraints:
        try:
            if not all(holds(condition, env) for condition in parse_conditions(constraint.source)):
                return False
        except (ExprError, EvaluationError) as error:
            raise _wrong(constraint, error.offset, error.message, note, drawn) from None
    return True


def instance(note: ProblemNote, drawn: Combination) -> Instance:
    """The instance with these values. Raises DeckError if a part of the note cannot be read or has no value."""
    env = _numbers(note, drawn)
    answer = _answer(note, env, drawn)
    tex = show(answer.expr).text
    return Instance(
        values={parameter.name: value for parameter, value in zip(note.parameters, drawn, strict=True)},
        front=_filled(note, note.front, env, answer, drawn),
        answer=answer.expr if answer.exact else simplify(parse(note.answer.source), env),
        answer_latex=tex if answer.exact else rf"\approx {tex}",
        back=None if note.back is None else _filled(note, note.back, env, answer, drawn),
    )


def _numbers(note: ProblemNote, drawn: Combination) -> dict[str, Number]:
    return {
        parameter.name: number(value, decimal=parameter.decimal)
        for parameter, value in zip(note.parameters, drawn, strict=True)
    }


def shown_for(note: ProblemNote, source: str, drawn: Combination) -> Shown:
    r"""What a `\val{source}` displays with these values.

    Raises:
        ExprError, EvaluationError: it cannot be read, or has no value.
    """
    if source.strip() == ANSWER:
        return _answer(note, _numbers(note, drawn), drawn)
    return in_form(parse(source), _numbers(note, drawn), None)


def form_of(note: ProblemNote) -> Form | None:
    """The form that the note asks for. Raises DeckError if there is no such form."""
    try:
        return None if note.form is None else parse_form(note.form)
    except ValueError as error:
        raise DeckError(
            [Finding(note.answer.where, "problem-form", f"{str(error)[0].upper()}{str(error)[1:]}.")]
        ) from None


def _answer(note: ProblemNote, env: Mapping[str, Number], drawn: Combination) -> Shown:
    form = form_of(note)
    try:
        return in_form(parse(note.answer.source), env, form)
    except (ExprError, EvaluationError) as error:
        raise _wrong(note.answer, error.offset, error.message, note, drawn) from None


def _filled(note: ProblemNote, text: Text, env: Mapping[str, Number], answer: Shown, drawn: Combination) -> str:
    def shown(val: Val) -> Shown:
        if val.source.strip() == ANSWER:
            return answer
        drawn_number = env.get(val.source)
        if drawn_number is not None:  # most are a drawn number as it is
            return Shown(drawn_number)
        try:
            return in_form(parse(val.source), env, None)
        except (ExprError, EvaluationError) as error:
            raise _wrong(text, val.inside + error.offset, error.message, note, drawn) from None

    try:
        return fill(text.source, shown)
    except TemplateError as error:
        raise _wrong(text, error.offset, error.message, note, None) from None


def _wrong(text: Text, offset: int, message: str, note: ProblemNote, drawn: Combination | None) -> DeckError:
    """What is wrong with an expression, with the numbers for which it is wrong."""
    values = "" if drawn is None else f" (with {named_values(note, drawn)})"
    return DeckError([Finding(text.at(offset), "problem-value", f"{message[0].upper()}{message[1:]}{values}.")])


def named_values(note: ProblemNote, drawn: Combination) -> str:
    """The values drawn, for a message: `a = 2, b = 1/2`."""
    return ", ".join(f"{parameter.name} = {value}" for parameter, value in zip(note.parameters, drawn, strict=True))
