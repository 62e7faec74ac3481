r"""What is wrong with a problem, before a learner meets it: as it is written, and in its instances."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from cards.answers.types import Takes
from cards.expr import ExprError, free_names, parse
from cards.expr.names import CONSTANTS
from cards.findings import Finding, Severity
from cards.model import Drawn, ProblemNote, Text
from cards.problems.answering import takes_of
from cards.problems.asked import check_keys, check_snippet
from cards.problems.draw import ANSWER, Symbols
from cards.problems.template import TemplateError, find_in_code, find_vals
from cards.problems.tried import check_instances
from cards.problems.wordless import Reduction, Wordless
from cards.problems.written import check_answer, check_constraint, check_names, check_vals, scope_of, unreadable

_WORD = re.compile(r"[^\W\d]\w*")


def check_problem(note: ProblemNote, symbols: Symbols = ()) -> list[Finding]:
    """Everything that is wrong with a problem.

    First what can be read off the note; if nothing is wrong there, its instances are worked out: all of them if there
    are at most 200 combinations, else 200 drawn ones and, where the constraints let it, each value of each number once.

    Args:
        note: the problem.
        symbols: names declared outside of the note (by its section) with their domains, which the answer may contain
            besides its own.
    """
    reduction = Reduction(note, tuple(symbols))
    return sorted(map(reduction.back, _found(reduction.wordless)))


@lru_cache(maxsize=1024)  # many problems of a large deck differ in their words alone
def _found(problem: Wordless) -> tuple[Finding, ...]:
    note, symbols = problem.note, problem.symbols
    findings = [*_check_written(note, symbols)]
    if any(finding.severity is Severity.ERROR for finding in findings):
        return tuple(findings)
    findings += check_instances(note, symbols)
    if note.snippet is not None and not any(finding.severity is Severity.ERROR for finding in findings):
        findings += check_snippet(note, note.snippet, symbols)
    return tuple(findings)


def _check_written(note: ProblemNote, symbols: Symbols) -> Iterator[Finding]:
    scope = scope_of(note, (name for name, _ in (*symbols, *note.symbols)))
    yield from check_names(note, scope)
    for constraint in note.constraints:
        yield from check_constraint(constraint, scope)
    try:
        takes = takes_of(note)
    except ExprError as error:
        yield unreadable(note.answer, error.offset, error.message)
        takes = Takes(note.takes or Takes.EXPRESSION)
    else:
        yield from check_answer(note, note.answer, takes, scope)
    for mistake in note.mistakes:
        yield from check_answer(note, mistake.answer, takes, scope)
        if mistake.hint is not None:
            yield from check_vals(mistake.hint, scope, solution=True)
    yield from check_keys(note, takes)
    for text in (note.front, *note.also):
        yield from check_vals(text, scope, solution=False)
    if note.back is not None:
        yield from check_vals(note.back, scope, solution=True)
    if note.snippet is not None:
        yield from check_vals(note.snippet.code, scope, solution=False, code=True)
        yield from check_vals(note.snippet.prints, scope, solution=True, code=True)
    yield from _check_use(note, takes)


def _check_use(note: ProblemNote, takes: Takes) -> Iterator[Finding]:
    """Names that get values and are never seen."""
    given = {parameter.name: ("drawn", parameter.where) for parameter in note.parameters}
    given |= {derived.name: ("worked out", derived.where) for derived in note.derived}
    made_of = {derived.name: _names(derived.value) for derived in note.derived}
    for parameter in note.parameters:
        if parameter.drawn is Drawn.EXPRESSION:
            made_of[parameter.name] = frozenset().union(*map(_names, parameter.choices))
    try:
        seen = set(_in_vals(note.front)) | (set(_in_vals(note.answer)) if takes is Takes.TEXT else set())
        if note.snippet is not None:
            seen.update(*(_names_of(val.source) for val in find_in_code(note.snippet.code.source)))
            seen.update(*(_names_of(val.source) for val in find_in_code(note.snippet.prints.source)))
    except TemplateError:
        return
    if takes is not Takes.TEXT:
        seen |= _names(note.answer)
    for mistake in note.mistakes if note.choose else ():
        seen |= _names(mistake.answer)
    waiting = list(seen)
    while waiting:
        used = made_of.get(waiting.pop(), frozenset()) - seen
        seen |= used
        waiting += used
    seen |= {name.rpartition("_")[0] for name in seen}
    for name, (verb, where) in given.items():
        if name not in seen and name not in CONSTANTS and name != ANSWER:
            message = f"`{name}` is {verb}, but neither the question nor the answer uses it."
            yield Finding(where, "problem-unused", message, r"Put it in with \val, or leave it out.")


def _in_vals(text: Text) -> Iterator[str]:
    for val in find_vals(text.source):
        yield from _names_of(val.source)


def _names(text: Text) -> frozenset[str]:
    return _names_of(text.source)


def _names_of(source: str) -> frozenset[str]:
    try:
        return free_names(parse(source))
    except ExprError:
        return frozenset(_WORD.findall(source))
