"""The order in which new cards come: what is required first, and else as the author wrote.

Sections and notes are places in one graph. A section is two places, its start and its end, with its notes between them:
so a section that requires another costs one edge, not one for each pair of notes.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from cards.model import Card, CardId, Deck, slots_of

Place: TypeAlias = tuple[str, str]  # ("note", id), ("start", section id) or ("end", section id)


def requirements(
    sections: Iterable[tuple[str, Sequence[str], Sequence[tuple[str, Sequence[str]]]]],
) -> dict[Place, list[Place]]:
    """The graph of a deck: for each place, in the author's order, the places that come before it.

    Args:
        sections: for each section its id, what it requires, and its notes' ids with what they require. What is required
            and does not exist is left out.
    """
    sections = list(sections)
    section_ids = {section_id for section_id, _, _ in sections}
    note_ids = {note_id for _, _, notes in sections for note_id, _ in notes}

    def places(required: Sequence[str]) -> list[Place]:
        return [("end", r) if r in section_ids else ("note", r) for r in required if r in section_ids or r in note_ids]

    graph: dict[Place, list[Place]] = {}
    for section_id, required, notes in sections:
        graph[("start", section_id)] = places(required)
        for note_id, note_required in notes:
            graph[("note", note_id)] = [("start", section_id), *places(note_required)]
        graph[("end", section_id)] = [("start", section_id), *(("note", note_id) for note_id, _ in notes)]
    return graph


def sort(graph: Mapping[Place, Sequence[Place]]) -> list[Place]:
    """The places in an order in which each comes after what it requires; ties in the graph's own order.

    Places on a circle, and those behind one, are left out.
    """
    rank = {place: i for i, place in enumerate(graph)}
    names = list(graph)
    waiting = {place: len(required) for place, required in graph.items()}
    followers: dict[Place, list[Place]] = {place: [] for place in graph}
    for place, required in graph.items():
        for before in required:
            followers[before].append(place)
    ready = [rank[place] for place, count in waiting.items() if count == 0]
    heapq.heapify(ready)
    result: list[Place] = []
    while ready:
        place = names[heapq.heappop(ready)]
        result.append(place)
        for after in followers[place]:
            waiting[after] -= 1
            if waiting[after] == 0:
                heapq.heappush(ready, rank[after])
    return result


def circles(graph: Mapping[Place, Sequence[Place]]) -> list[list[Place]]:
    """Circles of the graph, none sharing a place with another; empty if there is none.

    Each is a list of places in which every one requires the next, and the last the first.
    """
    rest = dict.fromkeys(graph)
    for place in sort(graph):
        del rest[place]
    result = []
    while rest:
        start = next(iter(rest))
        path = [start]
        ways = [iter(graph[start])]
        depth = {start: 0}
        while path:
            after = next((place for place in ways[-1] if place in rest), None)
            if after is None:
                keep = len(path) - 1
            elif after in depth:
                keep = depth[after]
                result.append(path[keep:])
            else:
                depth[after] = len(path)
                path.append(after)
                ways.append(iter(graph[after]))
                continue
            for place in path[keep:]:
                del rest[place]
                del depth[place]
            del path[keep:], ways[keep:]
    return result


def deck_requirements(deck: Deck) -> dict[Place, list[Place]]:
    """The graph of a loaded deck (see `requirements`)."""
    return requirements(
        (section.id, section.requires, [(note.id, note.requires) for note in section.notes])
        for section in deck.sections
    )


def cards_in_order(deck: Deck) -> tuple[Card, ...]:
    """Every card in the order in which new ones come.

    A card comes after all that its note and its section require (a note, or every note of a section); else the author's
    order of sections and notes holds. A reversed note asks forward before backward, a cloze its gaps as they stand.
    """
    notes = {note.id: (section, note) for section, note in deck.notes()}
    cards: list[Card] = []
    for kind, name in sort(deck_requirements(deck)):
        if kind == "note":
            section, note = notes[name]
            for slot in slots_of(note):
                cards.append(Card(CardId(deck.id, note.first_id, slot), note, section, len(cards)))
    return tuple(cards)
