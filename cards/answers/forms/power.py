"""One power: a base with an exponent, both worked out, and no more."""

from __future__ import annotations

from fractions import Fraction

from cards.answers.forms.fractions import plain_fraction
from cards.answers.forms.polynomials import polynomial
from cards.expr import Binary, Call, Expr, Name, Node, Number, Unary, walk

ASKED = "one power was asked for: a base with one exponent"


def lacks(expr: Expr, expected: Expr | None) -> str:
    """What keeps a right answer from being one power; empty if it is one.

    A sign in front is no matter (`-2^3`). Any base will do: `4^(5/2)` is one power as `2^5` is.

    Args:
        expr: what was typed.
        expected: the right answer, which may be a power with the exponent 1 or 0; None if it is not known.
    """
    match expr:
        case Unary(operand=operand):
            return lacks(operand, _without_sign(expected))
        case Call(name="exp", args=(exponent,)):
            return _exponent(exponent)
        case Binary(op="**", left=base, right=exponent):
            return _base(base) or _exponent(exponent)
        case Call(name="sqrt" | "cbrt"):
            return f"{ASKED}, not a root"
        case Number() | Name() if expr == _alone(expected):
            return ""
        case Number():
            return f"{ASKED}, not the number that it comes to"
        case Binary(op="/", left=Number(), right=Number()):
            return f"{ASKED}, not the number that it comes to"
        case Binary(op="/"):
            return f"{ASKED}, not a fraction; what is below the line can be written with a negative exponent"
        case Binary(op="*"):
            return f"{ASKED}, not a product"
        case _:
            return ASKED


def _without_sign(expected: Expr | None) -> Expr | None:
    return expected.operand if isinstance(expected, Unary) else expected


def _alone(expected: Expr | None) -> Expr | None:
    """What is left of a power with the exponent 1, which is written without one."""
    match expected:
        case Binary(op="**", left=base, right=exponent) if exponent == Number(Fraction(1)):
            return base
        case Number() | Name():
            return expected
        case _:
            return None


def _base(base: Expr) -> str:
    match base:
        case Unary(operand=operand):
            return _base(operand)
        case Binary(op="**"):
            return f"{ASKED}, not a power of a power"
        case Binary() if not _is_worked_out(base):
            return f"{ASKED}; the base can still be worked out"
        case _:
            return ""


def _exponent(exponent: Expr) -> str:
    if exponent == Number(Fraction(1)):
        return f"{ASKED}, not a number with the exponent 1"
    return "" if _is_worked_out(exponent) else f"{ASKED}; the exponent can still be worked out"


def _is_worked_out(expr: Expr) -> bool:
    """Whether no two numbers are left to be put together, and no two like terms (`2+3`, `2*3*n`, `n+n`, `4/2`)."""
    terms = polynomial(expr)
    if terms is not None and len(_terms(expr)) > max(1, len(terms)):
        return False
    return not any(_is_of_numbers(node) and plain_fraction(node) is None for node in walk(expr))


def _is_of_numbers(node: Node) -> bool:
    return isinstance(node, Binary) and _is_number(node.left) and _is_number(node.right)


def _is_number(expr: Expr) -> bool:
    return isinstance(expr.operand if isinstance(expr, Unary) else expr, Number)


def _terms(expr: Expr) -> list[Expr]:
    match expr:
        case Binary(op="+" | "-", left=left, right=right):
            return [*_terms(left), *_terms(right)]
        case Unary(operand=operand):
            return _terms(operand)
        case _:
            return [expr]
