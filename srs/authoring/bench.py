"""One deck on the workbench at one moment: its tiles, what is wrong with it, and its cards as learners see them."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cards.check import Report
from cards.findings import DeckError, Finding
from cards.model import Card, CardId, ClozeNote, Deck, Note, ProblemNote, Section, Slot, slots_of
from srs.authoring.problems import ShownProblem, shown_mistakes
from srs.authoring.tiles import Tile
from srs.core.decimals import DecimalComma, decimal_comma
from srs.core.mixing import problem_seed
from srs.library import Faces, Library, RenderError

_log = logging.getLogger(__name__)

DRAWN = 3
"""So many instances of a problem are shown at a time."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A card as its learner will see it.

    Attributes:
        name: which of its note's cards or drawings it is; empty if there is but one.
        faces: both sides; None if they cannot be shown.
        broken: why they cannot be.
        problem: what a problem asks for, and its mistakes; None for a card of another kind.
    """

    name: str
    faces: Faces | None = None
    broken: str = ""
    problem: ShownProblem | None = None


@dataclass(frozen=True, slots=True)
class Bench:
    """A deck, held or not, sound or not.

    Attributes:
        name: the deck's name in addresses.
        folder: where it lies.
        title: what its author calls it, or its folder's name.
        language: the tag of its language.
        deck_id: its own id, as the server knows it; its name if that could not be read.
        report: what the checks found so far.
        refused: why learners still get the deck as it was before; empty if they get it as it is.
        tiles: in the author's order.
        homes: the tile that each finding belongs to, by its key.
        waiting: how many tiles are still to be checked.
        library: the deck's texts and pictures.
    """

    name: str
    folder: Path
    title: str
    language: str
    deck_id: str
    report: Report
    refused: tuple[Finding, ...]
    tiles: tuple[Tile, ...]
    homes: Mapping[Finding, str]
    waiting: int
    library: Library

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Everything for which the deck would not be built or served, in source order."""
        return tuple(sorted({*self.report.errors, *self.refused}))

    @property
    def lints(self) -> int:
        """How many lints there are, those not counted that only say what is held back."""
        return len(self.report.findings) - len(self.report.errors) - len(self.report.waiting)

    @property
    def verdicts(self) -> Mapping[str, int]:
        """How many formulas and claims got each verdict that any got."""
        return Counter(result.verdict.value for tile in self.tiles for result in tile.results)

    def tile(self, key: str) -> Tile | None:
        """The tile of that key."""
        return next((tile for tile in self.tiles if tile.key == key), None)

    def sections(self) -> Mapping[str, tuple[Tile, ...]]:
        """The tiles by section: for the key of each section's tile, that tile and its notes'."""
        found: dict[str, list[Tile]] = {}
        for tile in self.tiles:
            if tile.note is None or not found:
                found[tile.key] = []
            found[next(reversed(found))].append(tile)
        return {key: tuple(tiles) for key, tiles in found.items()}

    def section_of(self, key: str) -> str | None:
        """The key of the section that a tile belongs to; None if there is no such tile."""
        return next((section for section, tiles in self.sections().items() if key in {t.key for t in tiles}), None)

    def drawings(self, tile: Tile, first: int = 1) -> tuple[Drawing, ...]:
        """The cards of a note as they will be shown.

        Args:
            tile: a note's tile; a section has none.
            first: of a problem, the number of the review whose drawing is shown first, counted from 1.
        """
        note = tile.note
        if note is None:
            return ()
        if isinstance(note, ProblemNote):
            own = CardId(self.deck_id, note.first_id, Slot.PROBLEM)
            if not is_drawn(note):
                return (self._drawn("", tile, Slot.PROBLEM, problem_seed(own, 1)),)
            return tuple(
                self._drawn(f"drawing {number}", tile, Slot.PROBLEM, problem_seed(own, number))
                for number in range(first, first + DRAWN)
            )
        slots = slots_of(note)
        names = slots if len(slots) > 1 or isinstance(note, ClozeNote) else ("",)
        return tuple(self._drawn(name, tile, slot, 0) for name, slot in zip(names, slots, strict=True))

    def lesson(self, tile: Tile) -> Drawing | None:
        """The lesson of a section's tile; None if it has none. Both sides are the same."""
        try:
            html = self.library.lesson(self.name, tile.key)
        except RenderError as error:
            return Drawing("", None, str(error))
        return None if html is None else Drawing("", Faces(html, html))

    def card_id(self, tile: Tile, slot: str) -> CardId:
        """A card of a note's tile, as the bench's own library names it."""
        return CardId(self.name, tile.key, slot)

    def _drawn(self, name: str, tile: Tile, slot: str, seed: int) -> Drawing:
        try:
            card = self.card_id(tile, slot)
            asks = self.library.asks(card, seed, comma=decimal_comma(DecimalComma.AUTO, self.language))
            problem = None
            if isinstance(tile.note, ProblemNote) and asks is not None:
                problem = ShownProblem(seed, asks, shown_mistakes(tile.note, seed, tile.section.symbols))
            return Drawing(name, self.library.faces(card, seed), problem=problem)
        except (RenderError, DeckError) as error:
            return Drawing(name, None, str(error))
        except Exception as error:  # of a deck with mistakes anything may be wrong: that hides no other note
            _log.exception("%s cannot be shown", tile.where)
            return Drawing(name, None, f"{type(error).__name__}: {error}")


def is_drawn(note: Note) -> bool:
    """Whether a note is a problem that is not always the same: its numbers, or the order of its choices."""
    return isinstance(note, ProblemNote) and bool(note.parameters or note.choose)


def shelve(library: Library, name: str, deck: Deck, tiles: Sequence[Tile]) -> None:
    """Put a deck's tiles on a library's shelf: there they go by their keys, since ids may be missing or double."""
    sections: list[Section] = []
    notes: list[list[Note]] = []
    cards: list[Card] = []
    for tile in tiles:
        if tile.note is None or not sections:
            sections.append(replace(tile.section, id=tile.key))
            notes.append([])
        if tile.note is not None:
            notes[-1].append(tile.note)
            cards += [
                Card(CardId(name, tile.key, slot), tile.note, sections[-1], len(cards)) for slot in slots_of(tile.note)
            ]
    whole = tuple(replace(section, notes=tuple(own)) for section, own in zip(sections, notes, strict=True))
    library.hold({name: (replace(deck, id=name, sections=whole), cards)})
