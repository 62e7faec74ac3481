from __future__ import annotations

import pytest

from cards.cloze import Gap, parse_cloze, part_names
from cards.draft.candidate import Sure
from cards.draft.rules.properties import RULE
from tests.cards.draft.conftest import ReadText
from tests.cards.draft.rules.applied import applied
from tests.cards.draft.rules.drafted_as import shown


def listed(*items: str, heading: str = "The sigmoid", lead: str = "Key properties:") -> str:
    return f"## {heading}\n\n{lead}\n\n" + "\n".join(f"- {item}" for item in items)


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        pytest.param("$s(0) = 1/2$", r"The sigmoid: $s(0) = \cloze{value}{1/2}$.", id="a formula: its right side"),
        pytest.param(
            "$s(x) > 0$ for all $x$",
            r"The sigmoid: $s(x) \cloze{value}{> 0}$ for all $x$.",
            id="an inequality: its sign, too",
        ),
        pytest.param(
            "Derivative: $s'(x) = s(x)(1 - s(x))$",
            r"Derivative of the sigmoid: $s'(x) = \cloze{derivative}{s(x)(1 - s(x))}$.",
            id="a label and a formula",
        ),
        pytest.param(
            "Range: between 0 and 1",
            r"Range of the sigmoid: \cloze{range}{between 0 and 1}.",
            id="a label and words",
        ),
        pytest.param(
            "**Monotonic**: it grows everywhere",
            r"The sigmoid, monotonic: \cloze{monotonic}{it grows everywhere}.",
            id="an adjective as label",
        ),
        pytest.param(
            "Always positive: $s(x) > 0$",
            r"The sigmoid is \cloze{always-positive}{always positive}: $s(x) \cloze{always-positive}{> 0}$.",
            id="words and formula say one thing, so both are hidden",
        ),
        pytest.param(
            "Its limit on the right is one: $s(\\infty) = 1$",
            r"The sigmoid: its limit on the right is \cloze{limit-on-the-right}{one}: "
            r"$s(\infty) = \cloze{limit-on-the-right}{1}$.",
            id="a sentence and its formula",
        ),
        pytest.param(
            "Approaches one for large $x$",
            r"The sigmoid \cloze{what}{approaches one} for large $x$.",
            id="what it does under a condition",
        ),
        pytest.param(
            "Only defined for real numbers",
            r"The sigmoid is only defined for \cloze{domain}{real numbers}.",
            id="where it is defined",
        ),
        pytest.param(
            "The slope is largest when $x = 0$",
            r"The sigmoid: the slope is \cloze{what}{largest} when $x = 0$.",
            id="a sentence with a condition",
        ),
        pytest.param(
            "Its graph has the shape of an **S** everywhere",
            r"The sigmoid: its graph has the shape of an \cloze{what}{S} everywhere.",
            id="what the author stresses",
        ),
        pytest.param(
            "If $x$ grows, then the value grows.",
            r"The sigmoid: if $x$ grows, then \cloze{then}{the value grows}.",
            id="what follows",
        ),
    ],
)
def test_an_item_leaves_out_what_it_tells(page: ReadText, item: str, expected: str) -> None:
    assert shown(RULE, page(listed(item))) == [expected]


@pytest.mark.parametrize(
    ("heading", "lead", "expected"),
    [
        ("Sigmoid", "Facts:", r"Sigmoid: $s(0) = \cloze{value}{1/2}$."),
        ("Notes", "Properties of the sigmoid:", r"The sigmoid: $s(0) = \cloze{value}{1/2}$."),
        ("Notes", "The sigmoid has these properties:", r"The sigmoid: $s(0) = \cloze{value}{1/2}$."),
        ("Properties of ReLU", "A list:", r"ReLU: $s(0) = \cloze{value}{1/2}$."),
        ("Rules", "A list:", r"$s(0) = \cloze{value}{1/2}$"),
    ],
)
def test_the_text_names_what_it_is_about(page: ReadText, heading: str, lead: str, expected: str) -> None:
    assert shown(RULE, page(listed("$s(0) = 1/2$", heading=heading, lead=lead))) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(listed("Continuous"), id="one word: nothing would be left"),
        pytest.param(listed("It can be used for:"), id="an item that leads on"),
        pytest.param(listed("What is its limit?"), id="a question"),
        pytest.param(listed("[ ] learn this"), id="a task"),
        pytest.param(listed("$s(0) = 1/2$", lead="We did this:"), id="a list of something else"),
        pytest.param(listed("One thing. " * 30), id="a whole paragraph"),
    ],
)
def test_other_items_make_nothing(page: ReadText, text: str) -> None:
    assert shown(RULE, page(text)) == []


def test_the_numbers_of_an_example_are_no_properties(page: ReadText) -> None:
    items = "Properties:\n\n- $\\text{Cov}(X, Y) = 6$\n- $\\text{Cov}(X, c) = 0$\n"
    assert [note.text for note in applied(RULE, page(f"## Example with two variables\n\n{items}"))] == [
        r"Example with two variables: $\text{Cov}(X, c) = \cloze{value}{0}$."
    ]


def test_a_box_with_such_a_title_leads_too(page: ReadText) -> None:
    text = '## The sigmoid\n\n!!! info "Key facts"\n\n    - $s(0) = 1/2$\n'
    assert shown(RULE, page(text)) == [r"The sigmoid: $s(0) = \cloze{value}{1/2}$."]


def test_labels_under_a_bold_name_are_told_of_it(page: ReadText) -> None:
    text = "- **Sigmoid**:\n    - Range: from 0 to 1\n    - Used in: the last layer\n    - It saturates\n"
    assert shown(RULE, page(text)) == [
        r"Range of sigmoid: \cloze{range}{from 0 to 1}.",
        r"Sigmoid, used in: \cloze{used-in}{the last layer}.",
    ]


def test_names_of_gaps_stay_when_the_page_corrects_what_they_hide(page: ReadText) -> None:
    wrong, right = (
        [
            (note.subject, part_names(parse_cloze(note.text)))
            for note in applied(
                RULE, page(listed(f"$s(0) = {value}$", f"Range: {words}", f"Approaches {words} for large $x$"))
            )
        ]
        for value, words in (("1", "one"), ("1/2", "a half"))
    )
    assert wrong == right


def test_every_text_has_words_beside_its_gaps(page: ReadText) -> None:
    items = ["$s(0) = 1/2$", "Range: between 0 and 1", "Always positive: $s > 0$", "Approaches one for large $x$"]
    for note in applied(RULE, page(listed(*items))):
        pieces = parse_cloze(note.text)
        assert any(isinstance(piece, Gap) for piece in pieces)
        assert any(piece.text.strip(" .:$") for piece in pieces if not isinstance(piece, Gap))


def test_a_condition_becomes_a_domain(page: ReadText) -> None:
    (note,) = applied(RULE, page(listed("$s(x) > 1/2$ when $x > 0$")))
    assert note.symbols == {"x": "positive"}
    assert note.sure is Sure.HIGH
