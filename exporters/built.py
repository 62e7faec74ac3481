"""What is remembered of a build: each file's hash, each note's hash and row in Anki, and the pictures."""

from __future__ import annotations

import hashlib
import os
from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from cards.findings import Finding, Position, Severity
from cards.loader import deck_files
from cards.model import Section, slots_of
from cards.plan import Held
from cards.remembered import recall, remember
from exporters.package import AnkiNote
from exporters.publishing import Contents, Packed, Places

if TYPE_CHECKING:
    from cards.check import Report


class BuiltFile(NamedTuple):
    """A section's file as it was built.

    Attributes:
        name: its name in the folder.
        digest: a hash of its bytes.
        frame: what the rest of the deck can see of it.
        keys: its units' keys, the section's own first.
        rows: its notes in Anki, as plain tuples.
        lints: what was found in it, each a `Lint` as a plain tuple.
    """

    name: str
    digest: bytes
    frame: tuple[Any, ...]  # nested tuples of text, compared as a whole
    keys: tuple[bytes | None, ...]
    rows: tuple[tuple[Any, ...], ...]
    lints: tuple[tuple[Any, ...], ...] = ()


class Lint(NamedTuple):
    """A lint in a section's file.

    Attributes:
        unit: the index of the unit in which it stands.
        begin: the index of that unit's first line.
        line: its line and `column`, counted from 1.
        texts: its rule, message and hint.
        structural: whether it may concern more than the unit's own text.
    """

    unit: int
    begin: int
    line: int
    column: int
    texts: tuple[str, str, str]
    structural: bool

    def moved(self, begin: int) -> Lint:
        """The same lint after its unit moved."""
        return self._replace(begin=begin, line=self.line + begin - self.begin)

    def finding(self, file: str) -> Finding:
        """The lint as found in the file of this name."""
        return Finding(Position(file, self.line, self.column), *self.texts, Severity.LINT)


class Built(NamedTuple):
    """A deck as it was built.

    Attributes:
        deck_id: its id; `title` and `description` are those in Anki.
        shared: a hash of deck.yaml and of which files there are.
        lock: a hash of the lock after the build.
        files: the section files in the sections' order, each a `BuiltFile` as a plain tuple.
        drawn: the plots, by their names in Anki.
        pictures: what the author wrote for each of the deck's own pictures, by its name in Anki.
        package: a hash of the package.
        held: the notes that wait for their author, each as a plain tuple: first id, id, why, file name, line
            and column.
    """

    deck_id: str
    title: str
    description: str
    shared: bytes
    lock: bytes
    files: tuple[tuple[Any, ...], ...]
    drawn: dict[str, bytes]
    pictures: dict[str, str]
    package: bytes
    held: tuple[tuple[str, str, str, str, int, int], ...]


def digests_of(folder: Path) -> dict[str, bytes]:
    """A hash of each of the deck's files, by name; none if they cannot be read."""
    files = deck_files(folder, lambda _: None)
    paths = () if files is None else (files.deck, *files.sections)
    try:
        # Of a pipe the end would never come, nor that of a device.
        return {path.name: digest(path.read_bytes()) for path in paths} if all(map(Path.is_file, paths)) else {}
    except OSError:
        return {}


def digest(data: bytes) -> bytes:
    """A hash of a file's content."""
    return hashlib.sha256(data).digest()


def shared(digests: Mapping[str, bytes]) -> bytes:
    """A hash of deck.yaml and of which files there are."""
    return digest("\0".join(sorted(digests)).encode("utf-8", "surrogateescape") + digests.get("deck.yaml", b""))


def frame(section: Section) -> tuple[Any, ...]:
    """What the rest of a deck can see of a section: while it is the same, an edit changes nothing elsewhere."""
    notes = tuple(
        (note.id, note.first_id, note.was, note.requires, note.teaches, type(note).__name__, slots_of(note))
        for note in section.notes
    )
    return section.id, section.requires, notes


