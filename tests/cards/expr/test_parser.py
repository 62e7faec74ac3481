from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.expr import (
    Binary,
    Call,
    Domain,
    Expr,
    ExprError,
    Index,
    Listing,
    Name,
    Number,
    Piecewise,
    Relation,
    Unary,
    parse,
    parse_conditions,
    parse_statement,
)
from cards.expr.nodes import Case, depth

x, y = Name("x"), Name("y")
ONE, TWO, THREE = (Number(Fraction(n)) for n in (1, 2, 3))


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("x", x),
        ("2", TWO),
        ("0.50", Number(Fraction(1, 2))),
        ("1e-5", Number(Fraction(1, 100_000))),
        ("1.5e2", Number(Fraction(150))),
        (".5", Number(Fraction(1, 2))),
        ("-x**2", Unary("-", Binary("**", x, TWO))),
        ("(-x)**2", Binary("**", Unary("-", x), TWO)),
        ("2**-3", Binary("**", TWO, Unary("-", THREE))),
        ("2**3**x", Binary("**", TWO, Binary("**", THREE, x))),
        ("1 - 2 - 3", Binary("-", Binary("-", ONE, TWO), THREE)),
        ("x/y/2", Binary("/", Binary("/", x, y), TWO)),
        ("x*y%2//3", Binary("//", Binary("%", Binary("*", x, y), TWO), THREE)),
        ("2*-x", Binary("*", TWO, Unary("-", x))),
        ("+x", x),
        ("[1, [2]]", Listing((ONE, Listing((TWO,))))),
        ("[1, 2,]", Listing((ONE, TWO))),
        ("[]", Listing(())),
        ("x[1][y]", Index(Index(x, ONE), y)),
        ("x_1 + alpha", Binary("+", Name("x_1"), Name("alpha"))),
        ("android", Name("android")),
        ("f(x, y)", Call("f", (x, y))),
        ("f()", Call("f", ())),
        ("x @ y", Call("matmul", (x, y))),
        ("sum(x[i] for i in range(3))", Call("sum", (Index(x, Name("i")), Name("i"), Number(Fraction(0)), TWO))),
        ("sum(i for i in range(1, y))", Call("sum", (Name("i"), Name("i"), ONE, Binary("-", y, ONE)))),
        ("sum(y*y for y in x)", Call("sum", (Binary("*", y, y), y, x))),
        (
            "piecewise((1, x > 0 and y integer), (0, otherwise))",
            Piecewise(
                (
                    Case(ONE, (Relation(x, ((">", Number(Fraction(0))),)), Domain("y", "integer"))),
                    Case(Number(Fraction(0)), ()),
                )
            ),
        ),
    ],
)
def test_expressions_read_as_python_reads_them(text: str, tree: Expr) -> None:
    assert parse(text) == tree


def test_numbers_remember_how_many_decimals_were_written() -> None:
    numbers = [parse(text) for text in ("2", "2.0", "0.50", "1e-5", "1.5e2", "25e-1")]
    assert [number.places for number in numbers if isinstance(number, Number)] == [0, 1, 2, 5, 0, 1]


def test_nodes_know_where_they_stand() -> None:
    tree = parse("x + (1/zero)")
    assert isinstance(tree, Binary)
    assert (tree.at, tree.right.at) == (0, 5)
    assert isinstance(tree.right, Binary)
    assert tree.right.right.at == 7


def test_a_statement_has_a_chain_of_comparisons_and_conditions() -> None:
    statement = parse_statement("0 < x <= 1 where y != 2, x integer and 1 < y")
    assert statement.relation == Relation(Number(Fraction(0)), (("<", x), ("<=", ONE)))
    assert list(statement.relation.pairs()) == [(Number(Fraction(0)), "<", x), (x, "<=", ONE)]
    assert statement.conditions == (
        Relation(y, (("!=", TWO),)),
        Domain("x", "integer"),
        Relation(ONE, (("<", y),)),
    )
    assert parse_conditions("y != 2, x integer and 1 < y") == statement.conditions


