"""The addresses of what is out of the ordinary: catching up, exams and goals."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from flask import Response
from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import TypedDict

from srs.api import openapi, reading
from srs.api.fields import DECK, ChangeId
from srs.api.openapi import Operation
from srs.api.reading import Whole
from srs.api.registry import answer, described
from srs.api.runtime import runtime
from srs.api.writing import id_or_null
from srs.core.backlog import LONGEST_DAYS
from srs.service import backlog, exam
from srs.service.configuring import Changed
from srs.service.studying import studying

_DAY = {"format": "date"}


class CatchUpIn(BaseModel):
    """Over how many days a backlog is spread."""

    model_config = ConfigDict(extra="forbid")

    days: Annotated[int, Field(ge=1, le=LONGEST_DAYS, description="Today is the first of them."), Whole] = 7


class ExamIn(BaseModel):
    """On which day as much as possible is to be known."""

    model_config = ConfigDict(extra="forbid")

    day: Annotated[str, Field(max_length=40, description="A date.", examples=["2027-03-12"])]


class BacklogOut(TypedDict):
    """A deck with more that is overdue than a day's worth, or one that is being caught up."""

    deck: str
    overdue: Annotated[int, Field(description="Cards that waited for an earlier day and still do.")]
    waiting: Annotated[int, Field(description="All cards that waited when the day began.")]
    today: Annotated[int, Field(description="How many of them are today's.")]
    by: Annotated[str | None, Field(json_schema_extra=_DAY, description="The last day of it; null if not spread.")]
    days_left: int


class ExamOut(TypedDict):
    """An exam to come."""

    deck: str
    day: Annotated[str, Field(json_schema_extra=_DAY)]
    days_ahead: int
    new: Annotated[int, Field(description="Cards that were new when the day began.")]
    needed: Annotated[int | None, Field(description="So many new cards a day would show all; null on the day itself.")]
    new_today: int
    unseen: Annotated[int, Field(description="Cards that stay unseen at the limit of new cards.")]


class GoalOut(TypedDict):
    """What the learner wants to do a day, and did today; 0 for a goal that is not set."""

    goal_minutes: int
    minutes: float
    goal_answers: int
    answers: int


class StudyingOut(TypedDict):
    """What is out of the ordinary today."""

    backlogs: list[BacklogOut]
    exams: list[ExamOut]
    goal: GoalOut | None


class PlannedOut(TypedDict):
    """What came of it: a change of settings, undone like any other."""

    changed: bool
    change_id: ChangeId


def _planned(done: Changed) -> Response:
    return answer(PlannedOut(changed=bool(done), change_id=id_or_null(done.change_id)))


@described(
    Operation(
        method="GET",
        path="/studying",
        name="studying",
        summary="Backlogs, exams to come, and goals",
        answers={200: (StudyingOut, "What is out of the ordinary today.")},
        problems=openapi.WITH_PARAMETERS,
    )
)
def get_studying() -> Response:
    """What is out of the ordinary today."""
    reading.read_parameters([])
    here = runtime()
    found = studying(here.context, here.clock())
    goal = found.goal
    return answer(
        StudyingOut(
            backlogs=[
                BacklogOut(
                    deck=each.deck_id,
                    overdue=each.overdue,
                    waiting=each.waiting,
                    today=each.today,
                    by=_date(each.by),
                    days_left=each.days_left,
                )
                for each in found.backlogs
            ],
            exams=[
                ExamOut(
                    deck=each.deck_id,
                    day=each.day.isoformat(),
                    days_ahead=each.days_ahead,
                    new=each.new,
                    needed=each.needed,
                    new_today=each.new_today,
                    unseen=each.unseen,
                )
                for each in found.exams
            ],
            goal=None
            if goal is None
            else GoalOut(
                goal_minutes=goal.goal_minutes,
                minutes=goal.minutes,
                goal_answers=goal.goal_answers,
                answers=goal.answers,
            ),
        )
    )


def _date(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


_PLANNED = {200: (PlannedOut, "What differs now.")}
_NO_DECK = {404: "No deck has this id."}


@described(
    Operation(
        method="PUT",
        path="/decks/{deck}/catch-up",
        name="catchUp",
        summary="Spread a backlog over days, with new cards paused meanwhile",
        parameters=(DECK,),
        body=CatchUpIn,
        answers=_PLANNED,
        problems=_NO_DECK | {422: "An exam is to come, and its plan takes the backlog in."},
    )
)
def put_catch_up(deck: str) -> Response:
    """Spread a backlog."""
    days = reading.read_body(CatchUpIn).days
    here = runtime()
    return _planned(backlog.catch_up(here.context, here.clock(), deck, days))


@described(
    Operation(
        method="DELETE",
        path="/decks/{deck}/catch-up",
        name="stopCatchingUp",
        summary="Spread a backlog no longer",
        parameters=(DECK,),
        answers=_PLANNED,
        problems=openapi.WITH_PARAMETERS | _NO_DECK,
    )
)
def delete_catch_up(deck: str) -> Response:
    """Spread it no longer."""
    reading.read_parameters([])
    here = runtime()
    return _planned(backlog.stop_catching_up(here.context, here.clock(), deck))


@described(
    Operation(
        method="PUT",
        path="/decks/{deck}/exam",
        name="setExam",
        summary="Plan a deck toward a day on which as much as possible is to be known",
        parameters=(DECK,),
        body=ExamIn,
        answers=_PLANNED,
        problems=_NO_DECK | {422: "The day is no date, is past, or lies more than three years ahead."},
    )
)
def put_exam(deck: str) -> Response:
    """Plan toward a day."""
    day = reading.read_body(ExamIn).day
    here = runtime()
    return _planned(exam.set_exam(here.context, here.clock(), deck, day))


@described(
    Operation(
        method="DELETE",
        path="/decks/{deck}/exam",
        name="endExam",
        summary="Plan a deck toward no day any more",
        parameters=(DECK,),
        answers=_PLANNED,
        problems=openapi.WITH_PARAMETERS | _NO_DECK,
    )
)
def delete_exam(deck: str) -> Response:
    """Plan toward no day."""
    reading.read_parameters([])
    here = runtime()
    return _planned(exam.end_exam(here.context, here.clock(), deck))
