"""Products, lengths and transposes where vectors and matrices stand: `u·v` is their dot product, `|v|` a length."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import Enum

from cards.answers.types import UnreadableError
from cards.expr import Binary, Call, Expr, Listing, Name, Unary


class Kind(Enum):
    """What an expression stands for; a row is a transposed vector."""

    SCALAR = "scalar"
    VECTOR = "vector"
    ROW = "row"
    MATRIX = "matrix"


_OF_WORDS = {"vector": Kind.VECTOR, "matrix": Kind.MATRIX}


def kinds_of(symbols: Mapping[str, str]) -> dict[str, Kind]:
    """The symbols that stand for vectors and matrices."""
    return {name: _OF_WORDS[domain.strip()] for name, domain in symbols.items() if domain.strip() in _OF_WORDS}


def settled(expr: Expr, kinds: Mapping[str, Kind]) -> Expr:
    """The expression with each product, length and transpose as the function that it is.

    Raises:
        UnreadableError: a number is transposed.
    """
    return _settled(expr, kinds)[0]


def kind_of(expr: Expr, kinds: Mapping[str, Kind]) -> Kind:
    """What an expression stands for."""
    return _settled(expr, kinds)[1]


def _settled(expr: Expr, kinds: Mapping[str, Kind]) -> tuple[Expr, Kind]:
    match expr:
        case Name(name=name):
            return expr, kinds.get(name, Kind.SCALAR)
        case Listing(items=items):
            kind = Kind.MATRIX if items and isinstance(items[0], Listing) else Kind.VECTOR
            return replace(expr, items=tuple(_settled(item, kinds)[0] for item in items)), kind
        case Unary(operand=operand):
            inner, kind = _settled(operand, kinds)
            return replace(expr, operand=inner), kind
        case Binary():
            return _operation(expr, kinds)
        case Call():
            return _call(expr, kinds)
        case _:
            return expr, Kind.SCALAR


def _operation(expr: Binary, kinds: Mapping[str, Kind]) -> tuple[Expr, Kind]:
    (left, a), (right, b) = _settled(expr.left, kinds), _settled(expr.right, kinds)
    whole = replace(expr, left=left, right=right)
    if expr.op != "*":
        return whole, b if a is Kind.SCALAR and expr.op in "+-" else a
    match a, b:
        case (Kind.VECTOR | Kind.ROW, Kind.VECTOR) | (Kind.ROW, Kind.ROW):
            return Call("dot", (_column(left), right), at=expr.at), Kind.SCALAR
        case Kind.MATRIX, _:
            return whole, Kind.MATRIX if b is Kind.SCALAR else b
        case _:
            return whole, b if a is Kind.SCALAR else a


def _column(expr: Expr) -> Expr:
    """A vector without the sign that it is transposed."""
    return expr.args[0] if isinstance(expr, Call) and expr.name == "transpose" else expr


def _call(expr: Call, kinds: Mapping[str, Kind]) -> tuple[Expr, Kind]:
    parts = [_settled(argument, kinds) for argument in expr.args]
    whole = replace(expr, args=tuple(part for part, _ in parts))
    kind = parts[0][1] if parts else Kind.SCALAR
    if expr.name == "abs" and kind in (Kind.VECTOR, Kind.ROW):
        inner = _column(whole.args[0])
        return Call("sqrt", (Call("dot", (inner, inner), at=expr.at),), at=expr.at), Kind.SCALAR
    if expr.name == "transpose":
        if kind is Kind.SCALAR:
            raise UnreadableError("only a vector or a matrix can be transposed", expr.at)
        return whole, {Kind.VECTOR: Kind.ROW, Kind.ROW: Kind.VECTOR}.get(kind, kind)
    if expr.name == "matmul":
        return whole, parts[-1][1]
    return whole, Kind.VECTOR if expr.name == "softmax" else Kind.SCALAR


def without_transpose(expr: Expr, kinds: Mapping[str, Kind]) -> Expr:
    """A vector by itself, however it is turned: `[1, 2]^T` is `[1, 2]`."""
    turned = (Kind.VECTOR, Kind.ROW)
    while isinstance(expr, Call) and expr.name == "transpose" and kind_of(expr.args[0], kinds) in turned:
        expr = expr.args[0]
    return expr
