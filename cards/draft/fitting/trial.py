"""Notes and lessons tried out: written as a real deck into a temporary folder, and looked at as `check` looks at it."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cards.claims import ClaimResult, Verdict
from cards.draft.drafted import Data, DraftedSection
from cards.findings import Finding, Severity
from cards.loader import Loaded, read_deck
from cards.units import Progress, Unit, look_at, units_of
from cards.writing import deck_yaml, note_yaml, section_yaml

_NOTES = "notes"


@dataclass(slots=True)
class Tried:
    """What `check` says of a note or of a lesson.

    Attributes:
        findings: errors and lints, in the order of the text.
        results: what became of its formulas.
        broken: those of the findings for which it cannot even be read.
    """

    findings: list[Finding] = field(default_factory=list)
    results: list[ClaimResult] = field(default_factory=list)
    broken: list[Finding] = field(default_factory=list)

    @property
    def errors(self) -> list[Finding]:
        """Its errors."""
        return [finding for finding in self.findings if finding.severity is Severity.ERROR]

    @property
    def lints(self) -> list[Finding]:
        """Its lints."""
        return [finding for finding in self.findings if finding.severity is Severity.LINT]

    def add_broken(self, finding: Finding) -> None:
        """Take in what the loader says."""
        self.findings.append(finding)
        if finding.severity is Severity.ERROR:
            self.broken.append(finding)

    def shown_at(self, finding: Finding) -> ClaimResult | None:
        """The formula that a finding is about: the last one that begins where it stands, or before."""
        before = [result for result in self.results if result.where <= finding.where]
        return before[-1] if before else None

    def of(self, verdict: Verdict) -> list[ClaimResult]:
        """The formulas with a verdict."""
        return [result for result in self.results if result.verdict is verdict]


@dataclass(slots=True)
class Bench:
    """Where things are tried.

    Attributes:
        pictures: the pictures that texts may show: name -> file.
        cache: where verdicts on claims are kept from run to run; None for nowhere.
        progress: told how far the claims of the trial under way are.
    """

    pictures: Mapping[str, Path] = field(default_factory=dict)
    cache: Path | None = None
    progress: Progress | None = None

    def try_all(self, notes: Sequence[Data] = (), lessons: Sequence[Data] = ()) -> tuple[list[Tried], list[Tried]]:
        """What `check` says of each note, and of each lesson (a section without notes); their ids do not matter."""
        if not notes and not lessons:
            return [], []
        with tempfile.TemporaryDirectory(prefix="refresher-draft-") as name:
            folder = Path(name)
            names = [f"lesson-{index}" for index in range(len(lessons))]
            for index, lesson in enumerate(lessons):
                put(folder, f"{names[index]}.yaml", section_yaml({**lesson, "section": names[index], "requires": []}))
            begins = self._put_notes(folder, notes)
            listed = [*names, _NOTES] if notes else names
            put(folder, "deck.yaml", deck_yaml({"deck": "trial", "title": "Trial", "sections": listed}))
            put_pictures(folder, self.pictures)
            return self._look(folder, begins, names)

    def try_deck(self, sections: Sequence[DraftedSection]) -> dict[str, Tried]:
        """What `check` says of each section and note of a whole deck, by their ids."""
        if not sections:
            return {}
        with tempfile.TemporaryDirectory(prefix="refresher-draft-") as name:
            folder = Path(name)
            begins: list[tuple[str, int, str]] = []
            for section in sections:
                head = section_yaml(section.data) + "notes:\n"
                line, pieces = head.count("\n") + 1, [head]
                begins.append((section.id, 0, section.id))
                for note in section.notes:
                    begins.append((section.id, line, note.id))
                    pieces.append(note_yaml(note.data))
                    line += pieces[-1].count("\n")
                put(folder, f"{section.id}.yaml", "".join(pieces if section.notes else [section_yaml(section.data)]))
            ids = [section.id for section in sections]
            put(folder, "deck.yaml", deck_yaml({"deck": "trial", "title": "Trial", "sections": ids}))
            put_pictures(folder, self.pictures)
            loaded = read_deck(folder)
            found = {each: Tried() for _, _, each in begins}
            for unit in self._units(folder, loaded):
                tried = found[unit.note.id if unit.note is not None else unit.section.id]
                tried.findings += sorted(unit.findings)
                tried.results += unit.results
            for finding in loaded.findings:
                stem = Path(finding.where.file).stem
                there = [each for file, line, each in begins if file == stem and line <= finding.where.line]
                if there:
                    found[there[-1]].add_broken(finding)
            return found

    def _units(self, folder: Path, loaded: Loaded) -> list[Unit]:
        """The deck's units, looked at."""
        deck = loaded.readable
        assert deck is not None  # noqa: S101 - the folder was written just now
        units = [unit for section in deck.sections for unit in units_of(folder, section, loaded.sources[section.id])]
        if units:
            look_at(deck, units, self.cache, self.progress)
        return units

    def _put_notes(self, folder: Path, notes: Sequence[Data]) -> list[int]:
        """Write the notes into one section. Returns the line in which each begins."""
        if not notes:
            return []
        text = section_yaml({"section": _NOTES, "title": _NOTES}) + "notes:\n"
        line = text.count("\n") + 1
        begins, pieces = [], [text]
        for index, note in enumerate(notes):
            piece = note_yaml({**note, "id": f"note-{index}", "requires": [], "was": []})
            begins.append(line)
            pieces.append(piece)
            line += piece.count("\n")
        put(folder, f"{_NOTES}.yaml", "".join(pieces))
        return begins

    def _look(self, folder: Path, begins: list[int], names: list[str]) -> tuple[list[Tried], list[Tried]]:
        loaded = read_deck(folder)
        notes = [Tried() for _ in begins]
        lessons = {name: Tried() for name in names}
        by_id = {f"note-{index}": tried for index, tried in enumerate(notes)}
        for unit in self._units(folder, loaded):
            tried = by_id.get(unit.note.id) if unit.note is not None else lessons.get(unit.section.id)
            if tried is not None:
                tried.findings += sorted(unit.findings)
                tried.results += sorted(unit.results, key=lambda result: result.where)
        for finding in loaded.findings:
            stem = Path(finding.where.file).stem
            if stem == _NOTES:
                index = sum(begin <= finding.where.line for begin in begins) - 1
                if index >= 0:
                    notes[index].add_broken(finding)
            elif stem in lessons:
                lessons[stem].add_broken(finding)
        return notes, list(lessons.values())


def put(folder: Path, name: str, text: str) -> None:
    """Write a text into a folder."""
    (folder / name).write_text(text, encoding="utf-8", newline="\n")


def put_pictures(folder: Path, pictures: Mapping[str, Path]) -> None:
    """Put pictures into a folder, without copying them where the system can do without."""
    for name, file in pictures.items():
        try:
            os.link(file, folder / name)
        except OSError:
            shutil.copyfile(file, folder / name)
