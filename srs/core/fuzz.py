"""Fuzz: intervals are spread a little, so that cards learned together do not come back together for ever.

The ranges are Anki's (rslib, `scheduler/states/fuzz.rs`, and `learning_ivl_with_fuzz` in `scheduler/answering`); the
choice within a range is ours: a hash of card and review number (`srs.core.mixing`), never a random draw.
"""

from __future__ import annotations

import math


def rounded(days: float) -> int:
    """The nearest whole number, halves upward (Python's own rounding sends 2.5 to 2)."""
    return math.floor(days + 0.5)


def reach(interval: float) -> float:
    """Days by which an interval may be moved either way.

    None below 2.5 days; else one day, and 15% of the days from 2.5 to 7, 10% of those from 7 to 20, 5% of the rest.
    """
    if interval < 2.5:
        return 0.0
    if interval <= 7:
        return 1.0 + 0.15 * (interval - 2.5)
    if interval <= 20:
        return 1.675 + 0.10 * (interval - 7)
    return 2.975 + 0.05 * (interval - 20)


def bounds(interval: float, minimum: int, maximum: int) -> tuple[int, int]:
    """The shortest and longest whole intervals to choose from.

    Args:
        interval: days as FSRS gives them.
        minimum: not shorter than this; gives way to `maximum`.
        maximum: not longer than this.

    Returns:
        Two whole numbers of days, the first at most the second. Above two days they differ where `maximum` allows.
    """
    minimum = min(minimum, maximum)
    interval = min(max(interval, minimum), maximum)
    delta = reach(interval)
    lower = min(max(rounded(interval - delta), minimum), maximum)
    upper = min(max(rounded(interval + delta), minimum), maximum)
    if lower == upper and 2 < upper < maximum:
        upper += 1
    return lower, upper


def fuzzed(interval: float, minimum: int, maximum: int, factor: float | None) -> int:
    """The interval to promise, in days.

    Args:
        interval: days as FSRS gives them.
        minimum: not shorter than this, and at least 1; gives way to `maximum`.
        maximum: not longer than this, and at least 1.
        factor: where in the range, from 0 up to 1; None for no fuzz: the nearest whole interval allowed.
    """
    maximum = max(1, maximum)
    minimum = min(max(1, minimum), maximum)
    if factor is None:
        return min(max(rounded(interval), minimum), maximum)
    lower, upper = bounds(interval, minimum, maximum)
    return lower + math.floor(factor * (1 + upper - lower))


def growth_minimum(interval: float, previous: int, maximum: int) -> int:
    """The least interval after a pass in review, by the interval before.

    An interval that grows is at least a day longer than before; one that barely grows is not made shorter by fuzz;
    one that shrinks (new parameters, another retention) is let shrink: 0.
    """
    if rounded(interval) > previous:
        return previous + 1
    return previous if previous <= bounds(interval, 1, maximum)[1] else 0


def fuzzed_step(seconds: int, factor: float | None) -> int:
    """A step's delay with up to a quarter added, five minutes at most; whole seconds."""
    room = math.floor(min(seconds * 0.25, 300.0))
    return seconds if factor is None else seconds + math.floor(factor * room)
