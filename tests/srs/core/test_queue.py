from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.model import CardId
from srs.core.memory import MemoryState, model_for
from srs.core.queue import (
    TOGETHER,
    Allowance,
    Apart,
    Done,
    Entry,
    Kind,
    NoteKey,
    OnSteps,
    Waiting,
    allowance,
    build_queue,
    interleave,
    note_of,
    order_groups,
    shuffled,
)
from srs.core.settings import DEFAULT_PARAMETERS, DeckSettings

NOW = 1_750_000_000_000
MINUTE = 60_000
ALL_APART = Apart(new=True, reviews=True, learning=True)


def card(note: str, slot: str = "forward") -> CardId:
    return CardId("deck", note, slot)


def shown(
    *,
    on_steps: list[OnSteps] | None = None,
    waiting: list[CardId] | None = None,
    new: list[CardId] | None = None,
    allowed: Allowance | None = None,
    spoken_for: set[NoteKey] | None = None,
    waiting_notes: set[NoteKey] | None = None,
    apart: Apart = ALL_APART,
    limit: int = 100,
    last: CardId | None = None,
) -> list[str]:
    queue = build_queue(
        on_steps=on_steps or [],
        waiting=[Waiting(c, Kind.REVIEW) for c in waiting or []],
        new=new or [],
        allowed=allowed or Allowance(new=len(new or []), reviews=100),
        done=Done(),
        due=len(waiting or []),
        spoken_for=spoken_for or set(),
        waiting_notes=waiting_notes or set(),
        apart=apart,
        now_ms=NOW,
        learn_ahead_ms=20 * MINUTE,
        limit=limit,
        last=last,
    )
    return [
        f"{entry.card.note}.{entry.card.slot}" if entry.card.slot != "forward" else entry.card.note for entry in queue
    ]


def test_steps_due_now_come_first_and_those_due_soon_last() -> None:
    steps = [OnSteps(card("late"), NOW - 5), OnSteps(card("now"), NOW), OnSteps(card("soon"), NOW + 20 * MINUTE)]
    assert shown(on_steps=steps, waiting=[card("review")], new=[card("new")]) == [
        "late",
        "now",
        "review",
        "new",
        "soon",
    ]


def test_a_step_beyond_the_learn_ahead_is_not_shown() -> None:
    assert shown(on_steps=[OnSteps(card("later"), NOW + 20 * MINUTE + 1)]) == []


def test_the_card_just_answered_does_not_come_straight_back_if_there_is_another() -> None:
    steps = [OnSteps(card("a"), NOW + MINUTE), OnSteps(card("b"), NOW + 10 * MINUTE)]
    assert shown(on_steps=steps, last=card("a")) == ["b", "a"]
    assert shown(on_steps=steps[:1], last=card("a")) == ["a"]
    assert shown(on_steps=steps, last=card("b")) == ["a", "b"]


def test_one_card_of_a_note_a_day() -> None:
    assert shown(waiting=[card("a"), card("a", "backward"), card("b")]) == ["a", "b"]
    assert shown(new=[card("a"), card("a", "backward"), card("b")]) == ["a", "b"]
    assert shown(waiting=[card("a"), card("b")], spoken_for={("deck", "a")}) == ["b"]
    assert sorted(shown(waiting=[card("a")], new=[card("a", "backward"), card("c")])) == ["a", "c"]


def test_a_new_card_gives_way_to_a_sibling_that_waits_further_down() -> None:
    waiting = [card("a"), card("b")]
    found = shown(waiting=waiting, new=[card("b", "backward")], waiting_notes={("deck", "b")}, limit=1)
    assert found == ["a"]
    assert shown(waiting=[], new=[card("b", "backward")], waiting_notes={("deck", "b")}) == []


def test_a_card_on_steps_is_shown_beside_its_siblings_but_holds_them_back() -> None:
    steps = [OnSteps(card("a"), NOW), OnSteps(card("a", "backward"), NOW + MINUTE)]
    assert shown(on_steps=steps, spoken_for={("deck", "a")}) == ["a", "a.backward"]
    assert shown(on_steps=steps[:1], waiting=[card("a", "third"), card("b")]) == ["a", "b"]


