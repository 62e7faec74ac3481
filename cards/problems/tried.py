r"""A problem tried out before a learner meets it: two hundred of its instances, or all that there are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from cards.answers.types import Interval, Takes, Union
from cards.expr import Call, EvaluationError, Expr, ExprError, evaluate, parse, to_latex, walk
from cards.expr.values import is_scalar
from cards.findings import DeckError, Finding, Position, Severity
from cards.model import Drawn, Parameter, ProblemNote
from cards.problems.choosing import MAX_LISTED, choose, choose_counting, combinations, fits, listed
from cards.problems.draw import Instance, Symbols, instance
from cards.problems.forms import Shown
from cards.problems.mistaken import check_choices, check_mistakes
from cards.problems.names import Chosen, Combination, named_values
from cards.problems.proofread import disagreement
from cards.problems.template import Zone, find_vals
from cards.problems.trivial import why_trivial

TRIED = 200
LISTED = 2_000
MAX_VALUES = 1_000
MAX_LOOKED_AT = 60_000
LOOKED_AT = 40
"""In so many instances it is looked for values that are rounded: it is the expression that makes them so, mostly."""
ENOUGH_FAILED = 3
"""After so many instances that only failed as others had before no more are tried."""
FEWEST = 3
COMMON = {True: 0.8, False: 0.5}
"""How large a part of the questions may have one answer, if it is chosen or a text, and if it is worked out."""


def check_instances(note: ProblemNote, symbols: Symbols) -> list[Finding]:
    """What is wrong with a note that is written rightly, for some of what it may draw.

    Args:
        note: the problem.
        symbols: those that its section declares.
    """
    try:
        combined = tried(note)
    except DeckError as error:
        return list(error.findings)
    findings: dict[tuple[Position, str], Finding] = {}
    instances: list[Instance] = []
    again = 0
    for drawn in combined:
        if again >= ENOUGH_FAILED:
            break  # what fails takes longest, and the author has the numbers to begin with
        try:
            instances.append(instance(note, drawn, 0, symbols))
            instances[-1].question  # noqa: B018 - its mistakes and hints need values, too
        except DeckError as error:
            known = len(findings)
            for finding in error.findings:
                findings.setdefault((finding.where, finding.code), finding)
            again += len(findings) == known
    if findings:
        return list(findings.values())
    found = [
        *_check_intervals(note, instances),
        *_check_ambiguous(note, instances),
        *_check_rounded(note, instances),
        *_check_constant(note, instances),
    ]
    found += [*_check_trivial(note, instances), *_check_answers(instances), *check_mistakes(note, instances)]
    found += [*check_choices(note, instances), *_check_common(note, instances)]
    return found


def seen(made: Instance) -> object:
    """What the learner sees of a question, in no particular order."""
    return made.front, *sorted(choice.markdown for choice in made.choices)


def told(made: Instance) -> str:
    """The answer as it is shown, or exactly if that is rounded."""
    if made.answer_latex.startswith(r"\approx") and isinstance(made.answer, Expr):
        return to_latex(made.answer)
    return made.answer_latex or made.answer_text


def tried(note: ProblemNote) -> list[Combination]:
    """The combinations to try: all that fit if they are few, else drawn ones and each value by itself.

    Raises:
        DeckError: none fits the constraints, or so few do that drawing takes long.
    """
    total = combinations(note)
    if total <= LISTED:
        fitting = [drawn for drawn in listed(note) if fits(note, drawn)]
        if len(fitting) <= TRIED:
            return fitting or [choose(note, 0)]
    different = _drawn(note)
    if len(different) < TRIED and total <= MAX_LISTED:
        different |= dict.fromkeys(islice((drawn for drawn in listed(note) if fits(note, drawn)), TRIED))
    for place, parameter in enumerate(note.parameters):
        for value in _each(parameter):
            for drawn in islice(different, 5):
                changed = (*drawn[:place], value, *drawn[place + 1 :])
                if fits(note, changed):
                    different[changed] = None
                    break
    return list(different)


def _drawn(note: ProblemNote) -> dict[Combination, None]:
    different: dict[Combination, None] = {}
    looked_at = 0
    for seed in range(2 * TRIED):
        drawn, attempts = choose_counting(note, seed)
        different[drawn] = None
        looked_at += attempts
        if looked_at > MAX_LOOKED_AT:
            message = f"Only about one in {looked_at // (seed + 1):,} combinations of the given values fits `where`."
            hint = "Narrow what is given, or work a value out with `let` instead of drawing it."
            raise DeckError([Finding(note.constraints[0].where, "problem-constraint", message, hint)])
        if len(different) == TRIED:
            break
    return different


def _each(parameter: Parameter) -> Iterator[Chosen]:
    """All that a parameter can take, by which a division by zero is found; not for lists, of which there are many."""
    if parameter.drawn is not Drawn.NUMBER:
        yield from (choice.source for choice in parameter.choices)
    elif not parameter.size:
        yield from parameter.values[:MAX_VALUES]


def _check_intervals(note: ProblemNote, instances: Sequence[Instance]) -> Iterator[Finding]:
    """The first instance whose answer has an interval that ends before it begins."""
    for each in instances:
        for part in each.answer.parts if isinstance(each.answer, Union) else ():
            if isinstance(part, Interval) and _is_empty(part):
                drawn = f" (with {named_values(note, each.parts.drawn)})" if note.parameters else ""
                message = f"The interval from {part.low} to {part.high} holds no number{drawn}."
                yield Finding(note.answer.where, "problem-value", message, "Exclude these numbers by `where`.")
                return


def _is_empty(interval: Interval) -> bool:
    try:
        low, high = evaluate(interval.low), evaluate(interval.high)
    except EvaluationError:
        return False  # it begins or ends at infinity, or at a symbol
    if not is_scalar(low) or not is_scalar(high):
        return False
    return low > high or (low == high and interval.closed != (True, True))


def _check_ambiguous(note: ProblemNote, instances: Sequence[Instance]) -> Iterator[Finding]:
    first: dict[object, Instance] = {}
    for each in instances:
        other = first.setdefault(seen(each), each)
        if told(other) != told(each):
            message = (
                f"The same question has two answers: {told(other)} with {named_values(note, other.parts.drawn)}, "
                f"{told(each)} with {named_values(note, each.parts.drawn)}."
            )
            yield Finding(note.front.where, "problem-ambiguous", message, "Show every number that matters.")
            return


def _check_constant(note: ProblemNote, instances: Sequence[Instance]) -> Iterator[Finding]:
    if note.parameters and len(set(map(seen, instances))) == 1:
        message = "The question is the same whatever is drawn, so it is no problem with fresh numbers."
        yield Finding(note.front.where, "problem-constant", message, "Draw nothing (no `given`), or give more values.")


def _check_common(note: ProblemNote, instances: Sequence[Instance]) -> Iterator[Finding]:
    """One answer that most questions have."""
    questions = {seen(each): told(each) for each in instances}
    if "same-answer" in note.allow or len(questions) < FEWEST:
        return
    ((answer, times),) = Counter(questions.values()).most_common(1)
    if times <= len(questions) * COMMON[note.choose or note.takes == Takes.TEXT]:
        return
    always = times == len(questions)
    message = (
        f"The answer is always {answer}, whatever is drawn."
        if always
        else f"The answer is {answer} for {times} of {len(questions)} questions."
    )
    hint = "It can be learnt by heart. If that is the point, say allow: [same-answer]."
    yield Finding(note.answer.where, "problem-one-answer", message, hint, Severity.LINT)


def _check_trivial(note: ProblemNote, instances: Sequence[Instance]) -> Iterator[Finding]:
    if "trivial" in note.allow:
        return
    reasons = [(each, why) for each in instances if (why := why_trivial(each.parts))]
    if reasons:
        each, why = reasons[0]
        shown = f"with {named_values(note, each.parts.drawn)}, " if note.parameters else ""
        share = f" So it is in {len(reasons)} of {len(instances)} instances." if len(instances) > 1 else ""
        message = f"There is nothing to work out: {shown}{why}.{share}"
        hint = "Exclude it by `given` or `where`. If that is the point, say allow: [trivial]."
        yield Finding(note.answer.where, "problem-trivial", message, hint)


def _check_answers(instances: Sequence[Instance]) -> Iterator[Finding]:
    """The first instance whose displayed answer is not what it should be."""
    looked_at = set[object]()
    for each in instances:
        key = (each.answer_text, each.answer_latex, told(each))
        finding = None if key in looked_at else disagreement(each)
        looked_at.add(key)
        if finding is not None:
            yield finding
            return


def _check_rounded(note: ProblemNote, instances: Sequence[Instance]) -> Iterator[Finding]:
    r"""Values that come out rounded without a sign that says so; after `=` the sign becomes `\approx` by itself."""
    for text in (note.front, note.back):
        for val in find_vals(text.source) if text is not None else ():
            if text is None or val.zone is Zone.PLAIN or not _can_be_rounded(val.source):
                continue
            if re.search(r"(=|\\approx|\\sim)\s*$", text.source[val.around[0] : val.offset]):
                continue
            for each in instances[:LOOKED_AT]:
                shown = each.parts.value_of(text, val)
                if isinstance(shown, Shown) and not shown.exact:
                    message = (
                        f"`{val.source}` is rounded with {named_values(note, each.parts.drawn)}, and nothing says so."
                    )
                    hint = r"Write it after = or \approx."
                    yield Finding(text.at(val.offset), "problem-rounded", message, hint, Severity.LINT)
                    break


def _can_be_rounded(source: str) -> bool:
    """Whether a value may be irrational. A text or the answer has no expression to tell it by, and is left out."""
    try:
        expr = parse(source)
    except ExprError:
        return False
    return any(isinstance(node, Call) or getattr(node, "op", "") == "**" for node in walk(expr))
