from __future__ import annotations

import pytest

from srs.core.leech import is_leech


@pytest.mark.parametrize(
    ("threshold", "marked"),
    [
        (8, [8, 12, 16, 20, 24]),
        (3, [3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23]),
        (2, list(range(2, 25))),
        (1, list(range(1, 25))),
        (0, []),
    ],
)
def test_a_card_is_a_leech_at_the_threshold_and_after_every_half_of_it(threshold: int, marked: list[int]) -> None:
    assert [lapses for lapses in range(25) if is_leech(lapses, threshold)] == marked
