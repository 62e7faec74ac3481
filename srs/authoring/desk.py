"""What is being worked on: one deck's folder, as it was read last and as far as it is checked."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from cards.check import reported
from cards.claims import ClaimReport
from cards.findings import Finding
from cards.loader import Loaded
from cards.model import Deck
from cards.units import Unit, units_of
from srs.authoring.bench import Bench, shelve
from srs.authoring.memory import Memory
from srs.authoring.tiles import Tile, lay_out, tiles_of
from srs.library import Library


@dataclass(slots=True)
class Desk:
    """One deck's folder. Not to be shared between threads without a lock.

    Attributes:
        name: the deck's name in addresses.
        loaded: what the last reading gave.
        units: of the deck as last read.
        waiting: those of them that are still to be looked at, the edited ones first.
        refused: why learners do not get the deck as it was last read; empty if they do.
        bench: what is shown of it; None before it was first read.
    """

    folder: Path
    name: str
    loaded: Loaded = field(default_factory=lambda: Loaded(None, ()))
    units: list[Unit] = field(default_factory=list)
    waiting: list[Unit] = field(default_factory=list)
    refused: tuple[Finding, ...] = ()
    bench: Bench | None = None
    _tiles: list[Tile] = field(default_factory=list)
    _library: Library | None = None

    def take_in(self, loaded: Loaded, memory: Memory) -> None:
        """Cut a deck that was just read into units, with what is known of them."""
        self.loaded = loaded
        readable, sources = loaded.readable, loaded.sources
        former = {unit.key for unit in self.units}
        sections = readable.sections if readable is not None else ()
        self.units = [unit for each in sections for unit in units_of(self.folder, each, sources.get(each.id))]
        self.waiting = [unit for unit in self.units if not memory.restored(unit)]
        self.waiting.sort(key=lambda unit: unit.key in former)
        self._tiles = tiles_of(self.units, sources)
        self._library = None

    def show(self, version: int, data: Path) -> None:
        """Bring what is shown in line with what is known.

        Args:
            version: the number of what is shown from now on.
            data: the data folder, where plots are kept.
        """
        before, deck = self.bench, self.loaded.readable or Deck("", "", self.folder)
        known = before if before is not None and not deck.id else None  # a broken deck.yaml tells nothing of these
        deck_id = known.deck_id if known is not None else deck.id or self.name
        title = known.title if known is not None else deck.title or self.folder.name
        language = known.language if known is not None else deck.language
        results = sorted((result for unit in self.units for result in unit.results), key=lambda result: result.where)
        findings = sorted({finding for unit in self.units for finding in unit.findings})
        report = reported(self.loaded, ClaimReport(tuple(results), tuple(findings)))
        # Every card of a deck shows its language, and its problems are drawn by its id.
        same = before is not None and (before.deck_id, before.language) == (deck_id, language)
        layout = lay_out(
            self._marked(),
            {*report.findings, *self.refused},
            before.tiles if before is not None and same else (),
            version,
        )
        if self._library is None:
            self._library = Library(data, media_url=f"/author/{self.name}/media/{version}/")
            shelve(self._library, self.name, deck, layout.tiles)
        self.bench = Bench(
            name=self.name,
            folder=self.folder,
            title=title,
            language=language,
            deck_id=deck_id,
            report=report,
            refused=self.refused,
            tiles=layout.tiles,
            homes=layout.homes,
            waiting=len(self.waiting),
            library=self._library,
        )

    def _marked(self) -> list[Tile]:
        """The tiles with what became of their formulas."""
        waiting = {id(unit) for unit in self.waiting}
        return [
            replace(tile, checked=id(unit) not in waiting, results=tuple(unit.results))
            for tile, unit in zip(self._tiles, self.units, strict=True)
        ]
