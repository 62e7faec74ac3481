from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from statistics import mean
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.model import CardId
from srs.core.balance import EVERY_DAY, balanced, drawn, weekday
from srs.core.card import CardState, NewCard, ReviewedCard
from srs.core.fuzz import fuzzed
from srs.core.memory import model_for
from srs.core.mixing import fraction
from srs.core.rating import Rating
from srs.core.scheduling import answer
from srs.core.settings import DeckSettings

MONDAY = 4
"""Study day 4 is 5 January 1970, a Monday."""

FACTORS = st.floats(0, 1, exclude_max=True)
EASY = st.tuples(*[st.sampled_from([1.0, 0.5, 0.0])] * 7)
DAYS = st.builds(lambda first, count: range(first, first + count), st.integers(20_000, 20_500), st.integers(1, 40))


def by_day(days: range, counts: list[int]) -> Callable[[int], int]:
    return dict(zip(days, counts, strict=True)).__getitem__


@pytest.mark.parametrize(
    ("counts", "offset"),
    [
        ([5, 3, 5], 1),
        # Nearer days are fuller: what lies below the line from 9 to 1 is less than usual, not the last day.
        ([9, 7, 2, 3, 1], 2),
        ([30, 8, 22, 18, 14, 10], 1),
        # A day that is fuller than its neighbours is never the one.
        ([2, 9, 2, 2], 0),
    ],
)
def test_the_day_furthest_below_the_trend_is_taken(counts: list[int], offset: int) -> None:
    days = range(MONDAY, MONDAY + len(counts))
    assert {balanced(days, factor, by_day(days, counts)) - MONDAY for factor in (0.0, 0.5, 0.99)} == {offset}


@pytest.mark.parametrize("counts", [[0, 0, 0, 0, 0], [7, 7, 7, 7, 7], [9, 7, 5, 3, 1], [1, 3, 5, 7, 9]])
def test_where_no_day_stands_out_the_card_draws_as_without_balance(counts: list[int]) -> None:
    days = range(MONDAY + 8, MONDAY + 13)
    for number in range(100):
        factor = fraction(CardId("d", str(number), "forward"), 3)
        assert balanced(days, factor, by_day(days, counts)) == MONDAY + fuzzed(10, 8, 12, factor)
        assert drawn(days, factor) == MONDAY + fuzzed(10, 8, 12, factor)


def test_a_day_off_is_left_out_and_a_sibling_kept_clear_of() -> None:
    week = range(MONDAY, MONDAY + 7)
    no_weekend = (1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0)
    empty = by_day(week, [9, 9, 9, 9, 9, 0, 0])
    siblings = {MONDAY + 1, MONDAY + 2}
    factors = [n / 50 for n in range(50)]
    assert {weekday(balanced(week, factor, empty, no_weekend, siblings)) for factor in factors} == {0, 3, 4}
    assert {weekday(drawn(week, factor, no_weekend, siblings)) for factor in factors} == {0, 3, 4}


def test_where_only_bad_days_are_left_siblings_weigh_more_than_days_off() -> None:
    days = range(MONDAY, MONDAY + 3)
    off = (0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0)
    assert balanced(days, 0.5, by_day(days, [4, 0, 0]), off, {MONDAY + 1, MONDAY + 2}) == MONDAY
    assert balanced(days, 0.9, by_day(days, [0, 0, 0]), off, set(days)) == MONDAY + 2
    never = (0.0,) * 7
    assert {balanced(days, n / 9, by_day(days, [1, 1, 1]), never) for n in range(9)} == set(days)


def test_half_a_day_takes_half() -> None:
    week, half = range(MONDAY, MONDAY + 7), (1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.5)
    counts: Counter[int] = Counter()
    far: Counter[int] = Counter()
    for number in range(1300):
        factor = fraction(CardId("d", str(number), "forward"), 1)
        counts[balanced(week, factor, counts.__getitem__, half)] += 1
        far[weekday(drawn(range(MONDAY, MONDAY + 70), factor, half))] += 1
    assert counts[MONDAY + 6] == pytest.approx(100, abs=3)
    assert all(counts[day] == pytest.approx(200, abs=5) for day in week[:6])
    assert far[6] == pytest.approx(100, abs=40)  # four standard deviations


