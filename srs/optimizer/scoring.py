"""How well parameters predict answers: log-loss, RMSE (bins) and calibration.

Each answer counts the same. (Where Anki shows parameters scored on the very answers that they were fitted to, newer
answers weigh more; where it cuts the log by time, as is done here, they do not.)
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import floor, log, sqrt

import fsrs_rs_python as fsrs_rs

from srs.core.memory import model_for
from srs.optimizer.material import Material

MOST_BINS = 10
LEAST_IN_BIN = 25
_Z95 = 1.959964
_SURE = 1e-7
"""Nearer to 0 or 1 no prediction is taken: one surprise would outweigh everything."""


@dataclass(frozen=True, slots=True)
class Scores:
    """How far predictions were from what happened; less is better.

    Attributes:
        log_loss: the mean surprise of an answer, in nats.
        rmse_bins: the root of the mean squared difference between predicted and actual recall in groups of like
            answers, from 0 to 1.
    """

    log_loss: float
    rmse_bins: float


@dataclass(frozen=True, slots=True)
class CalibrationBin:
    """Answers for which about the same recall was predicted.

    Attributes:
        answers: how many.
        predicted: the mean of the predicted chances.
        recalled: the share that was recalled.
        low: the lower end of the 95% interval (Wilson's) around that share.
        high: its upper end.
    """

    answers: int
    predicted: float
    recalled: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sets of predictions of the same answers.

    Attributes:
        gain: by how much the mean log-loss of the second is lower.
        error: the standard error of the gain. Answers of one card are taken together, since they are not independent.
    """

    gain: float
    error: float


def predictions(parameters: tuple[float, ...], material: Material, numbers: Sequence[int]) -> list[float]:
    """The predicted chance of recall for each of these answers, from all that came before it."""
    model = model_for(parameters)
    decay, factor = model.decay, model.factor
    cards = sorted({material.cards[number] for number in numbers})
    histories = fsrs_rs.FSRS(parameters).historical_memory_state_batch([material.whole[card] for card in cards])
    states = dict(zip(cards, histories, strict=True))
    found = []
    for number in numbers:
        stability = states[material.cards[number]][material.places[number] - 1].stability
        chance = (1 + factor * material.gaps[number] / stability) ** decay
        found.append(min(max(chance, _SURE), 1 - _SURE))
    return found


def scores(predicted: Sequence[float], material: Material, numbers: Sequence[int]) -> Scores:
    """Log-loss and RMSE (bins) of predictions of these answers (one at least)."""
    groups: dict[tuple[int, int, int], list[float]] = {}
    for chance, number in zip(predicted, numbers, strict=True):
        group = groups.setdefault(_bin(material, number), [0, 0.0])
        group[0] += 1
        group[1] += chance - material.recalled[number]
    squares = sum(off * off / count for count, off in groups.values())
    return Scores(sum(_losses(predicted, material, numbers)) / len(numbers), sqrt(squares / len(numbers)))


def comparison(
    before: Sequence[float], after: Sequence[float], material: Material, numbers: Sequence[int]
) -> Comparison:
    """How much better the second predictions of these answers are than the first."""
    losses = zip(_losses(before, material, numbers), _losses(after, material, numbers), strict=True)
    gains = [first - second for first, second in losses]
    mean = sum(gains) / len(gains)
    by_card: dict[int, float] = {}
    for gain, number in zip(gains, numbers, strict=True):
        card = material.cards[number]
        by_card[card] = by_card.get(card, 0.0) + gain - mean
    return Comparison(mean, sqrt(sum(off * off for off in by_card.values())) / len(gains))


def calibration(predicted: Sequence[float], material: Material, numbers: Sequence[int]) -> tuple[CalibrationBin, ...]:
    """The answers from the least to the most surely known, in bins of the same size: ten, fewer where answers are."""
    order = sorted(range(len(numbers)), key=predicted.__getitem__)
    count = max(1, min(MOST_BINS, len(order) // LEAST_IN_BIN))
    cuts = [len(order) * cut // count for cut in range(count + 1)]
    bins = []
    for begin, end in itertools.pairwise(cuts):
        inside = order[begin:end]
        recalled = sum(material.recalled[numbers[index]] for index in inside)
        low, high = _interval(recalled, len(inside))
        mean = sum(predicted[index] for index in inside) / len(inside)
        bins.append(CalibrationBin(len(inside), mean, recalled / len(inside), low, high))
    return tuple(bins)


def _losses(predicted: Sequence[float], material: Material, numbers: Sequence[int]) -> list[float]:
    return [
        -log(chance if material.recalled[number] else 1 - chance)
        for chance, number in zip(predicted, numbers, strict=True)
    ]


def _interval(hits: int, count: int) -> tuple[float, float]:
    """Wilson's 95% interval of a share."""
    share, weight = hits / count, _Z95 * _Z95 / count
    middle = (share + weight / 2) / (1 + weight)
    half = _Z95 / (1 + weight) * sqrt(share * (1 - share) / count + weight / (4 * count))
    return max(0.0, middle - half), min(1.0, middle + half)


def _bin(material: Material, number: int) -> tuple[int, int, int]:
    """The group in which RMSE (bins) counts an answer, of answers that FSRS ought to predict alike.

    By how long the gap was, how many long gaps there were, and how often the card was forgotten; the widths are those
    of `FSRSItem::r_matrix_index` of fsrs-rs.
    """
    gaps, lapses = material.long_gaps[number], material.lapses[number]
    return _gap_bin(material.gaps[number]), _length_bin(gaps), _lapse_bin(lapses)


@lru_cache(maxsize=4096)
def _gap_bin(days: int) -> int:
    return round(248 * _step(days, 3.62))


@lru_cache(maxsize=4096)
def _length_bin(long_gaps: int) -> int:
    return round(1.99 * _step(long_gaps + 1, 1.89))


@lru_cache(maxsize=4096)
def _lapse_bin(lapses: int) -> int:
    return round(1.65 * _step(lapses, 1.73)) if lapses else 0


def _step(value: int, base: float) -> float:
    """The greatest power of the base that is not above the value."""
    return float(base ** floor(log(value) / log(base)))
