"""The table of pairs: what it says is what comparing says, whichever side comes first."""

import pytest

from cards.answers.equality import Comparison
from tests.cards.answers.equality.tables import Pair, compared, pairs

PAIRS = pairs()


def test_the_table_is_large_and_has_every_verdict() -> None:
    assert len(PAIRS) >= 500
    assert {pair.verdict for pair in PAIRS} == set(Comparison)
    assert len({(pair.left, pair.right, str(pair.domains)) for pair in PAIRS}) == len(PAIRS)


@pytest.mark.parametrize("pair", PAIRS, ids=str)
def test_a_pair_is_compared_as_the_table_says(pair: Pair) -> None:
    left, right = pair.sides()
    assert compared(left, right, pair.domains) is pair.verdict
    assert compared(right, left, pair.domains) is pair.verdict
