"""The table of pairs beside SymPy: wherever SymPy settles a pair, it says the same, but for a few with a reason."""

import pytest

from cards.answers.equality import Comparison
from tests.cards.answers.equality.sympy_side import says
from tests.cards.answers.equality.tables import Pair, pairs

ENDLESS = "SymPy does not come to an end"
ASKED = [pair for pair in pairs() if pair.sympy != ENDLESS]
VERDICTS = {True: Comparison.EQUAL, False: Comparison.DIFFERENT}


def test_we_differ_from_sympy_in_few_pairs() -> None:
    assert len([pair for pair in ASKED if pair.sympy]) <= 15
    assert len(ASKED) >= 500


@pytest.mark.parametrize("pair", ASKED, ids=str)
def test_sympy_says_the_same_or_the_table_says_why_not(pair: Pair) -> None:
    found = says(*pair.sides(), pair.domains)
    if pair.sympy:
        assert found is not None
        assert VERDICTS[found] is not pair.verdict
    else:
        assert found is None or VERDICTS[found] is pair.verdict


def test_sympy_settles_most_of_the_table() -> None:
    unsettled = [pair for pair in ASKED[::7] if says(*pair.sides(), pair.domains) is None]
    assert len(unsettled) <= len(ASKED[::7]) // 6
