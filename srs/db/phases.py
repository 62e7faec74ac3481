"""Phases and places as columns, and back."""

from __future__ import annotations

from srs.core.card import Phase, Place, Placed, place_from
from srs.db.tables import PhaseNumber

_NUMBERS = {phase: PhaseNumber[phase.name] for phase in Phase}
_PHASES = {int(number): phase for phase, number in _NUMBERS.items()}


def phase_number(phase: Phase | None) -> int | None:
    """How a phase is stored; None stands for a new card."""
    return None if phase is None else int(_NUMBERS[phase])


def phase_from(number: int | None) -> Phase | None:
    """The phase stored so."""
    return None if number is None else _PHASES[number]


def place_of(phase: int, steps_left: int | None, due_ms: int, due_day: int | None, interval_days: int | None) -> Place:
    """The place that five columns describe."""
    return place_from(
        _PHASES[phase], due_ms=due_ms, due_day=due_day, steps_left=steps_left, interval_days=interval_days
    )


def place_columns(placed: Placed) -> dict[str, object]:
    """The columns that describe a place."""
    return {
        "phase": phase_number(placed.phase),
        "steps_left": placed.steps_left,
        "due_ms": placed.due_ms,
        "due_day": placed.due_day,
        "interval_days": placed.interval_days,
    }
