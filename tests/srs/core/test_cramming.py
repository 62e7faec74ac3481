from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from srs.core.cramming import APART, left_of, next_of
from srs.core.rating import Rating

CARDS = list("abcdefgh")


@given(st.lists(st.sampled_from(Rating), max_size=60))
def test_each_card_comes_until_it_was_passed_and_then_no_more(ratings: list[Rating]) -> None:
    given_so_far: list[tuple[str, Rating]] = []
    for rating in [*ratings, *[Rating.GOOD] * len(CARDS)]:
        card = next_of(CARDS, given_so_far)
        if card is None:
            break
        assert (card, Rating.AGAIN) in given_so_far or card not in dict(given_so_far)
        assert dict(given_so_far).get(card, Rating.AGAIN) is Rating.AGAIN
        given_so_far.append((card, rating))
    assert next_of(CARDS, given_so_far) is None
    assert left_of(CARDS, given_so_far) == ()


def test_a_failed_card_comes_again_after_some_others() -> None:
    answers: list[tuple[str, Rating]] = []
    for place in range(len(CARDS) + 1):
        card = next_of(CARDS, answers)
        assert card is not None
        answers.append((card, Rating.AGAIN if place == 0 else Rating.HARD))
    assert [card for card, _ in answers].index("a", 1) == APART + 1


def test_failed_cards_come_when_no_other_is_left_the_longest_waiting_first() -> None:
    answers = [("a", Rating.AGAIN), ("b", Rating.AGAIN), ("c", Rating.EASY)]
    assert next_of(["a", "b", "c"], answers) == "a"
    assert next_of(["a", "b", "c"], [*answers, ("a", Rating.AGAIN)]) == "b"
    assert next_of([], []) is None
