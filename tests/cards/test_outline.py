from __future__ import annotations

from pathlib import Path

import pytest

from cards.findings import Position
from cards.model import BasicNote, Deck, OutlinePoint, Section, Text
from cards.outline import coverage

HERE = Position("a.yaml")


def deck(points: list[str], *teaches: tuple[str, ...]) -> Deck:
    text = Text("x", "a.yaml")
    notes = tuple(
        BasicNote(id=f"n{i}", first_id=f"n{i}", where=HERE, teaches=taught, front=text, back=text)
        for i, taught in enumerate(teaches)
    )
    outline = tuple(OutlinePoint(point, point, HERE) for point in points)
    return Deck("d", "D", Path(), sections=(Section("s", "S", HERE, notes=notes),), outline=outline)


def test_each_point_knows_the_notes_that_teach_it() -> None:
    result = coverage(deck(["2", "1", "10"], ("1", "2"), ("1", "1")))
    assert list(result.taught.items()) == [("2", ("n0",)), ("1", ("n0", "n1")), ("10", ())]
    assert [point.id for point in result.missing] == ["10"]
    assert result.percent == 66


@pytest.mark.parametrize(("taught", "percent"), [(0, 0), (1, 0), (199, 99), (200, 100)])
def test_100_percent_means_all(taught: int, percent: int) -> None:
    points = [str(i) for i in range(200)]
    assert coverage(deck(points, tuple(points[:taught]))).percent == percent


def test_without_an_outline_nothing_is_missing() -> None:
    assert coverage(deck([], ())).percent == 100
