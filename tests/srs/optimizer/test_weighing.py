"""Fitted parameters against those in use, on learners whose memory is known."""

from __future__ import annotations

from itertools import pairwise

import fsrs_rs_python as fsrs_rs
import pytest

from benchmarks.forgetful import FIRST_DAY, QUICK_TO_FORGET, histories
from srs.core.settings import DEFAULT_PARAMETERS, DeckSettings
from srs.core.study_day import DAY_MS
from srs.optimizer.fitting import fit
from srs.optimizer.material import Material, material
from srs.optimizer.scoring import calibration, comparison, predictions, scores
from srs.optimizer.weighing import CLEAR, LEAST_HELD_OUT, Decision, weigh


@pytest.fixture(scope="module")
def forgetter() -> Material:
    """Somebody who forgets sooner than the defaults expect."""
    return material(histories(QUICK_TO_FORGET, 6000, 1))


def _predictable(found: Material) -> list[fsrs_rs.FSRSItem]:
    return [item for number in found.by_time if (item := found.items[number]) is not None]


def test_parameters_fitted_to_a_learner_predict_what_was_held_out_better_than_the_defaults(forgetter: Material) -> None:
    found = weigh(forgetter, DEFAULT_PARAMETERS, 1)

    assert found.decision is Decision.BETTER
    assert found.weighed is not None
    assert found.weighed.after.log_loss < found.weighed.before.log_loss
    assert found.weighed.after.rmse_bins < found.weighed.before.rmse_bins
    assert found.weighed.gain > CLEAR * found.weighed.error > 0


def test_they_come_near_to_what_knowing_the_learner_would_give(forgetter: Material) -> None:
    unseen = material(histories(QUICK_TO_FORGET, 6000, 2))
    fitted = fit(forgetter, forgetter.by_time, 1)
    loss = {
        name: scores(predictions(parameters, unseen, unseen.by_time), unseen, unseen.by_time).log_loss
        for name, parameters in (("default", DEFAULT_PARAMETERS), ("fitted", fitted), ("true", QUICK_TO_FORGET))
    }

    assert loss["true"] < loss["fitted"] < loss["default"]
    assert loss["fitted"] - loss["true"] < 0.3 * (loss["default"] - loss["true"])


def test_for_learners_who_are_as_the_defaults_say_nothing_clear_is_claimed() -> None:
    decisions = [
        weigh(material(histories(DEFAULT_PARAMETERS, 600, seed)), DEFAULT_PARAMETERS, 1).decision for seed in range(20)
    ]

    assert set(decisions) <= {Decision.NO_BETTER, Decision.UNCLEAR, Decision.BETTER}
    assert decisions.count(Decision.BETTER) <= 1  # as chance has it
    assert decisions.count(Decision.NO_BETTER) > 10


def test_one_log_gives_one_result(forgetter: Material) -> None:
    again = material(histories(QUICK_TO_FORGET, 6000, 1))

    assert fit(forgetter, forgetter.by_time, 1) == fit(again, again.by_time, 1)
    assert weigh(forgetter, DEFAULT_PARAMETERS, 1) == weigh(again, DEFAULT_PARAMETERS, 1)


@pytest.mark.parametrize("answers", [300, 2500])
def test_the_scores_are_those_by_which_anki_evaluates(answers: int) -> None:
    """So each part was predicted from those before it alone, too: fsrs-rs cuts and fits by itself here."""
    found = material(histories(QUICK_TO_FORGET, answers, 4))
    items = _predictable(found)
    peer = fsrs_rs.evaluate_with_time_series_splits(
        items,
        [found.cards[number] for number in found.by_time],
        num_relearning_steps=1,
        training_config=fsrs_rs.TrainingConfig(num_epochs=8),
    )
    weighed = weigh(found, DEFAULT_PARAMETERS, 1).weighed

    assert weighed is not None
    assert weighed.held_out == len(items) - len(items) // 6
    # Not to the last digit: what is adopted has four decimals, and so has what is weighed.
    assert weighed.after.log_loss == pytest.approx(peer.log_loss, abs=2e-4)
    assert weighed.after.rmse_bins == pytest.approx(peer.rmse_bins, abs=1e-3)


def test_predictions_are_fsrs_own(forgetter: Material) -> None:
    """fsrs-rs weighs newer answers more when it evaluates; with two equal answers that changes nothing."""
    number = forgetter.by_time[-1]
    item = forgetter.items[number]
    assert item is not None
    peer = fsrs_rs.FSRS(QUICK_TO_FORGET).evaluate([item, item])

    assert scores(predictions(QUICK_TO_FORGET, forgetter, [number]), forgetter, [number]).log_loss == pytest.approx(
        peer.log_loss, rel=1e-4
    )


