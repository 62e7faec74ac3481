"""Ids that a person can read: words of formulas, letters of other scripts, and what is done where two would be one."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.draft.ids import LONGEST, Ids, slug, topic
from cards.schema import SLUG


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("Addition", "addition"),
        ("Dot product", "dot-product"),
        ("Bayes' theorem", "bayes-theorem"),
        ("don’t", "dont"),
        ("state-of-the-art", "state-of-the-art"),
        ("and/or", "and-or"),
        ("C++ and C#", "c-and-c"),
        (r"a^m \times a^n", "a-m-times-a-n"),
        ("a^{-n}", "a-minus-n"),
        ("x-y", "x-minus-y"),
        (r"\frac{d}{dx}e^x", "d-over-dx-e-x"),
        (r"\frac{\partial L}{\partial w}", "d-l-over-d-w"),
        (r"\sum_{i=1}^{3} x_i", "sum-i-1-3-x-i"),
        (r"y = \max(0,x)", "y-is-max-0-x"),
        (r"\ln(x) < 0", "ln-x-below-0"),
        ("f'(x)", "f-prime-x"),
        (r"\alpha", "alpha"),
        ("x^{*} = 3", "x-star-is-3"),
        (r"6 \leq x \pm 1 ≥ y", "6-at-most-x-plus-minus-1-at-least-y"),
        ("α", "alpha"),
        (r"\begin{bmatrix} 1 & 2 \end{bmatrix}", "1-2"),
        ("self.data**other", "self-data-other"),
        ("(ms + 1e-5) ** -0.5", "ms-plus-1e-5-minus-0-5"),
        ("2^3 \\times 2^2", "2-to-the-3-times-2-to-the-2"),
        ("The derivative of $x^2$", "the-derivative-of-x-2"),
        ("naïve Straße", "naive-strasse"),
        ("Łódź", "lodz"),
        ("Теорема Пифагора", "teorema-pifagora"),
        ("Θεώρημα", "theorima"),
        ("極限", ""),
        ("", ""),
    ],
)
def test_a_subject_becomes_readable_words(subject: str, expected: str) -> None:
    assert slug(subject) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("The Exponential Function ($e^x$)", "exponential-function"),
        ("Vectors (Lists of Numbers)", "vectors"),
        ("(intro)", "intro"),
        ("A", "a"),
        ("An Example", "example"),
    ],
)
def test_a_sections_id_needs_no_article_and_no_brackets(title: str, expected: str) -> None:
    assert slug(topic(title)) == expected


@given(st.text(max_size=200))
def test_a_slug_is_none_or_one_that_a_deck_takes(subject: str) -> None:
    found = slug(subject)
    assert len(found) <= LONGEST
    assert not found or re.match(SLUG, found)


@given(st.lists(st.tuples(st.text(max_size=60), st.text(max_size=60)), max_size=30))
def test_ids_are_all_different_and_such_as_a_deck_takes(subjects: list[tuple[str, str]]) -> None:
    ids = Ids()
    made = [ids.new(*each, fallback="note") for each in subjects]
    assert len(set(made)) == len(made)
    assert all(re.match(SLUG, each) and len(each) <= LONGEST for each in made)


def test_a_long_subject_is_cut_between_words_and_not_before_what_belongs_to_a_word() -> None:
    assert slug("What the derivative of a product of two functions of one variable is") == (
        "what-the-derivative-of-a-product-of-two"
    )
    assert slug("x" * 100) == "x" * LONGEST


def test_an_id_that_is_taken_gets_the_section_before_it_then_a_number() -> None:
    ids = Ids()
    made = [ids.new("Addition", "Vectors", fallback="note") for _ in range(3)]
    assert made == ["addition", "vectors-addition", "addition-note"]
    assert ids.new("Addition", "Vectors", fallback="note") == "addition-2"


def test_a_subject_that_is_its_sections_own_is_not_said_twice() -> None:
    ids = Ids(["exponents"])
    assert ids.new("Exponents", "Exponents and powers", fallback="definition") == "exponents-definition"


def test_what_cannot_be_spelled_is_numbered() -> None:
    ids = Ids(["section-1"])
    assert [ids.new("極限", fallback="section") for _ in range(2)] == ["section-2", "section-3"]
    assert [ids.new("極限", "Limits", fallback="note") for _ in range(2)] == ["limits-note", "limits-note-2"]
    assert ids.new("x", "Limits", fallback="note") == "limits-x"


def test_an_ending_is_kept_when_the_subject_is_long() -> None:
    ids = Ids()
    assert ids.new("a^m", fallback="note", ending="drill") == "a-m-drill"
    assert ids.new("x" * 60, fallback="note", ending="drill").endswith("x-drill")
