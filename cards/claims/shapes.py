"""Numbers, vectors and matrices: which a tree is, and what a product sign between two of them means."""

from __future__ import annotations

from collections.abc import Mapping

from cards.claims.latex import Unreadable
from cards.domains import Domain
from cards.expr import Binary, Call, Expr, Index, Listing, Name, Piecewise, Unary
from cards.expr.functions import FUNCTIONS
from cards.expr.rebuilt import rebuilt

SCALAR, VECTOR, ROW, MATRIX = "scalar", "vector", "row", "matrix"
OWN = frozenset(
    {"sum", "prod", "diff", "deriv", "limit", "prime", "leibniz", "root", "cdot", "factorial", "binomial"}
    | set(FUNCTIONS)
)
"""Functions that mean something here; any other name is a function of which nothing is known."""


def shape(expr: Expr, domains: Mapping[str, Domain]) -> str:  # noqa: PLR0912  one case a kind of node
    """`scalar`, `vector` or `matrix`."""
    match expr:
        case Listing():
            inner = {shape(item, domains) for item in expr.items}
            return MATRIX if VECTOR in inner else VECTOR
        case Name():
            domain = domains.get(expr.name)
            return domain.kind if domain else SCALAR
        case Unary():
            return shape(expr.operand, domains)
        case Binary():
            return _wider(shape(expr.left, domains), shape(expr.right, domains))
        case Index():
            return VECTOR if shape(expr.base, domains) == MATRIX else SCALAR
        case Piecewise():
            return shape(expr.cases[0].value, domains)
        case Call(name="softmax"):
            return VECTOR
        case Call(name="transpose", args=(inner,)):
            return ROW if shape(inner, domains) == VECTOR else MATRIX
        case Call(name="matmul", args=(_, right)):
            return shape(right, domains)
        case Call(name="cdot", args=(left, right)):
            return _wider(shape(left, domains), shape(right, domains))
        case Call(name="sum", args=(body,)):
            return VECTOR if shape(body, domains) == MATRIX else SCALAR
        case Call(name="sum" | "diff", args=(body, *_)):
            return shape(body, domains)
        case _:
            return SCALAR


def _wider(a: str, b: str) -> str:
    return MATRIX if MATRIX in (a, b) else VECTOR if VECTOR in (a, b) else SCALAR


def elaborate(expr: Expr, domains: Mapping[str, Domain]) -> Expr:
    r"""The tree with products made plain: `\cdot` and products of matrices become *, dot or matmul.

    Raises:
        Unreadable: a product of two vectors without `\cdot`, or a function that is not known.
    """
    expr = rebuilt(expr, lambda part: elaborate(part, domains))
    match expr:
        case Call(name="cdot", args=(left, right)):
            return _product(left, right, domains, dotted=True, at=expr.at)
        case Binary(op="*", left=left, right=right):
            return _product(left, right, domains, dotted=False, at=expr.at)
        case Binary(op="**", left=left, right=Name(name="T")) if shape(left, domains) in (VECTOR, MATRIX):
            return Call("transpose", (left,), at=expr.at)
        case Binary(op="**", left=left) if shape(left, domains) != SCALAR:
            raise Unreadable("a power of a vector or matrix is not read", expr.at)
        case Call(name=name) if name not in OWN and len(name) > 1 and name.isascii() and not name.startswith("["):
            raise Unreadable(f"the function {name} is not known; define it in this note", expr.at)
    return expr


def _product(left: Expr, right: Expr, domains: Mapping[str, Domain], *, dotted: bool, at: int) -> Expr:
    shapes = (shape(left, domains), shape(right, domains))
    match shapes:
        case ("vector", "vector"):
            if dotted:
                return Call("dot", (left, right), at=at)
            raise Unreadable(r"two vectors stand side by side; write \cdot for their dot product", at)
        case ("matrix", "vector" | "matrix"):
            return Call("matmul", (left, right), at=at)
        case ("row", "vector") if isinstance(left, Call):
            return Call("dot", (left.args[0], right), at=at)
        case ("row", _) | (_, "row"):
            raise Unreadable("a transposed vector is read before a vector alone", at)
        case ("vector", "matrix"):
            raise Unreadable("a vector times a matrix is not read; write the matrix first", at)
        case _:
            return Binary("*", left, right, at=at)
