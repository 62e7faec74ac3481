"""Case by case: the values of a symbol cut where cases meet, and in each piece the case that holds there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import pairwise, product

from cards.claims.points import domain_of
from cards.claims.ranges import index_domain, range_of
from cards.claims.trees import everything, number
from cards.domains import Domain
from cards.expr import Binary, Call, Expr, Name, Number, Piecewise, Relation, Unary
from cards.expr.rebuilt import rebuilt

MAX_CELLS = 40
_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}


def has_cases(expr: Expr) -> bool:
    """Whether the tree has cases in it, written or as abs, max or min."""
    return any(isinstance(node, Piecewise) or _is_extreme(node) for node in everything(expr))


def _is_extreme(node: Expr) -> bool:
    return isinstance(node, Call) and node.name in ("abs", "max", "min")


def cells(trees: list[Expr], domains: Mapping[str, Domain]) -> Iterator[dict[str, Domain]]:
    """The domains cut at the numbers with which cases compare a symbol, in all combinations; points are cells too."""
    cuts: dict[str, set[Fraction]] = {}
    for tree in trees:
        for node in everything(tree):
            for left, right in _compared(node):
                for name, value in ((left, right), (right, left)):
                    if isinstance(name, Name) and isinstance(value, Number):
                        cuts.setdefault(name.name, set()).add(value.value)
                    elif isinstance(name, Name) and isinstance(value, Unary) and isinstance(value.operand, Number):
                        cuts.setdefault(name.name, set()).add(-value.operand.value)
    pieces = {name: _pieces(domain_of(name, domains), sorted(at)) for name, at in cuts.items()}
    size = 1
    for each in pieces.values():
        size *= len(each)
    if size > MAX_CELLS:
        return
    for chosen in product(*pieces.values()):
        yield {**domains, **dict(zip(pieces, chosen, strict=True))}


def _compared(node: Expr) -> Iterator[tuple[Expr, Expr]]:
    match node:
        case Piecewise():
            for condition in (each for case in node.cases for each in case.conditions):
                if isinstance(condition, Relation):
                    for left, _, right in condition.pairs():
                        yield left, right
        case Call(name="abs", args=(x,)):
            yield x, number(0)
        case Call(name="max" | "min", args=(first, *rest)):
            for each in rest:
                yield first, each


def _pieces(domain: Domain, cuts: list[Fraction]) -> list[Domain]:
    ends: list[Fraction | None] = [None, *cuts, None]
    found = []
    for low, high in pairwise(ends):
        piece = domain
        if low is not None:
            found.append(domain.narrowed("==", low))
            piece = piece.narrowed(">", low)
        if high is not None:
            piece = piece.narrowed("<", high)
        found.append(piece)
    return [piece for piece in found if not piece.is_empty]


def decided(expr: Expr, domains: Mapping[str, Domain], *, strictly: bool = False) -> Expr:
    """The tree with each case that bounds decide in place of all its cases.

    Args:
        expr: the tree.
        domains: of its symbols.
        strictly: decide only what holds around each point too: inside of a derivative.
    """
    match expr:
        case Call(name="diff", args=(body, Name(), *at)) if not at:
            changed = decided(body, domains, strictly=True)
            return Call("diff", (changed, *expr.args[1:]), at=expr.at)
        case Call(name="diff" | "limit"):
            return expr
        case Call(name="sum" | "prod", args=(body, Name() as index, first, last)):
            inner = {**domains, index.name: index_domain(first, last, domains)}
            return Call(expr.name, (decided(body, inner, strictly=strictly), *expr.args[1:]), at=expr.at)
    expr = rebuilt(expr, lambda part: decided(part, domains, strictly=strictly))
    match expr:
        case Piecewise():
            return _chosen_case(expr, domains, strictly=strictly)
        case Call(name="abs", args=(x,)):
            side = _sign(x, domains, strictly=strictly)
            return x if side > 0 else Unary("-", x) if side < 0 else expr
        case Call(name="max" | "min", args=(a, b)):
            side = _sign(Binary("-", a, b), domains, strictly=strictly) * (1 if expr.name == "max" else -1)
            return a if side > 0 else b if side < 0 else expr
    return expr


def _sign(expr: Expr, domains: Mapping[str, Domain], *, strictly: bool) -> int:
    values = range_of(expr, domains)
    if values.is_positive or (values.is_nonnegative and not strictly):
        return 1
    return -1 if values.is_negative or (values.is_nonpositive and not strictly) else 0


def _chosen_case(expr: Piecewise, domains: Mapping[str, Domain], *, strictly: bool) -> Expr:
    chosen: Expr | None = None
    for case in expr.cases:
        held = [
            _holds(each, domains, strictly=strictly) if isinstance(each, Relation) else None for each in case.conditions
        ]
        if any(each is False for each in held):
            continue
        if not all(held):
            return expr
        if chosen is not None and case.conditions:
            return expr  # two cases hold at once: whether they agree is for the evaluation to say
        chosen = case.value if chosen is None else chosen
    return expr if chosen is None else chosen


def _holds(relation: Relation, domains: Mapping[str, Domain], *, strictly: bool) -> bool | None:
    """Whether a relation holds for all values (True), for none (False), or for some."""
    results: list[bool | None] = []
    for left, op, right in relation.pairs():
        if op not in _OPPOSITE:
            return None
        values = range_of(Binary("-", left, right), domains)
        tested = {"<=": "<", ">=": ">"}.get(op, op) if strictly else op
        opposite = {"<=": "<", ">=": ">"}.get(_OPPOSITE[op], _OPPOSITE[op]) if strictly else _OPPOSITE[op]
        if values.satisfies(opposite):
            results.append(False)
        else:
            results.append(True if values.satisfies(tested) and not (strictly and op == "==") else None)
    if False in results:
        return False
    return True if all(results) else None
