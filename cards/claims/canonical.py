r"""One form for trees that differ in writing alone, so that a claim is recognised in what is displayed.

`n x^{n-1}` and `n*x**(n-1)`, `b + a` and `a + b`, `e^x` and `exp(x)`, `\frac{1}{2}` and `0.5` have one form each.
Numbers are not worked out: `2**3 * 2**2` and `2**5` are different things to display.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import TypeAlias

from cards.claims.trees import BINDERS, substitute
from cards.expr import Binary, Call, Case, Expr, Index, Listing, Name, Number, Piecewise, Relation, Unary
from cards.expr import Domain as DomainWord

Form: TypeAlias = "tuple[object, ...]"
_FLIPPED = {">": "<", ">=": "<="}
MINUS_ONE: Form = ("number", Fraction(-1))


def canonical(expr: Expr) -> Form:
    """The form of a tree; equal forms mean the same thing."""
    return _form(expr, 0)


def canonical_relation(left: Expr, op: str, right: Expr) -> Form:
    """The form of a comparison: `a < b` and `b > a` have the same."""
    a, b = canonical(left), canonical(right)
    if op in _FLIPPED:
        a, b, op = b, a, _FLIPPED[op]
    if op in ("==", "!=", "~="):
        a, b = sorted((a, b), key=repr)
    return ("relation", op, a, b)


def _form(expr: Expr, depth: int) -> Form:  # noqa: PLR0912  one case a kind of node
    match expr:
        case Number(value=value):
            return ("number", value)
        case Name(name=name):
            return ("name", name)
        case Unary(operand=Number(value=value)):
            return ("number", -value)
        case Unary(operand=operand):
            return _product([MINUS_ONE, _form(operand, depth)])
        case Binary(op="+", left=left, right=right):
            return _sum([_form(left, depth), _form(right, depth)])
        case Binary(op="-", left=left, right=right):
            return _sum([_form(left, depth), _form(Unary("-", right), depth)])
        case Binary(op="*", left=left, right=right) | Call(name="cdot", args=(left, right)):
            return _product([_form(left, depth), _form(right, depth)])
        case Binary(op="/", left=left, right=right):
            return _quotient(_form(left, depth), _form(right, depth))
        case Binary(op="**", left=left, right=right):
            return _power(_form(left, depth), _form(right, depth))
        case Call(name="exp", args=(x,)):
            return _power(("name", "e"), _form(x, depth))
        case Call(name="sqrt", args=(x,)):
            return _power(_form(x, depth), ("number", Fraction(1, 2)))
        case Call(name="log", args=(x,)):
            return ("call", "ln", _form(x, depth))
        case Call(name=name, args=(body, Name() as variable, *ends)) if name in BINDERS and name != "diff":
            bound = Name(f"#{depth}")
            inner = _form(substitute(body, {variable.name: bound}), depth + 1)
            return ("call", name, inner, *(_form(end, depth) for end in ends))
        case Call():
            return ("call", expr.name, *(_form(argument, depth) for argument in expr.args))
        case Listing():
            return ("list", *(_form(item, depth) for item in expr.items))
        case Index():
            return ("index", _form(expr.base, depth), _form(expr.index, depth))
        case Piecewise():
            return ("cases", *(_case(case, depth) for case in expr.cases))
        case _:
            return (type(expr).__name__, str(expr), expr.op if isinstance(expr, Binary) else "")


def _case(case: Case, depth: int) -> Form:
    conditions: list[Form] = []
    for condition in case.conditions:
        if isinstance(condition, DomainWord):
            conditions.append(("domain", str(condition)))
        else:
            conditions += _relation_forms(condition)
    return (_form(case.value, depth), *conditions)


def _relation_forms(relation: Relation) -> Iterable[Form]:
    return [canonical_relation(left, op, right) for left, op, right in relation.pairs()]


def _flat(kind: str, parts: Iterable[Form]) -> list[Form]:
    found: list[Form] = []
    for part in parts:
        if part[0] == kind:
            found += [inner for inner in part[1:] if isinstance(inner, tuple)]
        else:
            found.append(part)
    return found


def _sum(parts: Iterable[Form]) -> Form:
    return ("sum", *sorted(_flat("sum", parts), key=repr))


def _product(parts: Iterable[Form]) -> Form:
    flat = _flat("product", parts)
    signs = sum(part == MINUS_ONE for part in flat)
    rest = [part for part in flat if part != MINUS_ONE]
    if signs % 2:
        for place, part in enumerate(rest):
            if part[0] == "number" and isinstance(part[1], Fraction):
                rest[place] = ("number", -part[1])
                break
        else:
            rest.append(MINUS_ONE)
    if not rest:
        return ("number", Fraction(1))
    return rest[0] if len(rest) == 1 else ("product", *sorted(rest, key=repr))


def _quotient(above: Form, below: Form) -> Form:
    a, b = above[1], below[1]
    if above[0] == below[0] == "number" and isinstance(a, Fraction) and isinstance(b, Fraction) and b:
        return ("number", a / b)
    inverse = _power(below, MINUS_ONE)
    return inverse if above == ("number", Fraction(1)) else _product([above, inverse])


def _power(base: Form, exponent: Form) -> Form:
    if base[0] == "number" and exponent == MINUS_ONE and isinstance(base[1], Fraction) and base[1]:
        return ("number", 1 / base[1])
    return ("power", base, exponent)
