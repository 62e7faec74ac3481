"""A deck laid out in tiles: a section's head with its lesson, then its notes, each with what was found in it.

A tile keeps its key from save to save. Two numbers tell when it changed: `edited` for its text, `revision` for anything
that is shown of it (its place in the file aside, which every line above it moves).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import TypeAlias

from cards.claims import ClaimResult
from cards.findings import Finding, Position
from cards.loader import Source
from cards.model import Note, Section
from cards.units import Unit

NO_LINE = 10**9
"""After the last line of any file."""

_NO_KEY = re.compile(r"[^A-Za-z0-9]+")

Signature: TypeAlias = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Tile:
    """A section without its notes, or a note.

    Attributes:
        key: its name in the page and in addresses; no other tile of the deck has it.
        section: the section.
        note: the note; None for the section without its notes.
        where: where it stands in the files.
        lines: its first line and the one after its last.
        text: a hash of what it is made from.
        stale: whether the files, as they are, no longer let it be read: it is shown as it was.
        checked: whether its formulas and claims were looked at since its text changed.
        findings: what is wrong with it, in source order.
        results: what became of its formulas and claims.
        revision: the version at which anything of it was last shown otherwise.
        edited: the version at which its text last changed; 0 if it has not since the start.
    """

    key: str
    section: Section
    note: Note | None
    where: Position
    lines: tuple[int, int]
    text: bytes
    stale: bool = False
    checked: bool = False
    findings: tuple[Finding, ...] = ()
    results: tuple[ClaimResult, ...] = ()
    revision: int = 0
    edited: int = 0

    @property
    def todo(self) -> str:
        """Why it is held back from learners; empty if it is not."""
        return self.note.todo if self.note is not None else self.section.todo

    def signature(self) -> Signature:
        """All that is shown of it, its place in the file aside."""
        results = tuple((result.formula, result.verdict, result.detail) for result in self.results)
        return self.text, self.stale, self.checked, self.findings, results


@dataclass(frozen=True, slots=True)
class Layout:
    """The tiles of a deck, and where each finding belongs.

    Attributes:
        tiles: in the author's order.
        homes: for each finding of the deck the key of its tile; without those that concern no tile.
    """

    tiles: tuple[Tile, ...]
    homes: Mapping[Finding, str]


def tiles_of(units: Sequence[Unit], sources: Mapping[str, Source]) -> list[Tile]:
    """A tile for each unit of a deck that was just read, with nothing of what was found in it.

    Args:
        units: the deck's units, in the author's order.
        sources: the text behind each section, by its id.
    """
    tiles = []
    for at, (key, unit) in enumerate(zip(_keys(units), units, strict=True)):
        where = unit.note.where if unit.note is not None else unit.section.where
        source = sources.get(unit.section.id)
        if unit.key is not None and source is not None and source.file == unit.file:
            end = _end(unit, source.lines)
        else:  # it has no lines of its own
            end = min((each.begin for each in units[at + 1 :] if each.file == unit.file), default=NO_LINE)
            source = None
        text = _text(unit, source.lines[unit.begin : end] if source is not None else ())
        tiles.append(Tile(key, unit.section, unit.note, where, (unit.begin + 1, end + 1), text))
    return tiles


def lay_out(tiles: Sequence[Tile], findings: Iterable[Finding], before: Sequence[Tile], version: int) -> Layout:
    """The tiles of a deck as it was just read or checked, with what is wrong, and when each changed.

    Args:
        tiles: a tile for each unit.
        findings: everything that is wrong with the deck.
        before: the tiles as they were.
        version: the number of this version.
    """
    found = sorted(findings)
    whole = list(_with_lost(tiles, before, {finding.where.file for finding in found}))
    places = _Places(whole)
    mine: dict[str, list[Finding]] = {}
    homes: dict[Finding, str] = {}
    for finding in found:
        key = places.of(finding.where)
        if key is not None:
            mine.setdefault(key, []).append(finding)
            homes[finding] = key
    known = {tile.key: tile for tile in before}
    dated = (
        _dated(replace(tile, findings=tuple(mine.get(tile.key, ()))), known.get(tile.key), version, first=not before)
        for tile in whole
    )
    return Layout(tuple(dated), homes)


def _keys(units: Iterable[Unit]) -> Iterator[str]:
    """A key for each unit; the second of one name gets another."""
    used: set[str] = set()
    for unit in units:
        kind, name = ("section", unit.section.id) if unit.note is None else ("note", unit.note.id)
        first = key = f"{kind}-{_NO_KEY.sub('-', name)}"
        number = 1
        while key in used:
            number += 1
            key = f"{first}-{number}"
        used.add(key)
        yield key


def _end(unit: Unit, lines: Sequence[str]) -> int:
    """The index of the line after a unit's last.

    Not simply that of the next unit: a note that cannot be read, and so is none, may stand between.
    """
    begin = unit.begin
    if unit.note is None:
        return next((at + 1 for at in range(begin, len(lines)) if lines[at].startswith("notes:")), len(lines))
    indent = len(lines[begin]) - len(lines[begin].lstrip())
    end = begin + 1
    for at in range(begin + 1, len(lines)):
        line = lines[at]
        bare = line.lstrip()
        if len(line) - len(bare) > indent and bare:
            end = at + 1
        elif bare and not bare.startswith("#"):  # the next note, or what follows the notes
            break
    return end


def _text(unit: Unit, lines: Sequence[str]) -> bytes:
    """A hash of what a unit is made from; of its pictures too, which its key knows of."""
    text: object = "\n".join(lines)
    if not lines:
        text = (replace(unit.section, notes=()), unit.note)
    elif any("![" in line for line in lines):
        text = (text, unit.key)
    return blake2b(repr(text).encode("utf-8", "surrogatepass"), digest_size=16).digest()


class _Places:
    """Which tile a place in the files belongs to: of those that were lost, the one that stood there."""

    def __init__(self, tiles: Iterable[Tile]) -> None:
        self._files: dict[str, list[Tile]] = {}
        self._lost: list[Tile] = []
        for tile in tiles:
            (self._lost if tile.stale else self._files.setdefault(tile.where.file, [])).append(tile)
        for here in self._files.values():
            here.sort(key=lambda tile: tile.lines)

    def of(self, where: Position) -> str | None:
        """The tile's key; None for a place in no tile."""
        here = self._files.get(where.file, [])
        at = bisect_right(here, where.line, key=lambda tile: tile.lines[0]) - 1
        near = here[at : at + 1] if at >= 0 else []
        lost = (tile for tile in self._lost if tile.where.file == where.file)
        return next((t.key for t in (*near, *lost) if t.lines[0] <= where.line < t.lines[1]), None)


def _with_lost(tiles: Sequence[Tile], before: Sequence[Tile], broken: set[str]) -> Iterator[Tile]:
    """The tiles, and after its former neighbour each that was there before and is lost in a file with mistakes."""
    keys = {tile.key for tile in tiles}
    after: dict[str | None, list[Tile]] = {}
    neighbour: str | None = None
    for tile in before:
        if tile.key in keys:
            neighbour = tile.key
        elif tile.where.file in broken or not tiles:
            after.setdefault(neighbour, []).append(replace(tile, stale=True, findings=()))
    yield from after.get(None, ())
    for tile in tiles:
        yield tile
        yield from after.get(tile.key, ())


def _dated(tile: Tile, before: Tile | None, version: int, *, first: bool) -> Tile:
    if before is None:
        return replace(tile, revision=version, edited=0 if first else version)
    same = tile.signature() == before.signature()
    return replace(
        tile,
        revision=before.revision if same else version,
        edited=before.edited if tile.text == before.text else version,
    )
