"""The small language as a tree: frozen, comparable, printable.

`str(node)` is the canonical text of a node, in Python's syntax with no more parentheses than needed; for every tree
that the parser makes, `parse(str(tree)) == tree`. Offsets (`at`) are for messages and take no part in comparison.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

# How tightly an operator binds; a higher number binds tighter. As in Python, `-x**2` is `-(x**2)`.
SUM, PRODUCT, NEGATION, POWER, ATOM = 1, 2, 3, 4, 5
PRECEDENCE = {"+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT, "//": PRODUCT, "%": PRODUCT, "**": POWER}


def _offset() -> int:
    """A field for where a node begins in the text: an offset from 0, which never makes two nodes differ."""
    place: int = field(default=0, compare=False, repr=False)
    return place


@dataclass(frozen=True, slots=True)
class Number:
    """A number, exact however it was written.

    Attributes:
        value: the number; `0.1` is one tenth. The parser makes no negative numbers (`-2` is a negation).
        places: how many decimals were written: 0 for `2`, 2 for `0.50`, 5 for `1e-5`. Display and `~=` go by it.
    """

    value: Fraction
    places: int = field(default=0, compare=False)
    at: int = _offset()

    def __str__(self) -> str:
        if self.value.denominator == 1 and not self.places:
            return str(self.value.numerator)
        if self.places and self.value * 10**self.places % 1 == 0:
            sign = "-" if self.value < 0 else ""
            digits = str(abs(self.value.numerator * 10**self.places // self.value.denominator)).zfill(self.places + 1)
            return f"{sign}{digits[: -self.places]}.{digits[-self.places :]}"
        return f"{self.value.numerator}/{self.value.denominator}"


@dataclass(frozen=True, slots=True)
class Name:
    """A symbol, a parameter or one of the constants e, pi and oo. `x_1` and `x_i` are names too."""

    name: str
    at: int = _offset()

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Unary:
    """A negation; `op` is always `-`."""

    op: str
    operand: Expr
    at: int = _offset()

    def __str__(self) -> str:
        return self.op + _within(self.operand, NEGATION)


@dataclass(frozen=True, slots=True)
class Binary:
    """An operation on two operands; `op` is one of + - * / // % **."""

    op: str
    left: Expr
    right: Expr
    at: int = _offset()

    def __str__(self) -> str:
        level = PRECEDENCE[self.op]
        if level == POWER:  # the base must be an atom, the exponent may be a negation or another power
            return f"{_within(self.left, ATOM)}**{_within(self.right, NEGATION)}"
        space = " " if level == SUM else ""
        return f"{_within(self.left, level)}{space}{self.op}{space}{_within(self.right, level + 1)}"


@dataclass(frozen=True, slots=True)
class Call:
    """A function of its arguments.

    Some functions bind a name, given as a `Name` argument: `sum(expr, i, first, last)`, `sum(expr, item, list)`,
    `diff(expr, x)`, `diff(expr, x, at)`, `at(expr, x, value)`, `limit(expr, x, to)`. `deriv(f, at)` takes a function's
    name first. Python's `sum(expr for i in range(a, b))` is read as `sum(expr, i, a, b - 1)`, `A @ v` as
    `matmul(A, v)`.
    The name is not checked here: `f(x)` of an unknown f is a tree like any other.
    """

    name: str
    args: tuple[Expr, ...]
    at: int = _offset()

    def __str__(self) -> str:
        return f"{self.name}({', '.join(map(str, self.args))})"


@dataclass(frozen=True, slots=True)
class Listing:
    """A vector `[1, 2]`, or a matrix as the list of its rows."""

    items: tuple[Expr, ...]
    at: int = _offset()

    def __str__(self) -> str:
        return f"[{', '.join(map(str, self.items))}]"


@dataclass(frozen=True, slots=True)
class Index:
    """An element of a list. As in Python, the first is `x[0]`."""

    base: Expr
    index: Expr
    at: int = _offset()

    def __str__(self) -> str:
        return f"{_within(self.base, ATOM)}[{self.index}]"


@dataclass(frozen=True, slots=True)
class Relation:
    """A chain of comparisons: `0 < x <= 1` is first `0` and rest `(("<", x), ("<=", 1))`.

    The operators are == != < <= > >= and ~= (equal to the decimals written).
    """

    first: Expr
    rest: tuple[tuple[str, Expr], ...]
    at: int = _offset()

    def __str__(self) -> str:
        return str(self.first) + "".join(f" {op} {right}" for op, right in self.rest)

    def pairs(self) -> Iterator[tuple[Expr, str, Expr]]:
        """Each comparison of the chain by itself: left, operator, right."""
        left = self.first
        for op, right in self.rest:
            yield left, op, right
            left = right


@dataclass(frozen=True, slots=True)
class Domain:
    """A symbol's domain as a condition: `n integer`. The word is not checked here."""

    name: str
    word: str
    at: int = _offset()

    def __str__(self) -> str:
        return f"{self.name} {self.word}"


@dataclass(frozen=True, slots=True)
class Case:
    """One case of a piecewise function; no conditions at all means otherwise."""

    value: Expr
    conditions: tuple[Condition, ...]
    at: int = _offset()

    def __str__(self) -> str:
        return f"({self.value}, {' and '.join(map(str, self.conditions)) or 'otherwise'})"


@dataclass(frozen=True, slots=True)
class Piecewise:
    """`piecewise((value, condition), ..., (value, otherwise))`: the value of the first case that holds."""

    cases: tuple[Case, ...]
    at: int = _offset()

    def __str__(self) -> str:
        return f"piecewise({', '.join(map(str, self.cases))})"


@dataclass(frozen=True, slots=True)
class Statement:
    """What a claim says: a relation, and the conditions (all of them) under which it is said."""

    relation: Relation
    conditions: tuple[Condition, ...] = ()

    def __str__(self) -> str:
        where = f" where {', '.join(map(str, self.conditions))}" if self.conditions else ""
        return f"{self.relation}{where}"


Expr: TypeAlias = Number | Name | Unary | Binary | Call | Listing | Index | Piecewise
Condition: TypeAlias = Relation | Domain
Node: TypeAlias = Expr | Relation | Domain | Case | Statement


def level(expr: Expr) -> int:
    """How tightly the outermost operation of `expr`, as written by `str`, binds."""
    match expr:
        case Binary(op=op):
            return PRECEDENCE[op]
        case Unary():
            return NEGATION
        case Number(value=value):
            if "/" in str(expr):
                return PRODUCT
            return NEGATION if value < 0 else ATOM
        case _:
            return ATOM


def _within(expr: Expr, least: int) -> str:
    return str(expr) if level(expr) >= least else f"({expr})"


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly below `node`, from left to right."""
    match node:
        case Unary():
            return (node.operand,)
        case Binary():
            return (node.left, node.right)
        case Call():
            return node.args
        case Listing():
            return node.items
        case Index():
            return (node.base, node.index)
        case Piecewise():
            return node.cases
        case Case():
            return (node.value, *node.conditions)
        case Relation():
            return (node.first, *(right for _, right in node.rest))
        case Statement():
            return (node.relation, *node.conditions)
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """`node` and every node below it, parents first, from left to right; without recursion."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(children(node)))


def depth(node: Node) -> int:
    """The number of nodes on the longest way down; without recursion, so that it may be asked of any tree."""
    deepest, row = 0, [node]
    while row:
        deepest += 1
        row = [below for each in row for below in children(each)]
    return deepest
