r"""An instance's answer checked by those who did not make it: graded as if it were typed, and worked out in floats."""

from __future__ import annotations

from collections.abc import Mapping

from cards.answers import Graded, Takes, Verdict, grade
from cards.expr import EvaluationError, Expr, Value, evaluate, free_names
from cards.expr.values import equal
from cards.findings import Finding
from cards.problems.answering import written_answer
from cards.problems.apart import samples
from cards.problems.draw import Instance, Parts
from cards.problems.names import named_values


def disagreement(made: Instance) -> Finding | None:
    """What is wrong with an instance's answer; None if all agree on it.

    Its text and its formula, as learners see them, have to be right when they are typed; and the expression, worked
    out in floats, has to have the value of what came out when it was simplified.
    """
    parts = made.parts
    where, drawn = parts.note.answer.where, named_values(parts.note, parts.drawn)
    shown_with = f" (with {drawn})" if drawn else ""
    if not _values_agree(parts):
        message = f"The answer comes out as {made.answer_text}, but worked out in floats as something else{shown_with}."
        return Finding(where, "problem-answer", message, "This is not your mistake: please report it.")
    if parts.note.choose:
        return None
    for typed in dict.fromkeys((made.answer_text, made.answer_latex.removeprefix(r"\approx").strip())):
        graded = grade(made.question, typed) if typed else None
        if graded is None or graded.verdict is Verdict.RIGHT:
            continue
        if not parts.answer.exact:
            message = f"The answer is shown rounded, {typed}, but only the exact one is right{shown_with}."
            hint = "Say how far off it may be (tolerance: 0.001), or how many decimals are asked (form: decimal:3)."
            return Finding(where, "problem-inexact", message, hint)
        return Finding(where, "problem-answer", f"{_called(typed, graded)}{shown_with}.")
    return None


def _called(typed: str, graded: Graded) -> str:
    what = {Verdict.WRONG: "wrong", Verdict.WRONG_FORM: "of the wrong form", Verdict.UNREADABLE: "unreadable"}
    said = graded.message.rstrip(".")
    said = f": {said}" if said else ""
    return f"The answer as it is shown, `{typed}`, would be {what[graded.verdict]} when typed{said}"


def _values_agree(parts: Parts) -> bool:
    typed, takes = written_answer(parts.note, parts.note.answer)
    result = parts.answer.value
    if takes not in (Takes.EXPRESSION, Takes.PYTHON) or not isinstance(typed, Expr) or not isinstance(result, Expr):
        return True
    expr, known = parts.names.put_in(typed), parts.names.values()
    # An element of a vector, x_1 of x, is no symbol.
    free = sorted(name for name in free_names(expr) - known.keys() if name.rpartition("_")[0] not in known)
    return all(_agree(expr, result, {**known, **point}) for point in samples(parts.symbols, free))


def _agree(expr: Expr, result: Expr, values: Mapping[str, Value]) -> bool:
    try:
        wanted = evaluate(expr, values)
    except EvaluationError:
        return True  # no value there: what is wrong for all values was found when the instance was made
    try:
        return equal(evaluate(result, values), wanted)
    except EvaluationError:
        return False
