"""Learning and relearning steps: how authors write them, and how long each answer waits.

The rules are Anki's (rslib, `scheduler/states/steps.rs`).
"""

from __future__ import annotations

import re

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
_STEP = re.compile(r"(\d{1,10}(?:\.\d{1,6})?)([smhd]?)", re.ASCII)


class StepsError(ValueError):
    """A text that is not a list of steps."""


def parse_steps(text: str) -> tuple[int, ...]:
    """Read steps as Anki's users write them: `1m 10m 1d`. A number without a unit is minutes; no text is no steps.

    Returns:
        The steps in seconds.

    Raises:
        StepsError: a piece is not a number with s, m, h or d, or is no second long.
    """
    steps = []
    for piece in text.split():
        match = _STEP.fullmatch(piece.lower())
        seconds = int(float(match[1]) * _UNITS[match[2] or "m"] + 0.5) if match else 0
        if seconds < 1:
            raise StepsError(f"{piece!r} is not a step; steps look like 30s, 10m, 12h or 1d, with spaces between")
        steps.append(seconds)
    return tuple(steps)


def format_steps(steps: tuple[int, ...]) -> str:
    """Write steps as `parse_steps` reads them, each in the largest unit that needs no fraction."""
    return " ".join(_format(step) for step in steps)


def _format(step: int) -> str:
    for unit, seconds in reversed(_UNITS.items()):
        if step % seconds == 0:
            return f"{step // seconds}{unit}"
    raise AssertionError("every whole number of seconds is divisible by one")


_DAY = 86_400


def first_delay(steps: tuple[int, ...]) -> int | None:
    """Seconds after Again: the first step. None without steps."""
    return steps[0] if steps else None


def repeat_delay(steps: tuple[int, ...], steps_left: int) -> int | None:
    """Seconds after Hard: the current step again. None without steps.

    On the first step it lies between Again and Good: the mean of the first two steps, or half as long again as an
    only step, but at most a day longer. Above a day it is rounded to whole days.
    """
    if not steps:
        return None
    index = _index(steps, steps_left)
    if index:
        return steps[index]
    first = steps[0]
    between = (first + steps[1]) // 2 if len(steps) > 1 else min(first * 3 // 2, first + _DAY)
    return (between + _DAY // 2) // _DAY * _DAY if between > _DAY else between


def next_delay(steps: tuple[int, ...], steps_left: int) -> int | None:
    """Seconds after Good: the next step. None when the last one is passed."""
    index = _index(steps, steps_left) + 1
    return steps[index] if index < len(steps) else None


def left_after_pass(steps: tuple[int, ...], steps_left: int) -> int:
    """Steps left after Good."""
    return max(0, len(steps) - _index(steps, steps_left) - 1)


def _index(steps: tuple[int, ...], steps_left: int) -> int:
    """The current step. Settings may have changed since: a card with more steps left than there are starts over."""
    return min(max(0, len(steps) - steps_left), max(0, len(steps) - 1))
