"""A deck's folder -> its Anki package, checked; and again after an edit, at the cost of the edit.

A build is remembered. If only the texts of some notes differ the next time, these alone are read, checked and rendered;
all other rows and lints are as they were. Whatever could touch more than those notes (another deck.yaml or lock, a note
more or fewer, other ids, parts or requirements, an error) is built from the beginning. Both ways write the same bytes
and say the same.
"""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from cards.check import check_deck
from cards.findings import Finding, errors
from cards.loader import display_name, read_section
from cards.lock import Lock, format_lock, next_lock, parse_lock, read_lock
from cards.model import ClozeNote, Deck, Note
from cards.units import Unit, look_at, units_of
from exporters.anki import BuildReport, Contents, Places, lock_places, made, publish, received, report, row, type_of
from exporters.built import (
    Built,
    BuiltFile,
    Lint,
    digest,
    digests_of,
    files_of,
    frame,
    keep,
    lints_of,
    recalled,
    shared,
)
from exporters.fields import Media, note_fields
from exporters.package import AnkiNote

Progress: TypeAlias = Callable[[int, int], None]
Watch: TypeAlias = Callable[[str], AbstractContextManager[Progress | None]]
"""Shows how far the work is that it is told the name of."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it.

    Attributes:
        findings: errors and lints, in source order.
        report: what was built; None if an error is among the findings: then nothing was.
    """

    findings: tuple[Finding, ...]
    report: BuildReport | None


def _unwatched(_: str) -> AbstractContextManager[None]:
    return nullcontext()


def build_folder(
    folder: Path,
    out: Path | None = None,
    *,
    now: int,
    lock: Path | None = None,
    cache: Path | None = None,
    watch: Watch = _unwatched,
) -> Outcome:
    """Check a deck and write its package and its lock, unless something is wrong.

    Args:
        folder: the deck's folder.
        out: the package's place; replaced whole, or left as it was. None: the deck's id with .apkg, in the current
            folder.
        now: the time in s, for the notes that changed.
        lock: where the lock is kept, if not in the deck's folder.
        cache: a folder in which to remember this build for the next; None to remember nothing.
        watch: shows the progress of long work.

    Raises:
        BuildError: `out` or the lock cannot be written.
    """
    with _fewer_collections():
        return _build(folder, out, now=now, lock=lock, cache=cache, watch=watch)


@contextmanager
def _fewer_collections() -> Iterator[None]:
    """Let the garbage collector look less often at what is no garbage: that is a tenth of a build's time."""
    before = gc.get_threshold()
    gc.set_threshold(100_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _build(folder: Path, out: Path | None, *, now: int, lock: Path | None, cache: Path | None, watch: Watch) -> Outcome:
    places = lock_places(folder, lock)
    digests = digests_of(folder)
    last = recalled(cache, folder, places)
    if last is not None and cache is not None:
        again = _Again(folder, last, places, cache)
        if again.prepare(digests, now):
            built = again.publish(out or Path(f"{last.deck_id}.apkg"))
            return Outcome(again.findings(), built)
    with watch("Checking claims") as step:
        checked = check_deck(folder, cache, step, lock=places.read)
    if checked.deck is None or checked.errors:
        return Outcome(checked.findings, None)
    out = out or Path(f"{checked.deck.id}.apkg")
    old = read_lock(places.read)
    media = Media(folder, drawn=last.drawn if last is not None else {})
    with watch("Building") as step:
        contents, new = made(checked.deck, old, media, now=now, progress=step)
    packed = publish(contents, out, places, None if new == old else format_lock(new))
    if cache is not None and digests == digests_of(folder):  # what was edited meanwhile is not remembered
        files = files_of(checked, contents, digests)
        if files is not None:
            keep((cache, folder, places), contents, files, digests, packed)
    return Outcome(checked.findings, report(out, contents, places, old, new))


class _Again:
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
        self.lock = ""

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
            look_at(Deck(self.last.deck_id, self.last.title, self.folder), [one.unit for one in fresh], self.cache)
        for index in changed:
            found = self._lints(self.files[index], read[index], {one.row + 1 for one in fresh if one.file == index})
            if found is None:
                return False
            name = self.files[index].name
            keys = tuple(unit.key for unit in read[index].units)
            self.files[index] = self.files[index]._replace(digest=digests[name], keys=keys, lints=found)
        return self._render([one for one in fresh if one.unit.note is not None], now)

    def findings(self) -> tuple[Finding, ...]:
        """All lints, those from before where they are now."""
        named = [(display_name(self.folder / file.name), file.lints) for file in self.files]
        return tuple(sorted(Lint(*lint).finding(name) for name, lints in named for lint in lints))

    def publish(self, out: Path) -> BuildReport:
        """Write the package, and the lock if a note changed."""
        last = self.last
        rows = [AnkiNote._make(row) for file in self.files for row in file.rows]
        contents = Contents(last.deck_id, last.title, last.description, rows, self.media)
        packed = publish(contents, out, self.places, self.lock if self.new != self.old else None)
        if [file.digest for file in self.files] != [BuiltFile(*file).digest for file in last.files]:
            keep((self.cache, self.folder, self.places), contents, self.files, self.digests, packed)
        return replace(report(out, contents, self.places, self.old, self.new), first=False)

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

    def _render(self, fresh: list[_Fresh], now: int) -> bool:
        """Put the changed notes' new rows and lines of the lock in their places."""
        if not fresh:
            return True
        lines = self.lock.split("\n")
        places = {line.partition(' "id": ')[0]: number for number, line in enumerate(lines)}
        found = [places.get(_line_start(one.note)) for one in fresh]
        numbers = sorted(number for number in found if number is not None)
        if len(numbers) < len(fresh):
            return False
        self.old = parse_lock(_lock_of(lines[number] for number in numbers), str(self.places.read))
        fields = []
        for one in fresh:
            note = one.note
            parts = self.old.numbers(note.first_id, note.parts) if isinstance(note, ClozeNote) else {}
            fields.append(note_fields(self.last.deck_id, one.unit.section, note, parts, self.media))
        self.new = next_lock(self.old, map(received, (one.note for one in fresh), fields), now)
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


def _line_start(note: Note) -> str:
    """How the line of a note in a lock begins, as `format_lock` writes it."""
    kind = "cloze" if isinstance(note, ClozeNote) else "basic"
    return f'{{"first_id": {json.dumps(note.first_id, ensure_ascii=False)}, "type": "{kind}",'


def _lock_of(lines: Iterable[str]) -> str:
    """A lock of these lines alone."""
    first, rest = format_lock(Lock()).split("\n", 1)
    return "\n".join([first, *lines, rest])
