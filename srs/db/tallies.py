"""The daily roll-up: what was answered on each study day, kept right under undo and late answers.

A day's row is the sum of what each card adds to it, and what a card adds is a function of its answers in force alone:
so a change of one card's history is settled by the difference between what it adds now and what it added before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Self

from sqlalchemy import Connection, bindparam, delete, select

from srs.core.card import Phase
from srs.core.events import CardEvent, Forgotten, Rescheduled, Reviewed
from srs.core.rating import Rating
from srs.db.adding import adding
from srs.db.prepared import Prepared
from srs.db.tables import day_stats


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of answers.

    Attributes:
        introduced: cards answered for the first time, or for the first time since they were forgotten on purpose.
        waited: answers to cards that had waited for a day; the limit of reviews counts these.
        in_review: answers to cards in the review phase.
        lapsed: those of them that were Again.
        duration_ms: time spent on all answers; of one answer at most `LONGEST_MS` counts.
    """

    introduced: int = 0
    waited: int = 0
    again: int = 0
    hard: int = 0
    good: int = 0
    easy: int = 0
    in_review: int = 0
    lapsed: int = 0
    duration_ms: int = 0

    @property
    def answers(self) -> int:
        """All answers."""
        return self.again + self.hard + self.good + self.easy

    def __add__(self, other: Self) -> Self:
        return type(self)(*(a + b for a, b in zip(numbers(self), numbers(other), strict=True)))

    def __neg__(self) -> Self:
        return type(self)(*(-a for a in numbers(self)))


LONGEST_MS = 60_000
"""Of a longer answer only so much counts: the learner was away. Anki's default is the same."""

NOTHING = Tally()
NAMES = tuple(field.name for field in fields(Tally))
"""The names of the counts, in their order; those of the four ratings follow each other."""
_numbers = attrgetter(*NAMES)

_day = (
    day_stats.c.learner_id == bindparam("learner"),
    day_stats.c.deck_pk == bindparam("deck"),
    day_stats.c.study_day == bindparam("day"),
)
_of_day = Prepared(select(*(day_stats.c[name] for name in NAMES)).where(*_day))
_empty = delete(day_stats).where(
    *_day, *(day_stats.c[name] == 0 for name in ("again", "hard", "good", "easy")), day_stats.c.duration_ms == 0
)
_adding = {dialect: Prepared(statement) for dialect, statement in adding(day_stats).items()}


def numbers(tally: Tally) -> tuple[int, ...]:
    """The counts in the order of `NAMES`."""
    return tuple(_numbers(tally))


def tally_of(review: Reviewed, *, first: bool) -> Tally:
    """What one answer adds to its day; `first` says whether it is the card's first answer in force."""
    in_review = review.phase_before is Phase.REVIEW
    rating = review.rating
    return Tally(
        introduced=int(first),
        waited=int(review.due_day_before is not None),
        again=int(rating is Rating.AGAIN),
        hard=int(rating is Rating.HARD),
        good=int(rating is Rating.GOOD),
        easy=int(rating is Rating.EASY),
        in_review=int(in_review),
        lapsed=int(in_review and rating is Rating.AGAIN),
        duration_ms=min(review.duration_ms, LONGEST_MS),
    )


def tallies_of(events: Iterable[CardEvent]) -> dict[int, Tally]:
    """What a card's events in force, in their order, add to each study day."""
    days: dict[int, Tally] = {}
    new = True
    for event in events:
        if isinstance(event, Reviewed):
            days[event.study_day] = days.get(event.study_day, NOTHING) + tally_of(event, first=new)
            new = False
        elif isinstance(event, Forgotten):
            new = True
        elif isinstance(event, Rescheduled) and event.memory is not None:
            new = False
    return days


def add(connection: Connection, learner: int, deck_pk: int, days: Mapping[int, Tally]) -> None:
    """Add to the days' rows; negative counts take away, and a day without answers has no row."""
    for day, tally in days.items():
        if tally == NOTHING:
            continue
        counts = zip(NAMES, numbers(tally), strict=True)
        values = {"learner_id": learner, "deck_pk": deck_pk, "study_day": day, **dict(counts)}
        _adding[connection.dialect.name].run(connection, values)
        if tally.answers < 0:
            connection.execute(_empty, {"learner": learner, "deck": deck_pk, "day": day})


def replace(
    connection: Connection, learner: int, deck_pk: int, before: Mapping[int, Tally], after: Mapping[int, Tally]
) -> None:
    """Let a card add `after` instead of `before`."""
    days = {day: after.get(day, NOTHING) + -before.get(day, NOTHING) for day in {*before, *after}}
    add(connection, learner, deck_pk, days)


def of_day(connection: Connection, learner: int, deck_pk: int, day: int) -> Tally:
    """What was answered on a study day in a deck."""
    row = _of_day.first(connection, {"learner": learner, "deck": deck_pk, "day": day})
    return NOTHING if row is None else Tally(*row)