def test_siblings_may_be_left_together() -> None:
    waiting = [card("a"), card("a", "backward")]
    assert shown(waiting=waiting, spoken_for={("deck", "a")}, apart=TOGETHER) == ["a", "a.backward"]


def test_the_same_note_name_in_another_deck_is_no_sibling() -> None:
    assert shown(waiting=[card("a"), CardId("other", "a", "forward")]) == ["a", "a"]
    assert note_of(card("a")) != note_of(CardId("other", "a", "forward"))


def test_limits_hold_back_reviews_and_new_cards_but_no_steps() -> None:
    none = Allowance(new=0, reviews=0)
    steps = [OnSteps(card("s"), NOW)]
    assert shown(on_steps=steps, waiting=[card("a")], new=[card("n")], allowed=none) == ["s"]
    some = Allowance(new=1, reviews=2)
    assert len(shown(waiting=[card(x) for x in "abc"], new=[card(x) for x in "nm"], allowed=some)) == 3


@pytest.mark.parametrize(
    ("done", "due", "allowed"),
    [
        (Done(), 0, Allowance(new=10, reviews=200)),
        (Done(new=4, reviews=50), 20, Allowance(new=6, reviews=146)),
        (Done(new=10), 0, Allowance(new=0, reviews=190)),
        (Done(), 195, Allowance(new=5, reviews=200)),  # a backlog holds new cards back
        (Done(), 5000, Allowance(new=0, reviews=200)),
        (Done(new=50, reviews=500), 10, Allowance(new=0, reviews=0)),
    ],
)
def test_allowance(done: Done, due: int, allowed: Allowance) -> None:
    assert allowance(DeckSettings(), done, due) == allowed


def entries(count: int, kind: Kind) -> list[Entry]:
    return [Entry(card(f"{kind}-{n}"), kind) for n in range(count)]


@given(st.integers(0, 60), st.integers(0, 20))
def test_new_cards_are_spread_evenly(reviews: int, new: int) -> None:
    mixed = list(
        interleave(
            entries(reviews, Kind.REVIEW),
            entries(new, Kind.NEW),
            reviews_done=0,
            new_done=0,
            reviews_total=reviews,
            new_total=new,
        )
    )
    assert len(mixed) == reviews + new
    seen = 0
    for place, entry in enumerate(mixed):
        seen += entry.kind is Kind.NEW
        assert abs(seen - new * (place + 1) / len(mixed)) <= 1 + new / (reviews + 1)


@given(st.integers(0, 40), st.integers(0, 15), st.integers(1, 7))
def test_asking_after_each_answer_gives_the_order_of_one_list_made_in_the_morning(
    reviews: int, new: int, limit: int
) -> None:
    due, fresh = entries(reviews, Kind.REVIEW), entries(new, Kind.NEW)
    settings = DeckSettings(new_per_day=15)
    done, shown_so_far = Done(), []
    morning = ask(due, fresh, done, settings, limit=100)
    while queue := ask(due, fresh, done, settings, limit):
        shown_so_far.append(queue[0])
        if queue[0].kind is Kind.NEW:
            done, fresh = Done(done.new + 1, done.reviews), fresh[1:]
        else:
            done, due = Done(done.new, done.reviews + 1), due[1:]
    assert shown_so_far == morning


def ask(due: list[Entry], fresh: list[Entry], done: Done, settings: DeckSettings, limit: int) -> list[Entry]:
    allowed = allowance(settings, done, len(due))
    return list(
        build_queue(
            on_steps=[],
            waiting=[Waiting(entry.card, entry.kind) for entry in due],
            new=[entry.card for entry in fresh],
            allowed=Allowance(new=min(allowed.new, len(fresh)), reviews=allowed.reviews),
            done=done,
            due=len(due),
            apart=ALL_APART,
            now_ms=NOW,
            learn_ahead_ms=0,
            limit=limit,
        )
    )


@given(st.integers(0, 8), st.lists(st.integers(0, 40)), st.lists(st.integers(0, 20)), st.lists(st.integers(20, 60)))
def test_a_queue_never_repeats_a_card_nor_exceeds_its_limit(
    limit: int, steps: list[int], waiting: list[int], new: list[int]
) -> None:
    found = shown(
        on_steps=[OnSteps(card(str(n), "step"), NOW + (n - 20) * MINUTE) for n in sorted(set(steps))],
        waiting=[card(str(n)) for n in sorted(set(waiting))],
        new=[card(str(n), "new") for n in sorted(set(new))],
        limit=limit,
    )
    assert len(found) <= limit
    assert len(set(found)) == len(found)


