"""What Anki's script has to know to compare what is typed with a problem's answer: far less than the grader does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from cards.answers.forms import FormKind, parse_form
from cards.answers.types import Takes
from cards.domains import DomainError, parse_domain
from cards.expr import Expr, free_names
from cards.model import ProblemNote
from cards.problems import Instance

TRIALS = 5
"""With how many values of each symbol an answer is tried."""

_VALUES = tuple(
    map(Fraction, ("0.37", "1.9", "-0.53", "2.6", "-1.7", "0.81", "2", "3", "5", "-2", "-3", "7", "1", "4"))
)
_ASKED = {
    FormKind.NUMBER: "a number, worked out",
    FormKind.POWER: "one power",
    FormKind.EXACT: "an exact value",
    FormKind.LOWEST_TERMS: "a fraction in lowest terms",
    FormKind.FACTORED: "a product",
}


def comparing(note: ProblemNote, drawn: Sequence[Instance]) -> dict[str, object]:
    """What the instances have in common, under the names that the script knows.

    Args:
        note: the problem.
        drawn: its instances, one at least.
    """
    question = drawn[0].question
    found: dict[str, object] = {}
    if question.takes is not Takes.EXPRESSION:
        found["takes"] = question.takes.value
    if note.form is not None:
        form = parse_form(note.form)
        found["asked"] = _ASKED.get(form.kind, f"a decimal with {form.places} places")
        if form.kind is not FormKind.DECIMAL:
            found["shape"] = True
    if question.tolerance is not None:
        amount = float(question.tolerance.amount)
        found["off"] = [0, amount] if question.tolerance.relative else [amount, 0]
    if question.unit:
        found["unit"] = question.unit
    trials: dict[str, list[float]] = {}
    if question.symbols:
        names = sorted(
            frozenset[str]().union(*(free_names(each.answer) for each in drawn if isinstance(each.answer, Expr)))
        )
        trials = {name: points for name in names if (points := _trials(name, question.symbols.get(name), names))}
    if trials:
        found["symbols"] = trials
    return found


def _trials(symbol: str, domain: str | None, names: Sequence[str]) -> list[float]:
    """Some values of a symbol; none if it stands for no single number."""
    try:
        values = parse_domain(symbol, domain or "real")
    except DomainError:
        return []
    if values.kind != "scalar":
        return []
    between: Iterable[Fraction] = ()
    if values.low is not None and values.high is not None:
        between = (values.low + (values.high - values.low) * Fraction(step, 7) for step in range(7))
    elif values.low is not None or values.high is not None:
        away = 1 if values.high is None else -1
        between = ((values.low or values.high or Fraction(0)) + away * step for step in range(1, 7))
    shift = names.index(symbol)  # so that no two symbols have the same values
    fitting = [value for value in (*_VALUES[shift:], *_VALUES[:shift], *between) if values.contains(value)]
    return [float(value) for value in list(dict.fromkeys(fitting))[:TRIALS]]
