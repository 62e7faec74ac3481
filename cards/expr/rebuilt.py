"""A tree made again with its direct parts changed, for all that walks trees and changes some of them."""

from __future__ import annotations

from collections.abc import Callable

from cards.expr.nodes import (
    Binary,
    Call,
    Case,
    Condition,
    Domain,
    Expr,
    Index,
    Listing,
    Piecewise,
    Relation,
    Unary,
)


def rebuilt(expr: Expr, change: Callable[[Expr], Expr]) -> Expr:
    """The tree with each direct part changed."""
    match expr:
        case Unary():
            return Unary(expr.op, change(expr.operand), at=expr.at)
        case Binary():
            return Binary(expr.op, change(expr.left), change(expr.right), at=expr.at)
        case Call():
            return Call(expr.name, tuple(change(argument) for argument in expr.args), at=expr.at)
        case Listing():
            return Listing(tuple(change(item) for item in expr.items), at=expr.at)
        case Index():
            return Index(change(expr.base), change(expr.index), at=expr.at)
        case Piecewise():
            return Piecewise(tuple(_case(case, change) for case in expr.cases), at=expr.at)
        case _:
            return expr


def _case(case: Case, change: Callable[[Expr], Expr]) -> Case:
    return Case(change(case.value), tuple(changed_condition(each, change) for each in case.conditions), at=case.at)


def changed_condition(condition: Condition, change: Callable[[Expr], Expr]) -> Condition:
    """A condition with its sides changed; a domain says something of a name, so it stays."""
    return condition if isinstance(condition, Domain) else changed_relation(condition, change)


def changed_relation(relation: Relation, change: Callable[[Expr], Expr]) -> Relation:
    """A relation with its sides changed."""
    rest = tuple((op, change(side)) for op, side in relation.rest)
    return Relation(change(relation.first), rest, at=relation.at)
