from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from srs.core.forecast import USUAL, Ahead, Due, Habits, Pace, forecast
from srs.core.memory import MemoryState, model_for
from srs.core.rating import Rating
from srs.core.settings import DeckSettings

NONE = Pace(new=0, left=0, reviews=9999)


def simulated(
    due: Sequence[tuple[int, MemoryState]], pace: Pace, settings: DeckSettings, days: int, habits: Habits = USUAL
) -> list[tuple[float, float, float, float]]:
    """Every card by itself, by FSRS with its own stability and difficulty; chance says what is recalled."""
    chance = random.Random(2)  # noqa: S311 - no secret
    model, retention = model_for(settings.parameters), settings.desired_retention
    steps = len(settings.learning_steps)
    calendar: list[list[tuple[MemoryState, int, bool]]] = [[] for _ in range(days)]
    for day, memory in (each for each in due if each[0] < days):
        calendar[day].append((memory, day - round(memory.stability), False))
    left, found = pace.left, []
    for day in range(days):
        waiting = calendar[day]
        chance.shuffle(waiting)
        limit = pace.reviews - pace.done if day == 0 else pace.reviews
        today, late = waiting[:limit], waiting[limit:]
        if day + 1 < days:
            calendar[day + 1] += late
        for memory, last, added in today:
            following = model.next(memory, day - last, retention)
            if chance.random() < model.retrievability(memory, day - last):
                after = following.of(chance.choices(list(Rating)[1:], habits.passed)[0])
            else:
                after = following.again
                if settings.relearning_steps:
                    after = model.next(after.memory, 0, retention).good
            then = day + max(1, round(after.interval))
            if then < days:
                calendar[then].append((after.memory, day, added))
        new = min(left, round(pace.new) - (pace.new_done if day == 0 else 0), max(0, limit - len(today)))
        left -= new
        for _ in range(new):
            rating = chance.choices(list(Rating), habits.first)[0]
            after = model.next(None, 0, retention).of(rating)
            for _ in range({1: steps, 2: steps, 3: steps - 1, 4: 0}[rating]):
                after = model.next(after.memory, 0, retention).good
            then = day + max(1, round(after.interval))
            if then < days:
                calendar[then].append((after.memory, day, True))
        of_new = sum(own for _, _, own in today)
        found.append((float(len(today) - of_new), float(of_new), float(new), float(len(late))))
    return found


def near(found: Sequence[Ahead], lived: Sequence[tuple[float, float, float, float]], width: int, share: float) -> None:
    """In each stretch of so many days the sums are as simulated to within that share, and a few cards."""
    for begin in range(0, len(found), width):
        for place, name in enumerate(("reviews", "added", "new", "left")):
            expected = sum(row[place] for row in lived[begin : begin + width])
            got = sum(getattr(day, name) for day in found[begin : begin + width])
            assert got == pytest.approx(expected, rel=share, abs=4 * width**0.5 + 8), (begin, name)


def cards(count: int, seed: int, usual: float = 3.0) -> list[tuple[int, MemoryState]]:
    """Cards somewhere in their intervals."""
    chance = random.Random(seed)  # noqa: S311
    made = []
    for _ in range(count):
        stability = max(1.0, chance.lognormvariate(usual, 1.2))
        memory = MemoryState(stability, min(10.0, max(1.0, chance.gauss(5.5, 2.0))))
        made.append((chance.randrange(round(stability)), memory))
    return made


def as_due(made: Sequence[tuple[int, MemoryState]]) -> list[Due]:
    return [Due(day, 1, memory.stability, memory.difficulty) for day, memory in made]


@pytest.mark.parametrize("retention", [0.8, 0.9, 0.95])
def test_cards_come_again_as_often_as_when_each_is_followed_by_itself(retention: float) -> None:
    settings = DeckSettings(desired_retention=retention)
    made = cards(4000, seed=1)
    found = forecast(as_due(made), NONE, settings, 180)
    near(found, simulated(made, NONE, settings, 180), 60, 0.12)


def test_what_new_cards_will_add_is_told_apart() -> None:
    settings, pace = DeckSettings(), Pace(new=20, left=1500, reviews=9999, new_done=5)
    made = cards(4000, seed=3)
    found = forecast(as_due(made), pace, settings, 120)
    near(found, simulated(made, pace, settings, 120), 30, 0.12)
    assert sum(day.new for day in found) == pytest.approx(1500)
    assert found[0].new == 15
    assert found[0].added == 0


def test_a_backlog_is_worked_off_within_the_limit_and_holds_new_cards_back() -> None:
    settings, pace = DeckSettings(), Pace(new=10, left=1000, reviews=100, done=40)
    made = [(0, memory) for _, memory in cards(900, seed=5, usual=5.0)]
    found = forecast(as_due(made), pace, settings, 60)
    near(found[:20], simulated(made, pace, settings, 60)[:20], 20, 0.15)
    assert found[0].reviews == pytest.approx(60)
    assert found[0].left == pytest.approx(840)
    assert found[0].new == 0
    assert all(day.reviews + day.added + day.new <= 100 + 1e-6 for day in found)


def test_without_steps_and_with_a_short_longest_interval_it_is_so_too() -> None:
    settings = DeckSettings(learning_steps=(), relearning_steps=(), maximum_interval=10)
    found = forecast([], Pace(new=5, left=100, reviews=500), settings, 60)
    settled = [day.added for day in found[40:]]
    assert sum(settled) / len(settled) > 100 / 11


def test_with_nothing_to_do_nothing_comes() -> None:
    found = forecast([], NONE, DeckSettings(), 30)
    assert found == (Ahead(0, 0, 0, 0),) * 30


def test_no_card_is_lost_or_made() -> None:
    settings = DeckSettings(maximum_interval=1)
    found = forecast([Due(0, 500, 5.0, 5.0)], NONE, settings, 20)
    # Nothing waits longer than a day: so all of them come every day.
    assert [round(day.reviews, 6) for day in found] == [500.0] + [pytest.approx(500.0, rel=5e-3)] * 19