def test_fewer_than_100_answers_are_too_few_and_counted() -> None:
    lived = histories(QUICK_TO_FORGET, 60, 1, new_per_day=3)
    found = weigh(material(lived), DEFAULT_PARAMETERS, 1)

    assert found.decision is Decision.FEW_ANSWERS
    assert found.answers == sum(map(len, lived)) < 100
    assert found.weighed is None


def test_from_100_answers_on_there_is_a_result() -> None:
    found = weigh(material(histories(QUICK_TO_FORGET, 100, 1, new_per_day=3)), DEFAULT_PARAMETERS, 1)

    assert found.weighed is not None
    assert found.weighed.held_out >= LEAST_HELD_OUT


def test_a_hundred_answers_of_one_day_predict_nothing() -> None:
    found = weigh(material([[(0, 1, 3, True), (1, 1, 3, True)]] * 60), DEFAULT_PARAMETERS, 1)

    assert (found.decision, found.answers, found.predictable) == (Decision.FEW_HELD_OUT, 120, 0)


def test_parameters_in_use_are_judged_by_what_came_after_they_were_set(forgetter: Material) -> None:
    in_use = fit(forgetter, forgetter.by_time, 1)
    moment = (FIRST_DAY + 40) * DAY_MS
    found = weigh(forgetter, in_use, 1, since_ms=moment)

    assert found.weighed is not None
    assert found.weighed.held_out == found.since == sum(at_ms >= moment for at_ms in forgetter.at_ms)


def test_right_after_they_were_set_there_is_nothing_to_judge_them_by(forgetter: Material) -> None:
    in_use = fit(forgetter, forgetter.by_time, 1)
    found = weigh(forgetter, in_use, 1, since_ms=max(forgetter.at_ms) + 1)

    assert (found.decision, found.since, found.weighed) == (Decision.FEW_SINCE, 0, None)


def test_all_fitted_parameters_can_be_used(forgetter: Material) -> None:
    for count in (0, 5, 9, 40, 63, 64, 500):
        fitted = fit(forgetter, forgetter.by_time[:count], 2)
        assert DeckSettings(parameters=fitted).parameters == fitted
        assert all(value == round(value, 4) for value in fitted)


def test_with_little_to_learn_from_only_the_first_stabilities_are_fitted(forgetter: Material) -> None:
    first = sorted(range(len(forgetter.places)), key=lambda number: (forgetter.places[number], forgetter.at_ms[number]))
    fitted = fit(forgetter, sorted(first[:50], key=forgetter.at_ms.__getitem__), 1)

    assert fitted[:4] != DEFAULT_PARAMETERS[:4]
    assert fitted[4:] == DEFAULT_PARAMETERS[4:]


def test_several_relearning_steps_may_not_raise_stability_above_what_it_was(forgetter: Material) -> None:
    fitted = fit(forgetter, forgetter.by_time, 3)
    fsrs = fsrs_rs.FSRS(fitted)
    memory = fsrs.next_states(fsrs_rs.MemoryState(1.0, 1.0), 0.9, 2).again.memory
    for _ in range(3):
        memory = fsrs.next_states(memory, 0.9, 0).good.memory

    assert memory.stability <= 1.0


def test_calibration_shows_every_answer_once_from_unsure_to_sure(forgetter: Material) -> None:
    predicted = predictions(QUICK_TO_FORGET, forgetter, forgetter.by_time)
    bins = calibration(predicted, forgetter, forgetter.by_time)

    assert len(bins) == 10
    assert sum(each.answers for each in bins) == len(forgetter.by_time)
    assert all(before.predicted < after.predicted for before, after in pairwise(bins))
    # These are the learner's true chances, so nearly every 95% interval holds the mean of its predictions.
    assert sum(each.low <= each.predicted <= each.high for each in bins) >= 8
    assert all(each.low <= each.recalled <= each.high for each in bins)


def test_few_answers_share_one_bin(forgetter: Material) -> None:
    few = forgetter.by_time[:30]

    assert [each.answers for each in calibration([0.9] * 30, forgetter, few)] == [30]


def test_equal_predictions_gain_nothing(forgetter: Material) -> None:
    some = forgetter.by_time[:100]
    predicted = predictions(DEFAULT_PARAMETERS, forgetter, some)
    found = comparison(predicted, predicted, forgetter, some)

    assert (found.gain, found.error) == (0, 0)
