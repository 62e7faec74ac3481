"""Random answers, as trees that a reading may have."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from cards.expr import Binary, Call, Expr, Listing, Name, Number, Unary

SYMBOLS = {"x": "real", "y": "real", "n": "integer", "theta": "real", "x_1": "real"}


@st.composite
def numbers(draw: st.DrawFn) -> Number:
    places = draw(st.integers(0, 4))
    return Number(Fraction(draw(st.integers(0, 5000)), 10**places), places)


names = st.sampled_from([*SYMBOLS, "e", "pi", "i"]).map(Name)
functions = st.sampled_from(["sin", "cos", "tan", "ln", "exp", "sqrt", "cbrt", "abs", "asin", "sinh", "factorial"])


def _larger(parts: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    return st.one_of(
        st.builds(Unary, st.just("-"), parts),
        st.builds(Binary, st.sampled_from(["+", "-", "*", "/", "**"]), parts, parts),
        st.builds(lambda name, part: Call(name, (part,)), functions, parts),
        st.builds(lambda part, base: Call("log", (part, base)), parts, parts),
        st.builds(lambda part, degree: Call("root", (part, degree)), parts, numbers()),
    )


scalars: st.SearchStrategy[Expr] = st.recursive(st.one_of(numbers(), names), _larger, max_leaves=12)
vectors = st.lists(scalars, min_size=1, max_size=4).map(lambda items: Listing(tuple(items)))


@st.composite
def matrices(draw: st.DrawFn) -> Listing:
    columns = draw(st.integers(1, 3))
    row = st.lists(scalars, min_size=columns, max_size=columns).map(lambda items: Listing(tuple(items)))
    return Listing(tuple(draw(st.lists(row, min_size=1, max_size=3))))


expressions: st.SearchStrategy[Expr] = st.one_of(scalars, vectors, matrices())
