from __future__ import annotations

import pytest

from cards.draft.candidate import Unit
from cards.draft.page import Paragraph
from cards.draft.rules.called import explained, name_before, named_by
from cards.draft.rules.phrases import prose_line
from cards.draft.walk import units
from tests.cards.draft.conftest import ReadText


def unit_of(page: ReadText, text: str) -> Unit:
    (unit,) = (each for each in units(page(text)) if isinstance(each.part, Paragraph))
    return unit


@pytest.mark.parametrize(
    ("text", "named", "label"),
    [
        ("**The chain rule:**", "the chain rule", True),
        ("**Variance**", "variance", True),
        ("**Bayes' theorem.**", "Bayes' theorem", True),
        ("Product rule:", "the product rule", True),
        ("Then the sample variance is", "the sample variance", False),
        ("The mean squared error is defined as:", "the mean squared error", False),
        ("The loss $L$ can be written as", "the loss $L$", False),
        ("We get this by the product rule:", "the product rule", False),
        ("Consequently the product rule is:", "the product rule", False),
        ("Thus we obtain the product rule:", "the product rule", True),
        ("And finally the number of trees is", "the number of trees", False),
        ("The formula for the sample variance is", "the sample variance", False),
        # names nothing
        ("Now think about matrix multiplication:", "", False),
        ("And in a more compact way:", "", False),
        ("The formula for $d[n]$ is", "", False),
        ("The above formula:", "", False),
        ("The answer to this question is", "", False),
        ("The start of this recurrence is", "", False),
        ("Derived from the formula:", "", False),
        ("**Example:**", "", False),
        ("**Rules:**", "", False),
        ("For example:", "", False),
        ("It follows that", "", False),
        ("This is", "", False),
        ("Substituting the second into the first gives", "", False),
        ('Shorthand for "add up a bunch of things":', "", False),
        ("The number $e = 2$ raised to $x$:", "", False),
    ],
)
def test_a_sentence_names_the_formula_behind_it(page: ReadText, text: str, named: str, label: bool) -> None:
    unit = unit_of(page, text)
    assert isinstance(unit.part, Paragraph)
    assert named_by(unit, prose_line(unit.part)) == (named, label)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("where $m$ is the midpoint and $a$ is the left end.", "the midpoint"),
        ("Here $m$ denotes the slope of the line.", "the slope of the line"),
        ("the rate $m$ is fixed.", "the rate"),
        ("where $n$ is the count.", ""),
        ("a line of $m$ points.", ""),
    ],
)
def test_a_sentence_tells_what_a_symbol_is(page: ReadText, text: str, told: str) -> None:
    part = unit_of(page, text).part
    assert isinstance(part, Paragraph)
    assert explained("m", prose_line(part)) == told


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("we call the sample mean ", "the sample mean"),
        ("It has a fixed rate", "a fixed rate"),
        ("the distribution on", ""),
        ("so we find", ""),
    ],
)
def test_a_noun_before_a_formula_is_its_name(text: str, name: str) -> None:
    assert name_before(text) == name
