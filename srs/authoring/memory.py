"""What was found in a deck's units, kept by their text while the program runs: an edit costs only its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from cards.claims.engine import BROKEN
from cards.findings import Position
from cards.units import Unit

MOST_FORMER = 4
"""So many times as much as a deck has now is remembered."""


class Memory:
    """Units that were looked at, by the hash of their text. Not to be shared between threads without a lock."""

    def __init__(self) -> None:
        self._units: dict[bytes, Unit] = {}

    def keep(self, units: Iterable[Unit]) -> None:
        """Take in units that were looked at; not those over which the checker broke down, which may go better later."""
        for unit in units:
            if unit.key is not None and not any(result.detail.startswith(BROKEN) for result in unit.results):
                self._units[unit.key] = unit

    def trim(self, units: Sequence[Unit]) -> None:
        """Forget what is known of others than these, once that is much: an edit may be taken back, a file mended.

        With none at all, which is what a folder has that is gone for a moment, nothing is forgotten.
        """
        if len(self._units) > MOST_FORMER * len(units) > 0:
            keys = {unit.key for unit in units}
            self._units = {key: unit for key, unit in self._units.items() if key in keys}

    def restored(self, unit: Unit) -> bool:
        """Put what is known of a unit into it, at the lines at which it now stands. False if nothing is."""
        known = self._units.get(unit.key) if unit.key is not None else None
        if known is None:
            return False

        def moved(where: Position) -> Position:
            if where.file != known.file:
                return where
            return Position(unit.file, where.line + unit.begin - known.begin, where.column)

        unit.results = [replace(result, where=moved(result.where)) for result in known.results]
        unit.findings = [replace(finding, where=moved(finding.where)) for finding in known.findings]
        return True
