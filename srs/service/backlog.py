"""Catching up after a break: offered when more is overdue than a day's worth, started, ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from srs.core.backlog import FEWEST, LONGEST_DAYS, worth
from srs.core.exam import days_ahead
from srs.core.settings import DeckSettings
from srs.core.study_day import date_of
from srs.db import upcoming, usual
from srs.db.questions import Question
from srs.service import configuring
from srs.service.clock import to_ms
from srs.service.configuring import Changed
from srs.service.context import Context
from srs.service.errors import InvalidValue
from srs.service.limits import done_on, limits_of
from srs.service.moment import Moment
from srs.service.present import present

USUAL_DAYS = 7
"""Over so many days it is offered to spread a backlog."""


@dataclass(frozen=True, slots=True)
class Backlog:
    """A deck with more that is overdue than a day's worth, or one whose backlog is being caught up.

    Attributes:
        overdue: cards that waited for an earlier day and still do.
        waiting: all cards that waited for today when it began.
        today: how many of them are today's share; as many as the limit, if nothing is spread.
        by: the last day of catching up; None if nothing is spread.
        days_left: the days of it that are left, today included; 0 if nothing is spread.
    """

    deck_id: str
    overdue: int
    waiting: int
    today: int
    by: date | None = None
    days_left: int = 0

    @property
    def catching_up(self) -> bool:
        """Whether the backlog is spread over days, and new cards wait meanwhile."""
        return self.by is not None


def backlog_of(moment: Moment, question: Question, settings: DeckSettings) -> Backlog | None:
    """A deck's backlog, as far as it is to be told of; None before an exam, whose plan takes it in."""
    connection, deck = moment.connection, question.deck
    if days_ahead(settings, moment.day) is not None:
        return None
    done = done_on(moment, question)
    spread = limits_of(moment, question, settings, done).catch_up
    if spread is not None:
        by = date_of(settings.catch_up_by)
        return Backlog(deck, spread.overdue, spread.waiting, spread.share, by, spread.days_left)
    due, overdue = upcoming.backlog(connection, question)
    if overdue <= min(FEWEST, settings.reviews_per_day):
        return None
    days = usual.reviews(connection, moment.learner, question.deck_pk, moment.day)
    if overdue <= worth(settings.reviews_per_day, days):
        return None
    return Backlog(deck, overdue, due + done.reviews, min(due + done.reviews, settings.reviews_per_day))


def catch_up(context: Context, now: datetime, deck_id: str, days: int = USUAL_DAYS) -> Changed:
    """Spread a deck's backlog over so many days, today being the first; a change of settings, undone as one.

    Raises:
        InvalidValue: so many days cannot be, or an exam is to come.
        UnknownDeck: no deck of that id was ever loaded.
    """
    if not 1 <= days <= LONGEST_DAYS:
        raise InvalidValue(
            f"The backlog is to be spread over {days} days; it has to be from 1 to {LONGEST_DAYS}.", "days"
        )
    day = today(context, now)
    exam_day = configuring.settings(context, deck_id).exam_day
    if exam_day >= day:
        raise InvalidValue(
            f"There is an exam on {date_of(exam_day)}: what is worth most for it comes first. End that plan before.",
            "days",
        )
    return configuring.change(context, now, deck_id, {"catch_up_by": day + days - 1})


def stop_catching_up(context: Context, now: datetime, deck_id: str) -> Changed:
    """Spread a deck's backlog no longer.

    Raises:
        UnknownDeck: no deck of that id was ever loaded.
    """
    return configuring.change(context, now, deck_id, {"catch_up_by": 0})


def today(context: Context, now: datetime) -> int:
    """The learner's study day."""
    with context.database.reading() as connection:
        return present(context, connection, to_ms(now)).day
