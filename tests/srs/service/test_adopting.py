from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from srs import service
from srs.core.settings import DEFAULT_PARAMETERS
from srs.db import Database
from srs.db.tables import card_state
from srs.service import configuring
from srs.service.adopting import Adoption, adopt, take_back
from srs.service.errors import CannotAdopt, SettingsMovedOn
from srs.service.optimizing import optimize, parameters_in_use
from tests.srs.lived import lived
from tests.srs.study import Study


@pytest.fixture
def learner(new_study: Callable[..., Study], tmp_path: Path) -> Study:
    """A learner for whom better parameters than the defaults can be found."""
    return lived(new_study, tmp_path)


def _computed(study: Study) -> tuple[tuple[float, ...], str]:
    found = optimize(study.context, "many")
    assert found.proposed is not None
    return found.proposed, found.in_use.settings_version


def _dues(study: Study) -> list[tuple[object, ...]]:
    """Everything that is derived, but for the memories."""
    names = list(card_state.c.keys())
    memory = {names.index("stability"), names.index("difficulty")}
    return [
        tuple(value for place, value in enumerate(row) if place not in memory) for row in study.derived()["card_state"]
    ]


def test_adopted_parameters_serve_from_now_on_and_every_memory_follows(
    new_study: Callable[..., Study], tmp_path: Path, database: Database
) -> None:
    study = lived(new_study, tmp_path, database)
    before, dues = study.derived(), _dues(study)
    proposed, version = _computed(study)
    done = adopt(study.context, study.now, "many", proposed, version)

    assert done.changed
    assert service.settings(study.context, "many").parameters == proposed == done.parameters
    assert service.settings(study.context).parameters == DEFAULT_PARAMETERS
    assert study.derived() == study.rebuilt() != before
    assert _dues(study) == dues
    study.check_laws()
    phase = list(card_state.c.keys()).index("phase")
    assert done.cards == sum(row[phase] is not None for row in before["card_state"])
    # And the next answer is given by them.
    answered = study.answer(study.queue(1).cards[0].card_id, 3)
    assert answered.created
    study.check_laws()


def test_taking_it_back_leaves_everything_as_it_was(
    new_study: Callable[..., Study], tmp_path: Path, database: Database
) -> None:
    study = lived(new_study, tmp_path, database)
    before = study.derived()
    done = adopt(study.context, study.now, "many", *_computed(study))
    assert parameters_in_use(study.context, "many").undoable == done.event_id
    back = take_back(study.context, study.now, "many")

    assert back == Adoption(True, DEFAULT_PARAMETERS, done.event_id, done.cards)
    assert study.derived() == before == study.rebuilt()
    assert service.settings(study.context, "many").parameters == DEFAULT_PARAMETERS
    assert parameters_in_use(study.context, "many").undoable is None
    assert take_back(study.context, study.now, "many") == Adoption(False, DEFAULT_PARAMETERS, None)
    assert take_back(study.context, study.now, "many", done.event_id) == Adoption(False, DEFAULT_PARAMETERS, None)
    study.check_laws()


def test_what_was_taken_back_can_be_adopted_again_and_each_adoption_is_undone_alone(learner: Study) -> None:
    proposed, version = _computed(learner)
    adopt(learner.context, learner.now, "many", proposed, version)
    take_back(learner.context, learner.now, "many")
    again = adopt(learner.context, learner.now, "many", *_computed(learner))

    assert again.changed
    assert again.parameters == proposed
    assert take_back(learner.context, learner.now, "many").event_id == again.event_id


def test_adopting_twice_is_adopting_once(learner: Study) -> None:
    proposed, version = _computed(learner)
    first = adopt(learner.context, learner.now, "many", proposed, version)
    second = adopt(learner.context, learner.now, "many", proposed, version)

    assert (first.changed, second.changed) == (True, False)
    take_back(learner.context, learner.now, "many")
    assert service.settings(learner.context, "many").parameters == DEFAULT_PARAMETERS


def test_two_who_adopt_at_once_adopt_once_and_two_who_take_it_back_do_so_once(
    new_study: Callable[..., Study], tmp_path: Path, database: Database
) -> None:
    study = lived(new_study, tmp_path, database)
    proposed, version = _computed(study)

    adopted = _at_once(lambda: adopt(study.context, study.now, "many", proposed, version))
    assert sorted(each.changed for each in adopted) == [False, True]
    event_id = next(each.event_id for each in adopted if each.changed)

    taken = _at_once(lambda: take_back(study.context, study.now, "many", event_id))
    assert sorted(each.changed for each in taken) == [False, True]
    assert service.settings(study.context, "many").parameters == DEFAULT_PARAMETERS
    study.check_laws()


