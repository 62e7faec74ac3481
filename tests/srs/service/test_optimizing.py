from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from srs import service
from srs.core.settings import DEFAULT_PARAMETERS
from srs.db import Database
from srs.optimizer import Decision
from srs.service import configuring
from srs.service.adopting import adopt
from srs.service.optimizing import optimize, parameters_in_use, why_not
from tests.srs.lived import lived
from tests.srs.study import Study


def test_a_log_yields_better_parameters_and_nothing_is_changed(
    new_study: Callable[..., Study], tmp_path: Path, database: Database
) -> None:
    study = lived(new_study, tmp_path, database)
    before = study.derived()
    found = optimize(study.context, "many")

    assert found.weighing.decision is Decision.BETTER
    assert found.adoptable
    assert found.proposed is not None
    assert found.in_use.parameters == DEFAULT_PARAMETERS != found.proposed
    assert found.in_use.default
    assert found.in_use.set_at is None
    assert why_not(found.weighing) == ""
    assert study.derived() == before
    assert service.settings(study.context, "many").parameters == DEFAULT_PARAMETERS
    assert optimize(study.context, "many") == found


def test_undone_answers_do_not_count(new_study: Callable[..., Study], tmp_path: Path) -> None:
    study = lived(new_study, tmp_path, answers=120)
    before = optimize(study.context, "many")
    study.answer("many/n0/forward", 1)
    assert optimize(study.context, "many").weighing.answers == before.weighing.answers + 1
    study.undo()
    assert optimize(study.context, "many") == before


def test_fewer_than_100_reviews_are_counted_in_words(sqlite_study: Study) -> None:
    sqlite_study.finish_day()
    found = optimize(sqlite_study.context, "small")
    count = len(service.reviews(sqlite_study.context, limit=1000).reviews)

    assert found.weighing.decision is Decision.FEW_ANSWERS
    assert not found.adoptable
    assert found.proposed is None
    assert f"This deck has {count} reviews; 100 are needed" in why_not(found.weighing)


def test_a_deck_that_there_is_not_is_named(sqlite_study: Study) -> None:
    for use in (optimize, parameters_in_use):
        with pytest.raises(service.UnknownDeck, match="'other'"):
            use(sqlite_study.context, "other")


def test_right_after_an_adoption_there_is_nothing_to_compare_by(
    new_study: Callable[..., Study], tmp_path: Path
) -> None:
    study = lived(new_study, tmp_path)
    found = optimize(study.context, "many")
    assert found.proposed is not None
    adopt(study.context, study.now, "many", found.proposed, found.in_use.settings_version)
    again = optimize(study.context, "many")

    assert again.weighing.decision is Decision.FEW_SINCE
    assert not again.adoptable
    assert again.in_use.parameters == found.proposed
    assert again.in_use.set_at == study.now
    assert "Since the parameters in use were set there were 0 reviews" in why_not(again.weighing)


def test_every_setting_but_the_zone_names_the_settings_anew(sqlite_study: Study) -> None:
    context, now = sqlite_study.context, sqlite_study.now
    first = parameters_in_use(context, "small").settings_version
    service.set_time_zone(context, now, "Asia/Tokyo")
    assert parameters_in_use(context, "small").settings_version == first
    configuring.change(context, now, "small", {"relearning_steps": "5m 10m"})
    assert parameters_in_use(context, "small").settings_version != first
