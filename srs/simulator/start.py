"""Where a deck stands when the days ahead are played through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import attrgetter


@dataclass(frozen=True, slots=True)
class Held:
    """A card that was answered before. Days are counted from today.

    Attributes:
        stability: days after which the chance to recall is 90%.
        difficulty: 1 to 10.
        since: days since the last answer, at least 0.
        due: days until it is due; not above 0 for a card that waits already.
        interval: the days promised at the last answer; 0 on steps.
        steps_left: steps still to pass; None in review.
        relearning: whether those are relearning steps.
        lapses: how often it was forgotten in review.
    """

    stability: float
    difficulty: float
    since: int
    due: int
    interval: int = 0
    steps_left: int | None = None
    relearning: bool = False
    lapses: int = 0


@dataclass(frozen=True, slots=True)
class Start:
    """A deck today.

    Attributes:
        cards: the cards answered before that may be shown again.
        new: how many new cards are left.
        done_new: new cards introduced today.
        done_reviews: cards that had waited for a day and were answered today.
        scale: how many cards each card here stands for, new ones and today's answers included.
    """

    cards: Sequence[Held]
    new: int
    done_new: int = 0
    done_reviews: int = 0
    scale: float = 1.0


_order = attrgetter("stability", "since", "due")


def thinned(start: Start, share: int) -> Start:
    """A deck of every `share`-th card, chosen evenly over all stabilities; each stands for `share` times as many."""
    if share <= 1:
        return start
    return replace(
        start,
        cards=sorted(start.cards, key=_order)[share // 2 :: share],
        new=round(start.new / share),
        done_new=round(start.done_new / share),
        done_reviews=round(start.done_reviews / share),
        scale=start.scale * share,
    )