def test_only_as_many_candidates_are_read_as_are_needed() -> None:
    read = []

    def candidates() -> object:
        for number in range(1000):
            read.append(number)
            yield Waiting(card(str(number)), Kind.REVIEW)

    build_queue(
        on_steps=[],
        waiting=candidates(),  # type: ignore[arg-type]
        new=[],
        allowed=Allowance(new=0, reviews=200),
        done=Done(),
        due=1000,
        apart=ALL_APART,
        now_ms=NOW,
        learn_ahead_ms=0,
        limit=10,
    )
    assert len(read) == 10


@given(st.lists(st.tuples(st.integers(1, 400), st.floats(0.01, 5000)), min_size=2, max_size=20))
def test_the_order_that_sql_gives_is_that_of_retrievability(cards: list[tuple[int, float]]) -> None:
    today = 20_000
    with sqlite3.connect(":memory:") as database:
        rows = database.execute(
            f"with due(last, stability) as (values {', '.join(['(?, ?)'] * len(cards))})"  # noqa: S608 - only marks
            " select last, stability from due order by (? - last) / stability desc",
            [*(value for elapsed, stability in cards for value in (today - elapsed, stability)), today],
        ).fetchall()
    database.close()
    model = model_for(DEFAULT_PARAMETERS)
    recall = [model.retrievability(MemoryState(stability, 5), today - last) for last, stability in rows]
    assert recall == sorted(recall)


def kinds_shown(apart: Apart) -> list[str]:
    """A long step, a review and a new card of one note, and a step within the day of another."""
    queue = build_queue(
        on_steps=[OnSteps(card("other"), NOW)],
        waiting=[
            Waiting(card("a", "step"), Kind.LEARNING),
            Waiting(card("a", "review"), Kind.REVIEW),
            Waiting(card("other", "step"), Kind.LEARNING),
            Waiting(card("other", "review"), Kind.REVIEW),
        ],
        new=[card("a", "new"), card("other", "new"), card("b", "new"), card("b", "too")],
        allowed=Allowance(new=10, reviews=10),
        done=Done(),
        due=4,
        apart=apart,
        now_ms=NOW,
        learn_ahead_ms=0,
        limit=100,
    )
    return sorted(f"{entry.card.note}.{entry.card.slot}" for entry in queue if entry.card.slot != "forward")


@pytest.mark.parametrize(
    ("apart", "left_out"),
    [
        (TOGETHER, set()),
        (Apart(new=True, reviews=False, learning=False), {"a.new", "other.new", "b.too"}),
        (Apart(new=False, reviews=True, learning=False), {"a.review", "other.review"}),
        (Apart(new=False, reviews=False, learning=True), {"other.step"}),
        (ALL_APART, {"a.review", "a.new", "other.step", "other.review", "other.new", "b.too"}),
    ],
)
def test_cards_give_way_by_their_kind(apart: Apart, left_out: set[str]) -> None:
    assert kinds_shown(apart) == sorted(set(kinds_shown(TOGETHER)) - left_out)


@pytest.mark.parametrize(
    ("orders", "groups"),
    [
        (["retrievability", "retrievability"], [0, 0]),
        (["due", "retrievability", "due"], [0, 1, 0]),
        (["section", "section", "random"], [0, 1, 2]),
        ([], []),
    ],
)
def test_decks_that_order_alike_stand_together(orders: list[str], groups: list[int]) -> None:
    assert order_groups(orders) == groups


@given(st.integers(1, 5_000_000), st.integers(-25_567, 2_900_000))
def test_a_shuffled_place_fits_every_database_and_another_day_shuffles_anew(number: int, day: int) -> None:
    assert 0 <= shuffled(number, day) < 2**31
    order = sorted(range(number, number + 60), key=lambda n: shuffled(n, day))
    assert order not in (sorted(order), sorted(order, reverse=True))
    assert order != sorted(order, key=lambda n: shuffled(n, day + 1))
