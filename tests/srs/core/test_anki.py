from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
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

DAY = 86_400_000
NOON = 1_700_000_000_000 // DAY * DAY + DAY // 2
CARD = CardId("deck", "note", "forward")
History: TypeAlias = list[tuple[int, int]]


def ask_anki(request: Mapping[str, Any], *, with_fuzz: bool) -> Any:  # noqa: ANN401 - JSON
    environment = {**os.environ, "TZ": "UTC"}
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
    return DeckSettings(zone="UTC", rollover_hour=1).changed(changes)


TABLE = {
    "new, each answer": [[(0, rating)] for rating in (1, 2, 3, 4)],
    "learning steps": [
        [(0, 1), (0, 2), (0, 3), (0, 3), (2, 3)],
        [(0, 3), (0, 1), (0, 2), (0, 2), (0, 3), (3, 2)],
        [(0, 3), (0, 4), (10, 3)],
        [(0, 3), (1, 3), (5, 3)],
    ],
    "the golden history": [[(0, 1), (0, 3), (1, 3), (3, 3), (8, 3), (21, 3)]],
    "reviews on time, late and early": [
        [(0, 3), (0, 3), (2, 3), (11, 3), (46, 3), (164, 3)],
        [(0, 3), (0, 3), (40, 2), (400, 3), (4000, 4)],
        [(0, 4), (1, 3), (1, 3), (1, 2), (0, 3), (0, 4)],
    ],
    "lapses and relearning": [
        [(0, 4), (8, 1), (0, 2), (0, 1), (0, 3), (3, 3), (5, 1), (0, 4), (20, 3)],
        [(0, 4), (8, 3), (40, 1), (2, 3), (2, 1), (0, 3), (1, 3)],
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
    settings(maximum_interval=30): [[(0, 4), (8, 3), (26, 3), (30, 3), (30, 2), (30, 4), (30, 3)]],
    settings(maximum_interval=3): [[(0, 3), (0, 3), (2, 3), (3, 2), (3, 3), (3, 4), (3, 3)]],
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


def replay_beside(anki: list[dict[str, Any]], history: History, chosen: DeckSettings) -> None:
    """Answer the history here, comparing every button of every turn with Anki's."""
    state: CardState = NewCard()
    at = NOON
    for turn, (days, rating) in zip(anki, history, strict=True):
        at += days * DAY + 1000
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
    groups = [{"settings": plain(chosen), "histories": histories} for chosen, histories in cases]
    answer = ask_anki({"groups": groups}, with_fuzz=False)
    for (chosen, histories), results in zip(cases, answer, strict=True):
        for history, turns in zip(histories, results, strict=True):
            replay_beside(turns, history, chosen)


def test_every_button_says_what_anki_says_before_fuzz() -> None:
    histories = [history for group in TABLE.values() for history in group]
    cases = [(chosen, histories) for chosen in SETTINGS.values()] + list(AT_MOST.items())
    compare(cases)


def test_two_hundred_random_histories_agree_with_anki() -> None:
    draw = random.Random(2026)  # noqa: S311 - a fixed draw of test cases
    histories = [
        [(0, draw.randint(1, 4))]
        + [(draw.choice([0, 0, 0, 1, 1, 2, 4, 9, 30, 200, 1500]), draw.choice([1, 2, 3, 3, 3, 4])) for _ in range(11)]
        for _ in range(200)
    ]
    chosen = list(SETTINGS.values())
    per_group = [histories[index :: len(chosen)] for index in range(len(chosen))]
    compare(list(zip(chosen, per_group, strict=True)))


def test_fuzz_ranges_and_their_means_are_ankis() -> None:
    intervals = [1, 2, 3, 4, 5, 6, 7, 8, 10, 13, 17, 20, 21, 30, 37, 60, 100, 365, 2000]
    cards = 400
    answer = ask_anki({"fuzz": {"intervals": intervals, "cards": cards}}, with_fuzz=True)
    for interval in intervals:
        anki = answer[str(interval)]
        ours = [fuzz.fuzzed(interval, 1, 36_500, fraction(CardId("d", str(n), "forward"), 1)) for n in range(cards)]
        lower, upper = fuzz.bounds(interval, 1, 36_500)
        assert {lower <= days <= upper for days in anki + ours} == {True}
        if upper - lower < 20:
            assert (min(anki), max(anki)) == (min(ours), max(ours)) == (lower, upper)
        deviation = (upper - lower + 1) / 12**0.5
        assert abs(sum(anki) - sum(ours)) / cards <= 4 * deviation * (2 / cards) ** 0.5 + 1e-9
