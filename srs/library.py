"""The loaded decks: texts, faces and media, held in memory. Progress is elsewhere (`srs.db`)."""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cards.model import Card, CardId, Deck, Plot, Section

_MEDIA_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,100}\.svg")


@dataclass(frozen=True, slots=True)
class Faces:
    """Both sides of a card as safe HTML; `back` is the answer alone, to be shown under the front."""

    front: str
    back: str


class Library:
    """The decks that the server shows. Safe to share between threads.

    Args:
        data: the data folder; plots are drawn into its folder `plots` when first asked for.
        media_url: what a media file's name is appended to in the HTML.
        remembered: how many rendered cards are kept.
    """

    def __init__(self, data: Path, *, media_url: str = "/media/", remembered: int = 2000) -> None:
        self._plots = data / "plots"
        self._media_url = media_url
        self._remembered = remembered
        self._decks: dict[str, Deck] = {}
        self._cards: dict[CardId, Card] = {}
        self._pictures: dict[str, Plot] = {}
        self._faces: OrderedDict[tuple[CardId, int], Faces] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def decks(self) -> tuple[Deck, ...]:
        """The loaded decks, in the order in which they were given."""
        return tuple(self._decks.values())

    def hold(self, decks: Iterable[tuple[Deck, Iterable[Card]]]) -> None:
        """Hold exactly these decks from now on, each with its cards."""
        raise NotImplementedError

    def deck(self, deck_id: str) -> Deck | None:
        """The deck of that id, if it is loaded."""
        return self._decks.get(deck_id)

    def section(self, deck_id: str, section_id: str) -> Section | None:
        """The section, if it is loaded."""
        deck = self._decks.get(deck_id)
        return next((section for section in deck.sections if section.id == section_id), None) if deck else None

    def card(self, card_id: CardId) -> Card | None:
        """The card, if a loaded deck has it."""
        return self._cards.get(card_id)

    def faces(self, card_id: CardId, seed: int) -> Faces:
        """Both sides of the card; `seed` chooses a problem's numbers. Raises KeyError if no loaded deck has it."""
        raise NotImplementedError

    def lesson(self, deck_id: str, section_id: str) -> str | None:
        """The section's lesson as safe HTML; None if there is no such section or it has no lesson."""
        raise NotImplementedError

    def media(self, name: str) -> Path | None:
        """The file of that name, drawn now if it is a plot not drawn before; None if there is none such."""
        raise NotImplementedError
