"""Parameters fitted to a history, weighed against those in use on answers that neither was fitted to."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from srs.optimizer.fitting import fit
from srs.optimizer.material import Material
from srs.optimizer.scoring import CalibrationBin, Scores, calibration, comparison, predictions, scores

LEAST_ANSWERS = 100
"""With fewer answers nothing is fitted."""

LEAST_HELD_OUT = 20
"""With fewer predictions nothing is compared."""

PARTS = 6
"""Into so many parts, in the order of time, the answers are cut; each but the first is predicted from those before it.
So does fsrs-rs (`evaluate_with_time_series_splits`), and so Anki evaluates parameters."""

ENOUGH_HELD_OUT = 10_000
"""Of a long history only the newest parts are predicted, until there are so many predictions."""

CLEAR = 1.64
"""Standard errors by which a gain has to exceed 0. Chance alone makes such a gain one time in twenty."""


class Decision(StrEnum):
    """What came of an optimisation."""

    BETTER = "better"
    """The fitted parameters predict clearly better: they may be adopted."""
    UNCLEAR = "unclear"
    """They predict better, but by no more than chance would make."""
    NO_BETTER = "no_better"
    """They predict no better than those in use: they may not be adopted."""
    FEW_ANSWERS = "few_answers"
    """There are fewer answers than `LEAST_ANSWERS`."""
    FEW_HELD_OUT = "few_held_out"
    """Too few answers came a day or more after the one before, so nothing could be predicted."""
    FEW_SINCE = "few_since"
    """Too few did since the parameters in use were set; those before may be what these were fitted to."""

    @property
    def adoptable(self) -> bool:
        """Whether the fitted parameters may be adopted."""
        return self in {Decision.BETTER, Decision.UNCLEAR}


@dataclass(frozen=True, slots=True)
class Weighed:
    """Parameters in use and fitted ones, on the answers held out.

    Attributes:
        held_out: how many answers were predicted.
        before: the scores of the parameters in use.
        after: the scores of parameters fitted to what came before each answer.
        gain: by how much the mean log-loss fell.
        error: the standard error of the gain.
        bins_before: calibration of the parameters in use.
        bins_after: calibration of the fitted ones.
    """

    held_out: int
    before: Scores
    after: Scores
    gain: float
    error: float
    bins_before: tuple[CalibrationBin, ...]
    bins_after: tuple[CalibrationBin, ...]


@dataclass(frozen=True, slots=True)
class Weighing:
    """What came of it.

    Attributes:
        decision: whether the fitted parameters may be adopted, and if not, why.
        answers: the answers that count.
        predictable: those of them that came a day or more after the one before.
        since: those of these that came since the parameters in use were set.
        weighed: the figures; None if there was too little to compare.
    """

    decision: Decision
    answers: int
    predictable: int
    since: int
    weighed: Weighed | None = None


def weigh(
    material: Material, in_use: tuple[float, ...], relearning_steps: int, *, since_ms: int | None = None
) -> Weighing:
    """Find out whether fitted parameters predict better than those in use.

    Args:
        material: what the learner did.
        in_use: the parameters that serve now.
        relearning_steps: how many the learner has.
        since_ms: when the parameters in use were set, if they may have been fitted to what came before: a comparison on
            that would be unfair. None for the defaults, which were fitted to other learners.
    """
    count = len(material.by_time)
    first_after = _first_after(material, since_ms)

    def result(decision: Decision, weighed: Weighed | None = None) -> Weighing:
        return Weighing(decision, material.answers, count, count - first_after, weighed)

    if material.answers < LEAST_ANSWERS:
        return result(Decision.FEW_ANSWERS)
    begin = max(count // PARTS, count - max(ENOUGH_HELD_OUT, count // PARTS))
    if count - begin < LEAST_HELD_OUT:
        return result(Decision.FEW_HELD_OUT)
    begin = max(begin, first_after)
    if count - begin < LEAST_HELD_OUT:
        return result(Decision.FEW_SINCE)
    weighed = _weighed(material, in_use, relearning_steps, begin)
    if weighed.gain <= 0:
        return result(Decision.NO_BETTER, weighed)
    return result(Decision.BETTER if weighed.gain > CLEAR * weighed.error else Decision.UNCLEAR, weighed)


def _weighed(material: Material, in_use: tuple[float, ...], relearning_steps: int, begin: int) -> Weighed:
    held_out = material.by_time[begin:]
    after: list[float] = []
    for start, end in _parts(begin, len(material.by_time)):
        fitted = fit(material, material.by_time[:start], relearning_steps)
        after += predictions(fitted, material, material.by_time[start:end])
    before = predictions(in_use, material, held_out)
    compared = comparison(before, after, material, held_out)
    return Weighed(
        held_out=len(held_out),
        before=scores(before, material, held_out),
        after=scores(after, material, held_out),
        gain=compared.gain,
        error=compared.error,
        bins_before=calibration(before, material, held_out),
        bins_after=calibration(after, material, held_out),
    )


def _first_after(material: Material, since_ms: int | None) -> int:
    """How many predictable answers were given before that moment."""
    if since_ms is None:
        return 0
    return sum(at_ms < since_ms for at_ms in material.at_ms)


def _parts(begin: int, end: int) -> Iterator[tuple[int, int]]:
    """The numbers from `begin` to `end` in parts of a sixth of `end`, the last of which has the rest."""
    size = end // PARTS
    count = max(1, min(PARTS - 1, (end - begin) // size))
    cuts = [*(begin + part * size for part in range(count)), end]
    return itertools.pairwise(cuts)
