"""Statistics over the API."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

from flask import Response
from pydantic import Field
from typing_extensions import TypedDict

from srs.api import reading
from srs.api.fields import SLUG_OR_NONE
from srs.api.openapi import WITH_PARAMETERS, Operation, Parameter
from srs.api.registry import answer, described
from srs.api.runtime import runtime
from srs.service import statistics as stats

DateText = Annotated[str, Field(json_schema_extra={"format": "date"}, description="A study day.")]
RangeName = Literal["month", "year", "all"]


class AnswersOut(TypedDict):
    """Answers, and how many of them were no Again."""

    answers: int
    passed: int
    share: Annotated[float | None, Field(description="`passed` over `answers`; null without answers.")]


class DoneOut(TypedDict):
    """What was done from one study day to another, both included."""

    first: DateText
    last: DateText
    answers: int
    duration_ms: Annotated[int, Field(description="Of one answer at most a minute.")]
    introduced: Annotated[int, Field(description="Cards seen for the first time, less those forgotten on purpose.")]
    by_stage: Annotated[
        dict[str, int],
        Field(description="Answers by what the card was: new, learning, relearning, young, mature, crammed."),
    ]
    ms_by_stage: dict[str, int]


class DayOut(TypedDict):
    """A study day with answers."""

    day: DateText
    answers: int
    duration_ms: int


class StreakOut(TypedDict):
    """Study days in a row."""

    current: Annotated[int, Field(description="Up to today, or to yesterday while nothing was answered today.")]
    longest: int
    days: Annotated[int, Field(description="All study days with an answer.")]


class RetentionOut(TypedDict):
    """True retention over a period."""

    period: Annotated[str, Field(description="today, yesterday, week, month, year, all, or a month such as 2026-11.")]
    young: AnswersOut
    mature: AnswersOut
    total: AnswersOut


class AgeOut(TypedDict):
    """True retention by the interval that the answer ended."""

    least: Annotated[int, Field(description="Days.")]
    below: int | None
    retention: AnswersOut


class BucketOut(TypedDict):
    """How many lie from `least` on and below `below`; null where there is no bound."""

    least: float | None
    below: float | None
    count: int


class TimesOut(TypedDict):
    """How long answers took, in seconds."""

    classes: list[BucketOut]
    mean_s: float | None
    median_s: float | None


class KnownOut(TypedDict):
    """What was known at the end of a study day."""

    day: DateText
    introduced: Annotated[int, Field(description="Cards that were no longer new.")]
    young: Annotated[int, Field(description="Cards in review with an interval below 21 days.")]
    mature: Annotated[int, Field(description="Cards in review with a longer one.")]
    notes_introduced: int
    notes: Annotated[int, Field(description="Notes whose cards, as far as they were no longer new, were in review.")]


class MemoriesOut(TypedDict):
    """How the cards that are no longer new stand; suspended ones are left out."""

    cards: int
    stability: Annotated[list[BucketOut], Field(description="By days.")]
    difficulty: Annotated[list[BucketOut], Field(description="From 1 to 10.")]
    retrievability: Annotated[list[BucketOut], Field(description="By the chance of recall today.")]


class ComingDayOut(TypedDict):
    """What a study day is expected to bring."""

    day: DateText
    scheduled: Annotated[int, Field(description="Cards that wait for it now; on the first day the overdue, too.")]
    reviews: Annotated[float, Field(description="Of cards no longer new today, within the limits.")]
    added: Annotated[float, Field(description="Reviews that new cards from today on will cause.")]
    new: Annotated[float, Field(description="New cards introduced.")]
    left: Annotated[float, Field(description="Cards that the limit of reviews leaves for the next day.")]


class ForecastOut(TypedDict):
    """The days ahead, today first."""

    new_per_day: Annotated[float, Field(description="By the last 30 days and the limit.")]
    new_left: int
    days: list[ComingDayOut]


class StatisticsOut(TypedDict):
    """All statistics."""

    deck: str | None
    range: RangeName
    first: Annotated[DateText, Field(description="The first study day of the range.")]
    today: DoneOut
    total: Annotated[DoneOut, Field(description="The whole range.")]
    streak: StreakOut
    calendar: Annotated[list[DayOut], Field(description="Study days with answers of the last 371, oldest first.")]
    done: Annotated[list[DoneOut], Field(description="The range by days (month), weeks (year) or months (all).")]
    retention: list[RetentionOut]
    by_month: Annotated[list[RetentionOut], Field(description="For the months that the range touches, as a whole.")]
    by_age: list[AgeOut]
    buttons: Annotated[
        dict[str, list[int]], Field(description="Answers by what the card was, and by rating from 1 to 4.")
    ]
    hours: Annotated[list[AnswersOut], Field(description="By hour of the learner's day, 0 to 23; without cramming.")]
    times: TimesOut
    known: Annotated[list[KnownOut], Field(description="At the end of each part of `done`.")]
    memories: MemoriesOut
    forecast: ForecastOut


def statistics_out(found: stats.Statistics) -> StatisticsOut:
    """Statistics as JSON."""
    return StatisticsOut(
        deck=found.deck_id,
        range=found.range.value,
        first=found.first.isoformat(),
        today=_done(found.today),
        total=_done(found.total),
        streak=StreakOut(current=found.streak.current, longest=found.streak.longest, days=found.streak.days),
        calendar=[
            DayOut(day=each.day.isoformat(), answers=each.answers, duration_ms=each.duration_ms)
            for each in found.calendar
        ],
        done=[_done(each) for each in found.done],
        retention=[_retention(each) for each in found.retention],
        by_month=[_retention(each) for each in found.by_month],
        by_age=[
            AgeOut(least=each.least, below=each.below, retention=_answers(each.retention)) for each in found.by_age
        ],
        buttons={stage: list(counts) for stage, counts in found.buttons.items()},
        hours=[_answers(each) for each in found.hours],
        times=TimesOut(
            classes=_buckets(found.times.classes),
            mean_s=_rounded(found.times.mean_s),
            median_s=_rounded(found.times.median_s),
        ),
        known=[
            KnownOut(
                day=each.day.isoformat(),
                introduced=each.introduced,
                young=each.young,
                mature=each.mature,
                notes_introduced=each.notes_introduced,
                notes=each.notes,
            )
            for each in found.known
        ],
        memories=MemoriesOut(
            cards=found.memories.cards,
            stability=_buckets(found.memories.stability),
            difficulty=_buckets(found.memories.difficulty),
            retrievability=_buckets(found.memories.retrievability),
        ),
        forecast=ForecastOut(
            new_per_day=round(found.forecast.new_per_day, 2),
            new_left=found.forecast.new_left,
            days=[
                ComingDayOut(
                    day=each.day.isoformat(),
                    scheduled=each.scheduled,
                    reviews=round(each.reviews, 2),
                    added=round(each.added, 2),
                    new=round(each.new, 2),
                    left=round(each.left, 2),
                )
                for each in found.forecast.days
            ],
        ),
    )


def _done(done: stats.Done) -> DoneOut:
    return DoneOut(
        first=done.first.isoformat(),
        last=done.last.isoformat(),
        answers=done.answers,
        duration_ms=done.duration_ms,
        introduced=done.introduced,
        by_stage=dict(done.by_stage),
        ms_by_stage=dict(done.ms_by_stage),
    )


def _answers(answers: stats.Answers) -> AnswersOut:
    return AnswersOut(answers=answers.answers, passed=answers.passed, share=_rounded(answers.share))


def _retention(retention: stats.Retention) -> RetentionOut:
    return RetentionOut(
        period=retention.period,
        young=_answers(retention.young),
        mature=_answers(retention.mature),
        total=_answers(retention.total),
    )


def _buckets(buckets: Iterable[stats.Bucket]) -> list[BucketOut]:
    return [BucketOut(least=each.least, below=each.below, count=each.count) for each in buckets]


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


@described(
    Operation(
        method="GET",
        path="/statistics",
        name="get_statistics",
        summary="What was done, what is known, how the cards stand, and what comes",
        description="Everything in one answer, for one deck or all of them. What each number counts stands in the "
        "project's docs/statistics.md. The first time after a long history was brought in takes seconds.",
        parameters=(
            Parameter("deck", SLUG_OR_NONE, "A deck's id; without it all decks."),
            Parameter(
                "range",
                {"type": "string", "enum": [each.value for each in stats.Range], "default": stats.Range.MONTH.value},
                "How far back: 30 study days, 365, or everything. The forecast reaches 30 days, else 365.",
            ),
        ),
        answers={200: (StatisticsOut, "The statistics.")},
        problems=WITH_PARAMETERS | {404: "No deck of this id was ever loaded."},
    )
)
def get_statistics() -> Response:
    """All statistics."""
    given = reading.read_parameters(["deck", "range"], may_be_empty=["deck"])
    here = runtime()
    found = stats.statistics(here.context, here.clock(), given.get("deck"), _range(given.get("range")))
    return answer(statistics_out(found))


def _range(text: str | None) -> stats.Range:
    if text is None:
        return stats.Range.MONTH
    try:
        return stats.Range(text)
    except ValueError:
        known = ", ".join(each.value for each in stats.Range)
        raise reading.bad_parameter("range", f"range must be one of {known}, not {text[:60]!r}.") from None
