r"""What is wrong with how a problem's answer is asked for: keys that do not go together, and its snippet."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator

from cards.answers.forms import FormKind
from cards.answers.tolerance import parse_tolerance
from cards.answers.types import Takes
from cards.answers.units import parse_unit
from cards.findings import DeckError, Finding, Position, Severity
from cards.model import ProblemNote, Snippet
from cards.problems.answering import form_of
from cards.problems.choices import KEYS
from cards.problems.choosing import choose
from cards.problems.draw import instance
from cards.problems.names import names_of
from cards.problems.snippets import PLACE, filled_code
from cards.problems.written import called

_EXACT_FORMS = (FormKind.EXACT, FormKind.LOWEST_TERMS, FormKind.POWER, FormKind.FACTORED)


def check_keys(note: ProblemNote, takes: Takes) -> Iterator[Finding]:
    """Keys that cannot be read, or that say nothing beside others."""
    where = note.answer.where
    try:
        form = form_of(note)
    except DeckError as error:
        yield from error.findings
        form = None
    if form is not None and takes is not Takes.EXPRESSION:
        yield _misfit(where, "form", f"{called(takes)} has no form", "Only an expression has one.")
    if note.tolerance:
        try:
            parse_tolerance(note.tolerance)
        except ValueError as error:
            yield Finding(where, "problem-tolerance", f"{str(error)[0].upper()}{str(error)[1:]}.")
        if takes not in (Takes.EXPRESSION, Takes.PYTHON):
            yield _misfit(where, "tolerance", f"{called(takes)} has no tolerance", "Only a number has one.")
        elif form is not None and form.kind in _EXACT_FORMS:
            yield _misfit(where, "tolerance", f"`form: {note.form}` asks for the exact value", "Leave out one of both.")
    if note.unit:
        if takes is not Takes.EXPRESSION:
            yield _misfit(where, "unit", f"{called(takes)} has no unit", "Only a number has one.")
        elif parse_unit(note.unit) is None:
            message = f"The unit {note.unit!r} cannot be read."
            yield Finding(where, "problem-unit", message, "Write one such as m/s, km, kg*m^2 or %.")
    if note.also and takes is not Takes.TEXT:
        hint = "An expression that is equal is right anyway. For words, say `takes: text`."
        yield _misfit(note.also[0].where, "also", "only texts have others that are right as well", hint)
    yield from _check_mistakes(note)


def _misfit(where: Position, key: str, why: str, hint: str) -> Finding:
    return Finding(where, f"problem-{key}", f"`{key}` has no use here: {why}.", hint)


def _check_mistakes(note: ProblemNote) -> Iterator[Finding]:
    if note.choose and not note.mistakes:
        hint = "Write `mistakes:` with an answer each, and what to tell whoever chooses it."
        yield Finding(note.answer.where, "problem-choose", "There is nothing to choose but the answer.", hint)
    if note.choose and len(note.mistakes) >= len(KEYS):
        message = f"There are {len(note.mistakes) + 1} answers to choose from; at most {len(KEYS)} can be shown."
        yield Finding(note.mistakes[len(KEYS) - 1].answer.where, "problem-choose", message)
    for key, value in (("form", note.form), ("tolerance", note.tolerance), ("unit", note.unit)):
        if note.choose and value and key != "form":
            yield _misfit(note.answer.where, key, "the answer is chosen, not typed", f"Leave out `{key}`.")
    for mistake in note.mistakes:
        if mistake.hint is None and not note.choose:
            message = "Whoever makes this mistake is told nothing."
            yield Finding(mistake.answer.where, "problem-hint", message, "Write a `hint:`.", Severity.LINT)


def check_snippet(note: ProblemNote, snippet: Snippet) -> Iterator[Finding]:
    r"""Whether the code of one instance can be read as Python (nothing runs it here), and where `\answer` stands."""
    for place in PLACE.finditer(snippet.prints.source):
        message = r"`\answer` stands in what is printed; it belongs into the code, for the learner to complete."
        yield Finding(snippet.prints.at(place.start()), "problem-snippet", message)
    try:
        drawn = choose(note, 0)
        made = instance(note, drawn)
        code = filled_code(note, snippet.code, names_of(note, drawn), drawn)
        printed = filled_code(note, snippet.prints, names_of(note, drawn), drawn)
    except DeckError as error:
        yield from error.findings
        return
    if not printed.strip():
        message = "The snippet prints nothing."
        yield Finding(snippet.prints.where, "problem-snippet", message, "Write what it prints, such as the answer.")
    problems = [_unparsable(way.join(PLACE.split(code))) for way in (made.answer_text, f"({made.answer_text})")]
    if problems[0] is not None and None not in problems:
        line, message = problems[0]
        lines = snippet.code.source.splitlines(keepends=True)
        offset = sum(map(len, lines[: min(line, len(lines)) - 1]))
        yield Finding(snippet.code.at(offset), "problem-snippet", f"The code is not Python: {message}.")


def _unparsable(code: str) -> tuple[int, str] | None:
    """The line and the complaint, if Python cannot read the code."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(code)
    except SyntaxError as error:
        return error.lineno or 1, error.msg or "it cannot be read"
    except (ValueError, RecursionError, MemoryError) as error:
        return 1, str(error) or "it is nested too deep"
    return None
