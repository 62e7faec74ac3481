from __future__ import annotations

import re

import pytest

from cards.draft.again.names import Names, file_name
from cards.schema import SLUG


def test_an_id_that_is_in_use_gets_a_number_and_stays_an_id() -> None:
    names = Names(["norm", "norm-2", "x" * 100, f"{'y' * 97}-yy"])
    assert [names.new("norm"), names.new("norm"), names.new("vector")] == ["norm-3", "norm-4", "vector"]
    for wish, expected in (("x" * 100, "x" * 98 + "-2"), (f"{'y' * 97}-yy", f"{'y' * 97}-2")):
        found = names.new(wish)
        assert found == expected
        assert len(found) <= 100
        assert re.match(SLUG, found)


@pytest.mark.parametrize(
    ("names", "several", "expected"),
    [
        ([], 3, "01_dot_product.yaml"),
        ([], 120, "001_dot_product.yaml"),
        (["deck.yaml", "01_a.yaml", "07_b.yaml"], 3, "08_dot_product.yaml"),
        (["0001_a.yaml"], 3, "0002_dot_product.yaml"),
        (["a.yaml", "deck.yaml"], 3, "01_dot_product.yaml"),
        (["99_a.yaml"], 3, "100_dot_product.yaml"),
    ],
)
def test_a_file_is_numbered_behind_those_that_are_there(names: list[str], several: int, expected: str) -> None:
    assert file_name("dot-product", names, several) == expected
