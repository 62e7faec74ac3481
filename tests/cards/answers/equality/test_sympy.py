"""The table of pairs beside SymPy: wherever SymPy settles a pair, it says the same, but for a few with a reason."""

from functools import cache

import pytest

from cards.answers.equality import Comparison
from tests.cards.answers.equality.sympy_side import says
from tests.cards.answers.equality.tables import Pair, pairs

ENDLESS = "SymPy does not come to an end"
ASKED = [pair for pair in pairs() if pair.sympy != ENDLESS]
VERDICTS = {True: Comparison.EQUAL, False: Comparison.DIFFERENT}


@cache
def asked(place: int) -> bool | None:
    pair = ASKED[place]
    return says(*pair.sides(), pair.domains)


def test_we_differ_from_sympy_in_few_pairs() -> None:
    assert len([pair for pair in ASKED if pair.sympy]) <= 15
    assert len(ASKED) >= 500


@pytest.mark.parametrize(("place", "pair"), list(enumerate(ASKED)), ids=str)
def test_sympy_says_the_same_or_the_table_says_why_not(place: int, pair: Pair) -> None:
    found = asked(place)
    if pair.sympy:
        assert found is not None
        assert VERDICTS[found] is not pair.verdict
    else:
        assert found is None or VERDICTS[found] is pair.verdict


def test_sympy_settles_most_of_the_table() -> None:
    places = range(0, len(ASKED), 7)
    assert sum(asked(place) is None for place in places) <= len(places) // 6
