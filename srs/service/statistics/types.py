"""What statistics are: plain frozen values. What each of them counts stands in docs/statistics.md, one line each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

STAGES = ("new", "learning", "relearning", "young", "mature", "crammed")
"""What a card can be when it is answered, in this order."""


class Range(StrEnum):
    """How far back statistics look."""

    MONTH = "month"
    """The last 30 study days, today among them, day by day."""
    YEAR = "year"
    """The last 365, week by week."""
    ALL = "all"
    """Everything, month by month."""


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers and how many of them were no Again."""

    answers: int = 0
    passed: int = 0

    @property
    def share(self) -> float | None:
        """The share that was passed; None without answers."""
        return self.passed / self.answers if self.answers else None

    def __add__(self, other: Answers) -> Answers:
        return Answers(self.answers + other.answers, self.passed + other.passed)


@dataclass(frozen=True, slots=True)
class Done:
    """What was done from one study day to another, both included.

    Attributes:
        by_stage: answers by what the card was: `STAGES`.
        ms_by_stage: the time that they took, of one answer at most a minute.
        introduced: cards seen for the first time (those forgotten on purpose taken off).
    """

    first: date
    last: date
    by_stage: Mapping[str, int]
    ms_by_stage: Mapping[str, int]
    introduced: int

    @property
    def answers(self) -> int:
        """All answers."""
        return sum(self.by_stage.values())

    @property
    def duration_ms(self) -> int:
        """All the time."""
        return sum(self.ms_by_stage.values())


@dataclass(frozen=True, slots=True)
class Day:
    """A study day with answers, for the calendar."""

    day: date
    answers: int
    duration_ms: int


@dataclass(frozen=True, slots=True)
class Streak:
    """Study days in a row.

    Attributes:
        current: up to today, or up to yesterday while nothing was answered today.
        longest: the most that there ever were.
        days: all study days with an answer.
    """

    current: int
    longest: int
    days: int


@dataclass(frozen=True, slots=True)
class Retention:
    """True retention over a period: of cards in review, those that were recalled.

    Attributes:
        period: today, yesterday, week, month, year, all, or a month such as 2026-11.
        young: with an interval below 21 days.
        mature: with a longer one.
    """

    period: str
    young: Answers
    mature: Answers

    @property
    def total(self) -> Answers:
        """Both."""
        return self.young + self.mature


@dataclass(frozen=True, slots=True)
class Age:
    """True retention of cards by the interval that the answer ended: from `least` days to below `below`, if any."""

    least: int
    below: int | None
    retention: Answers


@dataclass(frozen=True, slots=True)
class Bucket:
    """How many things lie from `least` on and below `below`; None where there is no bound."""

    least: float | None
    below: float | None
    count: int


@dataclass(frozen=True, slots=True)
class Times:
    """How long answers took.

    Attributes:
        classes: answers by seconds. Cramming is not among them.
        mean_s: the mean in seconds, of one answer at most a minute; None without answers.
        median_s: the median, found within its class as if that were evenly filled.
    """

    classes: tuple[Bucket, ...]
    mean_s: float | None
    median_s: float | None


@dataclass(frozen=True, slots=True)
class Known:
    """What was known at the end of a study day.

    Attributes:
        introduced: cards that are no longer new.
        young: cards in review with an interval below 21 days.
        mature: those with a longer one.
        notes_introduced: notes of which a card is no longer new.
        notes: those of them whose cards, as far as they are no longer new, are all in review.
    """

    day: date
    introduced: int
    young: int
    mature: int
    notes_introduced: int
    notes: int


@dataclass(frozen=True, slots=True)
class ComingDay:
    """What a study day is expected to bring.

    Attributes:
        scheduled: cards that wait for that day now; on the first day all that are overdue, too.
        reviews: reviews of cards that are no longer new today, within the daily limits; expected.
        added: reviews that new cards, introduced from today on, will cause; expected.
        new: new cards introduced; expected.
        left: cards that the limit of reviews leaves for the next day; expected.
    """

    day: date
    scheduled: int
    reviews: float
    added: float
    new: float
    left: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """The days ahead.

    Attributes:
        new_per_day: at which pace new cards come, by the last 30 days and the limit.
        new_left: new cards that there are.
        days: today first: 30, or 365 for the longer ranges.
    """

    new_per_day: float
    new_left: int
    days: tuple[ComingDay, ...]


@dataclass(frozen=True, slots=True)
class Memories:
    """How the cards that are no longer new stand; suspended ones and those of removed notes are left out.

    Attributes:
        cards: how many they are.
        stability: by days.
        difficulty: from 1 to 10.
        retrievability: by the chance of recall today, in steps of 5%.
    """

    cards: int
    stability: tuple[Bucket, ...]
    difficulty: tuple[Bucket, ...]
    retrievability: tuple[Bucket, ...]


@dataclass(frozen=True, slots=True)
class Statistics:
    """All statistics of a learner, for one deck or all.

    Attributes:
        deck_id: the deck; None for all.
        first: the first study day of the range; today if nothing was ever done.
        today: what was done today, and the study day itself.
        total: what was done in the range.
        streak: study days in a row, ever.
        calendar: the study days with answers of the last 371 days, oldest first.
        done: the range by days, weeks (the last one ends today) or months.
        retention: true retention today, yesterday, and over the last 7, 30 and 365 days and all.
        by_month: true retention of each month that the range touches; whole months.
        by_age: true retention in the range by card age.
        buttons: answers in the range by what the card was and by rating 1 to 4.
        hours: answers in the range by hour of the learner's day, 0 to 23; without cramming.
        times: how long answers took in the range.
        known: what was known at the end of each part of `done`.
        memories: the cards as they stand.
        forecast: the days ahead.
    """

    deck_id: str | None
    range: Range
    first: date
    today: Done
    total: Done
    streak: Streak
    calendar: tuple[Day, ...]
    done: tuple[Done, ...]
    retention: tuple[Retention, ...]
    by_month: tuple[Retention, ...]
    by_age: tuple[Age, ...]
    buttons: Mapping[str, tuple[int, int, int, int]]
    hours: tuple[Answers, ...]
    times: Times
    known: tuple[Known, ...]
    memories: Memories
    forecast: Forecast
