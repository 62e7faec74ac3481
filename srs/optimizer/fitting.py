"""Fitting FSRS's parameters by fsrs-rs, as Anki does."""

from __future__ import annotations

from collections.abc import Sequence

import fsrs_rs_python as fsrs_rs

from srs.core.settings import DEFAULT_PARAMETERS
from srs.optimizer.material import LONGEST, Material

_TRAINING = fsrs_rs.TrainingConfig(num_epochs=8, seed=2023, max_seq_len=LONGEST)
"""Anki's: eight passes over the answers, in an order that the seed settles, so that one log gives one result."""

_DECIMALS = 4
"""As Anki shows parameters; what lies beyond changes no interval, and what can be read can be copied."""


def fit(material: Material, numbers: Sequence[int], relearning_steps: int) -> tuple[float, ...]:
    """The parameters that these answers (in the order of time) suggest.

    The less there is to learn from, the nearer they stay to the defaults, by fsrs-rs's own rules: from 8 answers on the
    stabilities after the first answer are fitted, from 64 on everything, with a pull towards the defaults that fades as
    answers grow. Newer answers weigh more. Where nothing can be fitted, the defaults are the result.

    Args:
        material: what there is to learn from.
        numbers: the answers in it to learn from.
        relearning_steps: how many there are: with several, answers of one day may not raise stability too much.
    """
    items, cards = [], []
    for number in numbers:
        item = material.items[number]
        if item is not None:
            items.append(item)
            cards.append(material.cards[number])
    try:
        fitted = fsrs_rs.FSRS(DEFAULT_PARAMETERS).compute_parameters(
            items, cards, num_relearning_steps=relearning_steps, training_config=_TRAINING
        )
    except ValueError:  # fsrs-rs says so when what there is leaves no first stability to estimate
        return DEFAULT_PARAMETERS
    return tuple(round(value, _DECIMALS) for value in fitted)
