from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeAlias
from uuid import UUID

import pytest

from cards.model import CardId
from srs.core import fuzz, scheduling
from srs.core.card import CardState, Learning, NewCard, Relearning, Review, ReviewedCard
from srs.core.memory import MemoryState
from srs.core.mixing import fraction
from srs.core.rating import Rating
from srs.core.settings import DeckSettings
from srs.core.study_day import study_day

HOUR = 3_600_000
DAY = 24 * HOUR
NOON = 1_700_000_000_000 // DAY * DAY + DAY // 2
ROLLOVER = 1
CARD = CardId("deck", "note", "forward")
History: TypeAlias = list[tuple[int, int]]
"""Answers: the hours since the one before, and the rating. The first is given at noon."""


def ask_anki(request: Mapping[str, Any], *, with_fuzz: bool) -> Any:  # noqa: ANN401 - JSON
    # A zone in which it is noon: where the clock shows 02:00 to 04:00, Anki in its test mode takes it to be two hours
    # earlier.
    environment = {**os.environ, "TZ": f"NOON{time.gmtime().tm_hour - 12:+d}"}
    environment.pop("ANKI_TEST_MODE", None)
    if not with_fuzz:
        environment["ANKI_TEST_MODE"] = "1"
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("anki_peer.py"))],
        input=json.dumps(request),
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def settings(**changes: object) -> DeckSettings:
    return DeckSettings(zone="UTC", rollover_hour=ROLLOVER).changed(changes)


def by_days(*histories: History) -> list[History]:
    return [[(days * 24, rating) for days, rating in history] for history in histories]


TABLE = {
    "new, each answer": by_days(*([(0, rating)] for rating in (1, 2, 3, 4))),
    "learning steps": by_days(
        [(0, 1), (0, 2), (0, 3), (0, 3), (2, 3)],
        [(0, 3), (0, 1), (0, 2), (0, 2), (0, 3), (3, 2)],
        [(0, 3), (0, 4), (10, 3)],
        [(0, 3), (1, 3), (5, 3)],
    ),
    "the golden history": by_days([(0, 1), (0, 3), (1, 3), (3, 3), (8, 3), (21, 3)]),
    "reviews on time, late and early": by_days(
        [(0, 3), (0, 3), (2, 3), (11, 3), (46, 3), (164, 3)],
        [(0, 3), (0, 3), (40, 2), (400, 3), (4000, 4)],
        [(0, 4), (1, 3), (1, 3), (1, 2), (0, 3), (0, 4)],
    ),
    "lapses and relearning": by_days(
        [(0, 4), (8, 1), (0, 2), (0, 1), (0, 3), (3, 3), (5, 1), (0, 4), (20, 3)],
        [(0, 4), (8, 3), (40, 1), (2, 3), (2, 1), (0, 3), (1, 3)],
    ),
    # The day turns over at 01:00, so it has 13 hours left at noon.
    "over midnight, before and after the rollover": [
        [(0, 3), (11, 3), (1, 3), (1, 3), (23, 3), (1, 3)],
        [(0, 4), (13, 3), (23, 3), (2, 3), (167, 1), (12, 3), (11, 3), (3, 3)],
    ],
}
SETTINGS = {
    "defaults": settings(),
    "one step": settings(learning_steps=(900,), relearning_steps=(300, 1200)),
    "no steps": settings(learning_steps=(), relearning_steps=()),
    "steps of days": settings(learning_steps=(600, 86_400, 259_200), relearning_steps=(172_800,)),
    "retention 0.80": settings(desired_retention=0.80),
    "retention 0.97": settings(desired_retention=0.97),
    "FSRS-5": settings(parameters=DeckSettings().parameters[:19]),
}

# Without its fuzz, Anki panics where a card on steps would go to the maximum interval; these histories avoid it.
AT_MOST = {
    settings(maximum_interval=30): by_days([(0, 4), (8, 3), (26, 3), (30, 3), (30, 2), (30, 4), (30, 3)]),
    settings(maximum_interval=3): by_days([(0, 3), (0, 3), (2, 3), (3, 2), (3, 3), (3, 4), (3, 3)]),
}


