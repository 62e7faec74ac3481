"""Expressions drawn by Hypothesis: rational ones, and ones with the functions that answers have."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from cards.expr import Binary, Call, Expr, Name, Number, Unary

SYMBOLS = ("x", "y", "n")
FUNCTIONS = ("sqrt", "exp", "ln", "sin", "cos", "abs", "cbrt", "floor")


def whole(value: int) -> Expr:
    """An integer as it is written: a negative one as a negation."""
    return Unary("-", Number(Fraction(-value))) if value < 0 else Number(Fraction(value))


numbers = st.integers(-9, 20).map(whole) | st.sampled_from([1, 5, 25, 125]).map(lambda n: Number(Fraction(n, 100), 2))
names = st.sampled_from(SYMBOLS).map(Name)
small_powers = st.sampled_from([-3, -2, -1, 1, 2, 3, 4]).map(whole)


def _rational(parts: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    return (
        st.builds(Binary, st.sampled_from("+-*/"), parts, parts)
        | st.builds(Unary, st.just("-"), parts)
        | st.builds(Binary, st.just("**"), parts, small_powers)
    )


rational: st.SearchStrategy[Expr] = st.recursive(numbers | names, _rational, max_leaves=12)


def _any(parts: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    return (
        _rational(parts)
        | st.builds(lambda name, part: Call(name, (part,)), st.sampled_from(FUNCTIONS), parts)
        | st.builds(lambda a, b: Call("max", (a, b)), parts, parts)
        | st.builds(Binary, st.just("**"), parts, parts)
    )


expressions: st.SearchStrategy[Expr] = st.recursive(numbers | names, _any, max_leaves=12)
KINDS = ("real", "positive", "integer", "0 < {} < 1", "nonzero")
domains: st.SearchStrategy[dict[str, str]] = st.tuples(*(st.sampled_from(KINDS) for _ in SYMBOLS)).map(
    lambda kinds: {name: kind.format(name) for name, kind in zip(SYMBOLS, kinds, strict=True)}
)
