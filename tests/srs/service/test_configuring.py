"""Settings for all decks and for one: what holds, why, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import hypothesis
import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from srs import service
from srs.core.settings import FIELDS, FOR_ALL_DECKS, DeckSettings
from srs.db import log
from srs.service import configuring
from srs.service.configuring import Source
from srs.service.plan import Plans
from tests.srs.study import Study, basic_notes, write_deck


def held(study: Study, name: str, deck_id: str | None = None) -> configuring.Held:
    return next(held for held in configuring.view(study.context, deck_id) if held.name == name)


def events(study: Study) -> int:
    with study.database.reading() as connection:
        return log.newest(connection, 1)[0]


def test_a_deck_has_what_holds_for_all_until_it_gets_its_own_and_gives_it_back(study: Study) -> None:
    assert held(study, "new_per_day", "small") == configuring.Held("new_per_day", 10, Source.DEFAULT, 10, 10)
    configuring.change(study.context, study.now, None, {"new_per_day": "20"})
    assert held(study, "new_per_day", "small") == configuring.Held("new_per_day", 20, Source.ALL_DECKS, 20, 10)
    done = configuring.change(study.context, study.now, "small", {"new_per_day": 5, "learning_steps": "none"})
    assert done.names == ("new_per_day", "learning_steps")
    assert held(study, "new_per_day", "small") == configuring.Held("new_per_day", 5, Source.DECK, 20, 10)
    assert service.settings(study.context, "small").learning_steps == ()
    assert service.settings(study.context).learning_steps == (60, 600)
    assert configuring.reset(study.context, study.now, "small", ["new_per_day", "bury_new"]).names == ("new_per_day",)
    assert held(study, "new_per_day", "small").value == 20
    assert configuring.reset(study.context, study.now, None, ["new_per_day"])
    assert held(study, "new_per_day", "small") == configuring.Held("new_per_day", 10, Source.DEFAULT, 10, 10)
    assert not configuring.reset(study.context, study.now, None, ["new_per_day"])


def test_every_setting_is_shown_with_where_it_comes_from(study: Study) -> None:
    rows = configuring.view(study.context)
    assert [row.name for row in rows] == list(FIELDS)
    assert {row.name: row.value for row in rows} == DeckSettings(zone="UTC").to_plain()
    assert {row.name for row in rows if row.source is Source.SYSTEM} == {"zone"}


def test_nothing_is_written_where_nothing_differs(study: Study) -> None:
    before = events(study)
    same = {"new_per_day": "10", "desired_retention": "90%", "learning_steps": "60s 10m", "zone": "UTC"}
    assert not configuring.change(study.context, study.now, None, same)
    assert not configuring.change(study.context, study.now, "small", {"new_per_day": 10})
    assert events(study) == before


def test_a_pinned_value_stays_when_the_general_one_moves(study: Study) -> None:
    assert configuring.change(study.context, study.now, "small", {"new_per_day": 10}, pin=True)
    assert not configuring.change(study.context, study.now, "small", {"new_per_day": 10}, pin=True)
    configuring.change(study.context, study.now, None, {"new_per_day": 30})
    assert held(study, "new_per_day", "small") == configuring.Held("new_per_day", 10, Source.DECK, 30, 10)


@pytest.mark.parametrize(
    ("deck", "changes", "fields"),
    [
        (None, {"new_per_day": "-1", "desired_retention": "1.2", "learning_steps": "10m 1m"}, "new retention steps"),
        (None, {"learning_steps": "1m soon", "new_per_day": 5, "zone": "Europe/Atlantis"}, "steps zone"),
        (None, {"colour": "red", "maximum_interval": 0}, "colour maximum"),
        (None, {"parameters": (1.0,) * 21}, "parameters"),
        (None, {"desired_retention": 10**400, "easy_days": [True] * 7}, "retention easy"),
        ("small", {"zone": "UTC", "rollover_hour": 3, "new_per_day": -5}, "zone rollover new"),
    ],
)
def test_whatever_cannot_be_is_told_at_once_and_nothing_is_changed(
    study: Study, deck: str | None, changes: dict[str, object], fields: str
) -> None:
    before = configuring.view(study.context, "small"), events(study)
    with pytest.raises(service.InvalidSettings) as caught:
        configuring.change(study.context, study.now, deck, changes)
    found = [problem.field for problem in caught.value.problems]
    assert len(found) == len(fields.split())
    assert all(part in name for part, name in zip(fields.split(), sorted(found, key=list(changes).index), strict=True))
    assert caught.value.problem.field == found[0]
    assert (configuring.view(study.context, "small"), events(study)) == before


def test_decks_that_do_not_exist_are_named(study: Study) -> None:
    for use in (
        lambda: configuring.view(study.context, "big"),
        lambda: configuring.change(study.context, study.now, "big", {"new_per_day": 1}),
        lambda: configuring.reset(study.context, study.now, "big", ["new_per_day"]),
    ):
        with pytest.raises(service.UnknownDeck, match=r"No deck has the id 'big'; there is small"):
            use()
    with pytest.raises(service.InvalidSettings, match="'colour' is not a setting"):
        configuring.reset(study.context, study.now, None, ["colour"])


def test_changes_are_taken_back_several_steps_and_across_a_restart(study: Study) -> None:
    steps: list[tuple[str | None, Mapping[str, object]]] = [
        (None, {"new_per_day": 20}),
        ("small", {"new_per_day": 5, "desired_retention": 0.8}),
        ("small", {"new_per_day": 7}),
        (None, {"new_per_day": 30, "load_balance": False}),
    ]
    seen = [configuring.view(study.context, "small")]
    for deck, changes in steps:
        configuring.change(study.context, study.now, deck, changes)
        seen.append(configuring.view(study.context, "small"))
    newest = configuring.history(study.context)[0]
    assert newest.deck_id is None
    assert newest.steps == (configuring.Step("new_per_day", 20, 30), configuring.Step("load_balance", None, False))
    again = replace(study.context, plans=Plans())
    for before in reversed(seen[:-1]):
        assert configuring.undo(again, study.now) is not None
        assert configuring.view(again, "small") == before
    assert configuring.undo(again, study.now) is None
    assert configuring.history(again) == ()


def test_any_change_that_stands_can_be_taken_back_as_if_it_had_never_been_made(study: Study) -> None:
    first = configuring.change(study.context, study.now, None, {"new_per_day": 20, "leech_threshold": 4})
    configuring.change(study.context, study.now, None, {"new_per_day": 30})
    assert configuring.undo(study.context, study.now, first.change_id) is not None
    assert held(study, "new_per_day").value == 30
    assert held(study, "leech_threshold").source is Source.DEFAULT
    for unknown in (first.change_id, uuid4()):
        with pytest.raises(service.InvalidValue, match="No change of settings"):
            configuring.undo(study.context, study.now, unknown)


def test_going_back_to_the_general_value_can_be_taken_back_too(study: Study) -> None:
    configuring.change(study.context, study.now, "small", {"new_per_day": 5})
    configuring.reset(study.context, study.now, "small", ["new_per_day"])
    assert configuring.history(study.context)[0].steps == (configuring.Step("new_per_day", 5, None),)
    configuring.undo(study.context, study.now)
    assert held(study, "new_per_day", "small").value == 5


def test_the_zone_that_a_browser_reported_is_not_in_the_way_of_undoing(study: Study) -> None:
    configuring.change(study.context, study.now, None, {"new_per_day": 20})
    service.set_time_zone(study.context, study.now, "Asia/Tokyo")
    undone = configuring.undo(study.context, study.now)
    assert undone is not None
    assert undone.steps[0].name == "new_per_day"
    assert service.settings(study.context).zone == "Asia/Tokyo"
    assert configuring.undo(study.context, study.now, configuring.history(study.context)[0].id)
    assert service.settings(study.context).zone == "UTC"


def test_a_clock_set_back_does_not_lose_a_change(study: Study) -> None:
    configuring.change(study.context, study.now, None, {"new_per_day": 20})
    configuring.change(study.context, study.now - timedelta(days=400), None, {"new_per_day": 30})
    assert held(study, "new_per_day").value == 30
    assert configuring.undo(study.context, study.now - timedelta(days=500)) is not None
    assert held(study, "new_per_day").value == 20


def test_a_changed_setting_moves_no_date_already_given_and_the_plan_follows_at_once(
    new_study: Callable[..., Study], tmp_path: Path
) -> None:
    study = new_study(None, write_deck(tmp_path / "many", {"one": basic_notes(40)}))
    study.finish_day(rating=4)
    before = study.derived()["card_state"]
    assert study.queue().counts.new == 0
    changes = {"new_per_day": 25, "desired_retention": 0.8, "learning_steps": "", "maximum_interval": 30}
    configuring.change(study.context, study.now, "small", {**changes, "easy_days": "sat=fewer sun=minimum"})
    assert study.queue().counts.new == 15
    assert study.derived()["card_state"] == before
    study.check_laws()


NAMES = st.sampled_from(["new_per_day", "leech_threshold"])
SCOPES = st.sampled_from([None, "small"])
STEPS = st.lists(
    st.one_of(
        st.tuples(NAMES, SCOPES, st.integers(0, 9)),
        st.tuples(NAMES, SCOPES, st.none()),
        st.integers(0, 9),  # which of the changes that stand is taken back
    ),
    max_size=14,
)


@given(STEPS)
@hypothesis.settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_was_taken_back_never_happened(
    sqlite_study: Study, steps: list[tuple[str, str | None, int | None] | int]
) -> None:
    study = sqlite_study
    while configuring.undo(study.context, study.now) is not None:
        pass  # of the example before
    stands: list[tuple[UUID, str, str | None, int | None]] = []
    for step in steps:
        if isinstance(step, int):
            if stands:
                configuring.undo(study.context, study.now, stands.pop(step % len(stands))[0])
        else:
            name, deck, value = step
            done = configuring.change(study.context, study.now, deck, {name: value}, pin=True)
            if done.change_id is not None:
                stands.append((done.change_id, name, deck, value))
        own: dict[tuple[str, str | None], int] = {}
        for _, name, deck, value in stands:
            own.pop((name, deck), None)
            if value is not None:
                own[name, deck] = value
        for name, default in (("new_per_day", 10), ("leech_threshold", 8)):
            general = own.get((name, None), default)
            expected = own.get((name, "small"), general)
            assert (held(study, name, "small").value, held(study, name).value) == (expected, general)
        assert [change.id for change in reversed(configuring.history(study.context))] == [each[0] for each in stands]


def test_what_holds_for_all_decks_alone_are_settings() -> None:
    assert set(FIELDS) > FOR_ALL_DECKS
