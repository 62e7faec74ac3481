from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.answers.types import Verdict
from srs.core.rating import Rating
from srs.core.suggesting import suggested

MINUTE_MS = 60_000


@pytest.mark.parametrize(
    ("verdict", "duration_ms", "slow_after_s", "rating"),
    [
        (Verdict.RIGHT, 0, 60, Rating.GOOD),
        (Verdict.RIGHT, 900, 5, Rating.GOOD),
        (Verdict.RIGHT, MINUTE_MS, 60, Rating.GOOD),
        (Verdict.RIGHT, MINUTE_MS + 1, 60, Rating.HARD),
        (Verdict.RIGHT, 5_001, 5, Rating.HARD),
        (Verdict.RIGHT, 60 * MINUTE_MS, 3600, Rating.GOOD),
        (Verdict.WRONG_FORM, 1, 60, Rating.HARD),
        (Verdict.WRONG_FORM, 2 * MINUTE_MS, 60, Rating.HARD),
        (Verdict.WRONG, 1, 60, Rating.AGAIN),
        (Verdict.WRONG, 2 * MINUTE_MS, 60, Rating.AGAIN),
        (Verdict.UNREADABLE, 1, 60, Rating.AGAIN),
        (Verdict.UNREADABLE, 2 * MINUTE_MS, 60, Rating.AGAIN),
    ],
)
def test_what_a_verdict_and_a_time_suggest(
    verdict: Verdict, duration_ms: int, slow_after_s: int, rating: Rating
) -> None:
    assert suggested(verdict, duration_ms, slow_after_s) is rating


@given(st.sampled_from(Verdict), st.integers(0, 86_400_000), st.integers(5, 3600))
def test_easy_is_the_learners_own_to_say(verdict: Verdict, duration_ms: int, slow_after_s: int) -> None:
    assert suggested(verdict, duration_ms, slow_after_s) is not Rating.EASY


@given(st.sampled_from(Verdict), st.integers(0, 86_400_000), st.integers(0, 86_400_000), st.integers(5, 3600))
def test_taking_longer_never_suggests_a_better_rating(verdict: Verdict, one: int, other: int, slow: int) -> None:
    quick, long = sorted((one, other))
    assert suggested(verdict, long, slow) <= suggested(verdict, quick, slow)
