"""Decks to study: the shipped one, and a larger one in which every section stands on earlier ones."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random

from benchmarks.whole.mind import Knowledge
from cards.loader import find_deck, load_deck
from cards.model import Card, CardId, Deck
from cards.order import cards_in_order, deck_requirements

_SEED = 5


def large_deck(folder: Path, sections: int, notes: int) -> Path:
    """Write a deck of so many sections of so many notes; each section requires one or two of the five before it, and
    half of its notes make use of a note of these.
    """
    folder.mkdir(parents=True)
    random = Random(_SEED)  # noqa: S311 - no secret
    names = [f"section-{number:02}" for number in range(sections)]
    head = "deck: large\ntitle: A large deck\ndescription: To be studied by made-up learners.\nlanguage: en\n"
    (folder / "deck.yaml").write_text(f"{head}sections: [{', '.join(names)}]\n", "utf-8")
    for number, name in enumerate(names):
        near = names[max(0, number - 5) : number]
        requires = random.sample(near, min(len(near), random.choice((1, 1, 2))))
        lines = [f"section: {name}", f"title: Section {number}", f"requires: [{', '.join(requires)}]", "notes:"]
        for note in range(notes):
            own = f"{name}-n{note}"
            uses = f", encompasses: {{{random.choice(requires)}-n{note}: 0.5}}" if requires and note % 2 else ""
            lines.append(f"  - {{id: {own}, kind: basic, front: What is {own}?, back: It is {own}.{uses}}}")
        (folder / f"{number:02}_{name}.yaml").write_text("\n".join(lines) + "\n", "utf-8")
    return folder


def loaded(folder: Path | None) -> tuple[Deck, tuple[Card, ...]]:
    """A deck and its cards in their order; None for the shipped one."""
    deck = load_deck(find_deck(None) if folder is None else folder)
    return deck, cards_in_order(deck)


def knowledge_of(deck: Deck, cards: Sequence[Card]) -> Knowledge:
    """How the deck says that its cards hang together."""
    of_note: dict[str, list[CardId]] = {}
    of_section: dict[str, list[CardId]] = {}
    for card in cards:
        of_note.setdefault(card.note.id, []).append(card.id)
        of_section.setdefault(card.section.id, []).append(card.id)
    graph = deck_requirements(deck)

    def cards_at(kind: str, name: str) -> list[CardId]:
        return of_note[name] if kind == "note" else of_section[name] if kind == "end" else []

    requires = {
        card.id: [
            each
            for place in (("start", card.section.id), ("note", card.note.id))
            for kind, name in graph[place]
            for each in cards_at(kind, name)
        ]
        for card in cards
    }
    uses = {
        card.id: [(each, weight) for name, weight in card.note.encompasses for each in of_note[name]] for card in cards
    }
    return Knowledge(requires, uses)
