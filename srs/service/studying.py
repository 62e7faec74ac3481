"""What is out of the ordinary today: a backlog, an exam to come, goals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from srs.core.study_day import date_of
from srs.db import tallies
from srs.service.backlog import Backlog, backlog_of
from srs.service.clock import to_ms
from srs.service.context import Context
from srs.service.exam import Exam, exam_of
from srs.service.present import present


@dataclass(frozen=True, slots=True)
class Goal:
    """What the learner wants to do a day, and did today; 0 for a goal that is not set.

    Attributes:
        minutes: studied today, in minutes.
        answers: given today.
    """

    goal_minutes: int
    minutes: float
    goal_answers: int
    answers: int


@dataclass(frozen=True, slots=True)
class Studying:
    """What is to be told today.

    Attributes:
        backlogs: of the decks that have one, in their order.
        exams: those to come, likewise.
        goal: None if the learner has set none.
        day: the date of the study day.
    """

    backlogs: tuple[Backlog, ...]
    exams: tuple[Exam, ...]
    goal: Goal | None
    day: date


def studying(context: Context, now: datetime) -> Studying:
    """What is out of the ordinary today."""
    backlogs: list[Backlog] = []
    exams: list[Exam] = []
    total = tallies.NOTHING
    with context.database.reading() as connection:
        moment = present(context, connection, to_ms(now))
        for question, settings in moment.questions():
            total += tallies.of_day(connection, moment.learner, question.deck_pk, moment.day)
            behind, exam = backlog_of(moment, question, settings), exam_of(moment, question, settings)
            backlogs += () if behind is None else (behind,)
            exams += () if exam is None else (exam,)
    general = moment.settings.general
    wanted = general.goal_minutes or general.goal_reviews
    goal = Goal(general.goal_minutes, total.duration_ms / 60_000, general.goal_reviews, total.answers)
    return Studying(tuple(backlogs), tuple(exams), goal if wanted else None, date_of(moment.day))
