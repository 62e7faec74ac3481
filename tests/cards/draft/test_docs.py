"""docs/drafting.md tells what the rules do: what it shows of each is what the rule says and drafts."""

from __future__ import annotations

import re

import pytest

from cards.draft.candidate import Rule
from cards.draft.rules import RULES
from tests.cards.draft.rules_in_docs import DOCS, described, drafted, page_with


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_page_shows_what_a_rule_says_and_makes_of_its_example(rule: Rule) -> None:
    assert drafted(rule), "the example makes no note"
    assert described(rule) in DOCS.read_text(encoding="utf-8"), "run python -m tests.cards.draft.rules_in_docs"


def test_the_page_tells_of_all_rules_in_their_order_and_of_no_other() -> None:
    text = DOCS.read_text(encoding="utf-8")
    assert re.findall(r"^### ([a-z-]+)$", text, re.MULTILINE) == [rule.name for rule in RULES]
    assert page_with("") != text
