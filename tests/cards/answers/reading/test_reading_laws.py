"""What holds of every answer, whatever is typed."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from lark import Lark

from cards.answers.equality import Comparison, compare
from cards.answers.reading import latex_of, read, text_of
from cards.answers.reading.building import STARTS, Given
from cards.answers.types import LONGEST, FiniteSet, Interval, Takes, Union, UnreadableError, Where
from cards.expr import Call, Expr, Relation, parse, to_latex, walk
from tests.cards.answers.reading.trees import SYMBOLS, expressions, scalars
from tests.serving import ROOT

PIECES = st.sampled_from(
    [
        *"0123456789xyneiθ()[]{}|<>+-*/^_=,.;:!%°√∛∞½²³⁻ⁿ₁·×−∪∈ℝ∅≤≥≠±\\'\"~&$ \n\u200b\u00a0😀é",
        *("sin ", "ln", "sqrt", "log_2", "max(", "exp", "or", "and", " in ", "\\frac", "\\sqrt[", "\\left(", "\\cdot "),
        *(
            "\\begin{pmatrix}",
            "\\end{pmatrix}",
            "\\\\",
            "\\mathbb{R}",
            "\\text{",
            "m/s",
            "1,5",
            "**",
            "10^",
            "e^",
            "]0,",
        ),
        *("(", "[1, 2]", "x = ", "f'(x)=", "np.", "1e9", "2e-3", "1/2x", "x^1/2", "{x|", "R\\{", "°C", "|x|"),
    ]
)
typed_mixtures = st.lists(PIECES, max_size=60).map("".join)
anything = st.one_of(typed_mixtures, st.text(max_size=80), st.text(max_size=LONGEST + 20))


def complaint(typed: str, takes: Takes, decimal_comma: bool) -> UnreadableError | None:
    """What is said of an answer that cannot be read; None if it can."""
    try:
        reading = read(typed, takes, SYMBOLS, decimal_comma=decimal_comma)
    except UnreadableError as error:
        return error
    assert reading.text
    return None


def check_answer(typed: str, takes: Takes, decimal_comma: bool) -> None:
    error = complaint(typed, takes, decimal_comma)
    if error is not None:
        assert 0 <= error.at <= len(typed)
        assert error.message
        assert not error.message.endswith(".")


@given(anything, st.sampled_from(Takes), st.booleans())
def test_anything_typed_is_read_or_said_to_be_unreadable_at_a_place_within_it(
    typed: str, takes: Takes, decimal_comma: bool
) -> None:
    check_answer(typed, takes, decimal_comma)


@given(expressions.map(text_of), st.data(), st.sampled_from([Takes.EXPRESSION, Takes.SET, Takes.EQUATION]))
def test_a_slip_in_an_answer_is_read_or_said_to_be_unreadable(text: str, data: st.DataObject, takes: Takes) -> None:
    place = data.draw(st.integers(0, len(text)))
    length = data.draw(st.integers(0, 3))
    check_answer(text[:place] + data.draw(PIECES) + text[place + length :], takes, False)


@given(expressions)
def test_what_is_shown_of_an_expression_is_read_as_the_same_expression(tree: Expr) -> None:
    assert read(text_of(tree), Takes.EXPRESSION, SYMBOLS).value == tree


@given(scalars, scalars)
def test_what_is_shown_of_an_equation_is_read_as_the_same_equation(left: Expr, right: Expr) -> None:
    equation = Relation(left, (("==", right),))
    assert read(text_of(equation), Takes.EQUATION, SYMBOLS).value == equation


comparisons = st.builds(
    lambda left, op, right: Relation(left, ((op, right),)),
    scalars,
    st.sampled_from(["<", "<=", ">", ">=", "!="]),
    scalars,
)
parts = st.one_of(
    st.builds(Interval, scalars, scalars, st.tuples(st.booleans(), st.booleans())),
    st.lists(scalars, max_size=3).map(lambda items: FiniteSet(tuple(items))),
    st.lists(comparisons, min_size=1, max_size=2).map(lambda conditions: Where(tuple(conditions))),
)


def joins_lists(union: Union) -> bool:
    """Whether two lists of numbers stand side by side, which are read as one list."""
    sides = zip(union.parts, union.parts[1:], strict=False)
    return any(isinstance(a, FiniteSet) and isinstance(b, FiniteSet) and a.items and b.items for a, b in sides)


@given(st.lists(parts, min_size=1, max_size=3).map(lambda items: Union(tuple(items))))
def test_what_is_shown_of_a_set_is_read_as_the_same_set(union: Union) -> None:
    value = read(text_of(union), Takes.SET, SYMBOLS).value
    assert value == union or joins_lists(union)


@given(scalars)
def test_the_latex_that_is_shown_means_the_same_when_it_is_pasted_in(tree: Expr) -> None:
    again = read(latex_of(tree), Takes.EXPRESSION, SYMBOLS).value
    assert isinstance(again, Expr)
    assert again == tree or compare(again, tree, SYMBOLS) is not Comparison.DIFFERENT


@given(scalars)
def test_the_latex_of_decks_means_the_same_when_it_is_pasted_in(tree: Expr) -> None:
    assume(
        not any(isinstance(part, Call) and part.name in ("cbrt", "root", "factorial", "asin") for part in walk(tree))
    )
    again = read(to_latex(tree), Takes.EXPRESSION, SYMBOLS).value
    assert isinstance(again, Expr)
    assert again == tree or compare(again, tree, SYMBOLS) is not Comparison.DIFFERENT


@pytest.mark.parametrize(
    "text",
    ["[1, 2]", "[1/2, x*y, -3]", "[[1, 2], [3, 4]]", "[[x*y, 1/2], [0, -x]]", "2*[1, 2]", "sqrt(2)*[1, 2]"],
)
def test_the_latex_of_vectors_and_matrices_is_read_as_the_same(text: str) -> None:
    tree = parse(text)
    assert read(latex_of(tree), Takes.EXPRESSION, SYMBOLS).value == tree
    assert read(to_latex(tree), Takes.EXPRESSION, SYMBOLS).value == tree


@pytest.mark.parametrize(("sign", "shown"), [("\x00", "the sign U+0000"), ("\ud800", "the sign U+D800"), ("😀", "😀")])
def test_a_sign_that_cannot_be_seen_is_named_by_its_number(sign: str, shown: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(f"x{sign}", Takes.EXPRESSION, SYMBOLS)
    assert (caught.value.message, caught.value.at) == (f"{shown} has no meaning here", 1)


def test_the_grammar_has_no_conflicts() -> None:
    text = (ROOT / "cards" / "answers" / "reading" / "grammar.lark").read_text(encoding="utf-8")
    Lark(text, parser="lalr", lexer=Given, start=list(STARTS), strict=True)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("1" * 501, "the answer has 501 characters; at most 500 are read"),
        ("(" * 60 + "x" + ")" * 60, "brackets are nested more than 50 deep"),
        ("x+" * 150 + "x", "the answer has too many parts; at most 200 are read"),
        ("-" * 120 + "x", "the answer is nested too deep, or has too many parts"),
        ("1e4000", "the power of ten is too large; at most 1000 is read"),
        ("9" * 61, "the number has too many digits; at most 60 are read"),
        ("", "nothing was typed"),
        (" \u200b ", "nothing was typed"),
    ],
)
def test_what_is_too_large_or_too_small_is_said_to_be(typed: str, says: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(typed, Takes.EXPRESSION, SYMBOLS)
    assert caught.value.message == says
