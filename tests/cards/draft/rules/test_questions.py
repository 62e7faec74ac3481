from __future__ import annotations

import pytest

from cards.draft.candidate import Sure
from cards.draft.rules.questions import RULE
from tests.cards.draft.conftest import ReadText
from tests.cards.draft.rules.applied import applied
from tests.cards.draft.rules.drafted_as import shown

TREE = "What is a tree? = A connected graph without cycles."


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("## What is a tree?\n\nA connected graph without cycles.\n\n## Next\n\nMore.", id="heading"),
        pytest.param("**What is a tree? 🌲**\n\nA connected graph without cycles.", id="signs behind the mark"),
        pytest.param("## What is a tree? [[1](x.md)]\n\nA connected graph without cycles.", id="a reference behind it"),
        pytest.param("**What is a tree?**\n\nA connected graph without cycles.", id="bold line"),
        pytest.param("**What is a tree?** A connected graph without cycles.", id="bold beginning"),
        pytest.param("Q: What is a tree?\nA: A connected graph without cycles.", id="Q and A"),
        pytest.param("Q: What is a tree?\n\nA: A connected graph without cycles.", id="Q and A apart"),
        pytest.param("**Q:** What is a tree?\n\n**A:** A connected graph without cycles.", id="bold Q and A"),
        pytest.param("**Question 3:** What is a tree?\n**Answer:** A connected graph without cycles.", id="in full"),
        pytest.param("What is a tree? :: A connected graph without cycles.", id="two colons"),
        pytest.param("What is a tree?::A connected graph without cycles.", id="two colons, no spaces"),
        pytest.param("- What is a tree? :: A connected graph without cycles.", id="two colons in an item"),
        pytest.param("What is a tree?\n?\nA connected graph without cycles.", id="a line with a question mark"),
        pytest.param("> [!question] What is a tree?\n> A connected graph without cycles.", id="callout"),
        pytest.param('??? question "What is a tree?"\n\n    A connected graph without cycles.', id="folded box"),
        pytest.param("!!! question\n\n    What is a tree?\n\n    A connected graph without cycles.", id="box"),
        pytest.param(
            "<details>\n<summary>What is a tree?</summary>\n\nA connected graph without cycles.\n\n</details>",
            id="details",
        ),
        pytest.param(
            "What is a tree?\n\n<details>\n<summary>Show answer</summary>\n\n"
            "A connected graph without cycles.\n\n</details>",
            id="a question before its hidden answer",
        ),
        pytest.param(
            ":::{exercise}\n:label: one\nWhat is a tree?\n:::\n\n"
            ":::{solution} one\nA connected graph without cycles.\n:::",
            id="exercise and solution",
        ),
        pytest.param("- What is a tree?\n    - A connected graph without cycles.", id="nested item"),
        pytest.param("## FAQ\n\n- What is a tree? A connected graph without cycles.", id="item of questions"),
    ],
)
def test_a_question_with_its_answer_is_a_note(page: ReadText, text: str) -> None:
    assert [note.replace("- A", "A") for note in shown(RULE, page(text))] == [TREE]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("A connected graph without cycles :::: a tree", [], id="four colons are none of ours"),
        pytest.param(
            "What holds of every tree? ::: Which graphs have one edge less than vertices?",
            ["What holds of every tree? <=> Which graphs have one edge less than vertices?"],
            id="three colons ask both ways",
        ),
        pytest.param(
            "Tree ::: a connected graph without cycles",
            ['What does "tree" mean? <=> Meaning: a connected graph without cycles'],
            id="a term becomes a question",
        ),
        pytest.param(
            "Tree :: a connected graph without cycles",
            ['What does "tree" mean? = A connected graph without cycles.'],
            id="a term, one way",
        ),
        pytest.param(
            "C: A [tree] has no [cycles].",
            [r"A \cloze{tree}{tree} has no \cloze{cycles}{cycles}."],
            id="brackets are gaps",
        ),
        pytest.param(
            "Q: What is a tree?\nA: A graph.\n\nQ: What is a leaf?\nA: A vertex.",
            ["What is a tree? = A graph.", "What is a leaf? = A vertex."],
            id="one after the other",
        ),
        pytest.param(
            "## Trees\n\n### Why are they useful?\n\nThey are easy to search.",
            ["Trees: why are they useful? = They are easy to search."],
            id="a question that leans on its heading",
        ),
        pytest.param(
            "## How many edges has it?\n\n$n - 1$:\n\n- one a vertex\n- none for the root",
            ["How many edges has it? = $n - 1$:\n\n- one a vertex\n- none for the root"],
            id="an answer of several blocks",
        ),
    ],
)
def test_the_form_says_how_it_is_asked(page: ReadText, text: str, expected: list[str]) -> None:
    assert shown(RULE, page(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("## What's next?\n\nThe next page.", id="an idle heading"),
        pytest.param("## Why this course?\n\nIt is short.", id="a heading about the course"),
        pytest.param("## What is a tree?\n\n## Next", id="no answer"),
        pytest.param("## What is a tree?\n\nWell, what is a graph? Think of it.", id="an answer that asks"),
        pytest.param("What is a tree? We come to that.", id="a question in running text"),
        pytest.param("## What is a tree?\n\nAnswer here", id="an answer to be written"),
        pytest.param("**What is a tree?**\n\nTODO", id="another"),
        pytest.param("tags:: trees", id="a field"),
        pytest.param("std::vector", id="a name"),
        pytest.param("Q: What is a tree?", id="Q alone"),
        pytest.param("C: Nothing is left out.", id="no gap"),
        pytest.param(":::{exercise}\nDraw a tree.\n:::", id="exercise alone"),
        pytest.param("!!! note\n\n    A tree is a graph.", id="another box"),
    ],
)
def test_no_question_or_no_answer_makes_nothing(page: ReadText, text: str) -> None:
    assert shown(RULE, page(text)) == []


