"""Planning toward a date: as much as possible is to be known on one day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from srs.core.exam import days_ahead
from srs.core.settings import DeckSettings
from srs.core.study_day import date_of, day_of
from srs.db.questions import Question
from srs.service import configuring
from srs.service.backlog import today
from srs.service.configuring import Changed
from srs.service.context import Context
from srs.service.errors import InvalidValue
from srs.service.limits import done_on, limits_of
from srs.service.moment import Moment

LATEST_DAYS = 3 * 365
"""An exam lies so many days ahead at most."""


@dataclass(frozen=True, slots=True)
class Exam:
    """A deck's exam to come.

    Attributes:
        day: its date.
        days_ahead: days until then; 0 today.
        new: cards that were new when the day began.
        needed: so many new cards a day would show all of them in time; None when new cards no longer come.
        new_today: so many come today.
        unseen: cards that stay unseen at the limit of the settings.
        new_per_day: that limit.
        early: whether cards that are not due yet come, too.
    """

    deck_id: str
    day: date
    days_ahead: int
    new: int
    needed: int | None
    new_today: int
    unseen: int
    new_per_day: int
    early: bool


def exam_of(moment: Moment, question: Question, settings: DeckSettings) -> Exam | None:
    """A deck's exam to come; None if there is none."""
    ahead = days_ahead(settings, moment.day)
    if ahead is None:
        return None
    limits = limits_of(moment, question, settings, done_on(moment, question))
    pace = limits.pace
    if pace is None:
        return None
    return Exam(
        deck_id=question.deck,
        day=date_of(settings.exam_day),
        days_ahead=ahead,
        new=pace.new,
        needed=pace.needed,
        new_today=pace.today,
        unseen=pace.unseen,
        new_per_day=settings.new_per_day,
        early=limits.early,
    )


def set_exam(context: Context, now: datetime, deck_id: str, when: str) -> Changed:
    """Plan a deck toward a day; a change of settings, undone as one.

    Args:
        context: whose.
        now: the moment.
        deck_id: the deck.
        when: the date, as `2027-03-12`.

    Raises:
        InvalidValue: that is no date, lies in the past, or more than three years ahead.
        UnknownDeck: no deck of that id was ever loaded.
    """
    first = today(context, now)
    try:
        wanted = date.fromisoformat(when.strip())
    except ValueError as error:
        raise InvalidValue(
            f"The day of the exam is {when[:40]!r}; a date looks like {date_of(first + 30)}.", "day"
        ) from error
    day = day_of(wanted)
    if day < first:
        raise InvalidValue(f"The day of the exam is {wanted}, which is past; today is {date_of(first)}.", "day")
    if day > first + LATEST_DAYS:
        raise InvalidValue(
            f"The day of the exam is {wanted}; the latest that can be planned for is {date_of(first + LATEST_DAYS)}.",
            "day",
        )
    return configuring.change(context, now, deck_id, {"exam_day": day})


def end_exam(context: Context, now: datetime, deck_id: str) -> Changed:
    """Plan toward no day any more: the schedule goes on as it stands.

    Raises:
        UnknownDeck: no deck of that id was ever loaded.
    """
    return configuring.change(context, now, deck_id, {"exam_day": 0})
