"""What the days ahead would bring at each desired retention: simulated from the learner's own memory and habits."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from srs import simulator
from srs.core.settings import DeckSettings, ReviewOrder
from srs.db import simulating, tallies
from srs.db.simulating import AnswerCount, OnItsWay
from srs.db.tables import PhaseNumber
from srs.service.clock import to_ms
from srs.service.context import Context
from srs.service.errors import InvalidValue
from srs.service.moment import look, moment_of
from srs.service.naming import deck_named
from srs.simulator import RETENTIONS, Counted, Held, Row, Start

LEAST_DAYS, MOST_DAYS = 1, 3650
LOWEST, HIGHEST = 0.70, 0.99
MOST_NEW = 9999
MOST_RETENTIONS = 40
YEAR = 365

_TIMED: dict[int, int] = {PhaseNumber.LEARNING: 0, PhaseNumber.REVIEW: 1, PhaseNumber.RELEARNING: 2}

_compared = lru_cache(maxsize=4)(simulator.compare)
"""A change of the desired retention, and a look back, need no new simulation."""


@dataclass(frozen=True, slots=True)
class Simulation:
    """The days ahead, once for each desired retention.

    Attributes:
        deck_id: the deck.
        days: how many days were simulated, today the first of them.
        new_per_day: the new cards a day that were taken.
        reviews_per_day: the limit of reviews that was taken, the deck's own.
        current: the deck's desired retention; a row of `rows` unless others were asked for.
        rows: one for each retention, lowest first.
        recommended: the retention of those with the fewest minutes for a card known (see `Row.minutes_per_known`);
            None where studying gains nothing, or there is nothing to choose from.
        known_now: cards that would be recalled today: the sum of their chances.
        known_untouched: how many of those would still be recalled in the end without any study.
        held: cards answered before that may come again.
        new: new cards that are left.
        answers: the learner's newest answers in the deck whose times and buttons count; with few of them, those in
            other decks and averages of other learners fill in.
        share: every how many-th card was simulated, each counted for so many.
    """

    deck_id: str
    days: int
    new_per_day: int
    reviews_per_day: int
    current: float
    rows: tuple[Row, ...]
    recommended: float | None
    known_now: float
    known_untouched: float
    held: int
    new: int
    answers: int
    share: int

    def row(self, retention: float | None) -> Row | None:
        """The row of a retention, if it is among them."""
        return next((row for row in self.rows if row.retention == retention), None)


def simulate(
    context: Context,
    now: datetime,
    deck_id: str,
    *,
    days: int = YEAR,
    retentions: Iterable[float] | None = None,
    new_per_day: int | None = None,
) -> Simulation:
    """Simulate the days ahead. Nothing is changed, and the same deck on the same day gives the same figures.

    Left out of account: prerequisites and siblings (they put cards off by days at most), fuzz and load balancing
    (they move cards to either side), exam mode and catching up.

    Args:
        context: whose deck.
        now: the moment, aware.
        deck_id: the deck.
        days: 1 to 3650.
        retentions: 0.70 to 0.99 each; by default 0.70 to 0.97 by 0.01, and the deck's own.
        new_per_day: 0 to 9999; by default the deck's own.

    Raises:
        UnknownDeck: no deck of that id was ever loaded.
        InvalidValue: a value lies outside its bounds.
    """
    _check(days, new_per_day)
    wanted = None if retentions is None else _checked(retentions)
    learner = context.learner_id
    with context.database.reading() as connection:
        deck_pk = deck_named(connection, deck_id)
        known = look(connection, learner, context.zone, context.library, None)
        moment = moment_of(connection, learner, to_ms(now), known)
        settings = known.settings.of(deck_id)
        stands = simulating.standing(connection, learner, deck_pk)
        counts = simulating.answer_counts(connection, learner, deck_pk)
        done = tallies.of_day(connection, learner, deck_pk, moment.day)
    own = counted(count for count in counts if count.own)
    habits = simulator.habits_of(own, simulator.habits_of(counted(counts)))
    if new_per_day is not None:
        settings = settings.changed({"new_per_day": new_per_day})
    start = Start(
        cards=tuple(_held(card, moment.day) for card in stands.cards),
        new=round(stands.new / stands.share),
        done_new=round(done.introduced / stands.share),
        done_reviews=round(done.waited / stands.share),
        scale=stands.share,
    )
    if wanted is None:
        wanted = tuple(sorted({*RETENTIONS, settings.desired_retention}))
    comparison = _compared(start, _simulated(settings), habits, days, retentions=wanted)
    return Simulation(
        deck_id=deck_id,
        days=days,
        new_per_day=settings.new_per_day,
        reviews_per_day=settings.reviews_per_day,
        current=settings.desired_retention,
        rows=comparison.rows,
        recommended=comparison.recommended,
        known_now=comparison.known_now,
        known_untouched=comparison.known_untouched,
        held=stands.held,
        new=stands.new,
        answers=own.answers,
        share=comparison.share * stands.share,
    )


def _simulated(settings: DeckSettings) -> DeckSettings:
    """The settings that have a say in a simulation, all others as they come."""
    names = (
        *("new_per_day", "reviews_per_day", "learning_steps", "relearning_steps", "maximum_interval", "parameters"),
        *("review_order", "leech_threshold", "leech_action"),
    )
    values = {name: getattr(settings, name) for name in names}
    if values["review_order"] == ReviewOrder.SECTION:
        values["review_order"] = ReviewOrder.DUE.value
    return DeckSettings(zone="UTC").changed(values)


def _check(days: int, new_per_day: int | None) -> None:
    if not LEAST_DAYS <= days <= MOST_DAYS:
        raise InvalidValue(
            f"{days:,} days cannot be simulated; it has to be a whole number from {LEAST_DAYS} to {MOST_DAYS:,}.",
            "days",
        )
    if new_per_day is not None and not 0 <= new_per_day <= MOST_NEW:
        raise InvalidValue(
            f"{new_per_day:,} new cards a day cannot be simulated; it has to be a whole number from 0 to {MOST_NEW}.",
            "new_per_day",
        )


def _checked(retentions: Iterable[float]) -> tuple[float, ...]:
    given = sorted(set(retentions))
    if not 1 <= len(given) <= MOST_RETENTIONS:
        raise InvalidValue(f"There are {len(given)} retentions; 1 to {MOST_RETENTIONS} can be compared.", "retention")
    for retention in given:
        if not (math.isfinite(retention) and LOWEST <= retention <= HIGHEST):
            raise InvalidValue(
                f"A desired retention of {retention:g} cannot be simulated; it has to be a number from {LOWEST:.2f} "
                f"to {HIGHEST:.2f}.",
                "retention",
            )
    return tuple(given)


def _held(card: OnItsWay, today: int) -> Held:
    return Held(
        stability=card.stability,
        difficulty=card.difficulty,
        since=max(0, today - card.since),
        due=0 if card.due_day is None else card.due_day - today,
        interval=card.interval,
        steps_left=card.steps_left,
        relearning=card.phase == PhaseNumber.RELEARNING,
        lapses=card.lapses,
    )


def counted(counts: Iterable[AnswerCount]) -> Counted:
    """The store's counts as the simulator wants them."""
    found = Counted()
    for each in counts:
        rating = each.rating - 1
        if each.phase is None:
            found.first[rating] += each.count
        elif each.phase == PhaseNumber.REVIEW:
            found.review[rating] += each.count
        elif each.before is not None and each.before <= len(found.learning):
            rows = found.relearning if each.phase == PhaseNumber.RELEARNING else found.learning
            rows[each.before - 1][rating] += each.count
        row = _TIMED.get(each.phase or PhaseNumber.LEARNING, 0)
        found.timed[row][rating] += each.timed
        found.seconds[row][rating] += each.milliseconds / 1000
    return found
