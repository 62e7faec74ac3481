"""What SymPy says of two answers: trees as SymPy's own expressions, symbols with their assumptions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import sympy as sp

from cards.answers.types import FiniteSet, Interval, Typed, Union, Where
from cards.domains import Domain, parse_domain
from cards.expr import Binary, Call, Expr, Index, Listing, Name, Number, Relation, Unary

LENGTH = 3
"""Vectors are of this length here, matrices have as many rows and columns."""
WORDS = {">=": "nonnegative", ">": "positive"}


class NotReadError(Exception):
    """SymPy cannot be asked."""


def symbol(name: str, domain: Domain) -> Any:  # noqa: ANN401  # SymPy has no types
    """A symbol with the assumptions that a domain amounts to; a list of them for a vector or a matrix."""
    if domain.kind == "vector":
        return [sp.Symbol(f"{name}{place}", real=True) for place in range(LENGTH)]
    if domain.kind == "matrix":
        return [[sp.Symbol(f"{name}{row}{place}", real=True) for place in range(LENGTH)] for row in range(LENGTH)]
    assumptions: dict[str, bool] = {"real": True}
    if domain.integer:
        assumptions["integer"] = True
    if domain.low is not None and domain.low >= 0:
        assumptions["nonnegative" if domain.contains(domain.low) and domain.low == 0 else "positive"] = True
    elif domain.high is not None and domain.high <= 0:
        assumptions["nonpositive" if domain.contains(domain.high) and domain.high == 0 else "negative"] = True
    return sp.Symbol(name, **assumptions)


class Translator:
    """From trees to SymPy, under domains."""

    def __init__(self, domains: Mapping[str, str]) -> None:
        read = {name: parse_domain(name, text) for name, text in domains.items()}
        self.names: dict[str, Any] = {name: symbol(name, domain) for name, domain in read.items()}

    def expr(self, expr: Expr, bound: Mapping[str, Any] | None = None) -> Any:  # noqa: ANN401
        names = {**self.names, **(bound or {})}
        constants = {"e": sp.E, "pi": sp.pi, "i": sp.I, "oo": sp.oo}

        def of(tree: Expr) -> Any:  # noqa: ANN401
            return self.expr(tree, bound)

        match expr:
            case Number():
                return sp.Rational(expr.value.numerator, expr.value.denominator)
            case Name(name=name):
                if name in names or name in constants:
                    return names.get(name, constants.get(name))
                base, _, index = name.rpartition("_")
                return names.setdefault(f"{base}_{names.get(index, index)}", sp.Symbol(name, real=True))
            case Unary():
                return _each(lambda x: -x, of(expr.operand))
            case Binary(op=op):
                return _operation(op, of(expr.left), of(expr.right))
            case Listing(items=items):
                return [of(item) for item in items]
            case Index():
                return of(expr.base)[int(of(expr.index))]
            case Call():
                return self._call(expr, names, dict(bound or {}))
        raise NotReadError(str(expr))

    def _call(self, expr: Call, names: Mapping[str, Any], bound: dict[str, Any]) -> Any:  # noqa: ANN401
        def of(tree: Expr) -> Any:  # noqa: ANN401
            return self.expr(tree, bound)

        match expr:
            case Call(name="sum", args=(term, Name(name=name), first, last)):
                low, high = of(first), of(last)
                if low.is_Integer and high.is_Integer:
                    steps = range(int(low), int(high) + 1)
                    return sum(
                        (self.expr(term, {**bound, name: sp.Integer(step)}) for step in steps),
                        start=sp.Integer(0),
                    )
                index = sp.Symbol(name, integer=True)
                return sp.summation(self.expr(term, {**bound, name: index}), (index, low, high))
            case Call(name="sum", args=(term, Name(name=name), items)):
                return sum((self.expr(term, {**bound, name: item}) for item in of(items)), start=sp.Integer(0))
            case Call(name="diff", args=(body, Name(name=name))):
                return sp.diff(of(body), names[name])
            case Call(name="diff", args=(body, Name(name=name), at)):
                inner = sp.Symbol(name, real=True)
                return sp.diff(self.expr(body, {**bound, name: inner}), inner).subs(inner, of(at))
            case Call(name=name, args=args) if name in FUNCTIONS:
                return FUNCTIONS[name](*map(of, args))
        raise NotReadError(str(expr))


def _each(function: Callable[[Any], Any], value: Any) -> Any:  # noqa: ANN401
    return [_each(function, item) for item in value] if isinstance(value, list) else function(value)


def _operation(op: str, a: Any, b: Any) -> Any:  # noqa: ANN401
    if isinstance(a, list) and isinstance(b, list):
        if op in "+-":
            return [_operation(op, x, y) for x, y in zip(a, b, strict=True)]
        return _matmul(a, b)
    if isinstance(a, list):
        if op == "**":
            return _matmul(a, a) if b == 2 else NotReadError
        return [_operation(op, x, b) for x in a]
    if isinstance(b, list):
        return [_operation(op, a, x) for x in b]
    return {
        "+": lambda: a + b,
        "-": lambda: a - b,
        "*": lambda: a * b,
        "/": lambda: a / b,
        "//": lambda: sp.floor(a / b),
        "%": lambda: sp.Mod(a, b),
        "**": lambda: a**b,
    }[op]()


def _matmul(a: Any, b: Any) -> Any:  # noqa: ANN401
    if isinstance(b[0], list):
        return [[_dot(row, column) for column in zip(*b, strict=True)] for row in a]
    return [_dot(row, b) for row in a]


def _dot(a: Any, b: Any) -> Any:  # noqa: ANN401
    return sum((x * y for x, y in zip(a, b, strict=True)), start=sp.Integer(0))


def _softmax(items: Any) -> Any:  # noqa: ANN401
    raised = [sp.exp(item) for item in items]
    return [each / sum(raised) for each in raised]


def _larger(pick: Any) -> Any:  # noqa: ANN401
    return lambda *args: pick(*args[0]) if len(args) == 1 and isinstance(args[0], list) else pick(*args)


def _round(x: Any, places: Any = 0) -> Any:  # noqa: ANN401
    unit = sp.Integer(10) ** -places
    low = sp.floor(x / unit)
    off = x / unit - low
    up = off > sp.Rational(1, 2) or (off == sp.Rational(1, 2) and low % 2 == 1)
    return (low + (1 if up else 0)) * unit


FUNCTIONS: dict[str, Any] = {
    "exp": sp.exp,
    "ln": sp.log,
    "log": sp.log,
    "log10": lambda x: sp.log(x, 10),
    "log2": lambda x: sp.log(x, 2),
    "sqrt": sp.sqrt,
    "cbrt": lambda x: sp.real_root(x, 3),
    "sum": sum,
    "root": sp.real_root,
    "sin": sp.sin,
    "cos": sp.cos,
    "tan": sp.tan,
    "asin": sp.asin,
    "acos": sp.acos,
    "atan": sp.atan,
    "sinh": sp.sinh,
    "cosh": sp.cosh,
    "tanh": sp.tanh,
    "asinh": sp.asinh,
    "abs": sp.Abs,
    "floor": sp.floor,
    "ceil": sp.ceiling,
    "round": _round,
    "factorial": sp.factorial,
    "max": _larger(sp.Max),
    "min": _larger(sp.Min),
    "len": lambda items: sp.Integer(len(items)),
    "mean": lambda items: sum(items) / len(items),
    "dot": _dot,
    "matmul": _matmul,
    "transpose": lambda rows: [list(column) for column in zip(*rows, strict=True)],
    "softmax": _softmax,
}


def says(left: Typed, right: Typed, domains: Mapping[str, str]) -> bool | None:
    """Whether SymPy holds two answers for equal; None if it does not say."""
    translator = Translator(domains)
    if isinstance(left, Union) and isinstance(right, Union):
        a, b = _set(left, translator), _set(right, translator)
        return bool(a == b or (a.is_subset(b) and b.is_subset(a)))
    if isinstance(left, Relation) and isinstance(right, Relation):
        a, b = (translator.expr(side.first) - translator.expr(side.rest[0][1]) for side in (left, right))
        point = {name: sp.Rational(7 + 2 * place, 3) for place, name in enumerate(sorted(a.free_symbols, key=str))}
        return _same(a * b.subs(point), b * a.subs(point))
    assert not isinstance(left, str | Union | Relation)
    assert not isinstance(right, str | Union | Relation)
    return _same(translator.expr(left), translator.expr(right))


def _same(a: Any, b: Any) -> bool | None:  # noqa: ANN401
    if isinstance(a, list) or isinstance(b, list):
        if not (isinstance(a, list) and isinstance(b, list) and len(a) == len(b)):
            return False
        found = [_same(x, y) for x, y in zip(a, b, strict=True)]
        return False if False in found else None if None in found else True
    difference = a - b
    if a == b or difference == 0:
        return True
    if _vanishes(difference):
        return True
    return False if _differ(a, b) else None


def _vanishes(difference: Any) -> bool:  # noqa: ANN401
    return any(form(difference) == 0 for form in (sp.expand, sp.simplify, lambda x: sp.simplify(sp.expand_log(x))))


def _differ(a: Any, b: Any) -> bool:  # noqa: ANN401
    """Whether two expressions have different values at some point of the domain where both have one."""
    names = sorted((a - b).free_symbols | a.free_symbols | b.free_symbols, key=str)
    for drawn in POINTS:
        point = {name: _value(name, drawn, place) for place, name in enumerate(names)}
        left, right = (sp.N(side.subs(point), DIGITS, maxn=500) for side in (a, b))
        if any(value.has(sp.nan, sp.zoo) or not value.is_number for value in (left, right)):
            continue
        if names and not a.has(sp.I) and not b.has(sp.I) and not (left.is_real and right.is_real):
            continue
        if {left, right} & {sp.oo, -sp.oo}:
            if left != right:
                return True
            continue
        off = abs(sp.N((a - b).subs(point), DIGITS, maxn=500))
        if off.is_number and off > sp.Float(10) ** -DIGITS * (1 + abs(left)) and off.is_comparable:
            return True
    return False


DIGITS = 60
POINTS = ((3, 7), (-5, 4), (2, 9), (-11, 3), (7, 7), (1, 2), (0, 5), (4, 9), (-1, 6), (2, 1))


def _value(name: Any, drawn: tuple[int, int], place: int) -> Any:  # noqa: ANN401
    above, below = drawn
    value = sp.Integer(above) if name.is_integer else sp.Rational(above + place, below)
    return (
        abs(value) + 1
        if name.is_positive
        else abs(value)
        if name.is_nonnegative
        else -abs(value) - 1
        if name.is_negative
        else value
    )


def _set(union: Union, translator: Translator) -> Any:  # noqa: ANN401
    names = [each for each in translator.names.values() if not isinstance(each, list)]
    whole = sp.S.Reals
    if len(names) == 1 and names[0].is_integer:
        whole = sp.S.Integers if not names[0].is_nonnegative else sp.S.Naturals0
    elif len(names) == 1 and names[0].is_positive:
        whole = sp.Interval.open(0, sp.oo)
    parts = [_part(part, translator) for part in union.parts]
    if all(isinstance(part, FiniteSet) for part in union.parts):
        return sp.Union(*parts)
    return sp.Intersection(sp.Union(*parts), whole)


def _part(part: Interval | FiniteSet | Where, translator: Translator) -> Any:  # noqa: ANN401
    if isinstance(part, FiniteSet):
        return sp.FiniteSet(*map(translator.expr, part.items))
    if isinstance(part, Interval):
        low, high = translator.expr(part.low), translator.expr(part.high)
        return sp.Interval(low, high, not part.closed[0], not part.closed[1])
    real = sp.Symbol("real_", real=True)
    found = sp.S.Reals
    for condition in part.conditions:
        for left, op, right in condition.pairs():
            (name,) = translator.names
            sides = [translator.expr(side, {name: real}) for side in (left, right)]
            relation = sp.Rel(*sides, op)
            found = sp.Intersection(found, relation.as_set() if relation not in (True, False) else _all(relation))
    return found


def _all(relation: Any) -> Any:  # noqa: ANN401
    return sp.S.Reals if relation else sp.S.EmptySet
