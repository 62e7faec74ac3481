"""Names replaced by trees, for names that stand for whole expressions; numbers go in by `simplify`."""

from __future__ import annotations

from collections.abc import Mapping

from cards.expr.names import binds
from cards.expr.nodes import Call, Condition, Expr, Name
from cards.expr.rebuilt import changed_condition, rebuilt


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
            return rebuilt(expr, lambda part: substituted(part, trees))


def condition_substituted(condition: Condition, trees: Mapping[str, Expr]) -> Condition:
    """A condition with the names in it replaced; a domain says something of a name, so it stays."""
    return changed_condition(condition, lambda side: substituted(side, trees))
