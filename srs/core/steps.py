"""Learning and relearning steps: how authors write them, and how long each answer waits.

The rules are Anki's (rslib, `scheduler/states/steps.rs`).
"""

from __future__ import annotations

import re

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
_STEP = re.compile(r"(\d{1,9}(?:\.\d{1,6})?)([smhd]?)", re.ASCII)


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
