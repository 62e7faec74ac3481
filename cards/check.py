"""Everything that can be known to be wrong with a deck, in one run and in the order of its source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from cards.claims import ClaimReport
from cards.findings import Finding, Position, Severity, errors
from cards.loader import Loaded, Source, read_deck
from cards.model import Deck, OutlinePoint, kind_of
from cards.outline import Coverage, coverage
from cards.units import Progress, check_units


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found.

    Attributes:
        deck: the deck, or None if its structure is wrong.
        findings: errors and lints, in source order.
        claims: what became of each displayed formula and each claim that could be read.
        coverage: what of the outline the notes teach; None if the structure is wrong.
        waiting: a lint for each note and lesson that has a `todo`.
        sources: the text behind each section, by its id.
        structure: those of the findings that concern the files' structure and how notes depend on each other.
    """

    deck: Deck | None
    findings: tuple[Finding, ...]
    claims: ClaimReport
    coverage: Coverage | None = None
    waiting: tuple[Finding, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict, repr=False)
    structure: tuple[Finding, ...] = ()

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings for which nothing may be built."""
        return errors(self.findings)

    @property
    def kinds(self) -> Mapping[str, int]:
        """How many notes there are of each kind."""
        return Counter(kind_of(note) for _, note in self.deck.notes()) if self.deck else {}


def check_deck(
    folder: Path, cache: Path | None = None, progress: Progress | None = None, *, lock: Path | None = None
) -> Report:
    """Check a deck's structure, texts, plots, problems, claims and outline.

    What is wrong in one file hides nothing in another: every note that can be read is checked. Only the outline's
    coverage waits for a sound structure, since a note that cannot be read may teach what seems missing.

    Args:
        folder: the deck's folder.
        cache: a folder in which what was found is kept from run to run; None to keep nothing.
        progress: told how far the claims are.
        lock: the deck's lock, if it does not lie in its folder.
    """
    return check_loaded(read_deck(folder, lock), cache, progress)


def check_loaded(loaded: Loaded, cache: Path | None = None, progress: Progress | None = None) -> Report:
    """The same for a deck that was read already."""
    readable = loaded.readable
    claims = check_units(readable, loaded.sources, cache, progress) if readable is not None else ClaimReport()
    return reported(loaded, claims)


def reported(loaded: Loaded, claims: ClaimReport) -> Report:
    """The report on a deck, from what reading it gave and what looking at its units found.

    Args:
        loaded: the deck as read.
        claims: what was found in its sections and notes, or in as many of them as were looked at yet.
    """
    readable = loaded.readable
    if readable is None:
        return Report(None, loaded.findings, claims)
    held = Held(readable, loaded.sources)
    inside = {replace(finding, severity=Severity.LINT) for finding in claims.findings if finding.where in held}
    found = {*loaded.findings, *(finding for finding in claims.findings if finding.where not in held)}
    taught = coverage(loaded.deck) if loaded.deck is not None else None
    if taught is not None:
        found |= {_missing(point) for point in taught.missing}
    if readable.refuses_lints:
        found = {replace(finding, severity=Severity.ERROR) for finding in found}
    waiting = held.findings
    found |= {*inside, *waiting}
    return Report(loaded.deck, tuple(sorted(found)), claims, taught, waiting, loaded.sources, loaded.findings)


class Held:
    """What has a `todo`: nothing that is wrong in it keeps a deck from being built, since no learner sees it.

    Args:
        deck: the deck as read, with what waits.
        sources: the text behind each section.
    """

    def __init__(self, deck: Deck, sources: Mapping[str, Source]) -> None:
        self._lines: dict[str, list[tuple[int, int]]] = {}
        found: list[Finding] = []
        for section in deck.sections:
            source = sources.get(section.id)
            file = section.where.file
            begins = [begin + 1 for begin in source.begins] if source else []
            if len(begins) != len(section.notes):
                begins = [note.where.line for note in section.notes]
            ends = [*begins[1:], len(source.lines) + 1 if source else 10**9]
            if section.todo:
                found.append(_waits(section.where, "The lesson is not shown", section.todo))
                self._lines.setdefault(file, []).append((1, begins[0] if begins else 10**9))
            for note, begin, end in zip(section.notes, begins, ends, strict=False):
                if note.todo:
                    found.append(_waits(note.where, "No card is made of this note", note.todo))
                    self._lines.setdefault(file, []).append((begin, end))
        self.findings = tuple(found)

    def __contains__(self, where: Position) -> bool:
        return any(begin <= where.line < end for begin, end in self._lines.get(where.file, ()))


def _waits(where: Position, what: str, todo: str) -> Finding:
    said = " ".join(todo.split())
    stop = "" if said.endswith((".", "!", "?")) else "."
    return Finding(where, "todo", f"{what} yet: {said}{stop}", "Mend it, then delete its `todo:`.", Severity.LINT)


def _missing(point: OutlinePoint) -> Finding:
    return Finding(
        point.where,
        "missing-point",
        f"No note teaches point {point.id} of the outline: {point.text}",
        f'Write a note with `teaches: ["{point.id}"]`.',
    )
