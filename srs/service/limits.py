"""How many cards of a deck may come today: by its limits, by what a backlog spread over days leaves, by an exam."""

from __future__ import annotations

from dataclasses import dataclass

from srs.core.backlog import CatchUp, catch_up, days_left
from srs.core.exam import Pace, comes_early, days_ahead, pace
from srs.core.queue import Allowance, Done, allowance
from srs.core.settings import DeckSettings
from srs.db import progress, tallies, upcoming
from srs.db.questions import Question
from srs.service.moment import Moment


@dataclass(frozen=True, slots=True)
class Limits:
    """What holds for a deck today.

    Attributes:
        done: what was answered today.
        catch_up: how a backlog that is spread over days stands; None if none is.
        pace: the pace of new cards before an exam; None if there is none to come.
        early: whether cards that are not due yet fill up what the limits leave.
    """

    done: Done
    catch_up: CatchUp | None
    pace: Pace | None
    early: bool

    def allowed(self, settings: DeckSettings, due: int) -> Allowance:
        """What may still come, with so many cards waiting."""
        return allowance(
            settings,
            self.done,
            due,
            share=None if self.catch_up is None else self.catch_up.share,
            pace=None if self.pace is None else self.pace.today,
        )


def done_on(moment: Moment, question: Question) -> Done:
    """What was answered of a deck today, as its limits count it."""
    tally = tallies.of_day(moment.connection, moment.learner, question.deck_pk, moment.day)
    return Done(new=tally.introduced, reviews=tally.waited)


def limits_of(moment: Moment, question: Question, settings: DeckSettings, done: Done) -> Limits:
    """What holds for a deck today, after what was done."""
    behind = None
    if days_left(settings, moment.day):
        due, overdue = upcoming.backlog(moment.connection, question)
        behind = catch_up(settings, moment.day, due, overdue, done.reviews)
    ahead = days_ahead(settings, moment.day)
    if ahead is None:
        return Limits(done, behind, None, early=False)
    new = _pace(moment, question, settings, done, ahead)
    return Limits(done, behind, new, early=comes_early(ahead, new))


def _pace(moment: Moment, question: Question, settings: DeckSettings, done: Done, ahead: int) -> Pace:
    counts = progress.of_deck(moment.connection, moment.learner, question.deck_pk).values()
    new = sum(count.total - count.introduced for count in counts)
    return pace(new + done.new, ahead, settings.new_per_day)
