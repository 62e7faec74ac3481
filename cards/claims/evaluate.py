"""The value of a tree at a point, exactly or between bounds, and strictly: `0**0`, `ln(-1)` and `1/0` have none.

This is written without SymPy, so that what SymPy proves and what is computed here check each other.
"""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from fractions import Fraction
from functools import lru_cache, reduce

from cards.claims import reals
from cards.claims.reals import Real, Undecided, Undefined, add, divide, sign, subtract
from cards.claims.trees import base_and_subscript
from cards.claims.values import (
    FUNCTIONS,
    Point,
    Value,
    as_real,
    compares,
    comparison,
    dot,
    is_list,
    item_of,
    matmul,
    negated,
    operate,
    shown,
    total,
)
from cards.expr import (
    Binary,
    Call,
    Condition,
    EvaluationError,
    Expr,
    Index,
    Listing,
    Name,
    Number,
    Piecewise,
    Unary,
    walk,
)
from cards.expr import Domain as DomainWord
from cards.expr.calculus import derivative

MAX_STEPS = 50_000
MAX_TERMS = 5_000
ZERO, ONE = Fraction(0), Fraction(1)
NEAR = Fraction(1, 10**20)


def evaluate(expr: Expr, point: Point) -> Value:
    """The value of a tree.

    Raises:
        Undefined: it has no value there.
        Undecided: its value cannot be known closely enough, or it is too large.
    """
    return _Evaluation(point).value(expr)


