r"""What was typed as LaTeX, as it was typed: nothing is worked out. `cards.render` can show all of it."""

from __future__ import annotations

from cards.answers.types import FiniteSet, Interval, Typed, Union, Where
from cards.expr import Binary, Call, Expr, Index, Listing, Name, Number, Piecewise, Relation, Unary
from cards.expr.latex import show
from cards.expr.shapes import applied, listed, related
from cards.expr.tex import Level, Tex, added, multiplied, named, negated, over, raised_to


def latex_of(typed: Typed) -> str:
    """An answer as LaTeX, without dollars; empty for a text."""
    match typed:
        case str():
            return ""
        case Union():
            return _union(typed)
        case Relation():
            return related(typed, _tex)
        case _:
            return _tex(typed).text


def _union(union: Union) -> str:
    joint = r" \text{ or } " if any(isinstance(part, Where) for part in union.parts) else r" \cup "
    return joint.join(map(_part, union.parts)) or r"\emptyset"


def _part(part: Interval | FiniteSet | Where) -> str:
    match part:
        case Interval(low=low, high=high, closed=(left, right)):
            return rf"\left{'[' if left else '('}{_tex(low).text}, {_tex(high).text}\right{']' if right else ')'}"
        case FiniteSet(items=items):
            return rf"\left\{{{', '.join(_tex(item).text for item in items)}\right\}}" if items else r"\emptyset"
        case Where(conditions=conditions):
            return r" \text{ and } ".join(related(condition, _tex) for condition in conditions)


def _tex(expr: Expr, exponent: bool = False) -> Tex:
    match expr:
        case Number() | Index() | Piecewise():
            return show(expr, exponent=exponent)
        case Name():
            return Tex(named(expr.name))
        case Unary():
            return negated(_tex(expr.operand, exponent))
        case Binary(op="+" | "-"):
            return added(expr.op, _tex(expr.left, exponent), _tex(expr.right, exponent))
        case Binary(op="**"):
            return raised_to(_tex(expr.left), _tex(expr.right, exponent=True))
        case Binary(op="/", left=Unary(operand=above), right=below):
            return negated(over(_tex(above, exponent), _tex(below, exponent), exponent))
        case Binary(op="/"):
            return over(_tex(expr.left, exponent), _tex(expr.right, exponent), exponent)
        case Binary(op="*"):
            return multiplied(_tex(expr.left, exponent), _tex(expr.right, exponent))
        case Listing():
            return listed(expr, _tex)
        case Call():
            return _call(expr)
        case _:
            return show(expr, exponent=exponent)


def _call(expr: Call) -> Tex:
    match expr:
        case Call(name="cbrt", args=(inner,)):
            return Tex(rf"\sqrt[3]{{{_tex(inner).text}}}", Level.POWER)
        case Call(name="root", args=(inner, degree)):
            return Tex(rf"\sqrt[{_tex(degree).text}]{{{_tex(inner).text}}}", Level.POWER)
        case Call(name="factorial", args=(inner,)):
            return Tex(f"{_tex(inner).at_least(Level.ATOM).text}!", Level.POWER)
        case Call(name="exp", args=(inner,)):
            item = _tex(inner)
            return Tex(rf"\exp{item.in_parentheses().text}", Level.FUNCTION, item.tall)
        case Call(name=name, args=args) if name in _COMMANDS:
            inside = Tex(", ".join(_tex(item).text for item in args), tall=any(_tex(item).tall for item in args))
            return Tex(_COMMANDS[name] + inside.in_parentheses().text, Level.FUNCTION, inside.tall)
        case _:
            return applied(expr, _tex)


_COMMANDS = {
    **{name: rf"\{name}" for name in ("cot", "sec", "csc", "sinh", "cosh", "tanh")},
    **{"asin": r"\arcsin", "acos": r"\arccos", "atan": r"\arctan"},
}