@given(DAYS, FACTORS, st.data(), EASY, st.sets(st.integers(20_000, 20_540), max_size=6))
def test_one_of_the_days_is_taken_and_always_the_same_one(
    days: range, factor: float, data: st.DataObject, easy: tuple[float, ...], siblings: set[int]
) -> None:
    loads = by_day(days, data.draw(st.lists(st.integers(0, 500), min_size=len(days), max_size=len(days))))
    found = balanced(days, factor, loads, easy, siblings), drawn(days, factor, easy, siblings)
    assert set(found) <= set(days)
    assert found == (balanced(days, factor, loads, easy, siblings), drawn(days, factor, easy, siblings))
    if set(days) - siblings:
        assert found[0] not in siblings


class Year:
    """A learner who takes 12 new cards every day and recalls as FSRS foretells, on the real rules.

    Attributes:
        reviews: answers to cards in review for each day.
        moved: for every interval that fuzz could move, its days beyond FSRS's own, as a share of them.
    """

    def __init__(self, settings: DeckSettings, *, days: int = 140) -> None:
        self.reviews = [0] * days
        self.moved: list[float] = []
        self._settings, self._due = settings, defaultdict[int, list[int]](list)
        self._states: dict[int, CardState] = {}
        self._draw = random.Random(5)  # noqa: S311 - a fixed draw of what is recalled
        self._model = model_for(settings.parameters)
        for day in range(days):
            first = len(self._states)
            self._states |= {first + number: NewCard() for number in range(12)}
            for number in [*range(first, first + 12), *self._due.pop(day, [])]:
                self._answer(number, day)

    def _answer(self, number: int, day: int) -> None:
        card, state = CardId("d", str(number), "forward"), self._states[number]
        rating, at = Rating.GOOD, (day * 86_400 + 43_200) * 1000
        if isinstance(state, ReviewedCard):
            self.reviews[day] += 1
            recalled = self._model.retrievability(state.memory, day - state.last_study_day)
            rating = Rating.GOOD if self._draw.random() < recalled else Rating.AGAIN
        loads = {later: len(cards) for later, cards in self._due.items()}
        after = answer(
            state, rating, at, self._settings, card=card, event_id=UUID(int=1), loads=lambda d: loads.get(d, 0)
        ).state
        own = answer(state, rating, at, self._settings, card=card, event_id=UUID(int=1), fuzz=False).state
        if own.interval_days > 2 and rating is Rating.GOOD:
            self.moved.append(after.interval_days / own.interval_days - 1)
        self._states[number] = after
        self._due[day + after.interval_days].append(number)

    def unevenness(self) -> float:
        """How far the days differ from the one before, as a share of the mean, once all is in full swing."""
        settled = self.reviews[40:]
        return mean(abs(a - b) for a, b in pairwise(settled)) / mean(settled)

    def share(self, wanted: int) -> float:
        """What falls on a weekday, as a share of what would be a seventh."""
        settled = range(40, len(self.reviews))
        on_it = [self.reviews[day] for day in settled if weekday(day) == wanted]
        return mean(on_it) / mean(self.reviews[day] for day in settled)


BASE = DeckSettings(zone="UTC", learning_steps=(), relearning_steps=())


def test_balance_makes_the_days_more_even_and_makes_no_interval_longer_on_the_whole() -> None:
    without, with_it = Year(replace(BASE, load_balance=False)), Year(BASE)
    assert with_it.unevenness() < 0.6 * without.unevenness()
    assert mean(with_it.moved) == pytest.approx(mean(without.moved), abs=0.01)


def test_easy_days_take_what_they_are_told() -> None:
    easy = Year(replace(BASE, easy_days=(1.0, 1.0, 0.5, 1.0, 1.0, 1.0, 0.0)))
    assert easy.share(6) < 0.45  # intervals of one and two days leave no choice
    assert 0.5 < easy.share(2) < 0.9
    unheard = Year(replace(BASE, load_balance=False, easy_days=(1.0, 1.0, 0.5, 1.0, 1.0, 1.0, 0.0)), days=90)
    assert unheard.reviews == Year(replace(BASE, load_balance=False), days=90).reviews


def test_the_week_is_that_of_the_calendar() -> None:
    assert [weekday(day) for day in (0, 3, MONDAY, 20_514)] == [3, 6, 0, 0]  # 20514 is 2 March 2026
    assert DeckSettings().easy_days == EVERY_DAY
