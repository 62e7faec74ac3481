"""Which answers FSRS learns from. The cases are those that Anki's own tests of `params.rs` name."""

from __future__ import annotations

from itertools import accumulate

import fsrs_rs_python as fsrs_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from srs.optimizer.material import FORGOTTEN, Answer, Material, counting, material

_DAY_MS = 86_400_000


def _history(text: str) -> list[Answer]:
    """`L10` is a learning answer ten days ago, `R9` one in review, `F7` a card forgotten then; all are Good."""
    found: list[Answer] = []
    for number, piece in enumerate(text.split()):
        days_ago = int(piece[1:])
        rating = FORGOTTEN if piece[0] == "F" else 3
        found.append((-days_ago * _DAY_MS + number, 1000 - days_ago, rating, piece[0] == "L"))
    return found


def _gaps(found: Material) -> list[list[int]]:
    items = [found.items[number] for number in found.by_time]
    return [[_fields(review)[1] for review in item.reviews] for item in items if item is not None]


def _fields(review: fsrs_rs.FSRSReview) -> tuple[int, int]:
    """Rating and gap: fsrs-rs shows them in its text alone."""
    words = repr(review).replace(",", " ").split()
    return int(words[words.index("rating:") + 1]), int(words[words.index("delta_t:") + 1])


@pytest.mark.parametrize(
    ("history", "gaps"),
    [
        pytest.param("L1 R0", [[0, 1]], id="gaps count from the answer before"),
        pytest.param("L15 L13 R10 R5", [[0, 2], [0, 2, 3], [0, 2, 3, 5]], id="learning over days counts"),
        pytest.param("L15 L13", [[0, 2]], id="a card may still be on its steps"),
        pytest.param("L9 L9 L9 R8 R8 R4", [[0, 0, 0, 1], [0, 0, 0, 1, 0, 4]], id="same-day answers predict nothing"),
        pytest.param("L1", [], id="a first answer is not predicted"),
        pytest.param("L10 F7 L4 R0", [[0, 4]], id="what was forgotten does not count"),
        pytest.param("L10 R9 F7", [], id="nothing is left of a forgotten card"),
        pytest.param("L10 R9 F7 R1 R0", [], id="after it was forgotten the card was not learnt here"),
        pytest.param("L10 R9 L4 R0", [[0, 4]], id="a second run of learning begins anew, as in old logs"),
        pytest.param("R9 R4 R0", [], id="the beginning is missing, or the card was marked as known"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_the_answers_that_count_are_those_that_count_in_anki(history: str, gaps: list[list[int]]) -> None:
    assert _gaps(material([_history(history)])) == gaps


def test_all_cards_answers_come_in_the_order_of_time_each_with_its_own_history() -> None:
    found = material([_history("L10 R7 R1"), _history("L9 R8"), _history("L3")])

    assert _gaps(found) == [[0, 1], [0, 3], [0, 3, 6]]
    assert [found.cards[number] for number in found.by_time] == [1, 0, 0]
    assert found.answers == 6  # the single one too: it was given, though there is nothing to predict


def test_a_clock_set_back_leaves_no_time_between_two_answers() -> None:
    days = [10, 14, 12, 15]
    found = material([[(at, day, 3, at == 0) for at, day in enumerate(days)]])

    assert _gaps(found) == [[0, 4], [0, 4, 0, 3]]


def test_one_card_answered_ten_thousand_times_does_not_fill_the_memory() -> None:
    found = material([[(at, at, 3, at == 0) for at in range(10_000)]])

    assert len(found.gaps) == 9_999
    assert sum(item is not None for item in found.items) == 255  # fsrs-rs would leave out the others itself


@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 40), st.integers(0, 4), st.booleans()), max_size=12),
        max_size=5,
    )
)
def test_every_predicted_answer_has_the_history_that_led_to_it(cards: list[list[tuple[int, int, bool]]]) -> None:
    histories = []
    for number, card in enumerate(cards):
        days = list(accumulate(gap for gap, _, _ in card))
        histories.append(
            [(day * 10 + number, day, rating, new) for day, (_, rating, new) in zip(days, card, strict=True)]
        )
    found = material(histories)
    kept = [counting(history) for history in histories]

    assert found.answers == sum(map(len, kept))
    expected = {
        (answer[0], tuple((rating, after[1] - before[1]) for before, after, rating in _steps(history[: place + 1])))
        for history in kept
        for place, answer in enumerate(history)
        if place and answer[1] > history[place - 1][1]
    }
    assert len(found.by_time) == len(found.at_ms)
    assert {
        (found.at_ms[number], tuple(map(_fields, item.reviews)))
        for number in found.by_time
        if (item := found.items[number]) is not None
    } == expected
    assert [found.at_ms[number] for number in found.by_time] == sorted(found.at_ms)


def _steps(history: object) -> list[tuple[Answer, Answer, int]]:
    answers = list(history)  # type: ignore[call-overload] # a slice of a history
    return [(before, after, after[2]) for before, after in zip([answers[0], *answers], answers, strict=False)]
