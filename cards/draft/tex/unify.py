r"""A general formula against an example of it: `a^m \times a^n` and `2^3 \times 2^2` agree with a = 2, m = 3, n = 2."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from cards.claims.trees import substitute
from cards.draft.tex.expression import expression_of
from cards.expr import Binary, Call, EvaluationError, Expr, Index, Listing, Name, Number, Unary, evaluate
from cards.expr.names import CONSTANTS, free_names


@dataclass(frozen=True, slots=True)
class Bound:
    """The number that stands for a symbol in an example.

    Attributes:
        value: the number.
        expr: how it stands there: `0.5`, `-3` or `1/2`, as a tree.
    """

    value: Fraction
    expr: Expr

    @property
    def decimal(self) -> bool:
        """Whether it is written with a decimal point."""
        inner = self.expr.operand if isinstance(self.expr, Unary) else self.expr
        return isinstance(inner, Number) and inner.places > 0


def unify(pattern: str, instance: str) -> Mapping[str, Bound] | None:
    r"""The numbers that the symbols of a general formula have in an example, by symbol; None if they do not agree.

    Both are LaTeX. They agree by what they say, not by how it is written: `\times` and `\cdot`, `\frac{1}{2}` and
    `1/2` are the same, and `a^{-1/2}` agrees with `4^{-0.5}`. A symbol of the example stands for itself alone.
    """
    general, example = expression_of(pattern), expression_of(instance)
    if general is None or example is None:
        return None
    bounds: dict[str, Bound] = {}
    same: set[str] = set()
    if not _agree(general, example, bounds, same) or same & bounds.keys():
        return None
    return bounds


def substituted(expr: Expr, bounds: Mapping[str, Bound]) -> Expr:
    """The tree of a general formula with the numbers of an example put in."""
    return substitute(expr, {name: bound.expr for name, bound in bounds.items()})


def _agree(general: Expr, example: Expr, bounds: dict[str, Bound], same: set[str]) -> bool:
    match general, example:
        case Name(name=name), Name(name=other):
            same.add(name)
            return name == other
        case Name(name=name), _ if name not in CONSTANTS:
            value = _number(example)
            if value is None:
                return False
            return bounds.setdefault(name, Bound(value, example)).value == value
        case _ if not free_names(general):
            return not free_names(example) and (general == example or _equal(general, example))
        case Unary(), Unary():
            return _agree(general.operand, example.operand, bounds, same)
        case Binary(), Binary() if general.op == example.op:
            left = _agree(general.left, example.left, bounds, same)
            return left and _agree(general.right, example.right, bounds, same)
        case Call(), Call() if general.name == example.name:
            return _all_agree(general.args, example.args, bounds, same)
        case Listing(), Listing():
            return _all_agree(general.items, example.items, bounds, same)
        case Index(), Index():
            return _all_agree((general.base, general.index), (example.base, example.index), bounds, same)
    return False


def _all_agree(general: tuple[Expr, ...], example: tuple[Expr, ...], bounds: dict[str, Bound], same: set[str]) -> bool:
    if len(general) != len(example):
        return False
    return all(_agree(a, b, bounds, same) for a, b in zip(general, example, strict=True))


def _number(expr: Expr) -> Fraction | None:
    """The value of a number as examples write them: `3`, `-0.5`, `1/2`, `-1/2`; None for anything else."""
    match expr:
        case Number(value=value):
            return value
        case Unary(operand=operand):
            inner = _number(operand)
            return None if inner is None else -inner
        case Binary(op="/", left=left, right=right):
            above, below = _number(left), _number(right)
            return above / below if above is not None and below else None
    return None


def _equal(a: Expr, b: Expr) -> bool:
    try:
        return evaluate(a) == evaluate(b)
    except EvaluationError:
        return False
