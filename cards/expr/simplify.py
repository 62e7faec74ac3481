"""Values put into an expression, and its numeric parts worked out exactly; free symbols and irrational roots stay.

`n*x**(n-1)` with n = 3 becomes `3*x**2`; `sqrt(8)` becomes `2*sqrt(2)`; like terms and equal bases are gathered.
Negative numbers and fractions come out as single numbers: `Number(Fraction(-1, 2))`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from cards.expr import calculus
from cards.expr.calls import check_call
from cards.expr.errors import EvaluationError
from cards.expr.evaluate import DIVISIONS, evaluate
from cards.expr.functions import FUNCTIONS
from cards.expr.gather import product, total
from cards.expr.names import free_names
from cards.expr.nodes import (
    Binary,
    Call,
    Case,
    Condition,
    Domain,
    Expr,
    Index,
    Listing,
    Name,
    Number,
    Piecewise,
    Relation,
    Unary,
    walk,
)
from cards.expr.values import HALF, Value, is_list, operate

MAX_TERMS = 50
MAX_PLACES = 8
EMPTY: Mapping[str, Expr] = {}
ONE, ZERO, MINUS_ONE = (Number(Fraction(n)) for n in (1, 0, -1))


def simplify(expr: Expr, env: Mapping[str, Expr] = EMPTY) -> Expr:
    """The expression with names replaced and everything numeric in it worked out.

    A result is shown as a decimal if it came from decimals: `0.5*a` with a = 3 is `Number(3/2, places=1)`.

    Args:
        expr: any expression.
        env: what to put in for which name, usually numbers.

    Raises:
        EvaluationError: a numeric part of it has no value, as a division by zero.
    """
    try:
        return _simplified(expr, env)
    except EvaluationError as error:
        error.place(expr.right.at if isinstance(expr, Binary) and expr.op in DIVISIONS else expr.at)
        raise


def as_expr(value: Value) -> Expr:
    """A value as a tree: a number, or a list of them. A float is taken as the decimal that Python prints for it."""
    if is_list(value):
        return Listing(tuple(map(as_expr, value)))
    if isinstance(value, float):
        if math.isinf(value):
            return Name("oo") if value > 0 else Unary("-", Name("oo"))
        exact = Fraction(repr(value))
        return Number(exact, places_of(exact) or 0)
    if not isinstance(value, Fraction):
        raise EvaluationError("a truth value is no number")
    return Number(value)


def places_of(value: Fraction) -> int | None:
    """How many decimals write the number exactly, or None if more than 30 would be needed."""
    for places in range(31):
        if (value * 10**places).denominator == 1:
            return places
    return None


def number(value: Fraction, *, decimal: bool) -> Number:
    """A number that is shown as a decimal if it should be and at most eight places write it."""
    places = places_of(value) if decimal else 0
    return Number(value, places if places is not None and places <= MAX_PLACES else 0)


def _is_decimal(expr: Expr) -> bool:
    """Whether decimals went in, other than in an exponent (`a**0.5` is a root, not a decimal)."""
    if isinstance(expr, Binary) and expr.op == "**":
        return _is_decimal(expr.left)
    if isinstance(expr, Number):
        return expr.places > 0
    if isinstance(expr, Unary):
        return _is_decimal(expr.operand)
    return any(isinstance(node, Number) and node.places > 0 for node in walk(expr) if node is not expr)


def _simplified(expr: Expr, env: Mapping[str, Expr]) -> Expr:
    match expr:
        case Number():
            return expr
        case Name():
            return env[expr.name] if expr.name in env else _subscripted(expr, env)
        case Unary():
            return product(MINUS_ONE, simplify(expr.operand, env))
        case Binary():
            return _operation(Binary(expr.op, simplify(expr.left, env), simplify(expr.right, env), expr.at))
        case Listing():
            return replace(expr, items=tuple(simplify(item, env) for item in expr.items))
        case Index():
            return _worked_out(replace(expr, base=simplify(expr.base, env), index=simplify(expr.index, env)))
        case Piecewise():
            cases = (
                Case(simplify(case.value, env), tuple(_condition(each, env) for each in case.conditions), case.at)
                for case in expr.cases
            )
            return _worked_out(replace(expr, cases=tuple(cases)))
        case Call():
            return _call(expr, env)


def _subscripted(expr: Name, env: Mapping[str, Expr]) -> Expr:
    """`x_i` with a number for i, or `x_2`: the name `x_2`, or that element of the list `x`, counted from 1."""
    base, _, subscript = expr.name.rpartition("_")
    place = Number(Fraction(int(subscript))) if subscript.isdecimal() else env.get(subscript)
    if not base or not isinstance(place, Number) or place.value.denominator != 1 or place.value < 0:
        return expr
    items = env.get(base)
    if isinstance(items, Listing) and 1 <= place.value <= len(items.items):
        return items.items[int(place.value) - 1]
    return env.get(f"{base}_{place.value}", replace(expr, name=f"{base}_{place.value}"))


def _condition(condition: Condition, env: Mapping[str, Expr]) -> Condition:
    if isinstance(condition, Domain):
        return condition
    rest = tuple((op, simplify(right, env)) for op, right in condition.rest)
    return Relation(simplify(condition.first, env), rest, condition.at)


def _worked_out(expr: Expr) -> Expr:
    """The value, if the expression has no free names and its value is exact; else the expression itself."""
    if free_names(expr):
        return expr
    return _exact(evaluate(expr), expr, decimal=_is_decimal(expr))


def _exact(value: Value, otherwise: Expr, *, decimal: bool) -> Expr:
    if isinstance(value, Fraction):
        return number(value, decimal=decimal)
    if is_list(value):
        items = tuple(_exact(item, otherwise, decimal=decimal) for item in value)
        return otherwise if any(item is otherwise for item in items) else Listing(items)
    return otherwise


def _operation(expr: Binary) -> Expr:
    left, right = expr.left, expr.right
    if isinstance(left, Listing) or isinstance(right, Listing):
        return _on_lists(expr, left, right)
    if isinstance(left, Number) and isinstance(right, Number):
        value = operate(expr.op, left.value, right.value)
        if isinstance(value, Fraction):
            return number(value, decimal=left.places > 0 or (right.places > 0 and expr.op != "**"))
    match expr.op:
        case "+":
            return total(left, right)
        case "-":
            return total(left, product(MINUS_ONE, right))
        case "*":
            return product(left, right)
        case "/":
            if isinstance(right, Number) and right.value == 0:
                raise EvaluationError("division by zero")
            return product(left, below=right)
        case "**":
            return _power(left, right)
        case _:
            return _worked_out(expr)


def _on_lists(expr: Binary, left: Expr, right: Expr) -> Expr:
    """Lists element by element, with numbers or symbols in them."""
    match left, expr.op, right:
        case Listing(items=a), "+" | "-", Listing(items=b) if len(a) == len(b):
            return Listing(tuple(_operation(Binary(expr.op, x, y)) for x, y in zip(a, b, strict=True)), expr.at)
        case Listing(items=a), "*" | "/", Number():
            return Listing(tuple(_operation(Binary(expr.op, x, right)) for x in a), expr.at)
        case Number(), "*", Listing(items=b):
            return Listing(tuple(_operation(Binary("*", left, y)) for y in b), expr.at)
    return _worked_out(expr)


def _power(base: Expr, exponent: Expr) -> Expr:
    """A power that is not rational, so that stays one: as a root in lowest terms if it is one."""
    if exponent == ONE:
        return base
    if exponent == ZERO and not isinstance(base, Number):
        return ONE
    if isinstance(base, Number):
        if base == ONE:
            return ONE
        if exponent in (Number(HALF), Number(-HALF)):
            root = _root(base)
            return root if exponent == Number(HALF) else product(ONE, below=root)
    return _worked_out(Binary("**", base, exponent))


def _root(radicand: Number) -> Expr:
    """The square root of a number, with square factors taken out: sqrt(8) is 2*sqrt(2), sqrt(3/4) is sqrt(3)/2."""
    value = radicand.value
    if value < 0:
        raise EvaluationError("a negative number has no real square root")
    above, left_above = _squares(value.numerator)
    below, left_below = _squares(value.denominator)
    if left_above > 1 < left_below:
        return product(Number(Fraction(above, below)), Call("sqrt", (Number(Fraction(left_above, left_below)),)))
    roots = [
        Number(Fraction(1)) if left == 1 else Call("sqrt", (Number(Fraction(left)),))
        for left in (left_above, left_below)
    ]
    return product(product(Number(Fraction(above, below)), roots[0]), below=roots[1])


def _squares(number_: int) -> tuple[int, int]:
    """The number as outside**2 * inside, with every square of a prime below 1,000 taken out."""
    outside, inside = 1, number_
    for prime in range(2, 1000):
        square = prime * prime
        if square > inside:
            break
        while inside % square == 0:
            outside, inside = outside * prime, inside // square
    return outside, inside


def _call(expr: Call, env: Mapping[str, Expr]) -> Expr:
    if expr.name in FUNCTIONS or expr.name in ("sum", "diff", "at", "limit", "deriv"):
        check_call(expr)
    match expr:
        case Call(name="diff", args=(body, Name() as variable)):
            if variable.name in env:
                return _slope(expr, body, variable, env)
            return simplify(calculus.derivative(body, variable.name), env)
        case Call(name="diff", args=(body, Name() as variable, at)):
            there = {**env, variable.name: simplify(at, env)}
            return simplify(Call("diff", (body, variable), at=expr.at), there)
        case Call(name="at", args=(body, Name() as variable, value)):
            return simplify(body, {**env, variable.name: simplify(value, env)})
        case Call(name="sum", args=(term, Name() as index, first, last)):
            return _sum(term, index, simplify(first, env), simplify(last, env), env)
        case Call(name="sum" | "limit", args=(body, Name() as bound, *rest)):
            inside = {name: value for name, value in env.items() if name != bound.name}
            outside = (simplify(each, env) for each in rest)
            return _worked_out(replace(expr, args=(simplify(body, inside), bound, *outside)))
        case Call(name="deriv", args=(function, at)):
            return _worked_out(replace(expr, args=(function, simplify(at, env))))
    args = tuple(simplify(argument, env) for argument in expr.args)
    match expr.name, args:
        case "sqrt", (Number() as radicand,):
            return _worked_out(_root(radicand))
        case "exp", (exponent,):
            return _power(Name("e"), exponent)
    if expr.name not in FUNCTIONS and expr.name != "sum":
        return replace(expr, args=args)
    return _worked_out(replace(expr, args=args))


def _slope(expr: Call, body: Expr, variable: Name, env: Mapping[str, Expr]) -> Expr:
    """A derivative at a value of its variable; worked out as a whole if it can be, so that a kink is noticed."""
    inside = {name: value for name, value in env.items() if name != variable.name}
    there = replace(expr, args=(simplify(body, inside), variable, env[variable.name]))
    known = not free_names(there)
    result = _worked_out(there) if known else there
    return simplify(calculus.derivative(body, variable.name), env) if result is there else result


def _sum(term: Expr, index: Name, first: Expr, last: Expr, env: Mapping[str, Expr]) -> Expr:
    inside = {name: value for name, value in env.items() if name != index.name}
    whole = Call("sum", (simplify(term, inside), index, first, last))
    subscripted = any(isinstance(node, Name) and node.name.endswith(f"_{index.name}") for node in walk(term))
    if not free_names(whole) and not subscripted:
        return _worked_out(whole)
    if isinstance(first, Number) and isinstance(last, Number) and first.value.denominator == 1:
        count = last.value - first.value + 1
        nested = any(isinstance(node, Call) and node.name == "sum" for node in walk(term))
        if count.denominator == 1 and 0 <= count <= MAX_TERMS and not nested:
            places = (Number(first.value + step) for step in range(int(count)))
            return total(*(simplify(term, {**inside, index.name: place}) for place in places))
    return whole
