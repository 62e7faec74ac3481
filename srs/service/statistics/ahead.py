"""What the days ahead will bring, deck by deck and then together."""

from __future__ import annotations

from collections.abc import Mapping
from math import exp

from srs.core.forecast import USUAL, Ahead, Due, Habits, Pace, forecast
from srs.core.measures import NEVER, Count, Stage
from srs.core.settings import DeckSettings
from srs.core.study_day import date_of
from srs.db import progress, tallies
from srs.db.rollups import Measure, Sums
from srs.service.moment import Moment
from srs.service.statistics.types import ComingDay, Forecast

_PACE_DAYS = 30
_YEAR = 365
_ENOUGH = 100
"""From so many answers on the learner's own buttons are believed."""


def foretold(moment: Moment, decks: Mapping[int, Sums], settings: Mapping[int, DeckSettings], days: int) -> Forecast:
    """The days ahead, for some decks together."""
    scheduled = [0] * days
    together = [[0.0] * 4 for _ in range(days)]
    new_per_day, new_left = 0.0, 0
    for deck, sums in decks.items():
        due = _due(sums, moment.day, days)
        for each in due:
            scheduled[each.day] += round(each.cards)
        pace = _pace(moment, deck, sums, settings[deck])
        new_per_day += pace.new
        new_left += pace.left
        for total, day in zip(
            together, forecast(due, pace, settings[deck], days, _habits(sums, moment.day)), strict=True
        ):
            _add(total, day)
    return Forecast(
        new_per_day,
        new_left,
        tuple(ComingDay(date_of(moment.day + ahead), scheduled[ahead], *total) for ahead, total in enumerate(together)),
    )


def _add(total: list[float], day: Ahead) -> None:
    for place, number in enumerate((day.reviews, day.added, day.new, day.left)):
        total[place] += number


def _due(sums: Sums, today: int, days: int) -> list[Due]:
    """The cards that come due, by day and cohort; what is overdue is due today."""
    found: dict[tuple[int, int], list[int]] = {}
    overdue = ((0, bucket, numbers) for bucket, numbers in sums.by_bucket(Measure.DUE, -NEVER, today).items())
    later = sums.each(Measure.DUE, today + 1, today + days - 1)
    for day, bucket, numbers in (*overdue, *((day - today, bucket, numbers) for day, bucket, numbers in later)):
        values = found.setdefault((day, bucket), [0, 0, 0])
        for place, number in enumerate(numbers):
            values[place] += number
    return [
        Due(day, number, exp(logs / 1000 / number), difficulties / 1000 / number)
        for (day, _), (number, logs, difficulties) in found.items()
        if number
    ]


def _pace(moment: Moment, deck: int, sums: Sums, settings: DeckSettings) -> Pace:
    """As many new cards a day as of late, since the first one if that is not long ago; never more than the limit."""
    done = tallies.of_day(moment.connection, moment.learner, deck, moment.day)
    sections = progress.of_deck(moment.connection, moment.learner, deck)
    since = moment.day - _PACE_DAYS
    introduced: dict[int, int] = {}
    for day, count, numbers in sums.each(Measure.COUNTS, since, moment.day - 1):
        if count == Count.INTRODUCED:
            introduced[day] = introduced.get(day, 0) + numbers[0]
    limit = float(settings.new_per_day)
    number = sum(introduced.values())
    lived = moment.day - min(introduced) if introduced else 0
    long_ago = bool(sums.by_bucket(Measure.COUNTS, -NEVER, since - 1)) if introduced else False
    pace = min(limit, number / (_PACE_DAYS if long_ago else lived)) if number > 0 else limit
    return Pace(
        new=pace,
        left=sum(section.total - section.introduced for section in sections.values()),
        reviews=settings.reviews_per_day,
        done=done.waited + done.introduced,
        new_done=done.introduced,
    )


def _habits(sums: Sums, today: int) -> Habits:
    """How the learner answered over a year, in whole hundredths, so that it changes seldom."""
    buttons = sums.by_bucket(Measure.ANSWERS, today - _YEAR, today)
    numbers = {bucket: values[0] for bucket, values in buttons.items()}
    first = [numbers.get(4 * Stage.NEW + rating, 0) for rating in range(4)]
    passed = [numbers.get(4 * Stage.YOUNG + r, 0) + numbers.get(4 * Stage.MATURE + r, 0) for r in (1, 2, 3)]
    again, hard, good, easy = _shares(first, USUAL.first)
    return Habits((again, hard, good, easy), _three(_shares(passed, USUAL.passed)))


def _three(shares: tuple[float, ...]) -> tuple[float, float, float]:
    hard, good, easy = shares
    return hard, good, easy


def _shares(numbers: list[int], usual: tuple[float, ...]) -> tuple[float, ...]:
    total = sum(numbers)
    if total < _ENOUGH:
        return usual
    hundredths = [round(100 * number / total) for number in numbers]
    hundredths[hundredths.index(max(hundredths))] += 100 - sum(hundredths)
    return tuple(each / 100 for each in hundredths)
