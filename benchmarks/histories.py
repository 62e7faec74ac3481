"""What a learner did before the measuring begins, the same for Refresher and for Anki.

A hundred histories are lived through the service once, in a database of their own; every card then gets one of them,
moved by whole days so that it is due when wanted. All days are UTC's, so that a move by days changes nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import select

from benchmarks.notes import deck_of
from benchmarks.store import SETTINGS, ZONE, moment, opened, set_up
from cards.model import Card, Deck
from srs.core.study_day import DAY_MS, day_start_ms
from srs.db import open_database
from srs.db.tables import PhaseNumber, card_state, events
from srs.db.tables import cards as cards_table
from srs.service import Context, ReviewRequest, review

Columns: TypeAlias = Mapping[str, Any]
"""A row of the store."""

NEW_EVERY = 20
"""One note in so many has not been seen yet."""

_HISTORIES = 100
_FIRST_DAY = 18_000
_LATER = moment(day_start_ms(_FIRST_DAY + 40_000, ZONE, 0))
"""The present while histories are lived: each card is lived by itself, and no clock is ever set back."""
_MANY, _LONG = 5, 45
"""Answers and days."""
_LONGEST_OVERDUE = 15
_SOONEST = 2
"""Days: with an interval of one the last answer could be today's."""


@dataclass(frozen=True, slots=True)
class History:
    """A card's answers from its first on, and how they left it: in review, with an interval of `_SOONEST` at least.

    Attributes:
        answers: rows of `events`.
        state: its row of `card_state`.
    """

    answers: tuple[Columns, ...]
    state: Columns


@dataclass(frozen=True, slots=True)
class Past:
    """A card's past: its history, and how many days later than there it happened. `history` is None for a new card."""

    card: Card
    history: History | None
    days: int = 0

    @property
    def answers(self) -> tuple[Columns, ...]:
        """The history's answers, none for a new card."""
        return () if self.history is None else self.history.answers

    @property
    def later_ms(self) -> int:
        """How much later in milliseconds; a little more for each card, so that no two answers share a moment."""
        return self.days * DAY_MS + self.card.position % 3_000_000


@dataclass(frozen=True, slots=True)
class Collection:
    """A deck in memory, and every card's past."""

    deck: Deck
    cards: tuple[Card, ...]
    pasts: tuple[Past, ...]

    @property
    def reviews(self) -> int:
        """All answers of the past."""
        return sum(len(past.answers) for past in self.pasts)


def collection(
    cards: int, today: int, due: int, folder: Path, *, seed: int = 1, answers: tuple[int, int] = (1, 4)
) -> Collection:
    """A collection of so many cards, ready to be put into Refresher's store or Anki's.

    Args:
        cards: how many.
        today: the study day of the measuring.
        due: how many notes have a card due today or before (up to two weeks); the others come later.
        folder: for scratch files.
        seed: of the draw.
        answers: each card was answered so often at least, from the one number to the other.

    Raises:
        ValueError: there are not so many notes.
    """
    random = Random(seed)  # noqa: S311 - no secret
    deck, listed = deck_of(cards, folder / "notes")
    histories = _lived(folder / "histories", random, answers)
    notes = dict.fromkeys(card.id.note for card in listed)
    seen = [note for place, note in enumerate(notes) if place % NEW_EVERY]
    if due > len(seen):
        raise ValueError(f"{due} notes cannot be due, only {len(seen)} were ever seen")
    waiting, known = set(random.sample(seen, due)), set(seen)
    pasts: list[Past] = []
    for card in listed:
        if card.id.note not in known:
            pasts.append(Past(card, None))
            continue
        history = random.choice(histories)
        if card.id.note in waiting:
            waiting.discard(card.id.note)  # its first card; the siblings come later
            due_day = today - random.randrange(_LONGEST_OVERDUE)
        else:
            due_day = today + random.randint(1, history.state["interval_days"] - 1)
        pasts.append(Past(card, history, due_day - history.state["due_day"]))
    return Collection(deck, listed, tuple(pasts))


def moved(row: Columns, past: Past) -> dict[str, Any]:
    """A row of a history as it is in a card's past."""
    later = dict(row)
    for name in ("at_ms", "last_review_ms"):
        if later.get(name) is not None:
            later[name] += past.later_ms
    for name in ("study_day", "due_day", "due_day_before", "last_study_day"):
        if later.get(name) is not None:
            later[name] += past.days
    if later.get("due_ms") is not None:
        later["due_ms"] += past.days * DAY_MS
    if "due" in later:  # of a card in review, a study day
        later["due"] += past.days
    return later


def _lived(folder: Path, random: Random, answers: tuple[int, int]) -> tuple[History, ...]:
    deck, listed = deck_of(4 * _HISTORIES, folder / "notes")
    # One card a note, so that none waits for another.
    alone = {card.id.note: card for card in reversed(listed)}
    chosen = list(alone.values())[: 2 * _HISTORIES]
    file = folder / "lived.db"
    database = open_database(file)
    set_up(database, deck, chosen, [1], day_start_ms(_FIRST_DAY, ZONE, 0))
    database.close()
    with opened(file, deck, chosen, folder) as context:
        for card in chosen:
            _live(context, card, random, answers)
        found = list(_read(context))
    if len(found) < _HISTORIES:
        raise AssertionError(f"only {len(found)} histories ended in review")
    return tuple(found[:_HISTORIES])


def _live(context: Context, card: Card, random: Random, at_least: tuple[int, int]) -> None:
    at_ms = day_start_ms(_FIRST_DAY, ZONE, SETTINGS.rollover_hour) + 6 * 3_600_000
    fewest, interval = random.randint(*at_least), 0.0
    answers, many = 0, at_least[0] >= _MANY
    while answers < fewest or interval < _SOONEST:
        request = ReviewRequest(
            id=UUID(int=random.getrandbits(128), version=4),
            card_id=str(card.id),
            # A card that is answered often is one that is forgotten often: else its years would not be ours.
            rating=1 if many and interval > _LONG else random.choices((1, 2, 3, 4), (10, 10, 50, 30))[0],
            reviewed_at=moment(at_ms),
            duration_ms=random.randint(2_000, 20_000),
        )
        row = review(context, _LATER, request).review
        answers, interval = answers + 1, row.interval_days
        due_ms = round(row.due.timestamp() * 1000)
        at_ms = due_ms + (6 * 3_600_000 if interval >= 1 else 0)


def _read(context: Context) -> Iterator[History]:
    with context.database.reading() as connection:
        of_card: dict[int, list[Columns]] = {}
        for row in connection.execute(select(events).order_by(events.c.seq)).mappings():
            of_card.setdefault(row["card_pk"], []).append(dict(row))
        columns = [c for c in card_state.c if c.name in _STANDS]
        for row in connection.execute(select(cards_table.c.pk, *columns).join_from(cards_table, card_state)).mappings():
            if row["phase"] == PhaseNumber.REVIEW:
                state = {name: row[name] for name in _STANDS}
                yield History(tuple(of_card[row["pk"]]), state)


_STANDS = (
    *("lane", "due", "phase", "steps_left", "due_ms", "due_day", "interval_days", "stability", "difficulty"),
    *("last_review_ms", "last_study_day", "reps", "lapses"),
)
