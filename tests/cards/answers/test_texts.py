from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.answers.texts import Likeness, alike, plain


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("dot product", "dot product"),
        ("  Dot   Product ", "dot product"),
        ("dot-product", "dot product"),
        ("dot–product", "dot product"),
        ("dotproduct", "dot product"),
        ("the dot product", "dot product"),
        ("The dot product.", "dot product"),
        ("a row", "row"),
        ("row", "the row"),
        ('"row"', "row"),
        ("`row`", "row"),
        ("**row**", "row"),
        ("$row$", "row"),
        ("cross entropy", "cross-entropy"),
        ("CROSS‑ENTROPY", "cross-entropy"),
        ("ｒｏｗ", "row"),  # full width, as some keyboards write
        ("naive", "naïve"),
        ("Schrodinger", "Schrödinger"),
        ("STRASSE", "Straße"),
        ("2 × 3", "2x3"),
        ("2x3", "2×3"),
        ("[1,2]", "[1, 2]"),
        ("−1", "-1"),
        ("a", "a"),
        ("e.g.", "e.g"),
        ("yes!", "yes"),
        ("Bayes’ theorem", "Bayes' theorem"),
        ("bayes theorem", "Bayes' theorem"),
        ("Eulers number", "Euler’s number"),
        ("f’(x)", "f'(x)"),
    ],
)
def test_what_does_not_matter_makes_no_difference(typed: str, right: str) -> None:
    assert alike(typed, [right]) is Likeness.SAME


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("colunm", "column"),
        ("colum", "column"),
        ("collumn", "column"),
        ("columm", "column"),
        ("columns", "column"),
        ("gradient decent", "gradient descent"),
        ("the eigenvalu", "eigenvalue"),
    ],
)
def test_a_slip_in_a_long_word_is_recognised(typed: str, right: str) -> None:
    assert alike(typed, [right]) is Likeness.MISSPELT


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("raw", "row"),
        ("rows", "row"),
        ("asymmetric", "symmetric"),
        ("effect", "affect"),
        ("increasing", "decreasing"),
        ("dependent", "independent"),
        ("maximum", "minimum"),
        ("1", "-1"),
        ("3-4", "34"),
        ("12345", "12346"),
        ("12 34", "1234"),
        ("row column", "column row"),
        ("", "row"),
        ("row", ""),
        ("!?", "row"),
        ("column", "colums of it"),
        ("unsteady state", "steady state"),
    ],
)
def test_another_word_is_another_word(typed: str, right: str) -> None:
    assert alike(typed, [right]) is Likeness.DIFFERENT


def test_any_of_the_right_texts_will_do() -> None:
    assert alike("inner product", ["dot product", "scalar product", "inner product"]) is Likeness.SAME
    assert alike("scalar produkt", ["dot product", "scalar product"]) is Likeness.MISSPELT


@given(st.text(max_size=60))
def test_a_text_is_like_itself_and_making_it_plain_again_changes_nothing(text: str) -> None:
    assert alike(text, [text]) is Likeness.SAME
    assert plain(plain(text)) == plain(text)
