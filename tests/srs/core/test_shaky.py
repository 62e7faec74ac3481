from __future__ import annotations

import pytest

from srs.core.gate import Needed, Needs
from srs.core.memory import MemoryState
from srs.core.settings import DeckSettings
from srs.core.shaky import is_shaky, nearest


@pytest.mark.parametrize(
    ("what", "stability", "days", "lapses", "shaky"),
    [
        ("well kept", 60, 20, 0, False),
        ("well kept again after a lapse", 60, 20, 2, False),
        ("kept for days only", 5, 1, 0, True),
        ("kept for weeks after a lapse", 15, 1, 1, True),
        ("kept for weeks", 15, 1, 0, False),
        ("long overdue", 60, 600, 0, True),
    ],
)
def test_what_hardly_holds(what: str, stability: float, days: int, lapses: int, shaky: bool) -> None:
    assert is_shaky(MemoryState(stability, 5), days, lapses, DeckSettings()) is shaky, what


def test_the_nearest_come_first_and_nothing_comes_twice() -> None:
    needs = Needs(
        of_section={"top": Needed(frozenset({"middle"})), "middle": Needed(frozenset({"base"}))},
        of_note={"n": Needed(notes=frozenset({"m1"})), "m1": Needed(notes=frozenset({"b1", "n0"}))},
        sections=frozenset({"middle", "base"}),
        notes=frozenset({"m1", "b1", "n0"}),
    )
    section_of = {"n": "top", "n0": "top", "m1": "middle", "b1": "base"}
    assert list(nearest("n", "top", needs, section_of)) == [
        Needed(frozenset({"middle"}), frozenset({"m1"})),
        Needed(frozenset({"base"}), frozenset({"b1", "n0"})),
    ]
    assert list(nearest("b1", "base", needs, section_of)) == []
