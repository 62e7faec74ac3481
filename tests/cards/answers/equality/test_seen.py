from __future__ import annotations

import pytest

from cards.answers.equality.seen import seen
from cards.expr import parse


def test_equal_expressions_are_seen_alike_and_different_ones_apart() -> None:
    found = seen([parse(text) for text in ("(x+1)**2", "x**2 + 2*x + 1", "x**2 + 1")], {"x": "real"})
    assert found[0] == pytest.approx(found[1])
    assert found[0] != pytest.approx(found[2])


def test_vectors_and_complex_numbers_are_seen_too() -> None:
    assert seen([parse("[1, 1/2]"), parse("2*i")], {}) == [(1.0, 0.5), 2j]
    (found,) = seen([parse("softmax([0, 0])")], {})
    assert found == pytest.approx((0.5, 0.5))


def test_symbols_get_values_of_their_domains() -> None:
    (found,) = seen([parse("sum(xi*xi, xi, x) - dot(x, x)")], {"x": "vector"})
    assert found == pytest.approx(0, abs=1e-9)
    assert seen([parse("ln(x)")], {"x": "positive"}) != [None]


@pytest.mark.parametrize("text", ["1/0", "10**200", "9**9**9"])
def test_what_has_no_value_or_too_large_a_one_is_not_seen(text: str) -> None:
    assert seen([parse(text), parse("1")], {}) in ([None, 1.0], [None, None])
