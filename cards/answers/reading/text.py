"""What was typed in one plain line, with the parentheses that show how it is read."""

from __future__ import annotations

from cards.answers.types import FiniteSet, Interval, Typed, Union, Where
from cards.expr import Binary, Call, Expr, Listing, Name, Number, Relation, Unary

_SUM, _PRODUCT, _SIGN, _POWER, _ATOM = range(1, 6)
_COMPARED = {"==": "=", "~=": "≈"}


def text_of(typed: Typed) -> str:
    """An answer in one plain line, which `read` reads as the same again."""
    match typed:
        case str():
            return typed
        case Union():
            return _union(typed)
        case Relation():
            return _relation(typed)
        case _:
            return _text(typed)[0]


def _relation(relation: Relation) -> str:
    rest = "".join(f" {_COMPARED.get(op, op)} {_text(right)[0]}" for op, right in relation.rest)
    return _text(relation.first)[0] + rest


def _union(union: Union) -> str:
    joint = " or " if any(isinstance(part, Where) for part in union.parts) else " ∪ "
    return joint.join(map(_part, union.parts)) or "∅"


def _part(part: Interval | FiniteSet | Where) -> str:
    match part:
        case Interval(low=low, high=high, closed=(left, right)):
            return f"{'[' if left else '('}{_text(low)[0]}, {_text(high)[0]}{']' if right else ')'}"
        case FiniteSet(items=items):
            return "{" + ", ".join(_text(item)[0] for item in items) + "}" if items else "∅"
        case Where(conditions=conditions):
            return " and ".join(map(_relation, conditions))


def _text(expr: Expr) -> tuple[str, int]:
    """The text of an expression, and how tightly it binds."""
    match expr:
        case Number(value=value):
            text = str(expr)
            return text, _PRODUCT if "/" in text else _SIGN if value < 0 else _ATOM
        case Name(name=name):
            return name, _ATOM
        case Unary(operand=Binary(op="**", left=Number()) as power):
            return f"-({_text(power)[0]})", _SIGN  # -3^2 is seldom meant
        case Unary(operand=operand):
            return "-" + _within(operand, _SIGN), _SIGN
        case Binary(op="**", left=left, right=right):
            raised = _text(right)
            simple = raised[1] >= _ATOM or (isinstance(right, Unary) and isinstance(right.operand, Number | Name))
            return f"{_within(left, _ATOM)}^{raised[0] if simple else f'({raised[0]})'}", _POWER
        case Binary(op="+" | "-" as op, left=left, right=right):
            return f"{_within(left, _SUM)} {op} {_within(right, _PRODUCT)}", _SUM
        case Binary(op=op, left=left, right=right):
            below = isinstance(left, Binary) and (left.op == "/" or (op == "/" and _ends_in_power(left)))
            first = f"({_text(left)[0]})" if below else _within(left, _PRODUCT)
            return f"{first}{op}{_within(right, _POWER)}", _PRODUCT
        case Listing(items=items):
            return f"[{', '.join(_text(item)[0] for item in items)}]", _ATOM
        case Call(name="factorial", args=(inner,)):
            return f"{_within(inner, _ATOM)}!", _POWER
        case Call(name=name, args=args):
            return f"{name}({', '.join(_text(item)[0] for item in args)})", _ATOM
        case _:
            return str(expr), _ATOM


def _ends_in_power(expr: Binary) -> bool:
    last: Expr = expr.right if expr.op == "*" else expr
    return isinstance(last, Binary) and last.op == "**"


def _within(expr: Expr, least: int) -> str:
    text, level = _text(expr)
    return text if level >= least else f"({text})"
