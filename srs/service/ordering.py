"""In which order a deck's new cards come, and how far each of its cards is from being known at an exam."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from heapq import merge
from typing import TypeAlias

from srs.core.exam import days_ahead, prospect, reach
from srs.core.memory import model_for
from srs.core.settings import DeckSettings, NewOrder, ReviewOrder
from srs.db import catalogue, waiting
from srs.db.questions import Candidate, Question
from srs.db.ranking import EXAM
from srs.library import Library
from srs.service.gate import Opening
from srs.service.moment import Moment

BLOCK = 16_384
"""Of a larger deck so many cards, those that follow each other, are shuffled at a time."""

Range: TypeAlias = tuple[int, int]
"""The first and the last of places that follow each other."""


def new_cards(moment: Moment, library: Library, opening: Opening, order: str) -> Iterator[Candidate]:
    """A deck's new cards that may come, in the order that the learner chose, read as far as they are taken.

    Args:
        moment: the transaction.
        library: the loaded decks.
        opening: which new cards may come.
        order: a value of `NewOrder`.
    """
    connection, question = moment.connection, opening.question
    if order == NewOrder.RANDOM:
        return opening.admitted(_shuffled(moment, library, question, list(opening.places())))
    if order == NewOrder.AUTHOR:
        places = overlaps(library.as_written(question.deck), list(opening.places()))
        return opening.admitted(waiting.new(connection, question, places))
    return opening.new()


def _shuffled(moment: Moment, library: Library, question: Question, places: list[Range]) -> Iterator[Candidate]:
    last = max((last for _, last, _ in library.runs(question.deck)), default=-1)
    for start in range(0, last + 1, BLOCK):
        parts = overlaps([(start, start + BLOCK - 1)], places)
        streams = [waiting.new_shuffled(moment.connection, question, *part) for part in parts]
        yield from merge(*streams, key=lambda candidate: (candidate.rank, candidate.pk))


def overlaps(first: Iterable[Range], second: list[Range]) -> Iterator[Range]:
    """What ranges have in common with others, in the order of the first; both ends of a range are in it."""
    for begin, end in first:
        for other_begin, other_end in second:
            if begin <= other_end and other_begin <= end:
                yield max(begin, other_begin), min(end, other_end)


def due_cards(
    moment: Moment, library: Library, question: Question, settings: DeckSettings, most: int, *, early: bool
) -> Iterator[Candidate]:
    """A deck's cards that wait for today, in the order that holds for the deck, read as far as they are taken.

    `early` says whether cards that are not due yet follow them.
    """
    ahead = days_ahead(settings, moment.day)
    order = settings.review_order if ahead is None else EXAM
    sections: list[int] = []
    if order == ReviewOrder.SECTION:
        numbers = catalogue.sections_of(moment.connection, question.deck_pk)
        deck = library.deck(question.deck)
        sections = [numbers[section.id] for section in (deck.sections if deck else ()) if section.id in numbers]
    batch = most + most // 4 + 10
    yield from waiting.waiting(
        moment.connection, question, batch, order=order, sections=sections, exam_day=settings.exam_day
    )
    if early:
        far = reach(model_for(settings.parameters))
        yield from waiting.early(moment.connection, question, settings.exam_day, far, batch)


def by_gain(moment: Moment, settings: DeckSettings, chosen: list[Candidate]) -> list[Candidate]:
    """The cards of a deck with an exam to come, ranked by what a minute of reviewing each is worth for that."""
    ahead = days_ahead(settings, moment.day)
    if ahead is None:
        return chosen
    model = model_for(settings.parameters)
    ranked = []
    for candidate in chosen:
        if candidate.memory is not None:
            memory, last_day = candidate.memory
            gain = prospect(model, memory, max(0, moment.day - last_day), ahead).gain
            ranked.append(replace(candidate, rank=-gain))
    return ranked
