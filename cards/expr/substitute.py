"""Names replaced by trees, for names that stand for whole expressions; numbers go in by `simplify`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cards.expr.names import binds
from cards.expr.nodes import (
    Binary,
    Call,
    Case,
    Condition,
    Domain,
    Expr,
    Index,
    Listing,
    Name,
    Piecewise,
    Relation,
    Unary,
)


def substituted(expr: Expr, trees: Mapping[str, Expr]) -> Expr:
    """The expression with each free name replaced by its tree, all at once, and nothing worked out.

    A name that a sum, a derivative or the like binds stays. It binds in the trees that are put in, too: with u**3 for
    `outer`, `diff(outer, u)` is `diff(u**3, u)`.
    """
    if not trees:
        return expr
    match expr:
        case Name():
            return trees.get(expr.name, expr)
        case Call(args=(body, Name() as bound, *rest)) if binds(expr):
            inside = {key: tree for key, tree in trees.items() if key != bound.name}
            outside = (substituted(each, trees) for each in rest)
            return Call(expr.name, (substituted(body, inside), bound, *outside), expr.at)
        case Call(name="deriv", args=(function, at)):
            return Call("deriv", (function, substituted(at, trees)), expr.at)
        case _:
            return _rebuilt(expr, lambda part: substituted(part, trees))


def condition_substituted(condition: Condition, trees: Mapping[str, Expr]) -> Condition:
    """A condition with the names in it replaced; a domain says something of a name, so it stays."""
    return condition if isinstance(condition, Domain) else _changed(condition, lambda side: substituted(side, trees))


def _changed(relation: Relation, change: Callable[[Expr], Expr]) -> Relation:
    return Relation(change(relation.first), tuple((op, change(side)) for op, side in relation.rest), relation.at)


def _rebuilt(expr: Expr, change: Callable[[Expr], Expr]) -> Expr:
    match expr:
        case Unary():
            return Unary(expr.op, change(expr.operand), expr.at)
        case Binary():
            return Binary(expr.op, change(expr.left), change(expr.right), expr.at)
        case Call():
            return Call(expr.name, tuple(map(change, expr.args)), expr.at)
        case Listing():
            return Listing(tuple(map(change, expr.items)), expr.at)
        case Index():
            return Index(change(expr.base), change(expr.index), expr.at)
        case Piecewise():
            return Piecewise(tuple(_case(case, change) for case in expr.cases), expr.at)
        case _:
            return expr


def _case(case: Case, change: Callable[[Expr], Expr]) -> Case:
    conditions = (each if isinstance(each, Domain) else _changed(each, change) for each in case.conditions)
    return Case(change(case.value), tuple(conditions), case.at)
