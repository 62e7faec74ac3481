"""Domains from the weakest on, and two of them at once."""

from __future__ import annotations

import pytest

from cards.domains import parse_domain
from cards.draft.fitting.domains import MOST, assignments, in_words, shown, together


def test_the_weakest_come_first_and_whole_numbers_for_what_counts() -> None:
    assert list(assignments(["a"]))[:3] == [{"a": "nonzero"}, {"a": "a != 1"}, {"a": "nonnegative"}]
    assert list(assignments(["a", "n"]))[:2] == [{"n": "integer"}, {"a": "nonzero"}]


@pytest.mark.parametrize("names", [["a"], ["a", "b", "n"], ["a", "b", "c", "d", "m", "n"]])
def test_each_is_a_domain_that_a_deck_takes_and_they_are_not_too_many(names: list[str]) -> None:
    ways = list(assignments(names))
    assert 0 < len(ways) <= MOST
    assert all(parse_domain(name, text) for way in ways for name, text in way.items())


def test_a_base_of_logarithms_is_always_one() -> None:
    assert all(way["b"] == "positive, b != 1" for way in assignments(["b", "x"], ["b"]))
    assert next(assignments(["b"], ["b"])) == {"b": "positive, b != 1"}


@pytest.mark.parametrize(
    ("first", "second", "both"),
    [
        ("nonzero", "nonnegative", "positive"),
        ("nonzero", "natural", "positive_integer"),
        ("positive", "a != 1", "positive, a != 1"),
        ("nonzero", "nonzero", "nonzero"),
        ("-1 < a < 1", "a != 1", "-1 < a < 1"),
        ("integer", "-1 < a < 1", None),
        ("0 < a < 5", "nonzero", None),
    ],
)
def test_two_domains_of_one_symbol_become_one_that_is_in_both(first: str, second: str, both: str | None) -> None:
    assert together({"a": first}, {"a": second}) == ({"a": both} if both else None)
    assert together({}, {"a": second}) == {"a": second}


def test_they_are_shown_to_learners_and_told_to_authors() -> None:
    symbols = {"a": "nonzero", "n": "integer", "x": "positive, x != 1"}
    assert shown(symbols) == r"$a \neq 0$, $x > 0$, $x \neq 1$"
    assert in_words(symbols) == "a ≠ 0, n whole, x > 0, ≠ 1"
