"""Which rating a graded answer suggests. The learner may give another."""

from __future__ import annotations

from cards.answers.types import Verdict
from srs.core.rating import Rating


def suggested(verdict: Verdict, duration_ms: int, slow_after_s: int) -> Rating:
    """The rating that a verdict and the time taken suggest.

    Wrong, or unreadable to the end: Again. The right value in another form than was asked: Hard. Right: Good, or Hard
    if it took longer than the learner calls quick.

    Never Easy: a right answer says that the card was known, not that it was no effort, and how long typing takes says
    as much about the formula's length as about the memory. Easy also more than doubles an interval, so a machine's
    guess would do the most harm there; it is the learner's own to say.

    Args:
        verdict: what grading said.
        duration_ms: from the question to the answer.
        slow_after_s: `DeckSettings.slow_after_s`; a right answer is quick up to and including it.
    """
    match verdict:
        case Verdict.WRONG | Verdict.UNREADABLE:
            return Rating.AGAIN
        case Verdict.WRONG_FORM:
            return Rating.HARD
        case Verdict.RIGHT:
            return Rating.HARD if duration_ms > slow_after_s * 1000 else Rating.GOOD