class _Evaluation:
    def __init__(self, point: Point) -> None:
        self.point = point
        self.bound: MutableMapping[str, Value] = {}
        self.steps = MAX_STEPS

    @contextmanager
    def binding(self, name: str, value: Value) -> Iterator[None]:
        before = self.bound.get(name)
        self.bound[name] = value
        try:
            yield
        finally:
            if before is None:
                del self.bound[name]
            else:
                self.bound[name] = before

    def value(self, expr: Expr) -> Value:
        self.steps -= 1
        if self.steps < 0:
            raise Undecided("the evaluation takes too many steps")
        try:
            return self._value(expr)
        except Undefined as error:
            error.at = error.at or expr.at
            raise

    def real(self, expr: Expr) -> Real:
        value = self.value(expr)
        if is_list(value):
            raise Undefined("a vector stands where a number is needed", expr.at)
        return value

    def items(self, expr: Expr) -> tuple[Value, ...]:
        value = self.value(expr)
        if not isinstance(value, tuple):
            raise Undefined("a number stands where a list is needed", expr.at)
        return value

    def _value(self, expr: Expr) -> Value:
        match expr:
            case Number(value=value):
                return value
            case Name():
                return self.named(expr)
            case Unary():
                return negated(self.value(expr.operand))
            case Binary(op="**", left=Name(name="e"), right=exponent) if self.point.find("e") is None:
                return reals.exponential(self.real(exponent))
            case Binary():
                return operate(expr.op, self.value(expr.left), self.value(expr.right))
            case Listing():
                return tuple(self.value(item) for item in expr.items)
            case Index():
                return self.element(expr)
            case Piecewise():
                return self.piecewise(expr)
            case Call():
                return self.call(expr)

    def named(self, expr: Name) -> Value:
        name = expr.name
        if name in self.bound:
            return self.bound[name]
        base, subscript = base_and_subscript(name)
        place = self.bound.get(subscript)
        if isinstance(place, Fraction) and place.denominator == 1:
            whole = self.point.find(base)
            if isinstance(whole, tuple):
                return item_of(whole, place - 1, expr)
            name = f"{base}_{place}"
        found = self.point.find(name)
        if found is not None:
            return found
        if name == "e":
            return reals.iv.e
        if name == "pi":
            return reals.iv.pi
        raise Undecided(f"{name} has no value")

    def element(self, expr: Index) -> Value:
        place = self.real(expr.index)
        if isinstance(expr.base, Name) and expr.base.name not in self.bound:
            whole = self.point.find(expr.base.name)
            if not isinstance(whole, tuple) and isinstance(place, Fraction) and place.denominator == 1:
                return self.named(Name(f"{expr.base.name}_{place + 1}", at=expr.at))
        return item_of(self.items(expr.base), place, expr)

    def piecewise(self, expr: Piecewise) -> Value:
        chosen: Value | None = None
        for case in expr.cases:
            if not case.conditions:
                return self.value(case.value) if chosen is None else chosen
            if all(self.holds(condition) for condition in case.conditions):
                value = self.value(case.value)
                if chosen is not None and comparison(chosen, value) == "different":
                    raise Undefined("two cases hold at once and differ", expr.at)
                chosen = value
        if chosen is None:
            raise Undefined("no case holds", expr.at)
        return chosen

    def holds(self, condition: Condition) -> bool:
        """Whether a condition holds. Raises Undecided if that cannot be seen."""
        if isinstance(condition, DomainWord):
            raise Undecided("a condition is not read")
        return all(
            compares(sign(subtract(self.real(left), self.real(right))), op) for left, op, right in condition.pairs()
        )

    def call(self, expr: Call) -> Value:  # noqa: PLR0912  one case a function
        match expr:
            case Call(name="sum" | "prod", args=(body, Name() as index, first, last)):
                return self.repeated(expr, body, index.name, (self.real(first), self.real(last)))
            case Call(name="sum", args=(body, Name() as variable, items)):
                found = []
                for item in self.items(items):
                    with self.binding(variable.name, item):
                        found.append(self.value(body))
                return total(tuple(found))
            case Call(name="sum", args=(items,)):
                return total(self.items(items))
            case Call(name="diff", args=(body, Name() as variable, *at)):
                return self.slope(body, variable, self.value(at[0]) if at else self.named(variable), expr)
            case Call(name="ln" | "log", args=(argument,)) if (exact := self.exact_logarithm(argument)) is not None:
                return exact
            case Call(name="max" | "min", args=arguments):
                values = self.items(arguments[0]) if len(arguments) == 1 else tuple(self.real(x) for x in arguments)
                if not values:
                    raise Undefined("an empty list has no largest element", expr.at)
                pick = reals.larger if expr.name == "max" else reals.smaller
                return reduce(pick, (as_real(value, expr) for value in values))
            case Call(name="len", args=(items,)):
                return Fraction(len(self.items(items)))
            case Call(name="softmax", args=(items,)):
                raised = [reals.exponential(as_real(item, expr)) for item in self.items(items)]
                below = total(tuple(raised))
                return tuple(divide(each, as_real(below, expr)) for each in raised)
            case Call(name="mean", args=(items,)):
                values = self.items(items)
                if not values:
                    raise Undefined("an empty list has no mean", expr.at)
                return operate("/", total(values), Fraction(len(values)))
            case Call(name="dot", args=(left, right)):
                return dot(self.items(left), self.items(right), expr)
            case Call(name="matmul", args=(left, right)):
                return matmul(self.items(left), self.items(right), expr)
            case Call(name="transpose", args=(matrix,)):
                rows = [row for row in self.items(matrix) if isinstance(row, tuple)]
                return tuple(zip(*rows, strict=True))
            case Call(name="limit" | "deriv"):
                raise Undecided(f"{expr.name} is not computed at a point")
            case Call():
                function = FUNCTIONS.get((expr.name, len(expr.args)))
                if function is None:
                    raise Undecided(f"{expr.name} is not computed")
                return function(*(self.real(argument) for argument in expr.args))

    def exact_logarithm(self, argument: Expr) -> Real | None:
        """The exponent, if the argument is written as a power of e."""
        if self.point.find("e") is not None:
            return None
        match argument:
            case Name(name="e"):
                return ONE
            case Binary(op="**", left=Name(name="e"), right=exponent):
                return self.real(exponent)
            case Call(name="exp", args=(exponent,)):
                return self.real(exponent)
        return None

    def repeated(self, expr: Call, body: Expr, index: str, ends: tuple[Real, Real]) -> Value:
        first, last = ends
        if not all(isinstance(end, Fraction) and end.denominator == 1 for end in ends):
            raise Undefined("a sum runs between two integers", expr.at)
        if last - first > MAX_TERMS:
            raise Undecided("a sum has too many terms")
        result: Value | None = None
        for place in range(int(first), int(last) + 1):
            with self.binding(index, Fraction(place)):
                value = self.value(body)
            result = value if result is None else operate("+" if expr.name == "sum" else "*", result, value)
        if result is None:
            return ZERO if expr.name == "sum" else ONE
        return result

    def slope(self, body: Expr, variable: Name, at: Value, expr: Call) -> Value:
        """The derivative at a place. The function has to have a value there, and no kink."""
        place = as_real(at, expr)
        tree = slope_tree(body, variable.name)
        with self.binding(variable.name, place):
            self.value(body)
            self.check_smooth(body, variable, place)
            try:
                return self.value(tree)
            except Undefined as error:
                raise Undefined(f"the derivative does not exist ({error.message})", error.at) from None

    def check_smooth(self, body: Expr, variable: Name, at: Real) -> None:
        """Raise Undefined where two cases of a piecewise function meet with different values or slopes."""
        for node in walk(body):
            if not isinstance(node, Piecewise):
                continue
            border = False
            for condition in (condition for case in node.cases for condition in case.conditions):
                if isinstance(condition, DomainWord):
                    raise Undecided("a condition is not read")
                for left, _, right in condition.pairs():
                    border |= sign(subtract(self.real(left), self.real(right))) == 0
            if border:
                self.check_border(node, variable, at)

    def check_border(self, node: Piecewise, variable: Name, at: Real) -> None:
        around: list[tuple[Value, Value]] = []
        for step in (-NEAR, NEAR):
            with self.binding(variable.name, add(at, step)):
                held = [case for case in node.cases if all(self.holds(each) for each in case.conditions)]
            if not held:
                raise Undefined("the derivative does not exist at the end of what is defined", node.at)
            value = held[0].value
            around.append((self.value(value), self.value(slope_tree(value, variable.name))))
        (left, left_slope), (right, right_slope) = around
        if comparison(left, right) == "different":
            raise Undefined("the derivative does not exist at a jump", node.at)
        if comparison(left_slope, right_slope) == "different":
            texts = (shown(left_slope), shown(right_slope))
            raise Undefined(f"no derivative: the slope is {texts[0]} on the left and {texts[1]} on the right", node.at)


@lru_cache(maxsize=2048)
def slope_tree(body: Expr, name: str) -> Expr:
    """The derivative as a tree. Raises Undecided if there is no rule for it."""
    base = base_and_subscript(name)[0]
    if any(isinstance(node, Call) and node.name in ("sum", "prod") and len(node.args) == 4 for node in walk(body)):
        families = {
            base_and_subscript(node.name)[0] for node in walk(body) if isinstance(node, Name) and "_" in node.name
        }
        if base in families and base != name:  # x_1 may be among the terms without its name standing there
            raise Undecided("a sum is derived by one of the numbers that it adds")
    try:
        return derivative(body, name)
    except EvaluationError as error:
        raise Undecided(error.message) from None
