"""What the public tests of py-fsrs and fsrs-rs assert, held against the core: the numbers lie beside this module."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, TypeAlias
from uuid import UUID

import pytest

from cards.model import CardId
from srs.core.card import CardState, Learning, NewCard, Relearning, Review, ReviewedCard
from srs.core.events import Reviewed
from srs.core.fold import fold
from srs.core.fuzz import bounds
from srs.core.memory import MemoryState, Model, NextMemory, model_for
from srs.core.rating import Rating
from srs.core.scheduling import answer, next_states
from srs.core.settings import DEFAULT_PARAMETERS, DeckSettings, SettingsError

Case: TypeAlias = Mapping[str, Any]  # whatever the data say

CARD = CardId("deck", "note", "forward")
START_MS = 1_669_725_000_000  # 29 November 2022, 12:30 UTC
DAY_S = 86_400
LIVING_BY_UTC = DeckSettings(zone="UTC")


def read(name: str) -> Case:
    found: Case = json.loads((Path(__file__).parent / name).read_text("utf-8"))
    return found


PY_FSRS = read("py_fsrs.json")
FSRS_RS = read("fsrs_rs.json")


def named(cases: Sequence[Case]) -> list[Any]:
    """The cases under the names of their tests, numbered where one test asserts several things."""
    counted: Counter[str] = Counter()
    params = []
    for case in cases:
        counted[case["test"]] += 1
        params.append(pytest.param(case, id=f"{case['test']}-{counted[case['test']]}"))
    return params


def test_every_test_of_theirs_is_either_run_or_said_not_to_be() -> None:
    kinds: tuple[str, ...] = ("walks", "replays", "not_done_here")
    entries = [*chain.from_iterable(PY_FSRS[kind] for kind in kinds), PY_FSRS["parameters"]]
    found = set(chain.from_iterable(entry.get("tests") or [entry["test"]] for entry in entries))
    assert found == set(PY_FSRS["source"]["tests"])
    kinds = ("memories", "next", "intervals", "recall", "same_model", "not_done_here")
    entries = [*chain.from_iterable(FSRS_RS[kind] for kind in kinds), FSRS_RS["counts"]]
    in_file = {(entry["file"], test) for entry in entries for test in entry.get("tests") or [entry["test"]]}
    assert in_file == {(file, test) for file, tests in FSRS_RS["source"]["tests"].items() for test in tests}
    assert all(entry["why"] for entry in (*PY_FSRS["not_done_here"], *FSRS_RS["not_done_here"]))


@pytest.mark.parametrize("walk", named(PY_FSRS["walks"]))
def test_a_card_goes_the_way_that_py_fsrs_expects(walk: Case) -> None:
    settings = LIVING_BY_UTC.changed(walk.get("settings", {}))
    state: CardState = NewCard()
    at_ms = START_MS
    for _ in range(walk.get("repeat", 1)):
        for turn in walk["turns"]:
            at_ms = moment(state, at_ms, turn["after"])
            held = settings.changed(turn.get("settings", {}))
            rating, fuzz = Rating(turn["rating"]), walk.get("fuzz", False)
            given = answer(state, rating, at_ms, held, card=CARD, event_id=UUID(int=1), fuzz=fuzz)
            check_turn(turn, state, given.event, held)
            state = given.state
            assert state.memory.stability >= walk.get("stability_least", 0)
    near = walk.get("tolerance", 0.0)
    if "stability" in walk:
        assert isinstance(state, ReviewedCard)
        assert state.memory.stability == pytest.approx(walk["stability"], abs=near)
    if "difficulty" in walk:
        assert isinstance(state, ReviewedCard)
        assert state.memory.difficulty == pytest.approx(walk["difficulty"], abs=near)


def moment(state: CardState, at_ms: int, after: str | int) -> int:
    if isinstance(after, int):
        return at_ms + after * 1000
    due_ms = state.due_ms if isinstance(state, ReviewedCard) else at_ms
    return due_ms + (DAY_S * 1000 if after == "due+1d" else 0)


def check_turn(turn: Case, before: CardState, event: Reviewed, settings: DeckSettings) -> None:
    asserted = turn.get("ours", turn)
    place = event.place
    if "phase" in asserted:
        assert event.phase == asserted["phase"]
    if "step" in asserted:
        steps = settings.learning_steps if isinstance(place, Learning) else settings.relearning_steps
        assert isinstance(place, Learning | Relearning)
        assert len(steps) - place.steps_left == asserted["step"]
    if "days" in asserted:
        assert within(event.interval_days, asserted["days"])
    if "wait_s" in asserted:
        assert within((event.due_ms - event.at_ms) / 1000, asserted["wait_s"])
    memory = next_states(before, event.at_ms, settings, card=CARD)[event.rating].memory
    if "recall" in asserted:
        model = model_for(settings.parameters)
        assert all(within(model.retrievability(memory, days), asserted["recall"]) for days in (0, 1, 100, 36_500))
    if "fuzzes_to" in asserted:
        assert isinstance(place, Review)
        shortest, longest = bounds(memory.stability, 1, settings.maximum_interval)
        assert all(shortest <= days <= longest for days in asserted["fuzzes_to"])


def within(value: float, asserted: float | Sequence[float | None]) -> bool:
    if not isinstance(asserted, Sequence):
        return value == asserted
    least, most = asserted
    return (least is None or least <= value) and (most is None or value <= most)


@pytest.mark.parametrize("replay", named(PY_FSRS["replays"]))
def test_answers_replayed_come_to_what_py_fsrs_expects(replay: Case) -> None:
    state: CardState = NewCard()
    events = []
    at_ms = START_MS
    for number, rating in enumerate(replay["ratings"], start=1):
        at_ms = moment(state, at_ms, "due")
        event_id = UUID(int=number)
        given = answer(state, Rating(rating), at_ms, LIVING_BY_UTC, card=CARD, event_id=event_id, fuzz=False)
        events.append(given.event)
        state = given.state
    again = fold(events, LIVING_BY_UTC.changed(replay["settings"]).parameters)
    lived, made = seen(state), seen(again)
    for name in (*replay["same"], *replay.get("kept_here", [])):
        assert made[name] == lived[name]
    for name in replay["other"]:
        assert made[name] != lived[name]


def seen(state: CardState) -> dict[str, object]:
    assert isinstance(state, ReviewedCard)
    return {
        "memory": state.memory,
        "stability": state.memory.stability,
        "difficulty": state.memory.difficulty,
        "place": state.place,
        "phase": state.phase,
        "last_review": state.last_review_ms,
    }


@pytest.mark.parametrize("counts", [PY_FSRS["parameters"], FSRS_RS["counts"]], ids=["py-fsrs", "fsrs-rs"])
def test_parameters_of_any_other_number_are_refused(counts: Case) -> None:
    padded = (*DEFAULT_PARAMETERS, 1.0, 2.0, 3.0)
    for number in counts["taken"]:
        assert DeckSettings(parameters=padded[:number]).parameters == padded[:number]
    for number in counts["refused"]:
        with pytest.raises(SettingsError, match="17, 19 or 21"):
            DeckSettings(parameters=padded[:number])


@pytest.mark.parametrize("case", named(FSRS_RS["memories"]))
def test_histories_leave_the_memory_that_fsrs_rs_expects(case: Case) -> None:
    memory = after(case)
    assert memory.stability == pytest.approx(case["stability"], abs=case["tolerance"])
    assert memory.difficulty == pytest.approx(case["difficulty"], abs=case["tolerance"])


@pytest.mark.parametrize("case", named(FSRS_RS["next"]))
def test_answers_lead_where_fsrs_rs_expects(case: Case) -> None:
    start = MemoryState(**case["from"]) if case.get("from") else None
    memory = after(case) if "history" in case else start
    following = model_for(tuple(case["parameters"])).next(memory, case["days"], case["retention"])
    for rating in NextMemory._fields:
        if rating in case:
            found = getattr(following, rating)
            values = (found.memory.stability, found.memory.difficulty, found.interval)
            for value, expected in zip(values, case[rating], strict=True):
                assert expected is None or value == pytest.approx(expected, rel=1e-6)


def after(case: Case) -> MemoryState:
    history = [(Rating(rating), days) for rating, days in case["history"]]
    return model_for(tuple(case["parameters"])).after(history)


@pytest.mark.parametrize("case", named(FSRS_RS["intervals"]))
def test_a_retention_asks_for_the_interval_that_fsrs_rs_expects(case: Case) -> None:
    # A new card answered Good has the stability of the third weight.
    weights = (*case["parameters"][:2], case["stability"], *case["parameters"][3:])
    days = [max(1, round(Model(weights).next(None, 0, share).good.interval)) for share in case["retentions"]]
    # Single precision: the longest of them is right to six digits.
    assert days == pytest.approx(case["days"], rel=1e-6)


@pytest.mark.parametrize("case", named(FSRS_RS["recall"]))
def test_the_forgetting_curve_is_that_of_fsrs_rs(case: Case) -> None:
    model = Model((*DEFAULT_PARAMETERS[:20], case["decay"]))
    for stability, days, chance in case["of"]:
        assert model.retrievability(MemoryState(stability, 5.0), days) == pytest.approx(chance, rel=1e-6)


@pytest.mark.parametrize("case", named(FSRS_RS["same_model"]))
def test_parameters_stand_for_those_that_fsrs_rs_makes_of_them(case: Case) -> None:
    given = DEFAULT_PARAMETERS if case["parameters"] == "ours" else tuple(case["parameters"])
    ours, theirs = Model(given), Model(tuple(case["as"]))
    assert ours.decay == pytest.approx(theirs.decay)
    moments = ((None, 0), (MemoryState(5.0, 5.0), 0), (MemoryState(50.0, 8.0), 90))
    for memory, days in moments:
        for one, other in zip(ours.next(memory, days, 0.9), theirs.next(memory, days, 0.9), strict=True):
            assert one.interval == pytest.approx(other.interval, rel=1e-6)
            assert one.memory.difficulty == pytest.approx(other.memory.difficulty, rel=1e-6)
