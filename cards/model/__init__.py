"""The deck as the rest of the program sees it: plain, frozen values without file formats or HTML."""

from cards.model.deck import Card, Deck, OutlinePoint, Section, published
from cards.model.drawing import Derived, Drawn, Mistake, Parameter, Snippet
from cards.model.notes import BasicNote, ClozeNote, Note, NoteCore, ProblemNote, ReversedNote, kind_of, slots_of
from cards.model.parts import Claim, CodeUse, Drafted, Plot, Unchecked
from cards.model.texts import CardId, Slot, Text

__all__ = [
    "BasicNote",
    "Card",
    "CardId",
    "Claim",
    "ClozeNote",
    "CodeUse",
    "Deck",
    "Derived",
    "Drafted",
    "Drawn",
    "Mistake",
    "Note",
    "NoteCore",
    "OutlinePoint",
    "Parameter",
    "Plot",
    "ProblemNote",
    "ReversedNote",
    "Section",
    "Slot",
    "Snippet",
    "Text",
    "Unchecked",
    "kind_of",
    "published",
    "slots_of",
]
