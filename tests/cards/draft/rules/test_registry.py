from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cards.draft.candidate import Rule
from cards.draft.rules import RULES, by_unit
from tests.cards.draft.conftest import ReadText, made_of

NAMES = (
    "table-row",
    "glossary",
    "definition",
    "property-list",
    "question",
    "box",
    "equation",
    "inline-equation",
    "code-line",
    "numeric-example",
)


def test_the_rules_have_the_names_that_commands_and_decks_call_them_by() -> None:
    assert tuple(rule.name for rule in RULES) == NAMES


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_makes_notes_of_its_own_example_under_its_own_name(page: ReadText, rule: Rule) -> None:
    made = made_of(page(rule.example), [rule])
    assert made
    assert {note.rule for note in made} == {rule.name}
    assert rule.about.endswith(".")


def test_a_rule_that_is_off_makes_nothing(page: ReadText) -> None:
    text = "**Bias** — a constant that is added"
    assert made_of(page(text))
    assert not made_of(page(text), [rule for rule in RULES if rule.name != "glossary"])


def test_the_first_rule_that_knows_a_unit_has_it_and_its_text(page: ReadText) -> None:
    text = "## Logarithms\n\nKey properties:\n\n- Derivative: $\\frac{d}{dx}\\ln(x) = 1/x$\n"
    assert [note.rule for note in made_of(page(text))] == ["property-list"]


def test_a_box_and_its_paragraph_are_one_note(page: ReadText) -> None:
    text = "!!! definition\n\n    A **field** is a set with two operations.\n"
    assert [note.front for note in made_of(page(text))] == ["What is a field?"]


def test_notes_come_in_the_order_of_the_page(page: ReadText) -> None:
    text = "A **field** is a set.\n\n| Term | Meaning |\n|---|---|\n| Ring | a set with less |\n\n**Unit** — one\n"
    lines = [note.line for note in made_of(page(text))]
    assert lines == sorted(lines)
    assert len(lines) == 3


def test_every_unit_is_told_with_what_was_made_of_it(page: ReadText) -> None:
    text = "# Fields\n\nA **field** is a set.\n\nNothing here.\n"
    assert [len(made) for _, made in by_unit(page(text))] == [0, 1, 0]


PIECES = st.sampled_from(
    [
        "**Bias**",
        "*slope*",
        "$x = 1$",
        "$",
        "`a()`",
        "—",
        ":",
        "::",
        "?",
        "is a",
        "is called",
        "If it holds, then",
        "Key properties:",
        "Q:",
        "A:",
        "C: [x]",
        "- ",
        "1. ",
        "> ",
        "## ",
        "| a | b |",
        "|---|---|",
        "!!! definition",
        "    ",
        "\n",
        "\n\n",
        "word",
        "Sum.",
        "\\frac{1}{2}",
        "\ue000",
        "**",
        "{",
        "}",
    ]
)


@given(text=st.lists(PIECES, max_size=30).map(" ".join))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
def test_whatever_a_page_says_its_notes_ask_something(page: ReadText, text: str) -> None:
    for note in made_of(page(text)):
        if note.kind == "cloze":
            assert "\\cloze{" in note.text
        else:
            assert note.front.strip(" $*`.:")
            assert note.back.strip() or note.kind == "problem"
            assert note.front != note.back
        assert note.line >= 1
        assert note.subject
