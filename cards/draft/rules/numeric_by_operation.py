r"""Problems from an example alone, where the operation is the same for all numbers: vectors added, a mean, a root."""

from __future__ import annotations

from cards.draft.rules.numeric_problems import Problem, ask, shown
from cards.draft.rules.numeric_ranges import given_for
from cards.draft.rules.numeric_values import named, value_of
from cards.draft.rules.templates import numbers_in, numeric, step
from cards.draft.tex import Bound, Statement, expression_of
from cards.expr import Binary, Call, Expr, Listing, Number, Unary, free_names, walk
from cards.expr.names import CONSTANTS

LETTERS = "abcdfghkmnpqrstuvw"
"""Names for numbers, in order: no e, which is a constant, and no i, j, l, o, x, y, z, which mean something else."""
MOST_NUMBERS = 9

_LISTS = frozenset({"dot", "matmul", "mean", "sum", "max", "min", "abs", "len", "transpose"})


def by_operation(example: Statement) -> Problem | None:
    """The problem of an example; None if its left side is no such operation, or its right side is not what it gives."""
    sides = example.sides
    left, right = expression_of(sides[0].tex), expression_of(sides[-1].tex)
    if left is None or right is None or free_names(left) or not _is_operation(left) or not _is_result(right):
        return None
    value = value_of(left)
    if value is None or value != value_of(right):
        return None
    spots = [(start, end) for start, end in numbers_in(sides[0].tex)]
    numbers = {node.at: node for node in walk(left) if isinstance(node, Number)}
    if not 0 < len(spots) <= MOST_NUMBERS or {start for start, _ in spots} != numbers.keys():
        return None
    names = {start: LETTERS[place] for place, (start, _) in enumerate(spots)}
    if isinstance(left, Binary) and left.op == "**":
        names = dict(zip(names, ("a", "n"), strict=False)) if len(names) == 2 else names
    answer = named(left, names)
    bounds = {names[start]: Bound(numbers[start].value, numbers[start]) for start, _ in spots}
    drawn = given_for(answer, bounds)
    if drawn is None:
        return None
    given, where = drawn
    asked = numeric(sides[0].tex, names)
    written = {names[start]: sides[0].tex[start:end] for start, end in spots}
    steps = [step(side.tex, answer, written, given, where) for side in sides[1:-1]]
    chain = [asked, *filter(None, steps), r"\val{answer}"]
    front, back = ask("What is {L}?", asked), shown(" = ".join(chain))
    return Problem(given=given, where=where, front=front, answer=str(answer), back=back)


def _is_operation(expr: Expr) -> bool:
    """Whether it is one operation that is the same for all numbers: vectors added, a mean, a root, a power."""
    match expr:
        case Binary(op="+" | "-", left=left, right=right):
            return _is_list(left) and _is_list(right)
        case Binary(op="*", left=left, right=right):
            return _is_number(left) and _is_list(right)
        case Binary(op="**", left=left, right=Number(value=value)):
            return _is_number(left) and value.denominator == 1 and value > 1
        case Call(name="sqrt", args=(argument,)):
            return _is_number(argument)
        case Call(name="ln" | "log", args=(Binary(op="**", left=left, right=Number()), *_)):
            return str(left) in CONSTANTS
        case Call(name=name, args=arguments):
            return name in _LISTS and all(_is_list(argument) or _is_number(argument) for argument in arguments)
    return False


def _is_result(expr: Expr) -> bool:
    """Whether it is worked out: a number, a fraction, or a list of these."""
    return all(
        isinstance(node, Number | Unary | Listing) or (isinstance(node, Binary) and node.op == "/")
        for node in walk(expr)
    )


def _is_list(expr: Expr) -> bool:
    return isinstance(expr, Listing) and all(_is_number(item) or _is_list(item) for item in expr.items)


def _is_number(expr: Expr) -> bool:
    return isinstance(expr.operand if isinstance(expr, Unary) else expr, Number)