def _at_once(work: Callable[[], Adoption]) -> list[Adoption]:
    done: list[Adoption] = []
    ready = threading.Barrier(2)

    def run() -> None:
        ready.wait()
        done.append(work())

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return done


def test_answers_given_meanwhile_are_no_hindrance(learner: Study) -> None:
    proposed, version = _computed(learner)
    learner.finish_day()

    assert adopt(learner.context, learner.now, "many", proposed, version).changed
    learner.check_laws()


def test_settings_changed_meanwhile_are(learner: Study) -> None:
    proposed, version = _computed(learner)
    configuring.change(learner.context, learner.now, "many", {"desired_retention": 0.85})

    with pytest.raises(SettingsMovedOn, match="Compute them again"):
        adopt(learner.context, learner.now, "many", proposed, version)
    assert service.settings(learner.context, "many").parameters == DEFAULT_PARAMETERS


def test_worse_parameters_are_refused_with_both_figures(learner: Study) -> None:
    _, version = _computed(learner)
    before = learner.derived()
    worse = (50.0, 60.0, 70.0, 80.0, *DEFAULT_PARAMETERS[4:])

    with pytest.raises(CannotAdopt, match=r"log-loss is \d\.\d{4}, that of those in use \d\.\d{4}"):
        adopt(learner.context, learner.now, "many", worse, version)
    assert learner.derived() == before


def test_what_fits_the_log_but_does_not_foretell_is_refused(new_study: Callable[..., Study], tmp_path: Path) -> None:
    """For a learner as the defaults have it: what is fitted to the log describes it better, and foretells nothing."""
    study = lived(new_study, tmp_path, parameters=DEFAULT_PARAMETERS, seed=1)
    found = optimize(study.context, "many")
    assert found.proposed is not None
    assert not found.adoptable

    with pytest.raises(CannotAdopt, match=r"held out no better .* \d\.\d{4}, that of those in use \d\.\d{4}"):
        adopt(study.context, study.now, "many", found.proposed, found.in_use.settings_version)
    assert service.settings(study.context, "many").parameters == DEFAULT_PARAMETERS


def test_too_few_reviews_are_refused_and_counted(sqlite_study: Study) -> None:
    sqlite_study.finish_day()
    version = parameters_in_use(sqlite_study.context, "small").settings_version

    with pytest.raises(CannotAdopt, match=r"has \d+ reviews; 100 are needed"):
        adopt(sqlite_study.context, sqlite_study.now, "small", [1.0, *DEFAULT_PARAMETERS[1:]], version)


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ([0.4] * 20, "there are 20 parameters"),
        ([], "there are 0 parameters"),
        ([*DEFAULT_PARAMETERS[:20], float("nan")], "parameter 20 is nan"),
        ([float("inf"), *DEFAULT_PARAMETERS[1:]], "parameter 0 is inf"),
        ([1e39, *DEFAULT_PARAMETERS[1:]], r"parameter 0 is 1e\+39"),
    ],
)
def test_what_are_no_parameters_is_said(sqlite_study: Study, parameters: list[float], said: str) -> None:
    with pytest.raises(service.InvalidValue, match=said) as refused:
        adopt(sqlite_study.context, sqlite_study.now, "small", parameters, "any")
    assert refused.value.problem.field == "parameters"


@pytest.mark.parametrize(
    "parameters",
    [(0.0,) * 21, (3e38,) * 21, (-3e38,) * 21, (1e-30,) * 19, (*DEFAULT_PARAMETERS[:20], -5.0)],
)
def test_finite_nonsense_is_weighed_like_anything_else(learner: Study, parameters: tuple[float, ...]) -> None:
    version = parameters_in_use(learner.context, "many").settings_version
    with pytest.raises(CannotAdopt):
        adopt(learner.context, learner.now, "many", parameters, version)


def test_only_a_change_of_this_decks_parameters_is_taken_back(learner: Study) -> None:
    other = configuring.change(learner.context, learner.now, "many", {"new_per_day": 3}).change_id
    assert isinstance(other, UUID)
    for event_id in (other, uuid4()):
        with pytest.raises(service.InvalidValue, match="no change of the parameters of many"):
            take_back(learner.context, learner.now, "many", event_id)
    assert service.settings(learner.context, "many").new_per_day == 3
    with pytest.raises(service.UnknownDeck):
        take_back(learner.context, learner.now, "other")
