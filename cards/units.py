"""A deck checked in units, each note for itself and each section without its notes, so that an edit costs only its own.

What came of a unit without errors is remembered by the hash of its text. Structure and outline, which concern the whole
deck, are not looked at here.
"""

from __future__ import annotations

import hashlib
import os
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

from cards.claims import ClaimReport, ClaimResult, Verdict, check_claims
from cards.findings import Finding, Position, Severity
from cards.loader import Source
from cards.model import Deck, Note, ProblemNote, Section
from cards.problems.check import check_problem
from cards.remembered import recall, remember
from cards.render import check_rendering, picture_file

Progress: TypeAlias = Callable[[int, int], None]
"""Told how many steps of the long work are done, of how many."""

_PICTURE = re.compile(r"!\[[^\]]*\]\(([^)\s]+)")

Row: TypeAlias = "tuple[int, int, tuple[str, ...]]"  # line within the unit, column, texts
Kept: TypeAlias = "tuple[tuple[Row, ...], tuple[Row, ...]]"  # claim results, lints


@dataclass(slots=True)
class Unit:
    """A note, or a section without its notes.

    Attributes:
        section: the section.
        note: the note; None for the section without its notes.
        file: the file that it stands in, as positions call it.
        begin: the index of its first line.
        key: a hash of all that the checks look at; None if that cannot be told from the unit's own lines.
    """

    section: Section
    note: Note | None
    file: str
    begin: int
    key: bytes | None
    results: list[ClaimResult] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def check_units(
    deck: Deck, sources: Mapping[str, Source], cache: Path | None = None, progress: Progress | None = None
) -> ClaimReport:
    """Check every text, plot, problem, formula and claim of a deck.

    Args:
        deck: the deck, or what of it could be read.
        sources: the text behind each section, as the loader gives it.
        cache: a folder in which to remember what was found; None to remember nothing.
        progress: told how far the claims are.

    Returns:
        What became of each formula and claim, and everything wrong, in source order.
    """
    units = [unit for section in deck.sections for unit in units_of(deck.folder, section, sources.get(section.id))]
    place = _place(deck, cache)
    kept = _recalled(place)
    missing = [unit for unit in units if unit.key is None or not _restored(unit, kept.get(unit.key))]
    if missing:
        look_at(deck, missing, cache, progress)
    elif progress is not None:
        progress(1, 1)
    if place is not None and (missing or len(kept) > len(units)):
        remember(place, {unit.key: _kept(unit) for unit in units if unit.key is not None and _sound(unit)})
    results = [result for unit in units for result in unit.results]
    findings = {finding for unit in units for finding in unit.findings}
    return ClaimReport(tuple(sorted(results, key=lambda result: result.where)), tuple(sorted(findings)))


def units_of(folder: Path, section: Section, source: Source | None) -> Iterator[Unit]:
    """The section's units, itself first; without keys if its text cannot be cut.

    Args:
        folder: the deck's folder, where its pictures lie.
        section: the section.
        source: the text behind it.
    """
    if source is None or not source.apart or len(source.begins) != len(section.notes):
        yield Unit(section, None, section.where.file, 0, None)
        yield from (Unit(section, note, section.where.file, note.where.line - 1, None) for note in section.notes)
        return
    ends = dict(pairwise((*source.items, len(source.lines))))
    head = "\n".join(source.lines[: source.items[0] if source.items else None])
    yield Unit(section, None, source.file, 0, _key(folder, "", head))
    for note, begin in zip(section.notes, source.begins, strict=True):
        text = "\n".join(source.lines[begin : ends[begin]])
        yield Unit(section, note, source.file, begin, _key(folder, note.first_id, head, text))


def _key(folder: Path, first_id: str, *texts: str) -> bytes | None:
    digest = hashlib.blake2b("\0".join((first_id, *texts)).encode("utf-8", "surrogatepass"), digest_size=16)
    if "![" in texts[-1]:
        # What a picture's file holds belongs to the unit too.
        pictures = _PICTURE.findall(texts[-1])
        if len(pictures) < texts[-1].count("!["):
            return None
        for source in pictures:
            path = picture_file(folder, source)
            digest.update(hashlib.sha256(path.read_bytes()).digest() if path is not None else b"-")
    return digest.digest()


def look_at(deck: Deck, units: list[Unit], cache: Path | None, progress: Progress | None = None) -> None:
    """Check these units of a deck, and put what is found into them.

    Args:
        deck: the deck, or a part of it.
        units: at least one.
        cache: a folder in which answers to claims are kept; None for none.
        progress: told how far the claims are.
    """
    part = replace(deck, sections=tuple(_sections(units)))
    claims = check_claims(part, cache, progress)
    by_file: dict[str, list[Unit]] = {}
    for unit in units:
        by_file.setdefault(unit.file, []).append(unit)
    begins = {file: [unit.begin for unit in there] for file, there in by_file.items()}

    def unit_at(where: Position) -> Unit:
        there = by_file.get(where.file)
        if there is None:  # a finding about something beside the sections' files
            return units[0]
        return there[max(0, bisect_right(begins[where.file], where.line - 1) - 1)]

    for result in claims.results:
        unit_at(result.where).results.append(result)
    problems = (
        finding
        for section, note in part.notes()
        if isinstance(note, ProblemNote)
        for finding in check_problem(note, section.symbols)
    )
    found = {*claims.findings, *check_rendering(part), *problems}
    for finding in found:
        unit_at(finding.where).findings.append(finding)


def _sections(units: Iterable[Unit]) -> Iterator[Section]:
    """The sections with nothing in them but these units."""
    grouped: dict[str, list[Unit]] = {}
    for unit in units:
        grouped.setdefault(unit.section.id, []).append(unit)
    for group in grouped.values():
        section = group[0].section
        notes = tuple(unit.note for unit in group if unit.note is not None)
        if all(unit.note is not None for unit in group):
            section = replace(section, lesson=None, plots=(), claims=(), unchecked=())
        yield replace(section, notes=notes)


def _place(deck: Deck, cache: Path | None) -> Path | None:
    if cache is None:
        return None
    folder = hashlib.sha256(os.path.realpath(deck.folder).encode("utf-8", "surrogateescape")).hexdigest()[:20]
    return cache / f"checked-{folder}.bin"


def _recalled(place: Path | None) -> Mapping[bytes, Kept]:
    value = recall(place) if place is not None else None
    return value if isinstance(value, dict) else {}


def _sound(unit: Unit) -> bool:
    """Whether what was found may be remembered: no errors, which are looked at each time until they are mended."""
    places = [*(finding.where for finding in unit.findings), *(result.where for result in unit.results)]
    return all(f.severity is Severity.LINT for f in unit.findings) and all(p.file == unit.file for p in places)


def _kept(unit: Unit) -> Kept:
    def row(where: Position, *texts: str) -> Row:
        return where.line - unit.begin, where.column, texts

    results = (row(r.where, r.formula, r.verdict.value, r.detail, r.note_id) for r in unit.results)
    lints = (row(f.where, f.code, f.message, f.hint) for f in unit.findings)
    return tuple(results), tuple(lints)


def _restored(unit: Unit, kept: Kept | None) -> bool:
    if kept is None:
        return False
    results, lints = kept
    for line, column, (formula, verdict, detail, note_id) in results:
        where = Position(unit.file, line + unit.begin, column)
        unit.results.append(ClaimResult(where, formula, Verdict(verdict), detail, note_id))
    for line, column, (code, message, hint) in lints:
        where = Position(unit.file, line + unit.begin, column)
        unit.findings.append(Finding(where, code, message, hint, Severity.LINT))
    return True
