from __future__ import annotations

from pathlib import Path

import pytest

from cards.loader import load_deck
from cards.model import CardId
from cards.order import cards_in_order
from srs.library import Library, TypedField
from tests.srs.study import write_deck

HINTS: list[tuple[str, str]] = [
    ("answer: 2*x", "a number"),
    ("answer: x/7", "a number"),
    ("answer: sqrt(x)", "a number"),
    ("answer: 2*x, unit: m/s", "a number, in m/s"),
    ("answer: '2**x', form: power", "one power"),
    ("answer: x/10, form: lowest_terms", "a fraction in lowest terms"),
    ("answer: 2*sqrt(x), form: exact", "an exact value"),
    ("answer: x/7, form: 'decimal:3'", "a decimal to 3 places"),
    ("answer: x/7, form: 'decimal:1'", "a decimal to 1 place"),
    ("answer: '[x, 1]'", "a vector such as [1, 2]"),
    ("answer: '[x/7, 1/7, 3]', form: 'decimal:2'", "a vector such as [1, 2], decimal to 2 places"),
    ("answer: '[[x, 1], [0, 1]]'", "a matrix such as [[1, 2], [3, 4]]"),
    ("answer: x*t, symbols: {t: real}", "an expression in t"),
    ("answer: x*t + u, symbols: {u: real, t: real}", "an expression in u and t"),
    ("answer: x*t + u*v, symbols: {t: real, u: real, v: real, w: real}", "an expression in t, u and v"),
    ("answer: 't == x', takes: equation, symbols: {t: real}", "an equation"),
    ("answer: '(x, oo)', takes: set, symbols: {t: real}", "a set or an interval, such as {1, 2} or (0, 1]"),
    ("answer: red, takes: text", "a word or a few"),
    ("answer: 'len(v) / x', takes: python, symbols: {v: vector}", "a Python expression"),
]


def asks(tmp_path: Path, answer: str, *, comma: bool = False) -> object:
    note = f"{{id: e, kind: problem, given: {{x: 2..5}}, front: 'Given $\\val{{x}}$.', {answer}}}"
    deck = load_deck(write_deck(tmp_path / "deck", {"one": [note]}))
    library = Library(tmp_path)
    library.hold({deck.id: (deck, cards_in_order(deck))})
    return library.asks(CardId("small", "e", "problem"), 1, comma=comma)


@pytest.mark.parametrize(("answer", "hint"), HINTS)
def test_the_hint_says_what_kind_of_thing_is_to_be_typed(tmp_path: Path, answer: str, hint: str) -> None:
    found = asks(tmp_path, answer)
    assert isinstance(found, TypedField)
    assert found.hint == hint


@pytest.mark.parametrize(
    ("answer", "hint"),
    [
        ("answer: '[x, 1]'", "a vector such as [1; 2]"),
        ("answer: '[[x, 1], [0, 1]]'", "a matrix such as [[1; 2]; [3; 4]]"),
        ("answer: '(x, oo)', takes: set, symbols: {t: real}", "a set or an interval, such as {1; 2} or (0; 1]"),
    ],
)
def test_with_decimal_commas_items_stand_apart_by_semicolons(tmp_path: Path, answer: str, hint: str) -> None:
    found = asks(tmp_path, answer, comma=True)
    assert isinstance(found, TypedField)
    assert found.hint == hint
