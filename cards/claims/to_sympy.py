"""Trees of the small language as SymPy's, with each symbol's assumptions. Scalars only: lists are exploded before."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, TypeAlias

import sympy

from cards.claims.intervals import of_domain
from cards.claims.points import domain_of
from cards.claims.ranges import range_of
from cards.claims.trees import base_and_subscript
from cards.domains import Domain
from cards.expr import Binary, Call, Condition, Expr, Index, Name, Number, Piecewise, Relation, Unary

Sym: TypeAlias = Any  # SymPy ships no types


MAX_DIGITS = 20_000


class NoTranslation(Exception):
    """A tree that has no counterpart in SymPy."""


_FUNCTIONS: dict[str, Sym] = {
    "sqrt": sympy.sqrt,
    "exp": sympy.exp,
    "ln": sympy.log,
    "log": sympy.log,
    "abs": sympy.Abs,
    "sin": sympy.sin,
    "cos": sympy.cos,
    "tan": sympy.tan,
    "floor": sympy.floor,
    "ceil": sympy.ceiling,
    "max": sympy.Max,
    "min": sympy.Min,
    "factorial": sympy.factorial,
    "binomial": sympy.binomial,
    "gcd": sympy.gcd,
}
_RELATIONS: dict[str, Sym] = {
    "==": sympy.Eq,
    "!=": sympy.Ne,
    "<": sympy.Lt,
    "<=": sympy.Le,
    ">": sympy.Gt,
    ">=": sympy.Ge,
}


def to_sympy(expr: Expr, domains: Mapping[str, Domain], families: frozenset[str] = frozenset()) -> Sym:
    """The tree as SymPy's.

    Args:
        expr: a scalar tree.
        domains: of its symbols; they become assumptions.
        families: bases x of families x_1, x_2, ... that a sum runs over; they become functions of their index.

    Raises:
        NoTranslation: there is no counterpart.
    """
    return _Translation(domains, families).of(expr)


def symbol(name: str, domain: Domain) -> Sym:
    """A SymPy symbol with what the domain says about it."""
    return sympy.Symbol(name, **_assumptions(domain))


def _assumptions(domain: Domain) -> dict[str, bool]:
    values = of_domain(domain)
    found = {"real": True}
    if domain.integer:
        found["integer"] = True
    if values.is_positive:
        found["positive"] = True
    elif values.is_negative:
        found["negative"] = True
    elif values.is_nonnegative:
        found["nonnegative"] = True
    elif values.is_nonpositive:
        found["nonpositive"] = True
    if values.nonzero and not (values.is_positive or values.is_negative):
        found["nonzero"] = True
    return found


class _Translation:
    def __init__(self, domains: Mapping[str, Domain], families: frozenset[str]) -> None:
        self.domains = dict(domains)
        self.families = families

    def of(self, expr: Expr) -> Sym:
        match expr:
            case Number(value=value):
                return _rational(value)
            case Name():
                return self.name(expr)
            case Unary():
                return -self.of(expr.operand)
            case Binary():
                return self.binary(expr)
            case Index(base=Name(name=name), index=index) if name in self.families:
                return self.member(name, self.of(index) + 1)
            case Piecewise():
                cases = [(self.of(case.value), self.conditions(case.conditions)) for case in expr.cases]
                return sympy.Piecewise(*cases)
            case Call():
                return self.call(expr)
            case _:
                raise NoTranslation(str(expr))

    def name(self, expr: Name) -> Sym:
        name = expr.name
        base, subscript = base_and_subscript(name)
        if base in self.families and subscript:
            place = sympy.Integer(int(subscript)) if subscript.isdecimal() else self.of(Name(subscript))
            return self.member(base, place)
        if name not in self.domains:
            constants = {"e": sympy.E, "pi": sympy.pi, "oo": sympy.oo}
            if name in constants:
                return constants[name]
        return symbol(name, domain_of(name, self.domains))

    def member(self, base: str, place: Sym) -> Sym:
        assumptions = _assumptions(domain_of(f"{base}_*", self.domains))
        return sympy.Function(f"{base}_", **assumptions)(place)

    def binary(self, expr: Binary) -> Sym:
        left, right = self.of(expr.left), self.of(expr.right)
        match expr.op:
            case "+":
                return left + right
            case "-":
                return left - right
            case "*":
                return left * right
            case "/":
                return left / right
            case "**":
                return _power(left, right)
            case "//":
                return sympy.floor(left / right)
            case _:
                return sympy.Mod(left, right)

    def conditions(self, conditions: tuple[Condition, ...]) -> Sym:
        found = []
        for condition in conditions:
            if not isinstance(condition, Relation):
                raise NoTranslation(str(condition))
            found += [_RELATIONS[op](self.of(left), self.of(right)) for left, op, right in condition.pairs()]
        return sympy.And(*found) if found else sympy.true

    def call(self, expr: Call) -> Sym:
        match expr:
            case Call(name="sum" | "prod", args=(body, Name() as index, first, last)):
                kind = sympy.Sum if expr.name == "sum" else sympy.Product
                inner = self.within(index.name, Domain(integer=True))
                return kind(inner.of(body), (inner.of(index), self.of(first), self.of(last))).doit()
            case Call(name="diff", args=(body, Name() as variable, *at)):
                return self.slope(body, variable, at)
            case Call(name="deriv", args=(Name(name=name), at, *order)):
                times = int(order[0].value) if order and isinstance(order[0], Number) else 1
                function = sympy.Function(name, real=True)
                hidden = sympy.Dummy("t", real=True)
                return sympy.Derivative(function(hidden), (hidden, times)).subs(hidden, self.of(at))
            case Call(name="limit", args=(body, Name() as variable, to, *side)):
                return self.limit(body, variable, to, side)
            case Call(name="log", args=(x, base)):
                return sympy.log(self.of(x)) / sympy.log(self.of(base))
            case Call(name="root", args=(Number(value=degree), x)):
                return sympy.real_root(self.of(x), _rational(degree))
            case Call(name="factorial" | "binomial", args=(n, *_)) if self.of(n).is_Integer and self.of(n) > 1000:
                raise NoTranslation("a factorial is too large")
            case Call() if expr.name in _FUNCTIONS:
                return _FUNCTIONS[expr.name](*map(self.of, expr.args))
            case Call() if len(expr.name) == 1 or expr.name.startswith("["):
                return sympy.Function(expr.name, real=True)(*map(self.of, expr.args))
            case _:
                raise NoTranslation(str(expr))

    def within(self, name: str, domain: Domain) -> _Translation:
        return _Translation({**self.domains, name: domain}, self.families)

    def slope(self, body: Expr, variable: Name, at: list[Expr]) -> Sym:
        if not at:
            return sympy.diff(self.of(body), self.of(variable))
        values = range_of(at[0], self.domains)
        domain = Domain(
            low=values.low.at,
            low_open=values.low.open,
            high=values.high.at,
            high_open=values.high.open,
            without=frozenset({Fraction(0)}) if values.nonzero else frozenset(),
        )
        inner = self.within(variable.name, domain)
        x = inner.of(variable)
        return sympy.diff(inner.of(body), x).subs(x, self.of(at[0]))

    def limit(self, body: Expr, variable: Name, to: Expr, side: list[Expr]) -> Sym:
        inner = self.within(variable.name, Domain())
        x, target = inner.of(variable), self.of(to)
        term = inner.of(body)
        try:
            if target in (sympy.oo, -sympy.oo):
                result = sympy.limit(term, x, target)
            elif side:
                positive = isinstance(side[0], Number) and side[0].value > 0
                result = sympy.limit(term, x, target, "+" if positive else "-")
            else:
                result = sympy.limit(term, x, target, "+-")
        except (ValueError, NotImplementedError) as error:
            raise NoTranslation(str(error)) from None
        if result.has(sympy.Limit, sympy.AccumBounds, sympy.nan, sympy.zoo):
            raise NoTranslation("there is no limit")
        return result


def _power(base: Sym, exponent: Sym) -> Sym:
    """The power, unless SymPy would write out a number of many digits."""
    if base.is_Rational and exponent.is_Rational:
        digits = len(str(base.p)) + len(str(base.q))
        if abs(exponent) * digits > MAX_DIGITS and base not in (0, 1, -1):
            raise NoTranslation("a power is too large")
    return base**exponent


def _rational(value: Fraction) -> Sym:
    return sympy.Rational(value.numerator, value.denominator)
