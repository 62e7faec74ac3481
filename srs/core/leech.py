"""Leeches: cards that take time and are forgotten all the same.

The rule is Anki's (rslib, `scheduler/states/review.rs`, `leech_threshold_met`): at the threshold, and then after every
half of it again, rounded up, so that a card which its learner kept in spite of it comes to their notice once more.
"""

from __future__ import annotations


def is_leech(lapses: int, threshold: int) -> bool:
    """Whether a card's newest lapse makes it a leech, or makes it one once more.

    Args:
        lapses: its lapses, the newest one included.
        threshold: lapses that make a leech; 0 for never.
    """
    if threshold <= 0 or lapses < threshold:
        return False
    half = (threshold + 1) // 2
    return (lapses - threshold) % half == 0
