"""What was done and what was known, from the sums."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise

from srs.core.measures import AGE_DAYS, ANSWER_MS, MATURE_DAYS, Count, Stage
from srs.core.study_day import date_of
from srs.db.rollups import Measure, Sums
from srs.db.rollups.measure import MONTHLY, month_of
from srs.service.statistics.types import (
    STAGES,
    Age,
    Answers,
    Bucket,
    Day,
    Done,
    Known,
    Range,
    Retention,
    Streak,
    Times,
)

_BEFORE_ALL = -719_162  # 0001-01-01, the first date that there is
_AFTER_ALL = 2_900_000
_CALENDAR_DAYS = 371  # 53 weeks
_PERIODS = (("today", 0, 0), ("yesterday", 1, 1), ("week", 0, 6), ("month", 0, 29), ("year", 0, 364))
"""Days ago, from and to."""
_MATURE_AGE = AGE_DAYS.index(MATURE_DAYS) + 1


class Past:
    """What was done in some decks up to a study day.

    Attributes:
        first: the first study day of the range.
    """

    def __init__(self, sums: Sums, today: int, looked_at: Range) -> None:
        self._sums = sums
        self._today = today
        self._range = looked_at
        if looked_at is Range.ALL:
            self.first = min(min(self._study_days, default=today), today)
        else:
            self.first = today - (29 if looked_at is Range.MONTH else 364)

    @cached_property
    def _study_days(self) -> dict[int, tuple[int, int]]:
        """Every study day with answers: how many, and the milliseconds."""
        days = self._sums.by_day(Measure.ANSWERS, _BEFORE_ALL, _AFTER_ALL)
        return {day: (number, ms) for day, (number, _, ms) in sorted(days.items()) if number}

    def done(self, first: int, last: int) -> Done:
        """What was done from one day to another."""
        whole = (first, last) == (self.first, self._today)
        return self._done(first, last, self._buttons if whole else self._sums.by_bucket(Measure.ANSWERS, first, last))

    def _done(self, first: int, last: int, buckets: Mapping[int, Sequence[int]]) -> Done:
        by_stage, ms_by_stage = [0] * len(Stage), [0] * len(Stage)
        for bucket, (number, _, ms) in buckets.items():
            by_stage[bucket // 4] += number
            ms_by_stage[bucket // 4] += ms
        introduced = sum(
            changes.get(Count.INTRODUCED, 0) for day, changes in self._counts.items() if first <= day <= last
        )
        return Done(
            date_of(first),
            date_of(last),
            dict(zip(STAGES, by_stage, strict=True)),
            dict(zip(STAGES, ms_by_stage, strict=True)),
            introduced,
        )

    def by_part(self) -> tuple[Done, ...]:
        """What was done day by day, week by week or month by month."""
        measure = Measure.ANSWERS + (MONTHLY if self._range is Range.ALL else 0)
        first = month_of(self.first) if self._range is Range.ALL else self.first
        found: dict[int, dict[int, list[int]]] = {begin: {} for begin, _ in self._parts}
        part_of = {begin: begin for begin, _ in self._parts}
        for day, bucket, numbers in self._sums.each(measure, first, self._today):
            begin = part_of.get(day)
            if begin is None:
                begin = part_of[day] = self._part_of(day)
            values = found[begin].get(bucket)
            if values is None:
                found[begin][bucket] = [*numbers]
            else:
                values[0] += numbers[0]
                values[2] += numbers[2]
        return tuple(self._done(begin, end, found[begin]) for begin, end in self._parts)

    @cached_property
    def _parts(self) -> tuple[tuple[int, int], ...]:
        """The first and the last day of each part of the range."""
        if self._range is Range.MONTH:
            return tuple((day, day) for day in range(self.first, self._today + 1))
        if self._range is Range.YEAR:
            # Weeks that end today; the first has a day more.
            begins = [self.first, *range(self._today - 356, self._today + 1, 7)]
        else:
            begins = [self.first]
            while (following := month_of(month_of(begins[-1]) + 31)) <= self._today:
                begins.append(following)
        return tuple((begin, after - 1) for begin, after in pairwise([*begins, self._today + 1]))

    def _part_of(self, day: int) -> int:
        """The first day of the part in which a day lies; of a month, its first day stands for all."""
        if self._range is Range.MONTH:
            return day
        if self._range is Range.YEAR:
            number = (self._today - day) // 7
            return self._parts[max(0, len(self._parts) - 1 - number)][0]
        return max(day, self.first)

    def streak(self) -> Streak:
        """Study days in a row."""
        days = self._study_days
        longest, run, last = 0, 0, None
        for day in days:
            run = run + 1 if last is not None and day == last + 1 else 1
            longest, last = max(longest, run), day
        current = run if last is not None and last >= self._today - 1 else 0
        return Streak(current, longest, len(days))

    def calendar(self) -> tuple[Day, ...]:
        """The days with answers of a year and its weeks."""
        since = self._today - _CALENDAR_DAYS + 1
        return tuple(
            Day(date_of(day), number, ms)
            for day, (number, ms) in self._study_days.items()
            if since <= day <= self._today
        )

    def retention(self) -> tuple[Retention, ...]:
        """True retention over the periods of Anki's table."""
        today = self._today
        recent = [(today - day, age, one) for day, age, one in self._sums.each(Measure.AGES, today - 364, today)]
        rows = [
            _retention(period, ((age, one) for ago, age, one in recent if least <= ago <= most))
            for period, least, most in _PERIODS
        ]
        ever = self._sums.by_bucket(Measure.AGES + MONTHLY, _BEFORE_ALL, _AFTER_ALL)
        return (*rows, _retention("all", ever.items()))

    def by_month(self) -> tuple[Retention, ...]:
        """True retention of the months that the range touches, those without reviews left out."""
        months: dict[int, list[tuple[int, Sequence[int]]]] = {}
        for month, age, numbers in self._sums.each(Measure.AGES + MONTHLY, month_of(self.first), self._today):
            months.setdefault(month, []).append((age, numbers))
        rows = (_retention(f"{date_of(month):%Y-%m}", months[month]) for month in sorted(months))
        return tuple(row for row in rows if row.total.answers)

    def by_age(self) -> tuple[Age, ...]:
        """True retention by card age."""
        found = self._in_range(Measure.AGES)
        bounds = [0, *AGE_DAYS, None]
        return tuple(
            Age(least or 0, below, Answers(*found.get(age, (0, 0, 0))[:2]))
            for age, (least, below) in enumerate(pairwise(bounds))
        )

    def buttons(self) -> dict[str, tuple[int, int, int, int]]:
        """Answers by what the card was and by rating."""
        numbers = {bucket: values[0] for bucket, values in self._buttons.items()}
        return {
            name: (
                numbers.get(4 * stage, 0),
                numbers.get(4 * stage + 1, 0),
                numbers.get(4 * stage + 2, 0),
                numbers.get(4 * stage + 3, 0),
            )
            for stage, name in enumerate(STAGES)
        }

    def hours(self) -> tuple[Answers, ...]:
        """Answers by hour."""
        found = self._in_range(Measure.HOURS)
        return tuple(Answers(*found.get(hour, (0, 0, 0))[:2]) for hour in range(24))

    def times(self) -> Times:
        """How long answers took."""
        found = self._in_range(Measure.TIMES)
        counts = [found.get(place, (0, 0, 0))[0] for place in range(len(ANSWER_MS) + 1)]
        bounds = [0.0, *(ms / 1000 for ms in ANSWER_MS), None]
        classes = tuple(
            Bucket(least, below, number) for number, (least, below) in zip(counts, pairwise(bounds), strict=True)
        )
        number = sum(counts)
        if not number:
            return Times(classes, None, None)
        ms = sum(values[2] for bucket, values in self._buttons.items() if bucket // 4 != Stage.CRAMMED)
        return Times(classes, ms / number / 1000, _median(classes, number))

    def known(self) -> tuple[Known, ...]:
        """What was known at the end of each part of the range."""
        so_far = [0] * len(Count)
        changes = iter(sorted(self._counts.items()))
        pending = next(changes, None)
        points = []
        for _, end in self._parts:
            while pending is not None and pending[0] <= end:
                for count, number in pending[1].items():
                    so_far[count] += number
                pending = next(changes, None)
            points.append(Known(date_of(end), *so_far))
        return tuple(points)

    @cached_property
    def _counts(self) -> dict[int, dict[int, int]]:
        """By how much more each `Count` came to, day by day; before the range, and for all of it, month by month."""
        found: dict[int, dict[int, int]] = {}
        for day, count, number in self._changes():
            counts = found.setdefault(day, {})
            counts[count] = counts.get(count, 0) + number
        return found

    def _changes(self) -> Iterator[tuple[int, int, int]]:
        by_day_from = month_of(self._today if self._range is Range.ALL else self.first)
        for month, count, numbers in self._sums.each(Measure.COUNTS + MONTHLY, _BEFORE_ALL, by_day_from - 1):
            # The range may begin within its first month.
            yield max(month, self.first) if self._range is Range.ALL else month, count, numbers[0]
        for day, count, numbers in self._sums.each(Measure.COUNTS, by_day_from, _AFTER_ALL):
            yield day, count, numbers[0]

    @cached_property
    def _buttons(self) -> dict[int, tuple[int, int, int]]:
        """The answers in the range by stage and rating. A year has thousands of rows of them: they are read once."""
        return self._in_range(Measure.ANSWERS)

    def _in_range(self, measure: Measure) -> dict[int, tuple[int, int, int]]:
        if self._range is Range.ALL:
            return self._sums.by_bucket(measure + MONTHLY, _BEFORE_ALL, _AFTER_ALL)
        return self._sums.by_bucket(measure, self.first, self._today)


def _retention(period: str, ages: Iterable[tuple[int, Sequence[int]]]) -> Retention:
    found = [[0, 0], [0, 0]]
    for age, numbers in ages:
        of_age = found[age >= _MATURE_AGE]
        of_age[0] += numbers[0]
        of_age[1] += numbers[1]
    young, mature = (Answers(*numbers) for numbers in found)
    return Retention(period, young, mature)


def _median(classes: Sequence[Bucket], number: int) -> float:
    half, before = number / 2, 0
    for each in classes:
        if before + each.count >= half and each.count:
            least = each.least or 0.0
            below = least if each.below is None else each.below
            return least + (below - least) * (half - before) / each.count
        before += each.count
    raise AssertionError("half of the answers lie in some class")
