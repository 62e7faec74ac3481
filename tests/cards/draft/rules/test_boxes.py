from __future__ import annotations

import pytest

from cards.draft.candidate import Sure
from cards.draft.rules.boxes import RULE
from tests.cards.draft.conftest import ReadText
from tests.cards.draft.rules.applied import applied
from tests.cards.draft.rules.drafted_as import shown

FIELD = "What is a field? <=> Meaning: a set with two operations"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("!!! definition\n\n    A **field** is a set with two operations.", id="MkDocs"),
        pytest.param('!!! definition "Field"\n\n    A field is a set with two operations.', id="with a title"),
        pytest.param(":::{prf:definition} Field\nA field is a set with two operations.\n:::", id="Jupyter Book"),
        pytest.param("> [!definition] Field\n> A field is a set with two operations.", id="Obsidian"),
        pytest.param('!!! note "Definition (Field)"\n\n    A field is a set with two operations.', id="by its title"),
        pytest.param("**Definition.** A *field* is a set with two operations.", id="paragraph"),
        pytest.param("**Definition 1.2 (Field).** A field is a set with two operations.", id="numbered paragraph"),
        pytest.param("**Definition (Field)**: A field is a set with two operations.", id="colon"),
        pytest.param("> **Definition.** A *field* is a set with two operations.", id="quotation"),
    ],
)
def test_a_definition_asks_for_its_term(page: ReadText, text: str) -> None:
    assert shown(RULE, page(text)) == [FIELD]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            '!!! theorem "Intermediate value theorem"\n\n'
            "    A continuous function takes all values between two of its own.",
            [
                "What does the intermediate value theorem say?"
                " = A continuous function takes all values between two of its own."
            ],
            id="a theorem with a name",
        ),
        pytest.param(
            "> [!theorem] Bayes' theorem\n> $$P(A \\mid B) = \\frac{P(B \\mid A) P(A)}{P(B)}$$",
            ["What does Bayes' theorem say? = $$P(A \\mid B) = \\frac{P(B \\mid A) P(A)}{P(B)}$$"],
            id="a theorem of somebody, as a formula",
        ),
        pytest.param(
            '!!! lemma "Small sets"\n\n    They have few elements.',
            ["What does the lemma on small sets say? = They have few elements."],
            id="a name that does not say what it is",
        ),
        pytest.param(
            "!!! theorem\n\n    If $n$ is even, then $n^2$ is even.",
            [r"If $n$ is even, then \cloze{conclusion}{$n^2$ is even}."],
            id="what follows",
        ),
        pytest.param(
            "**Theorem.** Let $G$ be a tree. Then it has a leaf or one vertex.",
            [r"Let $G$ be a tree. Then \cloze{conclusion}{it has a leaf or one vertex}."],
            id="let and then",
        ),
        pytest.param(
            "**Proposition 2.** A number is even if and only if its square is.",
            [r"A number is even if and only if \cloze{conclusion}{its square is}."],
            id="if and only if",
        ),
        pytest.param(
            '!!! theorem "Parity"\n\n    If $n$ is even, then $n^2$ is even.',
            [
                "What does the theorem on parity say? = If $n$ is even, then $n^2$ is even.",
                r"If $n$ is even, then \cloze{conclusion}{$n^2$ is even}.",
            ],
            id="a name and what follows",
        ),
        pytest.param(
            "!!! definition\n\n    For a matrix, write **trace** for the total of its diagonal.",
            [r"For a matrix, write \cloze{trace}{trace} for the total of its diagonal."],
            id="a term that the sentence does not begin with",
        ),
    ],
)
def test_a_statement_asks_for_what_it_states(page: ReadText, text: str, expected: list[str]) -> None:
    assert shown(RULE, page(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("!!! warning\n\n    A **field** is a set with two operations.", id="a warning"),
        pytest.param("!!! note\n\n    If it rains, then it is wet.", id="a note"),
        pytest.param("!!! theorem\n\n    It is true.", id="no name, nothing follows"),
        pytest.param("!!! definition\n\n    See above.", id="no term"),
        pytest.param("A **theorem** is a statement with a proof.", id="a paragraph on theorems"),
        pytest.param('!!! proof "Of the theorem"\n\n    If it rains, then it is wet.', id="a proof"),
    ],
)
def test_other_boxes_make_nothing(page: ReadText, text: str) -> None:
    assert shown(RULE, page(text)) == []


def test_a_box_tells_which_paragraphs_it_took(page: ReadText) -> None:
    (note,) = applied(RULE, page('!!! definition "Field"\n\n    A field is a set with two operations.\n'))
    assert note.covers == (3,)
    assert note.sure is Sure.HIGH


def test_a_theorem_longer_than_a_card_makes_nothing(page: ReadText) -> None:
    assert shown(RULE, page('!!! theorem "Long theorem"\n\n    ' + "It goes on. " * 60)) == []


def test_a_theorem_that_goes_on_in_what_no_card_shows_wants_its_author(page: ReadText) -> None:
    text = '!!! theorem "Rank theorem"\n\n    The following properties hold:\n\n    !!! list\n\n        One.\n'
    (note,) = applied(RULE, page(text))
    assert note.back == "The following properties hold:"
    assert note.sure is Sure.LOW
    assert "colon" in note.todo
