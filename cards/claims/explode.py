"""Vectors and matrices written out: a statement about lists as statements about their elements."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from typing import TypeAlias

from cards.claims.reals import Undefined
from cards.claims.trees import element, number, substitute, unrolled
from cards.domains import Domain
from cards.expr import Binary, Call, Expr, Index, Listing, Name, Number, Unary
from cards.expr.rebuilt import rebuilt

Spread: TypeAlias = "Expr | tuple[Spread, ...]"

_LISTS = frozenset({"sum", "mean", "softmax", "dot", "matmul", "transpose", "len", "max", "min"})


def exploded(expr: Expr, domains: Mapping[str, Domain], length: int = 3) -> Spread:
    """The tree without lists: a scalar tree, or a tuple of the elements.

    Args:
        expr: the tree.
        domains: of its symbols; vectors get `length` elements v_1, v_2, ..., matrices as many rows.
        length: how many.

    Raises:
        Undefined: lists of lengths that do not fit.
    """
    return _Exploding(domains, length).of(expr)


class _Exploding:
    def __init__(self, domains: Mapping[str, Domain], length: int) -> None:
        self.domains = domains
        self.length = length

    def of(self, expr: Expr) -> Spread:  # noqa: PLR0912  one case a kind of node
        match expr:
            case Listing():
                return tuple(self.of(item) for item in expr.items)
            case Name() if (domain := self.domains.get(expr.name)) and domain.kind != "scalar":
                return self.symbol(expr, domain)
            case Unary():
                return _negated(self.of(expr.operand))
            case Binary():
                return _operated(expr.op, self.of(expr.left), self.of(expr.right))
            case Index():
                return self.index(expr)
            case Call(name="sum" | "prod", args=(body, Name() as index, Number() as first, Number() as last)):
                terms = unrolled(body, index.name, first, last)
                if terms is None:
                    return self.scalar(expr)
                op = "+" if expr.name == "sum" else "*"
                return reduce(lambda a, b: _operated(op, a, b), (self.of(term) for term in terms))
            case Call(name="sum", args=(body, Name() as variable, items)):
                values = self.of(items)
                if not isinstance(values, tuple):
                    raise Undefined("a number stands where a list is needed", expr.at)
                return _total(tuple(self.of(substitute(body, {variable.name: _tree(value)})) for value in values))
            case Call(name="diff", args=(body, variable, *at)):
                inner = self.of(body)
                if isinstance(inner, tuple):
                    return tuple(Call("diff", (_tree(each), variable, *at), at=expr.at) for each in inner)
                return Call("diff", (inner, variable, *at), at=expr.at)
            case Call() if expr.name in _LISTS and (expr.name not in ("sum",) or len(expr.args) == 1):
                return self.list_call(expr, [self.of(argument) for argument in expr.args])
            case _:
                return self.scalar(expr)

    def scalar(self, expr: Expr) -> Expr:
        return rebuilt(expr, lambda part: _tree(self.of(part)))

    def symbol(self, expr: Name, domain: Domain) -> Spread:
        places = range(1, self.length + 1)
        if domain.kind == "vector":
            return tuple(Name(f"{expr.name}_{i}", at=expr.at) for i in places)
        return tuple(tuple(Name(f"{expr.name}_{i}{j}", at=expr.at) for j in places) for i in places)

    def index(self, expr: Index) -> Spread:
        if isinstance(expr.base, Name) and expr.base.name not in self.domains:
            return self.scalar(expr)
        whole, place = self.of(expr.base), self.of(expr.index)
        if isinstance(whole, tuple) and isinstance(place, Number):
            if not -len(whole) <= place.value < len(whole):
                raise Undefined(f"there is no element {place.value + 1} in a list of {len(whole)}", expr.at)
            return whole[int(place.value)]
        return element(_tree(whole), _tree(place))

    def list_call(self, expr: Call, arguments: list[Spread]) -> Spread:
        match expr.name, arguments:
            case "len", [tuple() as items]:
                return number(len(items))
            case "sum", [tuple() as items]:
                return _total(items)
            case "mean", [tuple() as items] if items:
                return _operated("/", _total(items), number(len(items)))
            case "softmax", [tuple() as items]:
                raised = tuple(Call("exp", (_tree(item),)) for item in items)
                return tuple(Binary("/", each, _tree(_total(raised))) for each in raised)
            case "dot", [tuple() as a, tuple() as b]:
                return _dot(a, b, expr)
            case "transpose", [tuple() as rows]:
                return tuple(zip(*(row for row in rows if isinstance(row, tuple)), strict=True))
            case "matmul", [tuple() as a, tuple() as b]:
                return _matmul(a, b, expr)
            case "max" | "min", [tuple() as items]:
                return Call(expr.name, tuple(map(_tree, items)), at=expr.at)
        return Call(expr.name, tuple(map(_tree, arguments)), at=expr.at)


def _tree(value: Spread) -> Expr:
    return Listing(tuple(map(_tree, value))) if isinstance(value, tuple) else value


def _negated(value: Spread) -> Spread:
    return tuple(map(_negated, value)) if isinstance(value, tuple) else Unary("-", value, at=value.at)


def _operated(op: str, a: Spread, b: Spread) -> Spread:
    if isinstance(a, tuple) and isinstance(b, tuple):
        if op not in "+-" or len(a) != len(b):
            raise Undefined(f"lists of {len(a)} and of {len(b)} elements do not fit")
        return tuple(_operated(op, x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, tuple):
        return tuple(_operated(op, x, b) for x in a)
    if isinstance(b, tuple):
        return tuple(_operated(op, a, y) for y in b)
    return Binary(op, a, b, at=a.at)


def _total(items: tuple[Spread, ...]) -> Spread:
    return reduce(lambda a, b: _operated("+", a, b), items) if items else number(0)


def _dot(a: tuple[Spread, ...], b: tuple[Spread, ...], expr: Expr) -> Spread:
    if len(a) != len(b):
        raise Undefined(f"the dot product needs equal lengths, not {len(a)} and {len(b)}", expr.at)
    return _total(tuple(_operated("*", x, y) for x, y in zip(a, b, strict=True)))


def _matmul(a: tuple[Spread, ...], b: tuple[Spread, ...], expr: Expr) -> Spread:
    rows = [row for row in a if isinstance(row, tuple)]
    if not b or not rows or any(len(row) != len(b) for row in rows):
        raise Undefined("the shapes of the matrix and of what it is multiplied by do not fit", expr.at)
    if not isinstance(b[0], tuple):
        return tuple(_dot(row, b, expr) for row in rows)
    columns = list(zip(*(row for row in b if isinstance(row, tuple)), strict=True))
    return tuple(tuple(_dot(row, column, expr) for column in columns) for row in rows)
