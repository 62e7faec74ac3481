r"""What is wrong with a problem, before a learner meets it: names, `\val`s, constraints, and instances tried out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from cards.expr import (
    Call,
    EvaluationError,
    Expr,
    ExprError,
    Relation,
    free_names,
    parse,
    parse_conditions,
    walk,
)
from cards.expr.calls import check_call
from cards.expr.latex import to_latex
from cards.expr.names import CONSTANTS
from cards.expr.nodes import Name
from cards.findings import DeckError, Finding, Position, Severity
from cards.model import ProblemNote, Text
from cards.problems.answering import form_of
from cards.problems.choosing import choose, combinations, fits, listed
from cards.problems.draw import ANSWER, instance, shown_for
from cards.problems.forms import Shown
from cards.problems.names import Combination, elements, named_values, names_of
from cards.problems.template import TemplateError, Zone, find_vals

TRIED = 200
MAX_VALUES = 1000


def check_problem(note: ProblemNote, symbols: Iterable[str] = ()) -> list[Finding]:
    """Everything that is wrong with a problem.

    First what can be read off the note; if nothing is wrong there, its instances are worked out: all of them if there
    are at most 200 combinations, else 200 drawn ones and, where the constraints let it, each value of each number once.

    Args:
        note: the problem.
        symbols: names declared outside of the note (by its section), which the answer may contain besides its own.
    """
    declared = {parameter.name for parameter in note.parameters} | {derived.name for derived in note.derived}
    for parameter in note.parameters:
        declared.update(elements(parameter.name, parameter.size))
    free = {name for name, _ in note.symbols} | set(symbols)
    findings = [*_check_parameters(note), *_check_form(note)]
    findings += _check_text(note.answer, declared, free)
    for constraint in note.constraints:
        findings += _check_constraint(constraint, declared)
    findings += _check_vals(note.front, declared, free, solution=False)
    if note.back is not None:
        findings += _check_vals(note.back, declared, free, solution=True)
    findings += _check_use(note)
    if any(finding.severity is Severity.ERROR for finding in findings):
        return sorted(findings)
    return sorted([*findings, *_check_instances(note)])


def _check_parameters(note: ProblemNote) -> Iterator[Finding]:
    for parameter in note.parameters:
        if not parameter.values and not parameter.choices:
            yield Finding(parameter.where, "problem-given", f"`{parameter.name}` has no values to take.")
        if parameter.name in CONSTANTS:
            message = f"`{parameter.name}` is a constant, so it cannot be drawn."
            yield Finding(parameter.where, "problem-given", message, "Take another name.")
        if parameter.name == ANSWER:
            message = r"`answer` cannot be drawn: `\val{answer}` is the problem's answer."
            yield Finding(parameter.where, "problem-given", message, "Take another name.")


def _check_form(note: ProblemNote) -> Iterator[Finding]:
    try:
        form_of(note)
    except DeckError as error:
        yield from error.findings


def _check_text(text: Text, declared: set[str], free: set[str]) -> Iterator[Finding]:
    try:
        expr = parse(text.source)
    except ExprError as error:
        yield _unreadable(text, error.offset, error.message)
    else:
        yield from _check_expr(expr, text, 0, declared, free)


def _unreadable(text: Text, offset: int, message: str) -> Finding:
    return Finding(text.at(offset), "problem-syntax", f"{message[0].upper()}{message[1:]}.")


def _check_expr(expr: Expr, text: Text, start: int, declared: set[str], free: set[str]) -> Iterator[Finding]:
    """Names and calls of one expression that begins at `start` of the text."""
    unknown = free_names(expr) - declared - free
    for node in walk(expr):
        if isinstance(node, Name) and node.name in unknown:
            unknown -= {node.name}
            known = ", ".join(sorted(declared | free)) or "none"
            yield Finding(
                text.at(start + node.at),
                "problem-name",
                f"`{node.name}` is neither drawn nor declared.",
                f"There are {known}; others go under `given` or `symbols`.",
            )
        if isinstance(node, Call) and node.name not in free:
            try:
                check_call(node)
            except EvaluationError as error:
                yield _unreadable(text, start + error.offset, error.message)


def _check_constraint(constraint: Text, declared: set[str]) -> Iterator[Finding]:
    try:
        conditions = parse_conditions(constraint.source)
    except ExprError as error:
        yield _unreadable(constraint, error.offset, error.message)
        return
    for condition in conditions:
        if isinstance(condition, Relation):
            for side in (condition.first, *(right for _, right in condition.rest)):
                yield from _check_expr(side, constraint, 0, declared, set())
        else:
            yield from _check_expr(Name(condition.name, condition.at), constraint, 0, declared, set())


def _check_vals(text: Text, declared: set[str], free: set[str], *, solution: bool) -> Iterator[Finding]:
    try:
        vals = find_vals(text.source)
    except TemplateError as error:
        yield _unreadable(text, error.offset, error.message)
        return
    for val in vals:
        if val.source.strip() == ANSWER:
            if not solution:
                yield Finding(text.at(val.offset), "problem-giveaway", "The question shows its answer.")
            continue
        try:
            expr = parse(val.source)
        except ExprError as error:
            yield _unreadable(text, val.inside + error.offset, error.message)
            continue
        yield from _check_expr(expr, text, val.inside, declared, free)


def _check_use(note: ProblemNote) -> Iterator[Finding]:
    """Numbers that are drawn and never seen."""
    used: set[str] = set()
    try:
        sources = [note.answer.source, *(val.source for val in find_vals(note.front.source))]
        for source in sources:
            used |= free_names(parse(source))
    except (ExprError, TemplateError):
        return
    for parameter in note.parameters:
        if parameter.name not in used:
            message = f"`{parameter.name}` is drawn, but neither the question nor the answer uses it."
            yield Finding(parameter.where, "problem-unused", message, r"Put it in with \val, or leave it out.")


def _check_instances(note: ProblemNote) -> list[Finding]:
    try:
        drawn = _tried(note)
    except DeckError as error:
        return list(error.findings)
    findings: dict[tuple[Position, str], Finding] = {}
    seen: dict[str, tuple[str, Combination]] = {}
    for each in drawn:
        try:
            made = instance(note, each)
        except DeckError as error:
            for finding in error.findings:
                findings.setdefault((finding.where, finding.code), finding)
            continue
        rounded = made.answer_latex.startswith(r"\approx")
        exact = to_latex(made.answer) if rounded and isinstance(made.answer, Expr) else ""
        answer = exact or made.answer_latex or made.answer_text
        other, with_values = seen.setdefault(made.front, (answer, each))
        if other != answer:
            message = (
                f"The same question has two answers: {other} with {named_values(note, with_values)}, "
                f"{answer} with {named_values(note, each)}."
            )
            finding = Finding(note.front.where, "problem-ambiguous", message, "Show every number that matters.")
            findings.setdefault((finding.where, finding.code), finding)
    if findings:
        return list(findings.values())
    return [*_check_rounded(note, drawn), *_check_variety(note, seen)]


def _tried(note: ProblemNote) -> list[Combination]:
    """The combinations to try. Raises DeckError if none fits the constraints."""
    if combinations(note) <= TRIED:
        fitting = [drawn for drawn in listed(note) if fits(note, drawn)]
        return fitting or [choose(note, 0)]
    different: dict[Combination, None] = {}
    for seed in range(2 * TRIED):
        different[choose(note, seed)] = None
        if len(different) == TRIED:
            break
    for place, parameter in enumerate(note.parameters):
        for value in () if parameter.size else parameter.values[:MAX_VALUES]:
            for drawn in islice(different, 5):
                changed = (*drawn[:place], value, *drawn[place + 1 :])
                if fits(note, changed):
                    different[changed] = None
                    break
    return list(different)


def _check_rounded(note: ProblemNote, drawn: list[Combination]) -> Iterator[Finding]:
    r"""Values that come out rounded without a sign that says so; after `=` the sign becomes `\approx` by itself."""
    for text in (note.front, note.back):
        for val in find_vals(text.source) if text is not None else ():
            before = text.source[val.around[0] : val.offset] if text is not None else ""
            says_so = val.zone is Zone.PLAIN or re.search(r"(=|\\approx|\\sim)\s*$", before) is not None
            can_be_rounded = any(
                isinstance(node, Call) or getattr(node, "op", "") == "**" for node in walk(parse(val.source))
            )
            if says_so or not can_be_rounded or text is None:
                continue
            for each in drawn:
                shown = shown_for(note, text, val, names_of(note, each), each)
                if isinstance(shown, Shown) and not shown.exact:
                    message = f"`{val.source}` is rounded with {named_values(note, each)}, and nothing says so."
                    hint = r"Write it after = or \approx."
                    yield Finding(text.at(val.offset), "problem-rounded", message, hint, Severity.LINT)
                    break


def _check_variety(note: ProblemNote, seen: dict[str, tuple[str, Combination]]) -> Iterator[Finding]:
    if not seen:
        return
    if len(seen) == 1 and note.parameters:
        message = "The question is the same whatever is drawn, so it is no problem with fresh numbers."
        yield Finding(note.front.where, "problem-constant", message, "Make it a basic note, or give it more values.")
    elif len({answer for answer, _ in seen.values()}) == 1:
        message = f"The answer is always {next(iter(seen.values()))[0]}, whatever is drawn."
        hint = "Fine if that is the point; else it can be learnt by heart."
        yield Finding(note.answer.where, "problem-one-answer", message, hint, Severity.LINT)
