"""The value of a tree: exact where it can be, never by running anything but the few operations of this package.

Names are looked up in `env` first; then e, pi and oo are the constants. `x_i`, where i is bound to an integer (by a
sum, say), is the name `x_1`, `x_2`, ... or the element of the list `x` counted from 1, as formulas count, and so is
`x_1` itself; `x[i]` counts from 0, as Python does.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache

from cards.expr import calculus
from cards.expr.calls import check_call
from cards.expr.errors import EvaluationError
from cards.expr.functions import FUNCTIONS, sum_of
from cards.expr.names import CONSTANTS
from cards.expr.nodes import (
    Binary,
    Call,
    Condition,
    Domain,
    Expr,
    Index,
    Listing,
    Name,
    Number,
    Piecewise,
    Relation,
    Statement,
    Unary,
    walk,
)
from cards.expr.relations import EXACTLY, compare, in_domain
from cards.expr.values import (
    ONE,
    ZERO,
    Scalar,
    Value,
    as_float,
    bounded,
    is_list,
    is_scalar,
    negate,
    operate,
    scalar,
)

MAX_STEPS = 100_000
DIVISIONS = ("/", "//", "%")
STEPS_OF_A_DERIVATIVE = 200
NOTHING: Mapping[str, Value] = {}


def evaluate(expr: Expr, env: Mapping[str, Value] = NOTHING, *, steps: int = MAX_STEPS) -> Value:
    """The value of an expression.

    Args:
        expr: the tree, as `parse` makes it.
        env: values of names: Fractions, floats, or tuples of them for vectors and matrices.
        steps: how many operations may be done (a step takes some microseconds).

    Returns:
        A Fraction where the result is rational and known exactly, else a float; a tuple for a list.

    Raises:
        EvaluationError: there is no value (a division by zero, a name without a value, lengths that do not fit, a
            result too large, too many steps).
    """
    return _Evaluator(dict(env), steps).value(expr)


def holds(statement: Statement | Relation | Domain, env: Mapping[str, Value] = NOTHING) -> bool:
    """Whether a relation, a domain or a statement holds; a statement whose conditions fail holds, as it says nothing.

    `==` is exact between exact values, else within the error of floats. `~=` means equal to the decimals written: to
    half a unit of the last decimal of its right side (else of its left side), or to half a percent if none is written.

    Raises:
        EvaluationError: a side has no value.
    """
    evaluator = _Evaluator(dict(env), MAX_STEPS)
    if isinstance(statement, Statement):
        applies = all(evaluator.holds(condition) for condition in statement.conditions)
        return not applies or evaluator.holds(statement.relation)
    return evaluator.holds(statement)


@lru_cache(maxsize=1024)
def _derivative(expr: Expr, name: str) -> tuple[Expr, bool]:
    """The derivative, and whether it has cases, between which there may be kinks."""
    slope = calculus.derivative(expr, name)
    return slope, any(isinstance(node, Piecewise) for node in walk(slope))


class _Evaluator:
    """One evaluation: its names and the steps that it may still take."""

    def __init__(self, env: dict[str, Value], steps: int) -> None:
        self.env = env
        self.allowed = self.steps = steps

    def value(self, expr: Expr) -> Value:
        self.steps -= 1
        if self.steps < 0:
            raise EvaluationError(f"this takes more than {self.allowed:,} steps", expr.at)
        try:
            return self._value(expr)
        except EvaluationError as error:
            error.place(expr.right.at if isinstance(expr, Binary) and expr.op in DIVISIONS else expr.at)
            raise

    def _value(self, expr: Expr) -> Value:
        match expr:
            case Number():
                return expr.value
            case Name():
                return self._named(expr.name)
            case Unary():
                return negate(self.value(expr.operand))
            case Binary(op="**", left=Name(name="e")) if "e" not in self.env:
                return FUNCTIONS["exp"].apply((self.value(expr.right),))
            case Binary():
                return operate(expr.op, self.value(expr.left), self.value(expr.right))
            case Listing():
                return tuple(self.value(item) for item in expr.items)
            case Index():
                return self._element(self.value(expr.base), self.value(expr.index))
            case Piecewise():
                for case in expr.cases:
                    if all(self.holds(condition, to_the_bit=True) for condition in case.conditions):
                        return self.value(case.value)
                raise EvaluationError("no case of the piecewise function holds")
            case Call():
                return self._call(expr)

    def holds(self, condition: Condition, to_the_bit: bool = False) -> bool:
        """Whether a condition holds; `to_the_bit` grants floats no error, so that cases meet at one point."""
        if isinstance(condition, Domain):
            return in_domain(self._named(condition.name), condition.word)
        values = [self.value(side) for side in (condition.first, *(right for _, right in condition.rest))]
        sides = zip(condition.pairs(), values[:-1], values[1:], strict=True)
        if to_the_bit and all(map(is_scalar, values)):
            return all(EXACTLY[op](a, b) if op in EXACTLY else compare(x, op, y, a, b) for (x, op, y), a, b in sides)
        return all(compare(left, op, right, a, b) for (left, op, right), a, b in sides)

    def _named(self, name: str) -> Value:
        if name in self.env:
            return self.env[name]
        if name in CONSTANTS:
            return CONSTANTS[name]
        base, _, subscript = name.rpartition("_")
        place = Fraction(int(subscript)) if subscript.isdecimal() else self.env.get(subscript)
        if base and isinstance(place, Fraction) and place.denominator == 1:
            if f"{base}_{place}" in self.env:
                return self.env[f"{base}_{place}"]
            if base in self.env:
                return self._element(self.env[base], place - 1)
        raise EvaluationError(f"{name} has no value")

    @staticmethod
    def _element(items: Value, place: Value) -> Value:
        if not is_list(items):
            raise EvaluationError("only a list has elements")
        index = scalar(place, "an index")
        if not isinstance(index, Fraction) or index.denominator != 1 or not -len(items) <= index < len(items):
            raise EvaluationError(f"there is no element {place} in a list of {len(items)}, whose first is 0")
        return items[int(index)]

    def _call(self, expr: Call) -> Value:
        check_call(expr)
        match expr:
            case Call(name="sum", args=(items,)):
                return sum_of(self.value(items))
            case Call(name="sum", args=(term, Name() as variable, *bounds)):
                return self._sum(term, variable.name, bounds)
            case Call(name="diff", args=(body, Name() as variable)):
                return self._slope(body, variable.name, self._named(variable.name))
            case Call(name="diff", args=(body, Name() as variable, at)):
                return self._slope(body, variable.name, self.value(at))
            case Call(name="deriv", args=(Name() as function, at)):
                variable = Name("_")
                return self._slope(Call(function.name, (variable,)), variable.name, self.value(at))
            case Call(name="at", args=(body, Name() as variable, value)):
                return self._with(variable.name, self.value(value), body)
            case Call(name="limit", args=(body, Name() as variable, to)):
                return self._limit(body, variable.name, scalar(self.value(to), "a limit"))
            case Call(name="ln" | "log", args=(argument,)) if (exact := self._exact_logarithm(argument)) is not None:
                return exact
            case Call():
                return FUNCTIONS[expr.name].apply(tuple(self.value(argument) for argument in expr.args))

    def _exact_logarithm(self, argument: Expr) -> Value | None:
        """The exponent, if the argument is written as a power of e."""
        match argument:
            case Name(name="e") if "e" not in self.env:
                return ONE
            case Binary(op="**", left=Name(name="e"), right=exponent) if "e" not in self.env:
                return self.value(exponent)
            case Call(name="exp", args=(exponent,)):
                return self.value(exponent)
        return None

    def _with(self, name: str, value: Value, expr: Expr) -> Value:
        """The value of `expr` with one more name bound."""
        before = self.env.get(name)
        self.env[name] = value
        try:
            return self.value(expr)
        finally:
            if before is None:
                del self.env[name]
            else:
                self.env[name] = before

    def _sum(self, term: Expr, name: str, bounds: list[Expr]) -> Value:
        limits = [self.value(bound) for bound in bounds]
        if len(limits) == 1:
            (items,) = limits
            if not is_list(items):
                raise EvaluationError("sum(expr, item, list) needs a list")
            return sum_of(tuple(self._with(name, item, term) for item in items))
        first, last = limits
        if not (isinstance(first, Fraction) and isinstance(last, Fraction) and first.denominator == 1):
            raise EvaluationError("a sum runs between two integers")
        if last.denominator != 1:
            raise EvaluationError("a sum runs between two integers")
        result: Value | None = None
        place = first
        while place <= last:
            value = self._with(name, place, term)
            result = value if result is None else operate("+", result, value)
            place += 1
        return ZERO if result is None else result

    def _slope(self, body: Expr, name: str, at: Value) -> Value:
        self.steps -= STEPS_OF_A_DERIVATIVE
        slope, has_cases = _derivative(body, name)
        self._with(name, at, body)  # where the function itself has no value, it has no derivative either
        if has_cases:
            self._check_smooth(body, name, scalar(at, "a derivative"))
        return self._with(name, at, slope)

    def _check_smooth(self, body: Expr, name: str, at: Scalar) -> None:
        """Raise EvaluationError at a kink or a jump: where the slopes to the left and to the right differ."""
        step = 1e-6 * max(1.0, abs(as_float(at)))
        left, here, right = (
            as_float(scalar(self._with(name, as_float(at) + side, body), "a derivative")) for side in (-step, 0, step)
        )
        if abs((right - here) - (here - left)) > 1e-3 * step * max(1.0, abs(right - left) / step):
            raise EvaluationError("the function has a kink or a jump there, so no derivative")

    def _limit(self, body: Expr, name: str, to: Scalar) -> Value:
        """The limit by coming closer from both sides; a float, or exact if the function's own value is that limit."""
        approached = [
            calculus.settled(lambda x: as_float(scalar(self._with(name, x, body), "a limit")), to, side)
            for side in ((1,) if math.isinf(to) else (-1, 1))
        ]
        if any(not math.isclose(approached[0], each, rel_tol=1e-6, abs_tol=1e-6) for each in approached):
            raise EvaluationError("the limits from the left and from the right differ")
        try:
            there = self._with(name, to, body)
        except EvaluationError:
            return bounded(approached[0])
        if is_scalar(there) and math.isclose(there, approached[0], rel_tol=1e-6, abs_tol=1e-6):
            return there
        return bounded(approached[0])
