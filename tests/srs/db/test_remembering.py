from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.forgetful import QUICK_TO_FORGET
from srs.core.settings import DEFAULT_PARAMETERS
from srs.db import catalogue, tables
from srs.db.rebuilding import rebuild_states
from srs.db.remembering import recompute
from tests.srs.db.happenings import happen
from tests.srs.study import Study, write_deck


def _rebuilt(study: Study, parameters: tuple[float, ...]) -> dict[str, list[tuple[object, ...]]]:
    with study.database.writing() as connection:
        rebuild_states(connection, 1, lambda _: parameters)
    return study.derived()


@pytest.mark.parametrize("seed", range(6))
def test_memories_recomputed_are_those_of_a_rebuild_whatever_happened(study: Study, seed: int) -> None:
    with study.database.writing() as connection:
        happen(connection, 150, seed)
    wanted = _rebuilt(study, QUICK_TO_FORGET)
    before = _rebuilt(study, DEFAULT_PARAMETERS)
    with study.database.writing() as connection:
        deck = ("small", catalogue.deck_pks(connection)["small"])
        remembered = recompute(connection, 1, deck, QUICK_TO_FORGET)

    assert study.derived() == wanted != before
    phase = list(tables.card_state.c.keys()).index("phase")
    assert remembered == sum(row[phase] is not None for row in wanted["card_state"])


def test_nothing_but_the_memory_changes_and_only_in_that_deck(
    new_study: Callable[..., Study], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("srs.db.remembering._BATCH", 2)
    study = new_study(None, write_deck(tmp_path / "one", deck="one"), write_deck(tmp_path / "other", deck="other"))
    study.finish_day()
    before = study.derived()["card_state"]
    with study.database.writing() as connection:
        pks = catalogue.deck_pks(connection)
        recompute(connection, 1, ("one", pks["one"]), QUICK_TO_FORGET)
    after = study.derived()["card_state"]

    names = list(tables.card_state.c.keys())
    changed = [
        {name for name, a, b in zip(names, old, new, strict=True) if a != b}
        for old, new in zip(before, after, strict=True)
    ]
    deck = names.index("deck_pk")
    reviewed = [row[names.index("phase")] is not None for row in before]
    assert [bool(each) for each in changed] == [
        row[deck] == pks["one"] and seen for row, seen in zip(before, reviewed, strict=True)
    ]
    assert set().union(*changed) == {"stability", "difficulty"}
