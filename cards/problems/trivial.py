r"""Instances that ask nothing: the answer stands in the question, or an operation does nothing with what was drawn.

Trivial is an answer of which a sum with 0, a product with 1 or 0, or a power of or to 1 or 0 leaves just a value that
was drawn, if both operands were; one that the question shows with a `\val` of the same expression, though not a number
drawn that is part of a formula; and a vector or matrix of zeros, or an identity matrix, that was drawn. An operand that
the rule itself brings (the 2 of 2*a) makes none trivial.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from cards.answers.forms import FormKind
from cards.answers.types import Takes
from cards.expr import (
    Binary,
    Call,
    EvaluationError,
    Expr,
    Listing,
    Name,
    Unary,
    Value,
    evaluate,
    free_names,
    parse,
    substituted,
)
from cards.model import Drawn, ProblemNote
from cards.problems.answering import form_of
from cards.problems.draw import Parts
from cards.problems.forms import Shown
from cards.problems.names import MAX_NODES, Chosen, is_longer
from cards.problems.template import Val, Zone, find_vals


def why_trivial(parts: Parts) -> str:
    """Why an instance asks nothing, in a few words; empty if it asks something."""
    note, answer = parts.note, parts.answer
    for parameter, chosen in zip(note.parameters, parts.drawn, strict=True):
        if parameter.drawn is Drawn.NUMBER and parameter.size and (plain := _plain(chosen)):
            return f"`{parameter.name}` is {plain}"
    if note.choose or answer.takes is not Takes.EXPRESSION:
        return ""
    expr = _without_let(note.answer.source, _let(note))
    if _is_displayed(parts, expr):
        return "the answer stands in the question as it is"
    form = form_of(note)
    values = parts.names.values()
    return _Operations(values).why(expr, power=form is not None and form.kind is FormKind.POWER)


def _plain(chosen: Chosen) -> str:
    """What is plain about a vector or a matrix; nothing if it is not."""
    if not isinstance(chosen, tuple):
        return ""
    rows = [row if isinstance(row, tuple) else (row,) for row in chosen]
    if not any(any(row) for row in rows):
        return "all zeros"
    identity = all(cell == (x == y) for y, row in enumerate(rows) for x, cell in enumerate(row))
    return "the identity matrix" if identity and len(rows) == len(rows[0]) > 1 else ""


@lru_cache(maxsize=1024)
def _without_let(source: str, derived: tuple[tuple[str, str], ...]) -> Expr:
    expr = parse(source)
    for name, value in reversed(derived):
        if is_longer(expr, MAX_NODES):
            break  # each of these may hold the one before it twice, and so many parts are not looked at
        expr = substituted(expr, {name: parse(value)})
    return expr


def _let(note: ProblemNote) -> tuple[tuple[str, str], ...]:
    return tuple((each.name, each.value.source) for each in note.derived)


def _is_displayed(parts: Parts, expr: Expr) -> bool:
    r"""Whether a `\val` of the question shows the answer, by the same expression and in the same form."""
    for val in find_vals(parts.note.front.source):
        source = val.source.strip()
        if source in parts.names.texts or _without_let(source, _let(parts.note)) != expr:
            continue
        if isinstance(expr, Name) and not _stands_alone(parts.note.front.source, val):
            continue  # a number of the question may well be its answer, as in ln(e^3)
        shown = parts.value_of(parts.note.front, val)
        if isinstance(shown, Shown) and str(shown.expr) == parts.answer.text:
            return True
    return False


@dataclass(frozen=True, slots=True)
class _Idle:
    """An operand that does nothing: 0 in a sum, 1 in a product, and the like.

    Attributes:
        operand: as it is written.
        plain: the number that it is.
        place: on which side of which operator it stands.
        left: what the operation leaves.
        called: `the exponent ` or `the base `, where it is one.
    """

    operand: Expr
    plain: int
    place: str
    left: Expr
    called: str = ""

    @property
    def why(self) -> str:
        """The reason in words."""
        return f"{self.called}`{self.operand}` is {self.plain}"


def _stands_alone(template: str, val: Val) -> bool:
    r"""Whether a `\val` is a formula of its own, or all that stands behind its equals sign."""
    before, after = template[val.around[0] : val.offset].strip(), template[val.end : val.around[1]].strip()
    return val.zone is Zone.PLAIN or ((not before or before[-1] == "=") and not after)


class _Operations:
    """The operations of an answer that do nothing with these values."""

    def __init__(self, values: Mapping[str, Value]) -> None:
        self.values = values

    def why(self, expr: Expr, *, power: bool) -> str:
        """Why working out an expression is trivial; empty if it is not.

        Args:
            expr: what is to be worked out.
            power: whether that is to be left as a power, so that its exponent is the answer.
        """
        match expr:
            case Listing(items=items) if items:
                return self._of_list(items)
            case Unary():
                return self.why(expr.operand, power=power)
            case Call(name="exp", args=(exponent,)) if power:
                idle = next(
                    (_Idle(exponent, plain, "**", exponent) for plain in (0, 1) if self._is(exponent, plain)), None
                )
                return f"the exponent {idle.why}" if idle else self.why(exponent, power=False)
            case Binary():
                idle = self._idle(expr)
                if idle is not None:
                    leaves_a_value = isinstance(idle.left, Name) or self._is(idle.left, 0) or self._is(idle.left, 1)
                    return idle.why if leaves_a_value else ""
                return self.why(expr.right, power=False) if power and expr.op == "**" else ""
        return ""

    def _of_list(self, items: Sequence[Expr]) -> str:
        """Adding zeros all over, or one and the same number that does nothing to each element."""
        found = [self._idle(item) if isinstance(item, Binary) else None for item in items]
        idle = [each for each in found if each is not None]
        if len(idle) < len(items) or not all(isinstance(each.left, Name) or self._is(each.left, 0) for each in idle):
            return ""
        zeros = all(each.plain == 0 and each.place == idle[0].place and each.place[-1] in "+-" for each in idle)
        return idle[0].why if zeros or len({str(each.operand) for each in idle}) == 1 else ""

    def _idle(self, expr: Binary) -> _Idle | None:
        """The operand of an operation on two drawn values that does nothing."""
        left, right, op = expr.left, expr.right, expr.op
        if not (free_names(left) & self.values.keys() and free_names(right) & self.values.keys()):
            return None
        for plain, ops, side, operand, leaves in (
            (0, ("+", "-"), "right", right, left),
            (0, ("+",), "left", left, right),
            (1, ("*", "/"), "right", right, left),
            (1, ("*",), "left", left, right),
            (0, ("*",), "right", right, right),
            (0, ("*", "/"), "left", left, left),
            (0, ("**",), "exponent", right, right),
            (1, ("**",), "exponent", right, left),
            (0, ("**",), "base", left, left),
            (1, ("**",), "base", left, left),
        ):
            if op in ops and self._is(operand, plain):
                return _Idle(operand, plain, f"{side} {op}", leaves, f"the {side} " if op == "**" else "")
        return None

    def _is(self, expr: Expr, plain: int) -> bool:
        try:
            value = evaluate(expr, self.values)
        except EvaluationError:
            return False
        return _all_are(value, plain)


def _all_are(value: Value, plain: int) -> bool:
    """Whether a number is this one; whether a vector consists of zeros, if this is 0."""
    if isinstance(value, tuple):
        return plain == 0 and bool(value) and all(_all_are(item, 0) for item in value)
    return not isinstance(value, bool) and value == plain
