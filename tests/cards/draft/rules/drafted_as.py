"""A rule's notes of a text, in the short form in which tables of cases hold them."""

from __future__ import annotations

from cards.draft.candidate import Rule
from cards.draft.page import Page
from tests.cards.draft.rules.applied import applied


def shown(rule: Rule, page: Page) -> list[str]:
    """Each note as `question = answer`, `<=>` for one that is asked both ways, or its text with gaps."""
    sign = {"basic": " = ", "reversed": " <=> "}
    return [
        note.text if note.kind == "cloze" else f"{note.front}{sign[note.kind]}{note.back}"
        for note in applied(rule, page)
    ]
