from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from srs import service
from srs.core.settings import DEFAULT_PARAMETERS
from srs.db import tables, tallies
from srs.db.rebuilding import rebuild_states
from tests.srs.study import Study, basic_notes, write_deck


def test_a_lost_state_comes_back_from_the_log(study: Study) -> None:
    study.finish_day()
    study.pass_by(days=3)
    study.answer("small/a/forward", 1)
    study.finish_day(rating=4)
    lived = study.derived()
    with study.database.writing() as connection:
        connection.execute(delete(tables.card_state))
        connection.execute(delete(tables.day_stats))
        read = rebuild_states(connection, 1, lambda _: DEFAULT_PARAMETERS)
    assert study.derived() == lived
    assert read == len(service.reviews(study.context, limit=1000).reviews)


def test_new_parameters_change_memory_but_no_date_already_given(study: Study) -> None:
    study.finish_day()
    lived = study.derived()["card_state"]
    other = (*DEFAULT_PARAMETERS[:2], 5.0, *DEFAULT_PARAMETERS[3:])
    with study.database.writing() as connection:
        rebuild_states(connection, 1, lambda _: other)
    rebuilt = study.derived()["card_state"]
    names = list(tables.card_state.c.keys())
    changed = {
        name
        for before, after in zip(lived, rebuilt, strict=True)
        for name, a, b in zip(names, before, after, strict=True)
        if a != b
    }
    assert changed == {"stability"}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    answers=st.lists(
        st.tuples(st.integers(0, 2), st.integers(1, 4), st.integers(0, 40), st.booleans()), min_size=1, max_size=15
    )
)
def test_rebuilt_equals_lived_for_any_answers_at_any_times(
    sqlite_study: Study, answers: list[tuple[int, int, int, bool]]
) -> None:
    study = sqlite_study
    for note, rating, days_ago, taken_back in answers:
        study.answer(f"small/{'abc'[note]}/forward", rating, ago=timedelta(days=days_ago))
        if taken_back:
            study.undo()
    study.check_laws()


def grown(study: Study, days: int) -> int:
    """The most memory, in bytes, that a rebuild takes after so many more days of study."""
    for _ in range(days):
        for i in range(50):
            study.answer(f"many/n{i}/forward", 3)
        study.pass_by(days=1)
    with study.database.writing() as connection:
        rebuild_states(connection, 1, lambda _: DEFAULT_PARAMETERS)
        tracemalloc.start()
        try:
            rebuild_states(connection, 1, lambda _: DEFAULT_PARAMETERS)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()


def test_memory_is_flat_however_long_the_log(
    new_study: Callable[..., Study], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("srs.db.rebuilding.STREAMED", 50)
    study = new_study(None, write_deck(tmp_path / "many", {"one": basic_notes(50)}, deck="many"))
    small = grown(study, 4)
    assert grown(study, 36) < 1.5 * small


def test_a_tally_adds_up_and_takes_away() -> None:
    one = tallies.Tally(introduced=1, good=1, duration_ms=5)
    assert one + one == tallies.Tally(introduced=2, good=2, duration_ms=10)
    assert one + -one == tallies.NOTHING
    assert (one + one).answers == 2


def test_a_day_on_which_nothing_stands_has_no_row(study: Study) -> None:
    study.answer("small/a/forward")
    study.undo()
    assert study.derived()["day_stats"] == []
