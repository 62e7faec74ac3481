"""From histories to what FSRS learns from: which answers count, and as what.

The rules are Anki's (its `rslib/src/scheduler/fsrs/params.rs`, as of August 2026): a card's history begins with the
first answer of its last run of learning answers, so that what came before the card was forgotten does not count, and a
card that was never learnt here (marked as known, or whose beginning is missing) does not count at all. Every answer a
study day or more after the one before is predicted from all before it; answers of the same day are part of what is
known then, but are not predicted themselves. Cramming and moved due dates are no answers, so they are not in the
histories.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import fsrs_rs_python as fsrs_rs

FORGOTTEN = 0
"""In the place of a rating: here the card was made new again, and nothing before counts."""

Answer: TypeAlias = tuple[int, int, int, bool, *tuple[int, ...]]
"""When (milliseconds), on which study day, the rating 1 to 4 (or `FORGOTTEN`), and whether the card was then new or on
its learning steps. What else there is to it does not matter here."""

History: TypeAlias = Sequence[Answer]
"""One card's answers, in their order."""

LONGEST = 256
"""fsrs-rs fits to no answer with more before it than so many, this one included (`TrainingConfig::max_seq_len`)."""


@dataclass(slots=True)
class Material:
    """What FSRS learns from. The lists after `whole` have one entry for each answer that is predicted.

    Attributes:
        answers: how many answers count, those of the same day included.
        whole: for each card its history from beginning to end.
        cards: the card's place in `whole`.
        places: the answer's place in the card's history.
        at_ms: when it was given.
        gaps: study days since the answer before.
        recalled: whether it was not Again.
        long_gaps: how many of the card's answers, this one included, came a day or more after the one before.
        lapses: how many of those before it were Again.
        items: the answer with all before it, as fsrs-rs takes it; None if too many came before.
        by_time: the numbers of the predicted answers in the order of time.
    """

    answers: int = 0
    whole: list[fsrs_rs.FSRSItem] = field(default_factory=list)
    cards: list[int] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    at_ms: list[int] = field(default_factory=list)
    gaps: list[int] = field(default_factory=list)
    recalled: list[bool] = field(default_factory=list)
    long_gaps: list[int] = field(default_factory=list)
    lapses: list[int] = field(default_factory=list)
    items: list[fsrs_rs.FSRSItem | None] = field(default_factory=list)
    by_time: list[int] = field(default_factory=list)


def material(histories: Iterable[History]) -> Material:
    """What FSRS can learn from these cards' histories."""
    found = Material()
    made: dict[tuple[int, int], fsrs_rs.FSRSReview] = {}
    for history in histories:
        _add(found, counting(history), made)
    found.by_time = sorted(range(len(found.at_ms)), key=found.at_ms.__getitem__)
    return found


def counting(history: History) -> History:
    """The part of a card's history that counts, none if it never was learnt here."""
    begin = None
    for index in range(len(history) - 1, -1, -1):
        answer = history[index]
        if answer[2] == FORGOTTEN:
            break
        if answer[3]:
            begin = index
        elif begin is not None:
            break
    return () if begin is None else history[begin:]


def _add(found: Material, history: History, made: dict[tuple[int, int], fsrs_rs.FSRSReview]) -> None:
    before, long_gaps, lapses = history[0][1] if history else 0, 0, 0
    reviews: list[fsrs_rs.FSRSReview] = []
    card = len(found.whole)
    for place, answer in enumerate(history):
        day, rating = answer[1], answer[2]
        gap = day - before if day > before else 0  # a clock set back leaves no time between two answers
        before = day
        review = made.get((rating, gap))
        if review is None:
            review = made[rating, gap] = fsrs_rs.FSRSReview(rating, gap)
        reviews.append(review)
        if not gap:
            continue
        long_gaps += 1
        found.cards.append(card)
        found.places.append(place)
        found.at_ms.append(answer[0])
        found.gaps.append(gap)
        found.recalled.append(rating > 1)
        found.long_gaps.append(long_gaps)
        found.lapses.append(lapses)
        found.items.append(fsrs_rs.FSRSItem(reviews) if place < LONGEST else None)
        lapses += rating == 1
    found.answers += len(reviews)
    if long_gaps:  # a card without an answer after a day or more says nothing about forgetting
        found.whole.append(fsrs_rs.FSRSItem(reviews))
