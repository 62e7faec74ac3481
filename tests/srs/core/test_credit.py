from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.loader import load_deck
from srs.core.card import CardState, Learning, NewCard, Review, ReviewedCard
from srs.core.credit import credited, shares_of
from srs.core.fuzz import rounded
from srs.core.gate import reach_of
from srs.core.memory import MemoryState, model_for
from srs.core.settings import DeckSettings
from tests.srs.study import write_deck

TODAY = 20_000
SETTINGS = DeckSettings()


def card(
    *, due_in: int = 5, last: int = 5, stability: float = 10.0, suspended: bool = False, leech: bool = False
) -> ReviewedCard:
    place = Review(last + due_in, 0, TODAY + due_in)
    memory = MemoryState(stability, 5.0)
    return ReviewedCard(memory, place, 0, TODAY - last, 3, 0, suspended=suspended, leech=leech)


def passed_on(state: ReviewedCard) -> int:
    days = TODAY - state.last_study_day
    return TODAY + rounded(model_for(SETTINGS.parameters).next(state.memory, days, 0.9).good.interval)


def test_a_share_moves_the_due_date_that_far_towards_where_a_pass_would_put_it() -> None:
    state = card()
    full = passed_on(state)
    assert state.place.due_day is not None
    half = credited(state, 0.5, TODAY, SETTINGS)
    assert half is not None
    assert half.due_day == (state.place.due_day + full) // 2
    assert half.interval_days == half.due_day - state.last_study_day


@pytest.mark.parametrize(
    ("what", "state"),
    [
        ("new", NewCard()),
        ("on steps", ReviewedCard(MemoryState(1, 5), Learning(1, 0), 0, TODAY, 1, 0)),
        ("suspended", card(suspended=True)),
        ("a leech", card(leech=True)),
        ("overdue and likely forgotten", card(due_in=-60, last=70)),
    ],
)
def test_such_a_card_gets_none(what: str, state: CardState) -> None:
    assert credited(state, 1.0, TODAY, SETTINGS) is None, what


def test_a_card_that_is_due_may_get_out_of_today() -> None:
    place = credited(card(due_in=0, last=10), 0.5, TODAY, SETTINGS)
    assert place is not None
    assert place.due_day > TODAY


@given(
    due_in=st.integers(-30, 400),
    last=st.integers(0, 400),
    stability=st.floats(0.1, 1000),
    shares=st.lists(st.floats(0.05, 1.0), min_size=1, max_size=6),
)
def test_a_due_date_only_moves_later_never_beyond_a_real_pass_nor_beyond_what_is_likely_recalled(
    due_in: int, last: int, stability: float, shares: list[float]
) -> None:
    state = card(due_in=due_in, last=last, stability=stability)
    for share in shares:
        place = credited(state, share, TODAY, SETTINGS)
        if place is None:
            continue
        assert state.place.due_day is not None
        assert max(state.place.due_day, TODAY) < place.due_day <= passed_on(state)
        assert place.due_day - state.last_study_day <= reach_of(SETTINGS) * stability
        state = ReviewedCard(state.memory, place, 0, state.last_study_day, 3, 0)


def test_weights_multiply_along_a_chain_and_the_largest_way_counts(tmp_path: Path) -> None:
    folder = write_deck(
        tmp_path,
        {
            "one": [
                "{id: sum, was: [add], kind: basic, front: Sum?, back: Yes.}",
                "{id: product, kind: basic, front: Product?, back: Yes., encompasses: {sum: 0.5}}",
                "{id: power, kind: basic, front: Power?, back: Yes., encompasses: {product: 0.6, sum: 0.1}}",
                "{id: root, kind: basic, front: Root?, back: Yes., encompasses: {power: 0.1}}",
            ]
        },
    )
    assert shares_of(load_deck(folder)) == {
        "product": {"add": 0.5},
        "power": {"product": 0.6, "add": 0.3},
        "root": {"power": 0.1, "product": pytest.approx(0.06)},
    }
