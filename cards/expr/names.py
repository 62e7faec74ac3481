"""Which names an expression needs values for."""

from __future__ import annotations

import math
from collections.abc import Mapping

from cards.expr.nodes import Binary, Call, Condition, Domain, Expr, Index, Listing, Name, Piecewise, Unary

BINDERS = frozenset({"sum", "diff", "limit", "at"})
CONSTANTS: Mapping[str, float] = {"e": math.e, "pi": math.pi, "oo": math.inf}


def binds(expr: Call) -> bool:
    """Whether a call binds the name that is its second argument: `sum(expr, i, 1, n)`, `at(expr, x, 2)`."""
    return expr.name in BINDERS and len(expr.args) > 1 and isinstance(expr.args[1], Name)


def free_names(expr: Expr) -> frozenset[str]:
    """The names that need a value: no constants, and not those that a sum, a derivative or a limit binds."""
    match expr:
        case Name():
            return frozenset() if expr.name in CONSTANTS else frozenset({expr.name})
        case Call(name="deriv", args=(Name(), at)):
            return free_names(at)
        case Call(name="diff", args=(body, Name() as bound)):
            return free_names(body) | {bound.name}
        case Call(name="sum" | "limit" | "diff" | "at", args=(body, Name() as bound, *rest)):
            inside = {name for name in free_names(body) - {bound.name} if name.rpartition("_")[2] != bound.name}
            return frozenset(inside).union(*map(free_names, rest))
        case Piecewise():
            return frozenset[str]().union(
                *(free_names(case.value) for case in expr.cases),
                *(_free_in(condition) for case in expr.cases for condition in case.conditions),
            )
        case Unary():
            return free_names(expr.operand)
        case Binary():
            return free_names(expr.left) | free_names(expr.right)
        case Index():
            return free_names(expr.base) | free_names(expr.index)
        case Call(args=parts) | Listing(items=parts):
            return frozenset[str]().union(*map(free_names, parts))
        case _:
            return frozenset()


def _free_in(condition: Condition) -> frozenset[str]:
    if isinstance(condition, Domain):
        return frozenset({condition.name})
    return free_names(condition.first).union(*(free_names(right) for _, right in condition.rest))
