r"""What is wrong with how a problem's answer is asked for: keys that do not go together, and its snippet."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator

from cards.answers import Verdict, grade
from cards.answers.forms import FormKind
from cards.answers.tolerance import parse_tolerance
from cards.answers.types import Takes
from cards.answers.units import parse_unit
from cards.findings import DeckError, Finding, Position, Severity
from cards.model import ProblemNote, Snippet
from cards.problems.answering import form_of
from cards.problems.choices import KEYS
from cards.problems.draw import Instance, Symbols, draw
from cards.problems.names import named_values
from cards.problems.snippets import PLACE, filled_code, output_lines, printed
from cards.problems.written import called

MAX_MISTAKES = 30
"""Each wrong answer is compared with all of them."""
SNIPPETS = 5
"""So many instances of a snippet are looked at."""
_EXACT_FORMS = (FormKind.NUMBER, FormKind.EXACT, FormKind.LOWEST_TERMS, FormKind.POWER, FormKind.FACTORED)


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
        yield from _check_tolerance(note)
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
    if note.snippet is not None:
        prints = note.snippet.prints
        for place in PLACE.finditer(prints.source):
            message = r"`\answer` stands in what is printed; it belongs into the code, for the learner to complete."
            yield Finding(prints.at(place.start()), "problem-snippet", message)
    yield from _check_mistakes(note)


def _check_tolerance(note: ProblemNote) -> Iterator[Finding]:
    where = note.answer.where
    try:
        tolerance = parse_tolerance(note.tolerance)
    except ValueError as error:
        yield Finding(where, "problem-tolerance", f"{str(error)[0].upper()}{str(error)[1:]}.")
        return
    if tolerance.relative and tolerance.amount >= 1:
        message = f"A tolerance of {note.tolerance} would make 0 a right answer."
        yield Finding(where, "problem-tolerance", message, "Write a smaller part, such as 1%, or an amount.")


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
    if not note.choose and len(note.mistakes) > MAX_MISTAKES:
        message = f"There are {len(note.mistakes)} mistakes; at most {MAX_MISTAKES} are told apart."
        yield Finding(note.mistakes[MAX_MISTAKES].answer.where, "problem-mistake", message, "Keep those that are made.")
    for mistake in note.mistakes:
        if mistake.hint is None and not note.choose:
            message = "Whoever makes this mistake is told nothing."
            yield Finding(mistake.answer.where, "problem-hint", message, "Write a `hint:`.", Severity.LINT)


def check_snippet(note: ProblemNote, snippet: Snippet, symbols: Symbols) -> Iterator[Finding]:
    r"""Whether the code can be read as Python (nothing runs it here), and whether what it prints is the answer.

    Args:
        note: the problem.
        snippet: its snippet.
        symbols: those that the note's section declares.
    """
    for seed in range(SNIPPETS if note.parameters else 1):
        try:
            finding = _snippet_finding(note, snippet, draw(note, seed, symbols))
        except DeckError as error:
            yield from error.findings
            return
        if finding is not None:
            yield finding
            return


def _snippet_finding(note: ProblemNote, snippet: Snippet, made: Instance) -> Finding | None:
    """The first thing that is wrong with an instance's snippet."""
    parts = made.parts
    code = filled_code(note, snippet.code, parts.names, parts.drawn)
    output = "\n".join(output_lines(printed(note, snippet, parts.names, parts.drawn)))
    if not output:
        hint = "Write what it prints, such as the answer."
        return Finding(snippet.prints.where, "problem-snippet", "The snippet prints nothing.", hint)
    problems = [_unparsable(way.join(PLACE.split(code))) for way in (made.answer_text, f"({made.answer_text})")]
    if problems[0] is not None and None not in problems:
        line, message = problems[0]
        lines = snippet.code.source.splitlines(keepends=True)
        offset = sum(map(len, lines[: min(line, len(lines)) - 1]))
        return Finding(snippet.code.at(offset), "problem-snippet", f"The code is not Python: {message}.")
    asks_what_it_prints = PLACE.search(code) is None and not note.choose
    if asks_what_it_prints and (graded := grade(made.question, output)).verdict is not Verdict.RIGHT:
        with_values = f" (with {named_values(note, parts.drawn)})" if parts.drawn else ""
        said = f": {graded.message.rstrip('.')}" if graded.message else ""
        message = f"The snippet prints `{output}`, and whoever types that is not right{with_values}{said}."
        hint = r"What a snippet prints has to be the answer, unless `\answer` stands in it, to be completed."
        return Finding(note.answer.where, "problem-snippet", message, hint)
    return None


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
