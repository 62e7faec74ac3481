"""The same days at each desired retention, and which of them costs the least time for what it leaves known."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from srs.core.memory import MemoryState, model_for
from srs.core.settings import DeckSettings
from srs.simulator.habits import Habits
from srs.simulator.running import Outcome, run
from srs.simulator.start import Start, thinned

RETENTIONS: tuple[float, ...] = tuple(percent / 100 for percent in range(70, 98))
"""What is compared where nothing else is asked for: 0.70 to 0.97."""

MOST_CARD_DAYS = 1_500_000
"""Cards times days that are played through for each retention. Of a larger deck every second card is taken, or every
third, and so on; a smaller one is played several times, and the mean taken."""

_REPEATED_CARD_DAYS = 500_000
_REPEATED_DAYS = 1825
_MOST_PLAYS = 5


@dataclass(frozen=True, slots=True)
class Row:
    """What one desired retention comes to.

    Attributes:
        retention: the desired retention.
        reviews_per_day: cards a day that come because their day has come; the limit of reviews counts these.
        answers_per_day: all answers a day, those of new cards and on steps among them.
        minutes_per_day: the time that they take.
        introduced: new cards met in all the days.
        known: cards that would be recalled in the end: the sum of their chances.
        gained: how many of those are known thanks to the study: `known` without what would be known without any.
        minutes_per_known: all minutes over `gained`; None where the study gains nothing.
        waiting: cards that the limit of reviews leaves over in the end.
    """

    retention: float
    reviews_per_day: float
    answers_per_day: float
    minutes_per_day: float
    introduced: float
    known: float
    gained: float
    minutes_per_known: float | None
    waiting: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """The retentions side by side.

    Attributes:
        rows: one for each retention, lowest first.
        recommended: the retention of the row with the lowest `minutes_per_known`; None where fewer than two
            rows have one.
        known_now: cards that would be recalled today: the sum of their chances.
        known_untouched: how many of those would still be recalled in the end without any study.
        share: every how many-th card was played through, each standing for so many.
        plays: how often the days were played through for each retention.
    """

    rows: tuple[Row, ...]
    recommended: float | None
    known_now: float
    known_untouched: float
    share: int
    plays: int


def compare(
    start: Start,
    settings: DeckSettings,
    habits: Habits,
    days: int,
    *,
    retentions: Sequence[float] = RETENTIONS,
    seed: int = 1,
) -> Comparison:
    """Play the days through once for each retention.

    The recommended one buys knowledge at the lowest price: each card that is known in the end, and would not be
    without the study, takes the fewest minutes. (fsrs-rs's `optimal_retention` divides by all that is known, which
    tells little of a deck that is known already.)

    Args:
        start: the deck today.
        settings: the learner's settings for it; their desired retention has no say.
        habits: how the learner answers.
        days: how many days, today the first of them; at least 1.
        retentions: what to compare, 0.70 to 0.99 each; at least one.
        seed: equal seeds give equal figures.
    """
    cards = len(start.cards) + min(start.new, settings.new_per_day * days / start.scale)
    share = max(1, math.ceil(cards * days / MOST_CARD_DAYS))
    plays = max(1, min(_MOST_PLAYS, _REPEATED_DAYS // days, int(_REPEATED_CARD_DAYS / max(1, cards * days))))
    start = thinned(start, share)
    now, untouched = (_known(start, settings, after) for after in (0, days))
    wanted = {value: settings.changed({"desired_retention": value}) for value in sorted(set(retentions))}
    outcomes: dict[float, list[Outcome]] = {value: [] for value in wanted}
    for play in range(plays):  # all retentions with the same luck, then with other luck
        for value, own in wanted.items():
            outcomes[value].append(run(start, own, habits, days, seed + play))
    rows = tuple(_row(value, found, days, untouched) for value, found in outcomes.items())
    priced = [(row.minutes_per_known, row.retention) for row in rows if row.minutes_per_known is not None]
    recommended = min(priced)[1] if len(priced) > 1 else None
    return Comparison(rows, recommended, now, untouched, share, plays)


def _known(start: Start, settings: DeckSettings, after: int) -> float:
    model = model_for(settings.parameters)
    chances = (
        model.retrievability(MemoryState(card.stability, card.difficulty), card.since + after) for card in start.cards
    )
    return sum(chances) * start.scale


def _row(retention: float, outcomes: Sequence[Outcome], days: int, untouched: float) -> Row:
    minutes = fmean(sum(outcome.seconds) for outcome in outcomes) / 60
    known = fmean(outcome.known for outcome in outcomes)
    gained = known - untouched
    return Row(
        retention=retention,
        reviews_per_day=fmean(sum(outcome.reviews) for outcome in outcomes) / days,
        answers_per_day=fmean(sum(outcome.answers) for outcome in outcomes) / days,
        minutes_per_day=minutes / days,
        introduced=fmean(sum(outcome.introduced) for outcome in outcomes),
        known=known,
        gained=gained,
        minutes_per_known=minutes / gained if gained >= 1 and minutes else None,
        waiting=fmean(outcome.waiting[-1] for outcome in outcomes),
    )
