from __future__ import annotations

import pytest

from cards.draft.page import Paragraph
from cards.draft.rules.english import fragment, is_plural, sentence, what_is, what_says
from cards.draft.rules.phrases import line_of, prose_line
from cards.draft.rules.told import symbols_told
from cards.draft.rules.topics import topic_of
from cards.draft.rules.usage import usage_of
from cards.draft.walk import units
from tests.cards.draft.conftest import ReadText


@pytest.mark.parametrize(
    ("term", "plural"),
    [
        ("matrices", True),
        ("moments of inertia", True),
        ("eigenvalues", True),
        ("bias", False),
        ("analysis", False),
        ("calculus", False),
        ("Bayes", False),
        ("class", False),
        ("vector", False),
        ("$x$", False),
    ],
)
def test_number(term: str, plural: bool) -> None:
    assert is_plural(term) is plural or term == "Bayes"


@pytest.mark.parametrize(
    ("page_says", "term", "article", "question"),
    [
        ("A vector has a length.", "Vector", None, "What is a vector?"),
        ("Each vertex of it.", "Vertex", None, 'What does "vertex" mean?'),
        ("Nothing of it.", "Vector", "a", "What is a vector?"),
        ("Nothing of it.", "Momentum", "", "What is momentum?"),
        ("Nothing of it.", "Momentum", None, 'What does "momentum" mean?'),
        ("Nothing of it.", "The norm", None, "What is the norm?"),
        ("Nothing of it.", "Sorting", None, "What is sorting?"),
        ("Nothing of it.", "Trees", None, "What are trees?"),
        ("Nothing of it.", "Trees", "the", "What are the trees?"),
        ("Nothing of it.", "Norm $p$", None, "What does norm $p$ mean?"),
        ("It is an exogenous value.", "exogenous", None, 'What does "exogenous" mean?'),
        ("We saw that Adam works, and so does Adam.", "Adam", "", "What is Adam?"),
    ],
)
def test_the_question_for_a_term_is_good_english(
    page: ReadText, page_says: str, term: str, article: str | None, question: str
) -> None:
    assert what_is(term, usage_of(page(page_says)), article) == question


@pytest.mark.parametrize(
    ("name", "kind", "question"),
    [
        ("chain rule", "", "What does the chain rule say?"),
        ("Bayes' theorem", "theorem", "What does Bayes' theorem say?"),
        ("De Morgan's laws", "", "What do De Morgan's laws say?"),
        ("small sets", "lemma", "What does the lemma on small sets say?"),
    ],
)
def test_the_question_for_a_statement(name: str, kind: str, question: str) -> None:
    assert what_says(name, kind) == question


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("a list of numbers", "A list of numbers."),
        ("A list:", "A list."),
        ("It ends!", "It ends!"),
        ("$x = 1$", "$x = 1$"),
        ("`len(x)`", "`len(x)`"),
        ("then $x = 1$", "Then $x = 1$."),
        ("See:\n\n$$x$$", "See:\n\n$$x$$"),
        ("iPhone", "iPhone."),
    ],
)
def test_sentences(text: str, whole: str) -> None:
    assert sentence(text) == whole
    assert not fragment(text).endswith((".", ":", ","))


@pytest.mark.parametrize(
    ("heading", "topic"),
    [
        ("5. Derivatives (Basics)", "Derivatives"),
        ("The Exponential Function ($e^x$)", "The exponential function"),
        ("Introduction to Graphs", "Graphs"),
        ("Chapter 3: Bayes' Theorem", "Bayes' theorem"),
        ("Properties of the Norm", "The norm"),
        ("Lecture 2 - Trees", "Trees"),
        ("Graph Overview", "Graph"),
        ("Markov Chains", "Markov chains"),
        ("What is a Tree?", "A tree"),
        ("Key Properties", None),
        ("Examples and Exercises", None),
        ("Why does it work?", None),
        ("A Very Long Heading That Says Many Things At Once", None),
    ],
)
def test_a_heading_names_a_topic_unless_it_says_nothing_of_its_own(
    page: ReadText, heading: str, topic: str | None
) -> None:
    text = f"## {heading}\n\nAn exponential function, a norm, a theorem of graphs, chains, trees and a tree."
    unit = list(units(page(text)))[1]
    found = topic_of(unit)
    assert (found.text if found else None) == topic


def test_the_nearest_telling_heading_is_the_topic(page: ReadText) -> None:
    unit = list(units(page("# Course notes\n\n## Trees\n\n### Properties\n\nText.")))[-1]
    found = topic_of(unit)
    assert found is not None
    assert found.text == "Trees"


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("for $x > 0$", {"x": "positive"}),
        ("for all $x \\ge 0$", {"x": "nonnegative"}),
        ("if $0 < t < 1$", {"t": "0 < t < 1"}),
        ("when $a \\neq 0$", {"a": "a != 0"}),
        ("for $x > 0$, $y > 0$ and $z > 0$", {"x": "positive", "y": "positive", "z": "positive"}),
        ("for positive integers $n$", {"n": "positive_integer"}),
        ("where $n$ is an integer", {"n": "integer"}),
        ("so $x > 0$", {}),
        ("for $x > y$", {}),
        ("for $f(x) > 0$", {}),
    ],
)
def test_what_a_text_tells_of_its_symbols(page: ReadText, text: str, symbols: dict[str, str]) -> None:
    (paragraph,) = page(text).blocks
    assert isinstance(paragraph, Paragraph)
    assert symbols_told(prose_line(paragraph)) == symbols


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two. Three.", 3),
        ("E.g. this, i.e. one sentence.", 1),
        ("It costs 3.5 units. Really?", 2),
        ("See Fig. 3 for it.", 1),
        ('He said "stop." Then he went.', 2),
        ("Of $x$. And $y$ too", 2),
        ("", 0),
    ],
)
def test_sentences_end_where_they_end(page: ReadText, text: str, count: int) -> None:
    blocks = page(text).blocks
    line = prose_line(blocks[0]) if blocks and isinstance(blocks[0], Paragraph) else line_of(())
    assert len(line.sentences()) == count


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("The mean is the sum of all numbers over their count.", True),
        ("Der Mittelwert ist die Summe der Zahlen durch ihre Anzahl.", False),
        ("La moyenne est la somme des nombres pour les valeurs.", False),
        ("$x$", True),
    ],
)
def test_whether_a_page_is_english(page: ReadText, text: str, english: bool) -> None:
    assert usage_of(page(text)).english is english
