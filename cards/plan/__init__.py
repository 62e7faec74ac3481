"""What publishing a deck would change, for its learners on the server and in Anki.

A plan is made of two states, what was published last and what will have been; who keeps them (a deck's lock, a server's
database) makes no difference. Publishing does what the plan says, since it is made of the same states.
"""

from __future__ import annotations

from cards.plan.known import Known, Published, of_deck, of_lock
from cards.plan.making import held_notes, make_plan
from cards.plan.telling import cards_summary, in_anki, on_server, summary
from cards.plan.types import (
    Action,
    DeckPlan,
    Held,
    InAnki,
    LostRename,
    NotePlan,
    Plan,
    SectionPlan,
    Slots,
    TextChange,
)
from cards.plan.words import Mark, Piece, word_diff

__all__ = [
    "Action",
    "DeckPlan",
    "Held",
    "InAnki",
    "Known",
    "LostRename",
    "Mark",
    "NotePlan",
    "Piece",
    "Plan",
    "Published",
    "SectionPlan",
    "Slots",
    "TextChange",
    "cards_summary",
    "held_notes",
    "in_anki",
    "make_plan",
    "of_deck",
    "of_lock",
    "on_server",
    "summary",
    "word_diff",
]
