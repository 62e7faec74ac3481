"""One rule, applied to every unit of a page."""

from __future__ import annotations

from cards.draft.candidate import Candidate, Rule
from cards.draft.page import Page
from cards.draft.walk import units


def applied(rule: Rule, page: Page) -> list[Candidate]:
    """What the rule alone makes of the page."""
    return [candidate for unit in units(page) for candidate in rule.apply(unit)]


def cards(rule: Rule, page: Page) -> list[tuple[str, str]]:
    """The questions and answers of what the rule alone makes of the page."""
    return [(candidate.front, candidate.back) for candidate in applied(rule, page)]