def quiz(question: str, choices: str, told: str) -> str:
    return f"#### {question}\n\n{choices}\n\n{told}\n"


ABC = "1. One\n2. Two\n3. Three"


@pytest.mark.parametrize(
    ("text", "front", "back", "why"),
    [
        (
            quiz(
                "1. How many sides has a digon?",
                ABC,
                '??? question "Show Answer"\n    The correct answer is **B**. See it.',
            ),
            "How many sides has a digon?",
            "Two.",
            "See it.",
        ),
        (quiz("How many?", "- A) One\n- B) Two", "**Answer: A**"), "How many?", "One.", ""),
        (quiz("How many?", "- (a) One\n- (b) Two", "Correct answer: b) It has."), "How many?", "Two.", "It has."),
        (
            quiz("A digon has this many sides:", ABC, "Answer: 2"),
            "A digon has this many sides …\n\n- One\n- Two\n- Three",
            "Two.",
            "",
        ),
        (quiz("Which of these is odd and prime?", ABC, "Answer: C"), None, "Three.", ""),
        ("**How many sides has a digon?**\n\n" + ABC + "\n\nAnswer: B", "How many sides has a digon?", "Two.", ""),
    ],
)
def test_of_choices_the_right_one_is_the_answer(
    page: ReadText, text: str, front: str | None, back: str, why: str
) -> None:
    (note,) = applied(RULE, page(text))
    assert note.front == (front or "Which of these is odd and prime?\n\n- One\n- Two\n- Three")
    assert (note.back, note.why) == (back, why)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(quiz("How many:", ABC, "Answer: H"), id="no such choice"),
        pytest.param(quiz("How many:", ABC, "A digon has two."), id="no answer told"),
    ],
)
def test_choices_without_an_answer_make_nothing(page: ReadText, text: str) -> None:
    assert applied(RULE, page(text)) == []


def test_of_an_answer_longer_than_a_card_its_first_paragraph_is_taken(page: ReadText) -> None:
    (note,) = applied(RULE, page("## What is a tree?\n\nA graph.\n\n" + "And more of it. " * 50))
    assert note.back == "A graph."
    assert note.sure is Sure.LOW


def test_what_only_leads_to_the_rest_of_a_long_answer_goes_with_it(page: ReadText) -> None:
    text = f"## What is a tree?\n\nA graph without cycles. Here are some trees\n\n- {'one more tree ' * 60}\n"
    (note,) = applied(RULE, page(text))
    assert (note.back, note.todo) == ("A graph without cycles.", "")


def test_a_long_answer_in_one_piece_makes_nothing(page: ReadText) -> None:
    assert shown(RULE, page("## What is a tree?\n\n" + "And more of it. " * 50)) == []


def test_exercises_with_code_to_write_are_hardly_for_cards(page: ReadText) -> None:
    text = ":::{exercise}\n:label: one\nAdd two numbers.\n:::\n\n:::{solution} one\n```python\na + b\n```\n:::"
    (note,) = applied(RULE, page(text))
    assert note.sure is Sure.LOW


def test_a_note_tells_which_lines_its_answer_takes(page: ReadText) -> None:
    (note,) = applied(RULE, page("## What is a tree?\n\nA graph.\n\nWithout cycles.\n"))
    assert note.covers == (3, 5)
