"""What Anki's script is told of an answer."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from cards.domains import parse_domain
from cards.problems import draw
from exporters.comparing import comparing
from tests.exporters.test_instances import problem


def told(folder: Path, **note: object) -> dict[str, Any]:
    section, read = problem(folder, {"front": "What?", **note})
    return comparing(read, [draw(read, seed, section.symbols) for seed in range(3)])


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ({"answer": "1/8"}, {}),
        ({"answer": "1/8", "form": "lowest_terms"}, {"asked": "a fraction in lowest terms", "shape": True}),
        ({"answer": "1/8", "form": "decimal:2"}, {"asked": "a decimal with 2 places"}),
        ({"answer": "1/8", "tolerance": "0.01"}, {"off": [0.01, 0]}),
        ({"answer": "1/8", "tolerance": "1%"}, {"off": [0, 0.01]}),
        ({"answer": "1/8", "unit": "m/s"}, {"unit": "m/s"}),
        ({"answer": "row", "takes": "text"}, {"takes": "text"}),
    ],
)
def test_only_what_matters_is_told(tmp_path: Path, note: dict[str, object], expected: dict[str, object]) -> None:
    assert told(tmp_path, **note) == expected


@pytest.mark.parametrize(
    "domain",
    ["real", "positive", "negative", "nonzero", "integer", "positive_integer", "0 < x < 1", "x > 100", "x < -9"],
)
def test_a_symbol_is_tried_with_several_values_of_its_domain(tmp_path: Path, domain: str) -> None:
    values = told(tmp_path, answer="x**2", symbols={"x": domain})["symbols"]["x"]
    assert len(set(values)) == 5
    whole = parse_domain("x", domain)
    assert all(whole.contains(Fraction(value).limit_denominator(1000)) for value in values)


def test_symbols_of_the_section_count_and_no_two_have_the_same_values(tmp_path: Path) -> None:
    symbols = told(tmp_path, answer="x + y + z", symbols={"y": "real", "z": "real"})["symbols"]
    assert list(symbols) == ["x", "y", "z"]
    assert all(value > 0 for value in symbols["x"])
    assert len({tuple(values) for values in symbols.values()}) == 3
    assert all(one != other for one, other in zip(symbols["y"], symbols["z"], strict=True))


def test_a_vector_stands_for_no_number_to_try(tmp_path: Path) -> None:
    assert "symbols" not in told(tmp_path, answer="v", symbols={"v": "vector"})
