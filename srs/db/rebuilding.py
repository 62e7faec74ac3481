"""Everything that is derived, made anew from the log: card by card, so that memory stays flat however long the log.

Most cards have nothing but answers, none of them undone. Their state is made here without an object an answer; the
others go through `srs.core.fold`. A test holds both against each other and against the state that was lived.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, islice
from operator import itemgetter
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from cards.model import CardId
from srs.core.card import CardState, ReviewedCard
from srs.core.fold import fold, in_force
from srs.core.memory import model_for
from srs.db import log, progress, rollups, tallies
from srs.db.catalogue import deal_new_cards
from srs.db.lanes import siblings_until
from srs.db.phases import place_of
from srs.db.plain import STREAMED, answers_of, is_plain
from srs.db.states import columns_of
from srs.db.tables import PhaseNumber, card_state, cards, day_stats, decks, events

Parameters: TypeAlias = Callable[[str], tuple[float, ...]]
"""From a deck's id to FSRS's parameters for it."""

_Row: TypeAlias = Row[*tuple[Any, ...]]

_BATCH = 1000


class _Answer(NamedTuple):
    """What a rebuild reads of an event: `srs.db.plain.COLUMNS`, and more."""

    card_pk: int
    kind: int
    at_ms: int
    rating: int
    study_day: int
    phase_before: int | None
    due_day_before: int | None
    duration_ms: int
    phase: int
    steps_left: int | None
    due_ms: int
    due_day: int | None
    interval_days: int | None


_stream = (
    select(*(events.c[name] for name in _Answer._fields))
    .where(events.c.learner_id == bindparam("learner"), events.c.card_pk.is_not(None))
    .order_by(events.c.card_pk, events.c.at_ms)
)
_cards = select(cards, decks.c.id.label("deck")).join_from(cards, decks).order_by(cards.c.pk)
_forget_states = delete(card_state).where(card_state.c.learner_id == bindparam("learner"))
_forget_days = delete(day_stats).where(day_stats.c.learner_id == bindparam("learner"))
_siblings = (
    update(card_state)
    .where(card_state.c.learner_id == bindparam("learner"))
    .values(sibling_until=siblings_until(card_state.c.learner_id, card_state.c.note_pk, card_state.c.card_pk))
)


def rebuild_states(connection: Connection, learner: int, parameters: Parameters) -> int:
    """Make `card_state`, `day_stats` and `section_counts` of a learner anew; the number of events read."""
    connection.execute(_forget_states, {"learner": learner})
    connection.execute(_forget_days, {"learner": learner})
    rollups.forget(connection, learner)  # made anew when statistics are asked for
    rebuild = _Rebuild(connection, learner, parameters)
    rows = rebuild.rows()
    while batch := list(islice(rows, _BATCH)):
        connection.execute(insert(card_state), batch)
    deal_new_cards(connection)
    connection.execute(_siblings, {"learner": learner})
    progress.recount(connection, learner=learner)
    rebuild.write_days()
    return rebuild.events


class _Rebuild:
    """One run: reads events and cards side by side, both in the order of the cards' numbers."""

    def __init__(self, connection: Connection, learner: int, parameters: Parameters) -> None:
        self._connection = connection
        self._learner = learner
        self._parameters = parameters
        self._days: dict[tuple[int, int], list[int]] = {}
        self.events = 0

    def rows(self) -> Iterator[dict[str, object]]:
        """The rows of `card_state` for the cards that have events."""
        streamed = {"yield_per": STREAMED}
        with (
            self._connection.execute(_cards, execution_options=streamed) as catalogue,
            self._connection.execute(_stream, {"learner": self._learner}, execution_options=streamed) as answers,
        ):
            for card_pk, group in groupby(answers, key=itemgetter(0)):
                history = list(group)
                self.events += len(history)
                card = next(row for row in catalogue if row.pk == card_pk)
                yield self._row(card, self._state(card, history))

    def _row(self, card: _Row, state: CardState) -> dict[str, object]:
        return {
            "learner_id": self._learner,
            "card_pk": card.pk,
            "deck_pk": card.deck_pk,
            "section_pk": card.section_pk,
            "note_pk": card.note_pk,
            "sibling_until": 0,
            **columns_of(state, card.position, card.retired_ms is not None),
        }

    def _state(self, card: _Row, history: Sequence[_Row]) -> CardState:
        parameters = self._parameters(card.deck)
        if is_plain(history):
            self._count(card.deck_pk, history)
            return _state_of(history, parameters)
        name = CardId(card.deck, card.note, card.slot)
        whole = log.of_card(self._connection, self._learner, card.pk, name)
        for day, tally in tallies.tallies_of(in_force(whole)).items():
            counts = self._day(card.deck_pk, day)
            counts[:] = (a + b for a, b in zip(counts, tallies.numbers(tally), strict=True))
        return fold(whole, parameters)

    def _day(self, deck_pk: int, day: int) -> list[int]:
        return self._days.setdefault((deck_pk, day), list(tallies.numbers(tallies.NOTHING)))

    def _count(self, deck_pk: int, history: Sequence[_Row]) -> None:
        introduced, waited, again, in_review, lapsed, duration = map(
            tallies.NAMES.index, ("introduced", "waited", "again", "in_review", "lapsed", "duration_ms")
        )
        review = int(PhaseNumber.REVIEW)
        self._day(deck_pk, history[0].study_day)[introduced] += 1
        for _, _, _, rating, day, phase_before, due_day_before, took, *_ in history:
            counts = self._days.get((deck_pk, day)) or self._day(deck_pk, day)
            counts[again + rating - 1] += 1
            counts[duration] += min(took, tallies.LONGEST_MS)
            if due_day_before is not None:
                counts[waited] += 1
            if phase_before == review:
                counts[in_review] += 1
                if rating == 1:
                    counts[lapsed] += 1

    def write_days(self) -> None:
        """Write the roll-up."""
        rows = [
            {
                "learner_id": self._learner,
                "deck_pk": deck_pk,
                "study_day": day,
                **dict(zip(tallies.NAMES, counts, strict=True)),
            }
            for (deck_pk, day), counts in self._days.items()
        ]
        if rows:
            self._connection.execute(insert(day_stats), rows)


def _state_of(history: Sequence[_Row], parameters: tuple[float, ...]) -> ReviewedCard:
    last = history[-1]
    return ReviewedCard(
        memory=model_for(parameters).after(answers_of(history)),
        place=place_of(last.phase, last.steps_left, last.due_ms, last.due_day, last.interval_days),
        last_review_ms=last.at_ms,
        last_study_day=last.study_day,
        reps=len(history),
        lapses=sum(rating == 1 and before == PhaseNumber.REVIEW for _, _, _, rating, _, before, *_ in history),
    )