def recalled(cache: Path | None, folder: Path, places: Places) -> Built | None:
    """The last build of this folder with this lock; None if it is not remembered."""
    value = recall(_place(cache, folder, places)) if cache is not None else None
    return Built(*value) if isinstance(value, tuple) else None


def files_of(checked: Report, contents: Contents, digests: Mapping[str, bytes]) -> list[BuiltFile] | None:
    """Every section's file as just built.

    None if it cannot be built on: a section is not made of its file's own lines, or something was found elsewhere.
    """
    from cards.units import units_of  # noqa: PLC0415 - an unchanged deck needs no checks, which are slow to import

    names = {source.file for source in checked.sources.values()}
    # A message that tells another place would be wrong once that place moves.
    if checked.deck is None or any(f.where.file not in names or ".yaml:" in f.message for f in checked.findings):
        return None
    rows = iter(contents.rows)
    files = []
    for section in checked.deck.sections:
        source = checked.sources.get(section.id)
        name = Path(source.file).name if source is not None else ""
        if source is None or not source.apart or name not in digests:
            return None
        keys = tuple(unit.key for unit in units_of(checked.deck.folder, section, source))
        packed = tuple(next(rows) for _ in section.notes)
        found = [finding for finding in checked.findings if finding.where.file == source.file]
        lints = lints_of(found, (0, *source.begins), frozenset(checked.structure))
        files.append(BuiltFile(name, digests[name], frame(section), keys, packed, lints))
    return files


def lints_of(findings: Iterable[Finding], begins: Sequence[int], structure: Collection[Finding]) -> tuple[Lint, ...]:
    """The findings of one file, each in its unit.

    Args:
        findings: lints.
        begins: the index of each unit's first line.
        structure: those that may concern more than their unit's own text.
    """
    lints = []
    for finding in sorted(findings):
        unit = bisect_right(begins, finding.where.line - 1) - 1
        where, texts = finding.where, (finding.code, finding.message, finding.hint)
        lints.append(Lint(unit, begins[unit], where.line, where.column, texts, finding in structure))
    return tuple(lints)


def keep(
    place: tuple[Path, Path, Places],
    contents: Contents,
    files: list[BuiltFile],
    *,
    digests: Mapping[str, bytes],
    packed: Packed,
    held: Mapping[str, Held],
) -> None:
    """Remember a build.

    Args:
        place: the cache, the deck's folder and its lock.
        contents: what was built.
        files: of which files.
        digests: the deck's files' hashes.
        packed: what was written.
        held: the notes that wait for their author, by their first ids.
    """
    cache, folder, places = place
    try:
        lock = digest(places.kept.read_bytes())
    except OSError:  # a deck without notes has no lock
        return
    pictures = {name: source for name, source in contents.media.pictures.items() if name in packed.files}
    drawn = {name: data for name, data in packed.files.items() if name not in pictures}
    plain = tuple(
        (*file[:4], tuple(_plain(row) for row in file.rows), tuple(tuple(lint) for lint in file.lints))
        for file in files
    )
    waits = tuple(
        (first_id, one.id, one.todo, Path(one.where.file).name, one.where.line, one.where.column)
        for first_id, one in held.items()
    )
    deck = (contents.deck_id, contents.title, contents.description)
    built = Built(*deck, shared(digests), lock, plain, drawn, pictures, packed.digest, waits)
    remember(_place(cache, folder, places), tuple(built))


def _plain(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """A row without named tuples, which cannot be remembered."""
    name, guid, kind, fields, tags, cards, changed, media = cast("AnkiNote", row)
    return name, guid, kind, fields, tags, tuple(tuple(card) for card in cards), changed, media


def _place(cache: Path, folder: Path, places: Places) -> Path:
    names = f"{os.path.realpath(folder)}\0{os.path.realpath(places.kept)}"
    return cache / f"built-{hashlib.sha256(names.encode('utf-8', 'surrogateescape')).hexdigest()[:20]}.bin"
