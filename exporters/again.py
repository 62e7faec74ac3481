"""A build on top of what the last one left behind.

If only the texts of some notes differ, these alone are read, checked and rendered; all other rows and lints are as they
were. Whatever could touch more than those notes (another deck.yaml or lock, a note more or fewer, other ids, parts or
requirements, an error, something that waits for its author) is built from the beginning. Both ways write the same bytes
and say the same.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from cards.findings import Finding, Position, errors
from cards.loader import display_name, read_section
from cards.lock import (
    Lock,
    PublishedSection,
    Says,
    format_lock,
    next_lock,
    note_says,
    parse_lock,
    section_says,
)
from cards.model import ClozeNote, Deck, Note, Section
from cards.plan import Held, Plan, make_plan, of_lock
from exporters.anki import BuildReport, received, report, row, type_of
from exporters.built import Built, BuiltFile, Lint, digest, frame, keep, lints_of, shared
from exporters.fields import Media, note_fields
from exporters.package import AnkiNote
from exporters.publishing import Contents, LockText, Places, checked, holds, publish

if TYPE_CHECKING:
    from cards.units import Unit


class Again:
    """One build on top of what the last one left behind."""

    def __init__(self, folder: Path, last: Built, places: Places, cache: Path) -> None:
        self.folder = folder
        self.last = last
        self.places = places
        self.cache = cache
        self.files = [BuiltFile(*file) for file in last.files]
        self.media = Media(folder, last.drawn, pictures=dict(last.pictures))
        self.digests: Mapping[str, bytes] = {}
        # Of the notes that changed alone:
        self.old = self.new = Lock()
        self.fresh: list[_Fresh] = []
        self.lock = ""
        self.plan: Plan | None = None
        self.held = {
            first_id: Held(note_id, todo, Position(display_name(folder / name), line, column))
            for first_id, note_id, todo, name, line, column in last.held
        }

    def prepare(self, digests: Mapping[str, bytes], now: int) -> bool:
        """Check and render what changed. Returns whether that is enough; nothing has been written yet."""
        if shared(digests) != self.last.shared or not self._pictures_stand() or not self._lock_stands():
            return False
        self.digests = digests
        changed = [index for index, file in enumerate(self.files) if digests[file.name] != file.digest]
        read: dict[int, _Read] = {}
        fresh: list[_Fresh] = []
        for index in changed:
            now_read = self._read(self.files[index])
            if now_read is None:
                return False
            read[index] = now_read
            keys = self.files[index].keys
            fresh += [
                _Fresh(index, number - 1, unit)
                for number, (unit, key) in enumerate(zip(now_read.units, keys, strict=True))
                if unit.key is None or unit.key != key
            ]
        if fresh:
            from cards.units import look_at  # noqa: PLC0415 - as in `_read`

            look_at(Deck(self.last.deck_id, self.last.title, self.folder), [one.unit for one in fresh], self.cache)
        for index in changed:
            found = self._lints(self.files[index], read[index], {one.row + 1 for one in fresh if one.file == index})
            if found is None:
                return False
            name = self.files[index].name
            keys = tuple(unit.key for unit in read[index].units)
            self.files[index] = self.files[index]._replace(digest=digests[name], keys=keys, lints=found)
        self.fresh = [one for one in fresh if one.unit.note is not None]
        if not self._render([one.unit.section for one in fresh if one.unit.note is None], now):
            return False
        notes = (one.note for one in self.fresh)
        plan = make_plan(of_lock(self.old), of_lock(self.new), self.last.deck_id, notes, self.held)
        self.plan = replace(plan, first=False)
        return True

    def findings(self) -> tuple[Finding, ...]:
        """All lints, those from before where they are now."""
        named = [(display_name(self.folder / file.name), file.lints) for file in self.files]
        return tuple(sorted(Lint(*lint).finding(name) for name, lints in named for lint in lints))

    def check(self) -> None:
        """Make sure that Anki will take the notes that changed as meant. Raises BuildError if not."""
        checked(AnkiNote._make(self.files[one.file].rows[one.row]) for one in self.fresh)

    def publish(self, out: Path) -> BuildReport:
        """Write the package, and the lock if it changed; nothing if the very same package is there already."""
        last = self.last
        if self.plan is None:
            raise AssertionError("not prepared")
        rows = [AnkiNote._make(row) for file in self.files for row in file.rows]
        contents = Contents(last.deck_id, last.title, last.description, rows, self.media)
        lock = LockText(self.lock, not self.new.fits(self.old)) if self.new != self.old else None
        same = [file.digest for file in self.files] == [BuiltFile(*file).digest for file in last.files]
        if same and self.places.read == self.places.kept and holds(out, last.package):
            return report(out, contents, self.plan, None)
        packed = publish(contents, out, self.places, lock)
        if not same:
            place = (self.cache, self.folder, self.places)
            keep(place, contents, self.files, digests=self.digests, packed=packed, held=self.held)
        return report(out, contents, self.plan, self.places.kept if packed.kept else None)

    def _pictures_stand(self) -> bool:
        now = Media(self.folder)
        return all(now.picture(source) == name for name, source in self.last.pictures.items())

    def _lock_stands(self) -> bool:
        try:
            data = self.places.read.read_bytes()
        except OSError:
            return False
        self.lock = data.decode("utf-8", "replace")
        return digest(data) == self.last.lock

    def _read(self, file: BuiltFile) -> _Read | None:
        """A changed file; None if more than the texts of its notes changed."""
        from cards.units import units_of  # noqa: PLC0415 - an unchanged deck needs no checks, which are slow to import

        section, source, findings = read_section(self.folder / file.name)
        if section is None or source is None or errors(findings) or not source.apart:
            return None
        if section.todo or any(note.todo for note in section.notes):  # what waits for its author is left out
            return None
        first_ids = {note[0]: note[1] for note in file.frame[2]}
        notes = tuple(replace(note, first_id=first_ids.get(note.id, note.id)) for note in section.notes)
        section = replace(section, notes=notes)
        if frame(section) != file.frame:
            return None
        return _Read(list(units_of(self.folder, section, source)), findings)

    def _lints(self, file: BuiltFile, read: _Read, fresh: set[int]) -> tuple[Lint, ...] | None:
        """The lints of a changed file; None if that cannot be told from what was read of it.

        Args:
            file: the file as it was.
            read: as it is.
            fresh: the indexes of the units that changed.
        """
        old = [Lint(*lint) for lint in file.lints]
        found = [finding for number in fresh for finding in read.units[number].findings]
        if errors(found) or any(lint.structural and lint.unit in fresh for lint in old):
            return None
        begins = [unit.begin for unit in read.units]
        kept = [lint.moved(begins[lint.unit]) for lint in old if lint.unit not in fresh]
        local = (lint for lint in lints_of(read.findings, begins, read.findings) if lint.unit in fresh)
        return (*kept, *lints_of(found, begins, ()), *local)

    def _render(self, sections: list[Section], now: int) -> bool:
        """Put the changed notes' new rows, and new lines of the lock, in their places.

        Args:
            sections: those of which more than the notes changed.
            now: the time in s.
        """
        fresh = self.fresh
        if not fresh and not sections:
            return True
        lines = self.lock.split("\n")
        places = {line.partition(' "id": ')[0]: number for number, line in enumerate(lines)}
        begins = [_line_start(one.note) for one in fresh]
        heads = {line.partition(' "title": ')[0]: number for number, line in enumerate(lines) if line[:11] == _SECTION}
        found = [places.get(begin) for begin in begins]
        found += [heads.get(f"{_SECTION} {json.dumps(section.id)},") for section in sections]
        numbers = sorted(number for number in found if number is not None)
        if len(numbers) < len(found):
            return False
        self.old = parse_lock(
            "\n".join(["[", *(lines[number] for number in numbers), *lines[-3:]]), str(self.places.read)
        )
        if self.old.deck is None:
            return False
        fields = []
        for one in fresh:
            note = one.note
            parts = self.old.numbers(note.first_id, note.parts) if isinstance(note, ClozeNote) else {}
            fields.append(note_fields(self.last.deck_id, one.unit.section, note, parts, self.media))
        said = map(self._says, fresh)
        deck = replace(self.old.deck, sections=_with(self.old.deck.sections, sections))
        self.new = next_lock(self.old, map(received, (one.note for one in fresh), fields, said), now, deck)
        for number, line in zip(numbers, format_lock(self.new).split("\n")[1:], strict=False):
            lines[number] = line
        self.lock = "\n".join(lines)
        for one, written in zip(fresh, fields, strict=True):
            rows = list(self.files[one.file].rows)
            cards = AnkiNote._make(rows[one.row]).cards
            changed = self.new.entries[one.note.first_id, type_of(written)].changed
            rows[one.row] = row(self.last.deck_id, one.note, written, cards, changed)
            self.files[one.file] = self.files[one.file]._replace(rows=tuple(rows))
        return True

    def _says(self, one: _Fresh) -> Says:
        notes = self.files[one.file].frame[2]
        return note_says(one.unit.section, one.note, notes[one.row - 1][1] if one.row else "")


@dataclass(frozen=True, slots=True)
class _Read:
    """A file that changed: its units, and what is wrong with its structure in itself."""

    units: list[Unit]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Fresh:
    """A unit that changed, and where its row is: the file's and the row's index."""

    file: int
    row: int
    unit: Unit

    @property
    def note(self) -> Note:
        """The unit's note."""
        if self.unit.note is None:
            raise AssertionError("a section has no row")
        return self.unit.note


_SECTION = '{"section":'


def _line_start(note: Note) -> str:
    """How the line of a note in a lock begins, as `format_lock` writes it."""
    kind = "cloze" if isinstance(note, ClozeNote) else "basic"
    return f'{{"first_id": {json.dumps(note.first_id, ensure_ascii=False)}, "type": "{kind}",'


def _with(before: tuple[PublishedSection, ...], changed: list[Section]) -> tuple[PublishedSection, ...]:
    """The sections as they were published, but for those that changed."""
    now = {section.id: section_says(section) for section in changed}
    return tuple(now.get(section.id, section) for section in before)