def plain(chosen: DeckSettings) -> dict[str, Any]:
    values: dict[str, Any] = dict(chosen.to_plain())
    if chosen.parameters == DeckSettings().parameters:
        values["parameters"] = []  # Anki takes its own defaults: this checks that ours are the same
    return values


def stored_as_anki_does(state: ReviewedCard) -> ReviewedCard:
    memory = MemoryState(round(state.memory.stability, 4), round(state.memory.difficulty, 3))
    return replace(state, memory=memory)


def described(preview: scheduling.Preview) -> dict[str, object]:
    match preview.place:
        case Review(interval_days=days):
            return {"phase": "review", "days": days}
        case Learning(steps_left=left):
            phase = "learning"
        case Relearning(steps_left=left):
            phase = "relearning"
    return {"phase": phase, "steps_left": left}


def moments(history: History) -> list[int]:
    """When each answer is given, but for what Anki's own clock adds; never in the last hour of a day, whose end may
    come first there."""
    at, found = NOON, []
    for hours, _ in history:
        at += hours * HOUR
        if hours_left(at) == 1:
            at += HOUR
        found.append(at)
    return found


def hours_left(at: int) -> int:
    return 24 - (at // HOUR - ROLLOVER) % 24


def day(at: int) -> int:
    return study_day(at, "UTC", ROLLOVER)


def turns(history: History) -> list[tuple[int, int, int]]:
    """The history as Anki's side wants it: hours since the last answer, hours left of the day, the rating."""
    at = moments(history)
    return [
        ((now - before) // HOUR, hours_left(now), rating)
        for before, now, (_, rating) in zip([NOON, *at], at, history, strict=False)
    ]


def replay_beside(anki: list[dict[str, Any]], history: History, chosen: DeckSettings) -> None:
    """Answer the history here, comparing every button of every turn with Anki's."""
    state: CardState = NewCard()
    for turn, hour, (_, rating) in zip(anki, moments(history), history, strict=True):
        at = hour + turn["second"] * 1000
        previews = scheduling.next_states(state, at, chosen, card=CARD, fuzz=False)
        for button, preview in zip(turn["buttons"], previews.values(), strict=True):
            ours = described(preview)
            assert {name: button[name] for name in ours} == ours, (history, at)
            assert preview.memory.stability == pytest.approx(button["stability"], rel=1e-3)
            assert preview.memory.difficulty == pytest.approx(button["difficulty"], rel=1e-3)
            if "seconds" in button and preview.place.due_day is None:
                assert preview.interval_days * 86_400 == pytest.approx(button["seconds"], abs=1)
        answered = scheduling.answer(state, Rating(rating), at, chosen, card=CARD, event_id=UUID(int=1), fuzz=False)
        due_day = answered.state.due_day
        waits = None if due_day is None else due_day - answered.event.study_day
        assert waits == turn["waits_days"], (history, at)
        state = stored_as_anki_does(answered.state)


def compare(cases: list[tuple[DeckSettings, list[History]]]) -> None:
    groups = [
        {"settings": plain(chosen), "histories": [turns(history) for history in histories]}
        for chosen, histories in cases
    ]
    answer = ask_anki({"groups": groups}, with_fuzz=False)
    for (chosen, histories), results in zip(cases, answer, strict=True):
        for history, found in zip(histories, results, strict=True):
            replay_beside(found, history, chosen)


def test_every_button_says_what_anki_says_before_fuzz() -> None:
    histories = [history for group in TABLE.values() for history in group]
    cases = [(chosen, histories) for chosen in SETTINGS.values()] + list(AT_MOST.items())
    compare(cases)


def random_history(draw: random.Random) -> History:
    """A first answer and eleven more: within the day, over a rollover by few hours or many, and after long gaps."""
    same_day, over_rollover, days = [0, 0, 1, 3], [8, 11, 14, 20, 26, 35], [24, 48, 4 * 24 + 7, 9 * 24]
    gaps = [*same_day, *over_rollover, *days, 30 * 24 + 13, 200 * 24, 1500 * 24 - 11]
    return [(0, draw.randint(1, 4)), *((draw.choice(gaps), draw.choice([1, 2, 3, 3, 3, 4])) for _ in range(11))]


def test_two_hundred_random_histories_agree_with_anki() -> None:
    draw = random.Random(2026)  # noqa: S311 - a fixed draw of test cases
    histories = [random_history(draw) for _ in range(200)]
    chosen = list(SETTINGS.values())
    compare([(one, histories[index :: len(chosen)]) for index, one in enumerate(chosen)])
    gaps = [(after - before, day(after) - day(before)) for h in histories for before, after in pairwise(moments(h))]
    same_day, next_day = ([hours // HOUR for hours, days in gaps if days == wanted] for wanted in (0, 1))
    assert min(len(same_day), len(next_day)) > 300
    assert max(same_day) > 12
    assert min(next_day) < 4
    assert max(next_day) > 24


FUZZED = [1, 2, 3, 4, 5, 6, 7, 8, 10, 13, 17, 20, 21, 30, 37, 60, 100, 365, 2000]
REVIEWS: list[dict[str, float]] = [
    # On time, late, early, with a memory that grows little, and far off.
    {"stability": 2.4, "difficulty": 5.0, "interval": 2, "days": 2},
    {"stability": 6.5, "difficulty": 6.2, "interval": 6, "days": 7},
    {"stability": 6.5, "difficulty": 9.4, "interval": 8, "days": 3},
    {"stability": 15.0, "difficulty": 3.1, "interval": 15, "days": 15},
    {"stability": 40.0, "difficulty": 9.9, "interval": 42, "days": 38},
    {"stability": 90.0, "difficulty": 5.0, "interval": 80, "days": 200},
    {"stability": 700.0, "difficulty": 7.0, "interval": 650, "days": 640},
]
CARDS = 400


@pytest.fixture(scope="module")
def with_fuzz() -> Any:  # noqa: ANN401 - JSON
    """What Anki does with its own fuzz to many cards."""
    request = {"fuzz": {"intervals": FUZZED, "cards": CARDS}, "spread": {"reviews": REVIEWS, "cards": CARDS}}
    return ask_anki(request, with_fuzz=True)


def numbered(number: int) -> CardId:
    return CardId("d", str(number), "forward")


def agree(anki: list[int], ours: list[int]) -> None:
    """Two samples of one distribution: the mean within four standard errors, the same range, the same shape."""
    both = anki + ours
    mean = sum(both) / len(both)
    deviation = (sum((days - mean) ** 2 for days in both) / len(both)) ** 0.5
    assert abs(sum(anki) - sum(ours)) / CARDS <= 4 * deviation * (2 / CARDS) ** 0.5
    common = {days for days in both if both.count(days) >= CARDS // 20}
    assert common <= set(anki) & set(ours)
    if max(both) - min(both) < 20:
        assert (min(anki), max(anki)) == (min(ours), max(ours))
    apart = max(abs(sum(d <= days for d in anki) - sum(d <= days for d in ours)) for days in set(both))
    assert apart <= 1.95 * (2 * CARDS) ** 0.5  # Kolmogorov and Smirnov, one in a thousand


def test_fuzz_ranges_and_their_means_are_ankis(with_fuzz: Any) -> None:  # noqa: ANN401 - JSON
    for interval in FUZZED:
        anki = with_fuzz["fuzz"][str(interval)]
        ours = [fuzz.fuzzed(interval, 1, 36_500, fraction(numbered(n), 1)) for n in range(CARDS)]
        lower, upper = fuzz.bounds(interval, 1, 36_500)
        assert lower <= min(anki + ours) <= max(anki + ours) <= upper
        agree(anki, ours)


def test_the_buttons_of_many_cards_are_spread_as_ankis(with_fuzz: Any) -> None:  # noqa: ANN401 - JSON
    chosen = settings(learning_steps=(), relearning_steps=())
    for review, anki in zip(REVIEWS, with_fuzz["spread"], strict=True):
        days = int(review["days"])
        state = ReviewedCard(
            memory=MemoryState(review["stability"], review["difficulty"]),
            place=Review(int(review["interval"]), 0, 0),
            last_review_ms=NOON - days * DAY,
            last_study_day=day(NOON) - days,
            reps=3,
            lapses=0,
        )
        shown = [scheduling.next_states(state, NOON, chosen, card=numbered(n)) for n in range(CARDS)]
        for button, rating in enumerate((Rating.HARD, Rating.GOOD, Rating.EASY)):
            ours = [int(previews[rating].interval_days) for previews in shown]
            agree([card[button] for card in anki], ours)