@pytest.mark.parametrize(
    ("text", "offset", "words"),
    [
        ("", 0, "empty"),
        ("2x", 1, "write * for a product"),
        ("(x+1)(x+2)", 5, "write * for a product"),
        ("a^b", 1, "write ** for a power"),
        ("a = b", 2, "write == for equal"),
        ("a == b", 2, "only a statement"),
        ("(1 + 2", 6, "')' is missing"),
        ("[1, 2", 5, "']' is missing"),
        ("1)", 1, "never opened"),
        ("1 +", 3, "ends too early"),
        (r"\frac{1}{2}", 0, "no LaTeX"),
        ("|x|", 0, "abs"),
        ("x.real", 1, "cannot be read"),
        ("'text'", 0, "cannot be read"),
        ("lambda: 1", 6, "cannot be read"),
        ("max(a for a in x)", 0, "only sum"),
        ("9" * 61, 0, "too many digits"),
        ("1e99999999999999999999", 0, "too many digits"),
        ("1e-61", 0, "too many digits"),
        ("x" * 2001, 2000, "2001 characters"),
        ("(" * 10_000, 2000, "10000 characters"),
        ("(" * 1000, 50, "50 deep"),
        ("[" * 1000, 50, "50 deep"),
        ("-" * 1999 + "x", 0, "nested"),
        ("x" + "**x" * 600, 0, "nested"),
        ("x" + "+x" * 900, 0, "nested"),
        ("x" + "[0]" * 600, 0, "nested"),
    ],
)
def test_what_is_no_expression_is_explained_where_it_stands(text: str, offset: int, words: str) -> None:
    with pytest.raises(ExprError) as raised:
        parse(text)
    assert raised.value.offset == offset
    assert words in raised.value.message


@pytest.mark.parametrize(
    ("text", "offset", "words"),
    [
        ("x + 1", 5, "lacks a comparison"),
        ("", 0, "empty"),
        ("x = 1", 2, "write =="),
        ("x == 1 where", 12, "ends too early"),
        ("x == 1 where n", 14, "lacks a comparison"),
        ("x ≤ 1", 2, "write <="),
    ],
)
def test_what_is_no_statement_is_explained_where_it_stands(text: str, offset: int, words: str) -> None:
    with pytest.raises(ExprError) as raised:
        parse_statement(text)
    assert raised.value.offset == offset
    assert words in raised.value.message


def test_canonical_text_has_no_needless_parentheses() -> None:
    assert str(parse("((a))*((b+c))-(d)")) == "a*(b + c) - d"
    assert str(parse("a-(b-c)+(2**-(3))**x")) == "a - (b - c) + (2**-3)**x"
    assert str(parse_statement("(a)==b where n   integer")) == "a == b where n integer"


def test_canonical_text_keeps_the_decimals() -> None:
    assert str(parse("0.50 + 1e-5 + 25e-1 + 1e2")) == "0.50 + 0.00001 + 2.5 + 100"


NAMES = st.sampled_from(["x", "y", "x_1", "alpha", "n", "θ"]).map(Name)
NUMBERS = st.builds(
    lambda digits, places: Number(Fraction(digits, 10**places), places), st.integers(0, 10**6), st.integers(0, 4)
)


def _grown(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    several = st.lists(inner, max_size=3).map(tuple)
    relation = st.builds(
        Relation,
        inner,
        st.lists(
            st.tuples(st.sampled_from(["==", "!=", "<", "<=", ">", ">=", "~="]), inner), min_size=1, max_size=2
        ).map(tuple),
    )
    domain = st.builds(Domain, st.sampled_from(["x", "n"]), st.sampled_from(["integer", "positive"]))
    cases = st.lists(st.builds(Case, inner, st.lists(relation | domain, max_size=2).map(tuple)), min_size=1, max_size=2)
    return (
        st.builds(Unary, st.just("-"), inner)
        | st.builds(Binary, st.sampled_from(["+", "-", "*", "/", "//", "%", "**"]), inner, inner)
        | st.builds(Call, st.sampled_from(["f", "sqrt", "max"]), several)
        | st.builds(Listing, several)
        | st.builds(Index, inner, inner)
        | st.builds(Piecewise, cases.map(tuple))
    )


TREES: st.SearchStrategy[Expr] = st.recursive(NAMES | NUMBERS, _grown, max_leaves=25)


@given(TREES)
def test_every_tree_is_read_back_from_its_canonical_text(tree: Expr) -> None:
    text = str(tree)
    assert parse(text) == tree
    assert str(parse(text)) == text


@given(st.text(alphabet="()[]+-*/%,.<>=!~ex12 \n^wherandfoi_", max_size=300))
def test_any_text_is_a_tree_or_an_error_with_its_place(text: str) -> None:
    for read in (parse, parse_statement):
        offset = 0
        try:
            assert depth(read(text)) <= 100
        except ExprError as error:
            offset = error.offset
        assert 0 <= offset <= len(text)
