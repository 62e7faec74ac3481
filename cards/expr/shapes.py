r"""How functions, lists and relations of the small language are written in LaTeX, whatever writes their parts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol, TypeAlias

from cards.expr.nodes import Call, Expr, Listing, Name, Relation
from cards.expr.tex import GREEK, Level, Tex, added, named, raised_to, upright

RELATIONS = {"==": "=", "!=": r"\neq", "<": "<", "<=": r"\le", ">": ">", ">=": r"\ge", "~=": r"\approx"}
WITH_COMMAND = frozenset({"sin", "cos", "tan", "ln", "log", "max", "min", "gcd", "exp"})


class Render(Protocol):
    """What writes an expression; `exponent` says that it stands raised."""

    def __call__(self, expr: Expr, exponent: bool = False) -> Tex:
        """The expression as a piece of LaTeX."""
        ...


Shape: TypeAlias = Callable[[tuple[Expr, ...], Render], Tex]


def applied(call: Call, render: Render) -> Tex:
    """A call as LaTeX; in its own notation if it has one, and takes what it is given, else as `f(x)`."""
    shape = _SHAPES.get((call.name, len(call.args)))
    if shape is not None and (call.name not in _BINDING or isinstance(call.args[_BINDING[call.name]], Name)):
        return shape(call.args, render)
    if call.name == "sum" and len(call.args) == 1:
        return _sum_of_list(call, render)
    return _before_parentheses(call.name, call.args, render)


def listed(expr: Listing, render: Render) -> Tex:
    """A vector in brackets; a matrix where each item is a list that is not empty."""
    rows = expr.items
    if rows and all(isinstance(row, Listing) and row.items for row in rows):
        cells = r" \\ ".join(
            " & ".join(render(cell).text for cell in row.items) for row in rows if isinstance(row, Listing)
        )
        return Tex(rf"\begin{{bmatrix}} {cells} \end{{bmatrix}}", tall=True)
    items = [render(item) for item in rows]
    text = ", ".join(item.text for item in items)
    tall = any(item.tall for item in items)
    return Tex(rf"\left[{text}\right]" if tall else f"[{text}]", tall=tall)


def related(relation: Relation, render: Render) -> str:
    """A chain of comparisons."""
    return render(relation.first).text + "".join(
        f" {RELATIONS[op]} {render(right).text}" for op, right in relation.rest
    )


_BINDING = {"diff": 1, "at": 1, "limit": 1, "deriv": 0}


def _before_parentheses(name: str, args: tuple[Expr, ...], render: Render) -> Tex:
    r"""A function before its arguments: `\ln x`, `\max(0, x)`, `f(x)`."""
    items = [render(argument) for argument in args]
    if name in WITH_COMMAND and len(items) == 1:
        (item,) = items
        if item.level == Level.ATOM and not item.tall and not item.text.startswith(("(", "[", r"\left")):
            return Tex(f"{_command(name)} {item.text}", Level.FUNCTION)
    inside = Tex(", ".join(item.text for item in items), tall=any(item.tall for item in items))
    level = Level.FUNCTION if name in WITH_COMMAND else Level.POWER
    return Tex(_command(name) + inside.in_parentheses().text, level, inside.tall)


def _command(name: str) -> str:
    if name in WITH_COMMAND:
        return rf"\{name}"
    return named(name) if len(name) == 1 or name in GREEK else upright(name, "operatorname")


def _between(before: str, after: str) -> Shape:
    return lambda args, render: Tex(f"{before}{render(args[0]).text}{after}", tall=True)


def _absolute(args: tuple[Expr, ...], render: Render) -> Tex:
    return Tex(rf"\left|{render(args[0]).text}\right|")


def _exponential(args: tuple[Expr, ...], render: Render) -> Tex:
    return raised_to(Tex("e"), render(args[0], exponent=True))


def _root(args: tuple[Expr, ...], render: Render) -> Tex:
    inner = render(args[0])
    return Tex(rf"\sqrt{{{inner.text}}}", Level.POWER, inner.tall)


def _logarithm_to_base(args: tuple[Expr, ...], render: Render) -> Tex:
    shown = _before_parentheses("log", args[:1], render)
    return replace(shown, text=rf"\log_{{{render(args[1]).text}}}" + shown.text.removeprefix(r"\log"))


def _sum_of_list(call: Call, render: Render) -> Tex:
    match call.args:
        case (Listing(items=(first, *more)),):
            result = render(first)
            for item in more:
                result = added("+", result, render(item))
            return result
        case (Name(name=name),) if len(name) == 1:
            return _operator(r"\sum_{i}", Name(f"{name}_i"), render)
        case _:
            return _before_parentheses("sum", call.args, render)


def _sum_over(args: tuple[Expr, ...], render: Render) -> Tex:
    term, item, items = args
    return _operator(rf"\sum_{{{render(item).text} \in {render(items).text}}}", term, render)


def _sum_between(args: tuple[Expr, ...], render: Render) -> Tex:
    term, index, first, last = (args[0], *map(render, args[1:]))
    return _operator(rf"\sum_{{{index.text}={first.text}}}^{{{last.text}}}", term, render)


def _operator(sign: str, body: Expr, render: Render) -> Tex:
    inner = render(body)
    inner = inner.in_parentheses() if inner.level <= Level.NEGATION else inner
    return Tex(f"{sign} {inner.text}", Level.OPERATOR, tall=True, open=True)


def _derivative(args: tuple[Expr, ...], render: Render) -> Tex:
    return _operator(rf"\frac{{d}}{{d{render(args[1]).text}}}", args[0], render)


def _derivative_at(args: tuple[Expr, ...], render: Render) -> Tex:
    inner, by, at = _derivative(args, render).text, render(args[1]).text, render(args[2]).text
    return Tex(rf"\left.{inner}\right|_{{{by}={at}}}", Level.POWER, tall=True)


def _with_value(args: tuple[Expr, ...], render: Render) -> Tex:
    inner, name, value = (render(argument).text for argument in args)
    return Tex(rf"\left.{inner}\right|_{{{name}={value}}}", Level.POWER, tall=True)


def _prime(args: tuple[Expr, ...], render: Render) -> Tex:
    function, inner = args[0], render(args[1])
    return Tex(f"{_command(str(function))}'{inner.in_parentheses().text}", Level.POWER, inner.tall)


def _limit(args: tuple[Expr, ...], render: Render) -> Tex:
    by, to = render(args[1]).text, render(args[2]).text
    return _operator(rf"\lim_{{{by} \to {to}}}", args[0], render)


def _side_by_side(sign: str) -> Shape:
    def shape(args: tuple[Expr, ...], render: Render) -> Tex:
        left, right = (render(argument).at_least(Level.FRACTION) for argument in args)
        return Tex(f"{left.text}{sign}{right.text}", Level.PRODUCT, left.tall or right.tall)

    return shape


def _transposed(args: tuple[Expr, ...], render: Render) -> Tex:
    return raised_to(render(args[0]), Tex(r"\top"))


# By name and number of arguments.
_SHAPES: dict[tuple[str, int], Shape] = {
    ("sqrt", 1): _root,
    ("exp", 1): _exponential,
    ("abs", 1): _absolute,
    ("log", 2): _logarithm_to_base,
    ("floor", 1): _between(r"\left\lfloor ", r" \right\rfloor"),
    ("ceil", 1): _between(r"\left\lceil ", r" \right\rceil"),
    ("sum", 3): _sum_over,
    ("sum", 4): _sum_between,
    ("diff", 2): _derivative,
    ("diff", 3): _derivative_at,
    ("at", 3): _with_value,
    ("deriv", 2): _prime,
    ("limit", 3): _limit,
    ("dot", 2): _side_by_side(r" \cdot "),
    ("matmul", 2): _side_by_side(" "),
    ("transpose", 1): _transposed,
}
