"""Proofs by SymPy, under assumptions from the declared domains and only where both sides are shown to be defined.

SymPy decides whether a difference is zero or has a sign; whether the sides have a value at all is shown by bounds
(`definedness`), and cases are taken one by one (`cells`). Whoever calls this also tests the statement at points.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction

import sympy

from cards.claims.cells import cells, decided, has_cases
from cards.claims.definedness import INTEGER, NEVER, Need, unmet_needs
from cards.claims.evaluate import evaluate
from cards.claims.points import domain_of
from cards.claims.ranges import range_of
from cards.claims.reals import Undecided, Undefined, sign, subtract
from cards.claims.to_sympy import NoTranslation, Sym, symbol, to_sympy
from cards.claims.trees import base_and_subscript, everything, free_names, substitute
from cards.claims.values import Point, compares, comparison
from cards.domains import FLIPPED, Domain
from cards.expr import Binary, Call, Expr, Name, Number, Piecewise

# What SymPy raises when it cannot; a wrong result is what matters, and that these are not.
_CANNOT = (
    *(NotImplementedError, TypeError, ValueError, AttributeError, RecursionError, KeyError, IndexError),
    *(ArithmeticError, AssertionError, sympy.SympifyError, sympy.PolynomialError),
)


def prove(left: Expr, op: str, right: Expr, domains: Mapping[str, Domain], *, everywhere: bool = True) -> bool:
    """Whether `left op right` is proved for all values of the symbols in their domains; scalars only.

    Args:
        left: a tree.
        op: one of == != < <= > >=.
        right: a tree.
        domains: of the symbols.
        everywhere: whether the sides have to have values everywhere; else it is proved for where they have.
    """
    if not has_cases(left) and not has_cases(right):
        return _prove_smooth(left, op, right, domains, everywhere=everywhere)
    found = False
    for cell in cells([left, right], domains):
        found = True
        if not _prove_in_cell(left, op, right, cell):
            return False
    return found or _prove_smooth(left, op, right, domains)


def _prove_in_cell(left: Expr, op: str, right: Expr, cell: Mapping[str, Domain]) -> bool:
    fixed = {
        name: Number(domain.low)
        for name, domain in cell.items()
        if domain.low is not None and domain.low == domain.high and name in free_names([left, right])
    }
    a, b = (decided(substitute(side, fixed), cell) for side in (left, right))
    if not free_names([a, b]):
        return _holds_exactly(a, op, b)
    return _prove_smooth(a, op, b, cell)


def _holds_exactly(left: Expr, op: str, right: Expr) -> bool:
    """Whether a relation between two numbers holds, decided by exact arithmetic or bounds."""
    try:
        a, b = evaluate(left, Point({})), evaluate(right, Point({}))
        if op == "==":
            return comparison(a, b) == "equal"
        if isinstance(a, tuple) or isinstance(b, tuple):
            return False
        return compares(sign(subtract(a, b)), op)
    except (Undefined, Undecided):
        return False


def _prove_smooth(left: Expr, op: str, right: Expr, domains: Mapping[str, Domain], *, everywhere: bool = True) -> bool:
    if any(isinstance(node, Piecewise) for side in (left, right) for node in everything(side)):
        return False
    for side in (left, right) if everywhere else ():
        for need in unmet_needs(side, domains):
            if need.op in (NEVER, INTEGER) or not _prove_need(need):
                return False
    if op == "==":
        return left == right or _equal(left, right, domains)
    return _ordered(left, op, right, domains)


def _prove_need(need: Need) -> bool:
    zero = Number(Fraction(0))
    if need.op == "!=":
        return any(_ordered(need.expr, op, zero, need.domains) for op in (">", "<", "!="))
    return _ordered(need.expr, need.op, zero, need.domains)


def families_of(trees: list[Expr]) -> frozenset[str]:
    """The bases x of families x_1, x_2, ... that sums in the trees run over."""
    return frozenset(name[:-2] for name in free_names(trees) if name.endswith("_*"))


def _difference(left: Expr, right: Expr, domains: Mapping[str, Domain]) -> Sym | None:
    families = families_of([left, right])
    try:
        result = to_sympy(left, domains, families) - to_sympy(right, domains, families)
    except (NoTranslation, *_CANNOT):
        return None
    return None if result.has(sympy.nan, sympy.zoo, sympy.oo) else result


_SIMPLER: tuple[Callable[[Sym], Sym], ...] = (
    lambda d: d.doit(),
    sympy.expand,
    sympy.powsimp,
    lambda d: sympy.expand_log(sympy.expand_power_base(sympy.expand_power_exp(d))),
    lambda d: sympy.expand(sympy.expand_log(d)),
    sympy.together,
    lambda d: sympy.simplify(sympy.expand_log(sympy.powdenest(d))),
    sympy.simplify,
    lambda d: sympy.simplify(sympy.expand_func(d)),
    sympy.radsimp,
    lambda d: sympy.trigsimp(sympy.expand_trig(d)),
    lambda d: sympy.simplify(sympy.logcombine(d)),
    lambda d: sympy.factor_terms(sympy.simplify(d)),
    lambda d: d.rewrite(sympy.exp).simplify(),
)


def _equal(left: Expr, right: Expr, domains: Mapping[str, Domain]) -> bool:
    difference = _difference(left, right, domains)
    if difference is None:
        return False
    if difference == 0:
        return True
    for simpler in _SIMPLER:
        try:
            if simpler(difference) == 0:
                return True
        except _CANNOT:
            continue
    if not difference.free_symbols:
        try:
            return difference.equals(0) is True
        except _CANNOT:
            return False
    return False


def _ordered(left: Expr, op: str, right: Expr, domains: Mapping[str, Domain]) -> bool:
    """Whether an inequality is proved: by bounds, by SymPy's assumptions, by factors, or from a function's minimum."""
    if range_of(Binary("-", left, right), domains).satisfies(op):
        return True
    if _by_monotony(left, op, right, domains):
        return True
    if op in (">", ">="):
        left, right, op = right, left, FLIPPED[op]
    difference = _difference(right, left, domains)  # op is <, <= or !=: the difference is > 0, >= 0 or not 0
    if difference is None:
        return False
    for simpler in (lambda d: d, sympy.simplify, sympy.factor, lambda d: sympy.factor(sympy.together(d))):
        try:
            if _has_sign(simpler(difference), op):
                return True
        except _CANNOT:
            continue
    return _by_substitution(left, op, right, domains) or _by_calculus(left, op, right, domains)


def _has_sign(difference: Sym, op: str) -> bool:
    if op == "<":
        return bool(difference.is_positive)
    if op == "<=":
        return bool(difference.is_nonnegative)
    return difference.is_nonzero is True or difference.is_zero is False


def _by_monotony(left: Expr, op: str, right: Expr, domains: Mapping[str, Domain]) -> bool:
    """f(a) < f(b) from a < b, for the rising functions exp, ln and sqrt (both sides are known to be defined)."""
    match left, right:
        case Call(name=("exp" | "ln" | "log" | "sqrt") as f, args=(a,)), Call(name=g, args=(b,)) if f == g:
            return _ordered(a, op, b, domains)
        case Binary(op="**", left=Name(name="e"), right=a), Binary(op="**", left=Name(name="e"), right=b):
            return _ordered(a, op, b, domains)
    return False


def _by_substitution(left: Expr, op: str, right: Expr, domains: Mapping[str, Domain]) -> bool:
    """With x = a + u for x > a, or x = (a + b u)/(1 + u) for a < x < b, where u is positive, signs often show."""
    values: dict[Sym, Sym] = {}
    for name in free_names([left, right]):
        domain = domain_of(name, domains)
        if domain.kind != "scalar" or (domain.low is None and domain.high is None) or name.endswith("_*"):
            continue
        at_end = (domain.low is not None and not domain.low_open) or (domain.high is not None and not domain.high_open)
        u = sympy.Dummy("u", nonnegative=True) if at_end else sympy.Dummy("u", positive=True)
        low, high = _rational(domain.low), _rational(domain.high)
        if low is not None and high is not None:
            if at_end:
                continue  # x = b is not reached by any u
            values[symbol(name, domain)] = (low + high * u) / (1 + u)
        elif low is not None:
            values[symbol(name, domain)] = low + u
        else:
            values[symbol(name, domain)] = high - u
    difference = _difference(right, left, domains)
    if not values or difference is None:
        return False
    try:
        changed = difference.subs(values, simultaneous=True)
        shapes = (changed, sympy.expand(changed), sympy.factor(sympy.together(changed)), sympy.simplify(changed))
        return any(_has_sign(each, op) for each in shapes)
    except _CANNOT:
        return False


def _rational(value: Fraction | None) -> Sym | None:
    return None if value is None else sympy.Rational(value.numerator, value.denominator)


def _by_calculus(left: Expr, op: str, right: Expr, domains: Mapping[str, Domain]) -> bool:
    """For one symbol: where the difference is as wanted, or its least value."""
    names = free_names([left, right])
    if len(names) != 1 or next(iter(names)).endswith("_*"):
        return False
    (name,) = names
    domain = domain_of(name, domains)
    if base_and_subscript(name)[1] and domain.kind != "scalar":
        return False
    difference = _difference(right, left, {**domains, name: Domain()})
    if difference is None:
        return False
    x = symbol(name, Domain())
    where = _interval(domain)
    wanted = {"<": difference > 0, "<=": difference >= 0, "!=": sympy.Ne(difference, 0)}[op]
    if wanted in (sympy.true, sympy.false):
        return bool(wanted)
    try:
        if op == "!=":
            zeros = sympy.solveset(difference, x, domain=where)
            return bool(zeros.is_empty)
        holds = sympy.solveset(wanted, x, domain=where)
        if where.is_subset(holds):
            return True
    except _CANNOT:
        pass
    try:
        least = sympy.calculus.util.minimum(difference, x, where)
        return _has_sign(least, op)
    except _CANNOT:
        return False


def _interval(domain: Domain) -> Sym:
    low = -sympy.oo if domain.low is None else _rational(domain.low)
    high = sympy.oo if domain.high is None else _rational(domain.high)
    result = sympy.Interval(low, high, domain.low_open, domain.high_open)
    return result - sympy.FiniteSet(*map(_rational, domain.without)) if domain.without else result


def limits(left: Expr, right: Expr, domains: Mapping[str, Domain]) -> tuple[bool, str, str] | None:
    """Two sides without free symbols as SymPy computes them: whether they are equal, and what they are."""
    try:
        a, b = to_sympy(left, domains), to_sympy(right, domains)
        if a.free_symbols or b.free_symbols or a.has(sympy.Sum, sympy.Limit) or b.has(sympy.Sum, sympy.Limit):
            return None
        if a.is_infinite or b.is_infinite:
            return bool(a == b), str(a), str(b)
        same = (a - b).equals(0)
    except (NoTranslation, *_CANNOT):
        return None
    return None if same is None else (bool(same), str(a), str(b))


def counterexample(
    left: Expr, right: Expr, domains: Mapping[str, Domain], points: Iterable[Mapping[str, Fraction]]
) -> tuple[Mapping[str, Fraction], str, str] | None:
    """A point at which SymPy's values of two sides differ, and these values; for what is not computed without SymPy."""
    try:
        a, b = to_sympy(left, domains), to_sympy(right, domains)
    except (NoTranslation, *_CANNOT):
        return None
    for point in points:
        values = {symbol(name, domain_of(name, domains)): _rational(value) for name, value in point.items()}
        try:
            x, y = a.subs(values).evalf(30), b.subs(values).evalf(30)
            if x.is_Float and y.is_Float and abs(x - y) > sympy.Float("1e-12") * (1 + abs(x)):
                return point, f"{float(x):.6g}", f"{float(y):.6g}"
        except _CANNOT:
            continue
    return None
