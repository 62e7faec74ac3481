"""What is loaded at one time: decks, their cards, and what is found out about them once, when they are loaded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TypeAlias

from cards.model import Card, CardId, Deck, Plot, Section
from cards.plots import plot_name, plots_of
from cards.problems import Instance
from cards.render import Faces
from srs.core.credit import shares_of
from srs.core.gate import Needs, needs_of
from srs.library.asking import Asks
from srs.library.kept import Kept

INSTANCES = 200
"""Problems with their numbers that are kept: those being answered just now."""

Run: TypeAlias = tuple[int, int, str]
"""The first and the last place of cards that follow each other, and the id of the section that they are of."""


class Made:
    """What was made of what is loaded."""

    def __init__(self, most: int) -> None:
        self.faces: Kept[tuple[CardId, int], Faces] = Kept(most)
        self.asks: Kept[tuple[CardId, int, bool], Asks] = Kept(most)
        self.instances: Kept[tuple[CardId, int], Instance] = Kept(INSTANCES)
        self.lessons: dict[tuple[str, str], str] = {}


@dataclass(frozen=True, slots=True)
class Shelf:
    """What is loaded at one time, replaced as a whole."""

    made: Made
    decks: Mapping[str, Deck] = field(default_factory=dict)
    cards: Mapping[CardId, Card] = field(default_factory=dict)
    sections: Mapping[tuple[str, str], Section] = field(default_factory=dict)
    plots: Mapping[str, Plot] = field(default_factory=dict)
    openers: frozenset[CardId] = frozenset()
    needs: Mapping[str, Needs] = field(default_factory=dict)
    runs: Mapping[str, tuple[Run, ...]] = field(default_factory=dict)
    shares: Mapping[str, Mapping[str, Mapping[str, float]]] = field(default_factory=dict)
    section_of: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    of_section: Mapping[tuple[str, str], tuple[Card, ...]] = field(default_factory=dict)
    written: Mapping[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)


def shelf_of(decks: Mapping[str, tuple[Deck, Sequence[Card]]], remembered: int) -> Shelf:
    """A shelf with exactly these decks, each with its cards; so many cards' faces are kept at most."""
    of_section = _by_section(card for _, cards in decks.values() for card in cards)
    return Shelf(
        Made(remembered),
        decks={deck_id: deck for deck_id, (deck, _) in decks.items()},
        cards={card.id: card for _, cards in decks.values() for card in cards},
        sections={(deck.id, section.id): section for deck, _ in decks.values() for section in deck.sections},
        plots={plot_name(plot): plot for deck, _ in decks.values() for plot in plots_of(deck)},
        openers=frozenset(cards[0].id for cards in of_section.values()),
        needs={deck_id: needs_of(deck) for deck_id, (deck, _) in decks.items()},
        shares={deck_id: shares_of(deck) for deck_id, (deck, _) in decks.items()},
        section_of={
            deck_id: {note.first_id: section.id for section, note in deck.notes()}
            for deck_id, (deck, _) in decks.items()
        },
        of_section=of_section,
        runs={deck_id: tuple(_runs(cards)) for deck_id, (_, cards) in decks.items()},
        written={deck_id: tuple(_written(deck, cards)) for deck_id, (deck, cards) in decks.items()},
    )


def _by_section(cards: Iterable[Card]) -> dict[tuple[str, str], tuple[Card, ...]]:
    found: dict[tuple[str, str], list[Card]] = {}
    for card in cards:
        found.setdefault((card.id.deck, card.section.id), []).append(card)
    return {section: tuple(its_cards) for section, its_cards in found.items()}


def _runs(cards: Iterable[Card]) -> Iterator[Run]:
    for section, run in groupby(cards, key=lambda card: card.section.id):
        places = [card.position for card in run]
        yield places[0], places[-1], section


def _written(deck: Deck, cards: Iterable[Card]) -> Iterator[tuple[int, int]]:
    order = {note.first_id: number for number, (_, note) in enumerate(deck.notes())}
    first = last = -1
    # The tiles of the author's page are cards of no note.
    for card in sorted(cards, key=lambda card: (order.get(card.id.note, 0), card.position)):
        if card.position != last + 1:
            if last >= 0:
                yield first, last
            first = card.position
        last = card.position
    if last >= 0:
        yield max(first, 0), last
