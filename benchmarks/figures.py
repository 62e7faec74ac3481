"""What many measurements come to."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from math import ceil
from statistics import median
from types import TracebackType


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest of the values that is at least as large as `share` of them (the nearest rank).

    Args:
        values: at least one, in any order.
        share: 0.5 for the median's place, 0.99 for what one in a hundred exceeds.

    Raises:
        ValueError: there is no value, or the share is not above 0 and at most 1.
    """
    if not values:
        raise ValueError("no values, so there is no percentile of them")
    if not 0 < share <= 1:
        raise ValueError(f"the share {share} is not above 0 and at most 1")
    # A share such as 0.07 times 100 comes out above 7; what floats add is far below a rank.
    return sorted(values)[ceil(share * len(values) - 1e-9) - 1]


class Blocks:
    """Measurements taken in blocks, in turns with those of others.

    On a machine that is not ours alone a burst of other work spoils a block or two: the median over the blocks of a
    block's percentile leaves such bursts out, and keeps what is slow in every block, such as writing back a log.
    """

    def __init__(self) -> None:
        self.blocks: list[list[float]] = []

    def add(self, block: Sequence[float]) -> None:
        """Keep a block; an empty one is left out."""
        if block:
            self.blocks.append(list(block))

    @property
    def count(self) -> int:
        """All measurements."""
        return sum(map(len, self.blocks))

    @property
    def p50(self) -> float:
        """The median over the blocks of their medians."""
        return self._of(0.5)

    @property
    def p99(self) -> float:
        """The median over the blocks of what one in a hundred of them exceeds."""
        return self._of(0.99)

    @property
    def best(self) -> float:
        """The least of all."""
        return min(value for block in self.blocks for value in block)

    def _of(self, share: float) -> float:
        return median(percentile(block, share) for block in self.blocks)


class Watch(AbstractContextManager["Watch"]):
    """`with Watch() as watch: ...` and then `watch.seconds`."""

    seconds = 0.0

    def __enter__(self) -> Watch:
        self._start = time.perf_counter()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.seconds = time.perf_counter() - self._start


def timed(work: Callable[[], object]) -> float:
    """The seconds that a call takes."""
    with Watch() as watch:
        work()
    return watch.seconds
