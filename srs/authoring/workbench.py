"""Decks watched: read, synced and shown at each save, then checked, while the server answers."""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from threading import Condition, Event, Thread

from cards.findings import Finding, Position, errors
from cards.loader import Loaded
from cards.model import Deck, Slot
from cards.units import Unit, look_at
from srs.authoring.bench import Bench
from srs.authoring.desk import Desk
from srs.authoring.memory import Memory
from srs.authoring.tiles import Tile
from srs.db import DatabaseError
from srs.service import Context, GradeResult, SyncReport, grade, sync_decks
from srs.watch import Change, Watch

_log = logging.getLogger(__name__)

BATCH = 16
"""So many units are checked at a time: after each batch what was found is shown, and a newer save goes first."""
FIRST_READ_S = 30.0

_NO_NAME = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Save:
    """What a save came to.

    Attributes:
        changes: the files; none for the reading at the start.
        report: what it changed in the catalogue.
        trouble: why the catalogue could not be changed at all; empty if it could.
    """

    changes: tuple[Change, ...]
    report: SyncReport
    trouble: str = ""


class Workbench:
    """The decks that an author works on. What is shown may be asked for by any thread.

    Args:
        context: the store and the library that learners see.
        folders: the decks' folders.
        data: the data folder, where plots are kept.
        cache: a folder in which answers to claims are kept; None for none.
        clock: gives the present moment, aware.
        tell: told of each save once it is shown.
    """

    def __init__(
        self,
        context: Context,
        folders: Sequence[Path],
        *,
        data: Path,
        cache: Path | None,
        clock: Callable[[], datetime],
        tell: Callable[[Save], None] | None = None,
    ) -> None:
        self._context = context
        self._data = data
        self._cache = cache
        self._clock = clock
        self._tell = tell
        once = list({folder.resolve(): folder for folder in reversed(folders)}.values())[::-1]
        self._desks = {folder: Desk(folder, name) for folder, name in zip(once, _names(once), strict=True)}
        self._stop = Event()
        self._watch = Watch(once, self._stop)
        self._memory = Memory()
        self._state = Condition()
        self._boot = secrets.token_hex(4)
        self._number = 0
        self._shown = Event()
        self._report = SyncReport()
        self._trouble = ""
        self._threads = (
            Thread(target=self._watching, name="watching", daemon=True),
            Thread(target=self._checking, name="checking", daemon=True),
        )

    def start(self) -> None:
        """Begin to watch."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Watch no more; a check that is running is not waited for."""
        self._stop.set()
        with self._state:
            self._state.notify_all()
        self._threads[0].join(FIRST_READ_S)

    @property
    def benches(self) -> tuple[Bench, ...]:
        """The decks, in the order in which they were given; at the start they are waited for."""
        self._shown.wait(FIRST_READ_S)
        return self._benches()

    def _benches(self) -> tuple[Bench, ...]:
        return tuple(desk.bench for desk in self._desks.values() if desk.bench is not None)

    def bench(self, name: str) -> Bench | None:
        """The deck of that name in addresses, or of that id."""
        benches = self.benches
        found = next((bench for bench in benches if bench.name == name), None)
        return found or next((bench for bench in benches if bench.deck_id == name), None)

    def tried(self, bench: Bench, tile: Tile, seed: int, typed: str) -> GradeResult:
        """What a learner would be told who answers one of a problem's drawings so.

        Args:
            bench: the deck.
            tile: a problem's.
            seed: of the drawing's numbers.
            typed: what is typed, or the key of a choice.

        Raises:
            ServiceError: the problem cannot be graded as it stands, or nobody could type that.
        """
        context = replace(self._context, library=bench.library)
        return grade(context, str(bench.card_id(tile, Slot.PROBLEM)), seed, typed)

    @property
    def version(self) -> str:
        """What changes with everything that is shown; it says nothing more than that."""
        return f"{self._boot}.{self._number}"

    def since(self, version: str) -> int | None:
        """The number in a version that this workbench gave; None for any other text."""
        boot, _, number = version.partition(".")
        with suppress(ValueError):
            return int(number) if boot == self._boot else None
        return None

    @property
    def trouble(self) -> str:
        """Why the last save did not reach the catalogue, if no deck is to blame."""
        return self._trouble

    def loaded(self) -> SyncReport:
        """What loading the decks found, the last time it was done; at the start that is waited for."""
        self._shown.wait(FIRST_READ_S)
        return self._report

    def _watching(self) -> None:
        self._take_in(list(self._desks.values()), ())
        self._shown.set()
        for changes in self._watch.changes():
            changed = {change.folder for change in changes}
            self._take_in([desk for folder, desk in self._desks.items() if folder in changed], changes)

    def _take_in(self, desks: Sequence[Desk], changes: tuple[Change, ...]) -> None:
        """Read some of the folders, bring the catalogue in line with all, and show it."""
        try:
            fresh = {desk.folder: self._watch.read(desk.folder) for desk in desks}
            report, trouble = self._synced(fresh)
            with self._state:
                self._report, self._trouble = report or self._report, trouble
                for desk in desks:
                    desk.take_in(fresh[desk.folder], self._memory)
                for refused, desk in self._refusals(report):
                    desk.refused = refused
                self._show(*self._desks.values())
                self._memory.trim([unit for desk in self._desks.values() for unit in desk.units])
                self._state.notify_all()
            if self._tell is not None:
                self._tell(Save(changes, self._report, trouble))
        except Exception:  # the next save may go better, and whoever waits for it must not wait in vain
            _log.exception("a save could not be taken in")

    def _synced(self, fresh: Mapping[Path, Loaded]) -> tuple[SyncReport | None, str]:
        def reader(folder: Path) -> Loaded:
            return fresh.get(folder) or self._desks[folder].loaded

        try:
            return sync_decks(self._context, list(self._desks), self._clock(), reader), ""
        except DatabaseError as error:
            return None, str(error)

    def _refusals(self, report: SyncReport | None) -> Iterable[tuple[tuple[Finding, ...], Desk]]:
        for deck in report.decks if report is not None else ():
            yield () if deck.changed else errors(deck.findings), self._desks[deck.folder]

    def _checking(self) -> None:
        while True:
            with self._state:
                self._state.wait_for(lambda: self._stop.is_set() or any(desk.waiting for desk in self._desks.values()))
                if self._stop.is_set():
                    return
                desk = next(desk for desk in self._desks.values() if desk.waiting)
                readable, batch = desk.loaded.readable, desk.waiting[:BATCH]
            if readable is not None:
                self._look(readable, batch)
            with self._state:  # a newer save may have cut the deck anew meanwhile
                done = {id(unit) for unit in batch}
                desk.waiting = [
                    unit for unit in desk.waiting if id(unit) not in done and not self._memory.restored(unit)
                ]
                self._show(desk)

    def _look(self, deck: Deck, batch: list[Unit]) -> None:
        try:
            look_at(deck, batch, self._cache)
        except Exception as error:  # of a deck with mistakes anything may be wrong: the rest is still checked
            _log.exception("a part of %s could not be checked", deck.folder)
            for unit in batch:
                where = Position(unit.file, unit.begin + 1)
                message = (
                    f"This, or something checked along with it, broke the checker: {type(error).__name__}: {error}."
                )
                unit.findings = [Finding(where, "unchecked", message, "Please report this.")]
            return
        with self._state:
            self._memory.keep(batch)

    def _show(self, *desks: Desk) -> None:
        """Show decks as they now are, as a new version: its number is told last, so that who knows it sees it all."""
        number = self._number + 1
        for desk in desks:
            desk.show(number, self._data)
        self._number = number


def _names(folders: Sequence[Path]) -> list[str]:
    """A name in addresses for each folder: its own, as far as an address can hold it, and no two alike."""
    names: list[str] = []
    for folder in folders:
        name = first = _NO_NAME.sub("-", folder.resolve().name.lower()).strip("-") or "deck"
        number = 1
        while name in names:
            number += 1
            name = f"{first}-{number}"
        names.append(name)
    return names
