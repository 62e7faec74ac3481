"""Limits: whether what stands under `lim` has values at all where its variable comes close to the target."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from cards.claims.evaluate import evaluate
from cards.claims.reals import Undecided, Undefined
from cards.claims.trees import everything
from cards.claims.values import Point
from cards.expr import Call, Expr, Name, Number, Unary

_STEPS = (Fraction(1, 1000), Fraction(1, 10**6), Fraction(1, 10**9))


def has_limit(trees: Iterable[Expr]) -> bool:
    """Whether a limit or infinity stands in the trees: what SymPy alone computes here."""
    return any(
        (isinstance(node, Call) and node.name == "limit") or node == Name("oo")
        for tree in trees
        for node in everything(tree)
    )


def gap(trees: Iterable[Expr], point: Point) -> str:
    """Why a limit in the trees cannot exist: close to the target there are no values. Empty if nothing shows that."""
    for tree in trees:
        for node in everything(tree):
            match node:
                case Call(name="limit", args=(body, Name(name=name), to, *side)):
                    for word, near in _near(to, side, point):
                        reason = _undefined(body, Point({**point, name: near}))
                        if reason:
                            return f"there is no limit: with {name} {word} the target, {reason}"
    return ""


def _near(to: Expr, side: list[Expr], point: Point) -> Iterator[tuple[str, Fraction]]:
    """Places close to the target, with the side on which they lie."""
    negative = isinstance(to, Unary)
    if to == Name("oo") or (isinstance(to, Unary) and to.operand == Name("oo")):
        for step in _STEPS:
            yield "close to", -1 / step if negative else 1 / step
        return
    try:
        target = evaluate(to, point)
    except (Undefined, Undecided):
        return
    if not isinstance(target, Fraction):
        return
    wanted = {side[0].value} if side and isinstance(side[0], Number) else {Fraction(1), Fraction(-1)}
    for direction in sorted(wanted):
        for step in _STEPS:
            yield "above" if direction > 0 else "below", target + direction * step


def _undefined(body: Expr, point: Point) -> str:
    try:
        evaluate(body, point)
    except Undefined as error:
        return error.message
    except Undecided:
        return ""
    return ""
